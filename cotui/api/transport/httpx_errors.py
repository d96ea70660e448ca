"""From httpx's errors to ours: finds out why no answer arrived, and who of all on the way is to blame."""

from __future__ import annotations

import errno
import os
import socket
import ssl
import time
from typing import TYPE_CHECKING, Final

from cotui.api import errors
from cotui.api.transport import proxy_errors
from cotui.api.transport.system_errors import causes, local_failure, no_such_name

if TYPE_CHECKING:
    from cotui.api.connection import Connection
    from cotui.api.transport.proxy_errors import RequestProgress

# OpenSSL's verification codes (openssl-verification-options)
_EXPIRED: Final = (9, 10)
_WRONG_NAME: Final = (62, 63, 64)
_SELF_SIGNED: Final = 18
_NO_WAY: Final = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN)
_MAYBE_TLS: Final = "Try again. If the server wants TLS, the address must begin with https://."


def explain(error: BaseException, connection: Connection, progress: RequestProgress) -> errors.ApiError:
    """The cause of a request that got no whole answer, in words that hold nothing secret.

    Args:
        error: what httpx, the system or the HTTP library's helpers raised.
        progress: how the request went, and how far.
    """
    import httpx

    local = local_failure(error)
    if local is not None and (
        isinstance(error, httpx.ConnectError) or not isinstance(error, httpx.HTTPError)
    ):
        return local
    if progress.proxy is not None and (progress.at_proxy or isinstance(error, httpx.ProxyError)):
        return proxy_errors.explain(error, connection, progress.proxy)
    found = _explain(error, connection)
    if progress.proxy is not None and isinstance(
        found, errors.TlsFailure | errors.TimedOut | errors.Dropped | errors.Unreachable
    ):
        found.meaning = f"{found.meaning} The way there leads through {proxy_errors.named(progress.proxy)}."
    return found


def _explain(error: BaseException, connection: Connection) -> errors.ApiError:
    """The cause where nothing but the network lies between this machine and the server."""
    import httpx

    host = connection.host
    if isinstance(error, httpx.ConnectTimeout):
        return errors.ConnectTimedOut(f"{host} does not answer")
    if isinstance(error, httpx.PoolTimeout):
        return errors.LocalFailure("All of cotui's own connections are busy")
    if isinstance(error, httpx.WriteTimeout):
        return errors.TimedOut(f"{host} took nothing for {connection.timeout:g} seconds")
    if isinstance(error, httpx.TimeoutException):
        return errors.TimedOut(f"{host} sent nothing for {connection.timeout:g} seconds")
    if isinstance(error, httpx.DecodingError):
        return errors.NotJson(str(error) or "The answer is damaged: it cannot be decompressed")
    if isinstance(error, httpx.ConnectError):
        return _not_connected(error, connection)
    # What httpx does not call a ConnectError came after the connection was made, TLS's own errors too: the
    # request may have arrived.
    if isinstance(error, httpx.RemoteProtocolError) and connection.url.startswith("http:"):
        meaning = (
            "What came is not the whole of an HTTP answer: another program listens there, or it broke off."
        )
        return errors.Dropped(f"The connection to {host} broke off", meaning=meaning, todo=_MAYBE_TLS)
    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError | OSError):
        return errors.Dropped(f"The connection to {host} broke off")
    if isinstance(error, UnicodeError | OverflowError | httpx.InvalidURL):
        return errors.BadUrl(f"The address {host} cannot be used")
    return errors.ApiError(f"The request to {host} could not be made ({type(error).__name__})")


def _not_connected(error: BaseException, connection: Connection) -> errors.ApiError:
    host = connection.host
    found = list(causes(error))
    for cause in found:
        if isinstance(cause, ssl.SSLError):
            return _tls_failure(cause, connection)
        if isinstance(cause, socket.gaierror):
            return _lookup_failure(cause, host)
    # Of a name with several addresses (IPv6 and IPv4) the one that was reached tells most.
    if any(isinstance(cause, ConnectionRefusedError) for cause in found):
        todo = "If it is the sandbox, start it with `cotui sandbox`." if connection.loopback else ""
        return errors.Refused(
            f"{host} refuses the connection", todo=f"{errors.Refused.default_todo} {todo}".rstrip()
        )
    numbers = {cause.errno for cause in found if isinstance(cause, OSError) and cause.errno}
    if numbers and numbers <= {*_NO_WAY}:
        return errors.Unreachable(
            f"There is no way from here to {host}",
            meaning="This machine's network is down, or a router on the way knows no way on.",
            todo="Check this machine's network (cable, Wi-Fi, VPN), then try again.",
        )
    return errors.Unreachable(f"{host} cannot be reached")


def _lookup_failure(cause: socket.gaierror, host: str) -> errors.ApiError:
    if no_such_name(cause):
        return errors.UnknownHost(f"There is no server named {host}")
    return errors.Unreachable(
        f"The name {host} cannot be looked up",
        meaning="This machine has no network, or its name service does not answer.",
    )


def _tls_failure(cause: ssl.SSLError, connection: Connection) -> errors.ApiError:
    host = connection.host
    if not isinstance(cause, ssl.SSLCertVerificationError):
        if isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError):
            return errors.Dropped(f"The connection to {host} broke off")
        plain = " If it is the sandbox without --tls, write http://." if connection.loopback else ""
        return errors.TlsFailure(
            f"No encrypted connection to {host} is possible",
            meaning="The server does not speak TLS at this port, or no version that this machine accepts.",
            todo=f"Check the address and the port in the profile.{plain}",
        )
    code = getattr(cause, "verify_code", 0)  # set by OpenSSL, not by everybody who raises this
    if code in _EXPIRED:
        today = time.strftime("%Y-%m-%d")
        return errors.TlsFailure(
            f"The certificate of {host} is not valid today",
            meaning=f"It ran out or is not valid yet, or this machine's clock is wrong: it says {today}.",
            todo="Check this machine's date. If it is right, tell whoever runs the server.",
        )
    if code in _WRONG_NAME:
        return errors.TlsFailure(
            f"The certificate shown is not for {host}",
            meaning="Another server answers under this name, or the address is misspelt.",
            todo="Check the instance name or address in the profile. Do not send keys over this line.",
        )
    return _untrusted(code, connection)


def _untrusted(code: int, connection: Connection) -> errors.TlsFailure:
    what = f"The certificate of {connection.host} is not trusted"
    if connection.loopback:
        return errors.TlsFailure(
            what,
            meaning="A server on this machine shows a certificate of an issuer that this machine does not know.",
            todo="Do not send keys over this line. If it is the sandbox, set SSL_CERT_FILE to the file that it named at "
            "its start; otherwise put the issuer's certificate into the system's trust store.",
        )
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        path = os.environ.get(variable, "")
        if path and not os.access(path, os.R_OK):
            return errors.TlsFailure(
                what,
                meaning=f"{variable} names a place for trusted issuers that cannot be read.",
                todo=f"Correct {variable}, or unset it.",
            )
    if code == _SELF_SIGNED:
        return errors.TlsFailure(
            what,
            meaning="It is signed by itself, as ChargeOver's never is: something on the way answers in its place "
            "(a company proxy, a network's login page, or an attacker).",
        )
    return errors.TlsFailure(what)
