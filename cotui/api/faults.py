"""From httpx's errors to ours: finds out why no answer arrived."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cotui.api import errors

if TYPE_CHECKING:
    import httpx

    from cotui.api.connection import Connection

# OpenSSL's verification codes (openssl-verification-options)
_EXPIRED = (9, 10)
_WRONG_NAME = (62, 63, 64)
# getaddrinfo's "no such name", as opposed to "ask again later"
_NO_SUCH_NAME = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


def explain(error: httpx.HTTPError | OSError, connection: Connection) -> errors.ApiError:
    """The cause of a request that got no whole answer, in words that hold nothing secret."""
    import httpx

    host = connection.host
    if isinstance(error, httpx.ProxyError):
        return errors.ProxyFailure()
    if isinstance(error, httpx.ConnectTimeout):
        return errors.ConnectTimedOut(f"{host} does not answer")
    if isinstance(error, httpx.PoolTimeout):
        return errors.ConnectTimedOut("All connections are busy")
    if isinstance(error, httpx.TimeoutException):
        return errors.TimedOut(f"{host} sent nothing for {connection.timeout:g} seconds")
    if isinstance(error, httpx.DecodingError):
        return errors.NotJson("The answer is damaged: it cannot be decompressed")
    if isinstance(error, httpx.ConnectError):
        for cause in _causes(error):
            if isinstance(cause, ssl.SSLError):
                return _tls_failure(cause, host)
            if isinstance(cause, socket.gaierror):
                return _lookup_failure(cause, host)
            if isinstance(cause, ConnectionRefusedError):
                return errors.Refused(f"{host} refuses the connection")
        return errors.Unreachable(f"{host} cannot be reached")
    # What httpx does not call a ConnectError came after the connection was made, TLS's own errors too: the
    # request may have arrived.
    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError | OSError):
        return errors.Dropped(f"The connection to {host} broke off")
    return errors.ApiError(f"The request to {host} could not be made ({type(error).__name__})")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it was raised from, groups included."""
    pending, seen = [error], set[int]()
    while pending:
        current = pending.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        pending += [linked for linked in (current.__cause__, current.__context__) if linked is not None]
        if isinstance(current, BaseExceptionGroup):
            pending += current.exceptions


def _lookup_failure(cause: socket.gaierror, host: str) -> errors.ApiError:
    if cause.errno in _NO_SUCH_NAME:
        return errors.UnknownHost(f"There is no server named {host}")
    return errors.Unreachable(
        f"The name {host} cannot be looked up",
        meaning="This machine has no network, or its name service does not answer.",
    )


def _tls_failure(cause: ssl.SSLError, host: str) -> errors.ApiError:
    if not isinstance(cause, ssl.SSLCertVerificationError):
        if isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError):
            return errors.Dropped(f"The connection to {host} broke off")
        return errors.TlsFailure(
            f"No encrypted connection to {host} is possible",
            meaning="The server does not speak TLS at this port, or no version that this machine accepts.",
            todo="Check the address and the port in the profile.",
        )
    code = getattr(cause, "verify_code", 0)  # set by OpenSSL, not by everybody who raises this
    if code in _EXPIRED:
        return errors.TlsFailure(
            f"The certificate of {host} is not valid today",
            meaning="It ran out or is not valid yet, or this machine's clock is wrong.",
            todo="Check this machine's date. If it is right, tell whoever runs the server.",
        )
    if code in _WRONG_NAME:
        return errors.TlsFailure(
            f"The certificate shown is not for {host}",
            meaning="Another server answers under this name, or the address is misspelt.",
            todo="Check the instance name or address in the profile. Do not send keys over this line.",
        )
    return errors.TlsFailure(f"The certificate of {host} is not trusted")
