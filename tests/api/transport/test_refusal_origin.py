"""Whatever goes wrong, the words name the one it is up to, and nobody else."""

from __future__ import annotations

import errno
import json
import socket
import ssl
from typing import Any

import httpx
import pytest

from cotui.api import ApiError, Connection, LocalFailure
from cotui.api import errors as kinds
from cotui.api.transport.envelope import Reply, bulk_of, read_envelope
from cotui.api.transport.httpx_errors import explain
from cotui.api.transport.proxy_errors import RequestProgress
from cotui.api.transport.refusal_origin import wording
from tests.tables import every

ABROAD = Connection("acme", "acme", "u", "p")
HERE = Connection("here", "http://127.0.0.1:8787", "u", "p")
HERE_TLS = Connection("here", "https://localhost:8787", "u", "p")


def words(error: ApiError) -> str:
    return f"{error.what} {error.meaning} {error.todo}"


def connecting(*causes: BaseException, kind: type[httpx.HTTPError] = httpx.ConnectError) -> httpx.HTTPError:
    """httpx's error for these causes, linked as anyio and httpcore link them."""
    error = kind("All connection attempts failed")
    error.__cause__ = OSError("All connection attempts failed")
    error.__cause__.__cause__ = causes[0] if len(causes) == 1 else ExceptionGroup("x", list(causes))  # type: ignore[type-var]
    return error


def refused_certificate(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


#: name -> what was raised, whom it was sent to, what is said of whom, and what must not be said
UNANSWERED: dict[str, tuple[BaseException, Connection, type[ApiError], str, str]] = {
    "no such name": (
        connecting(socket.gaierror(socket.EAI_NONAME, "x")), ABROAD, kinds.UnknownHost, "misspelt", "ChargeOver has",
    ),
    "no name service": (
        connecting(socket.gaierror(socket.EAI_AGAIN, "x")), ABROAD, kinds.Unreachable, "name service", "profile's url",
    ),
    "no network": (connecting(OSError(errno.ENETUNREACH, "x")), ABROAD, kinds.Unreachable, "network is down", "port"),
    "no way": (connecting(OSError(errno.EHOSTUNREACH, "x")), ABROAD, kinds.Unreachable, "no way from here", "port"),
    "refused there": (connecting(ConnectionRefusedError()), ABROAD, kinds.Refused, "nothing listens", "sandbox"),
    "refused here": (connecting(ConnectionRefusedError()), HERE, kinds.Refused, "`cotui sandbox`", "certificate"),
    "refused on both": (
        connecting(ConnectionRefusedError(), ConnectionRefusedError()), ABROAD, kinds.Refused, "nothing listens", "sandbox",
    ),
    "not connected in time": (httpx.ConnectTimeout(""), ABROAD, kinds.ConnectTimedOut, "does not answer", "sandbox"),
    "not read in time": (httpx.ReadTimeout(""), ABROAD, kinds.TimedOut, "sent nothing for 30 seconds", "proxy"),
    "not written in time": (httpx.WriteTimeout(""), ABROAD, kinds.TimedOut, "took nothing for 30 seconds", "proxy"),
    "own connections busy": (httpx.PoolTimeout(""), ABROAD, LocalFailure, "cotui's own", "firewall"),
    "expired": (connecting(refused_certificate(10)), ABROAD, kinds.TlsFailure, "this machine's clock", "reading along"),
    "not yet valid": (connecting(refused_certificate(9)), ABROAD, kinds.TlsFailure, "it says 2", "reading along"),
    "another host": (connecting(refused_certificate(62)), ABROAD, kinds.TlsFailure, "not for acme", "clock"),
    "self-signed": (connecting(refused_certificate(18)), ABROAD, kinds.TlsFailure, "signed by itself", "clock"),
    "intercepted": (connecting(refused_certificate(20)), ABROAD, kinds.TlsFailure, "company proxy", "sandbox"),
    "the sandbox's own": (connecting(refused_certificate(19)), HERE_TLS, kinds.TlsFailure, "the sandbox", "company"),
    "no tls there": (
        connecting(ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER]")), ABROAD, kinds.TlsFailure, "does not speak TLS", "http://",
    ),
    "no tls here": (
        connecting(ssl.SSLError(1, "[SSL: RECORD_LAYER_FAILURE]")), HERE_TLS, kinds.TlsFailure, "write http://", "company",
    ),
    "plain to tls": (httpx.RemoteProtocolError("illegal status line"), HERE, kinds.Dropped, "https://", "ChargeOver"),
    "cut": (httpx.ReadError(""), ABROAD, kinds.Dropped, "network or a proxy cut", "keys"),
    "damaged": (httpx.DecodingError(""), ABROAD, kinds.NotJson, "proxy", "support"),
    "files": (connecting(OSError(errno.EMFILE, "x")), ABROAD, LocalFailure, "too many files open", "network is down"),
    "files of all": (OSError(errno.ENFILE, "x"), ABROAD, LocalFailure, "too many files open", "proxy"),
    "memory": (connecting(OSError(errno.ENOMEM, "x")), ABROAD, LocalFailure, "no memory", "network is down"),
    "memory of ours": (MemoryError(), ABROAD, LocalFailure, "no memory", "network is down"),
    "buffers": (connecting(OSError(errno.ENOBUFS, "x")), ABROAD, LocalFailure, "no memory", "network is down"),
    "ports": (connecting(OSError(errno.EADDRNOTAVAIL, "x")), ABROAD, LocalFailure, "no free port", "network is down"),
    "forbidden": (connecting(PermissionError(errno.EPERM, "x")), ABROAD, LocalFailure, "does not let cotui", "is down"),
    "threads": (RuntimeError("can't start new thread"), ABROAD, LocalFailure, "no further thread", "network"),
    "one of two": (
        connecting(OSError(errno.ENETUNREACH, "x"), ConnectionRefusedError()), ABROAD, kinds.Refused, "nothing", "no way",
    ),
    "no IPv6 here": (
        connecting(OSError(errno.EADDRNOTAVAIL, "x"), ConnectionRefusedError()), HERE, kinds.Refused, "sandbox", "free port",
    ),
    "odd address": (UnicodeError("label too long"), ABROAD, kinds.BadUrl, "cannot be used", "network"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNANSWERED)
def test_no_answer(name: str) -> None:
    raised, connection, kind, said, unsaid = UNANSWERED[name]
    error = explain(raised, connection, RequestProgress())
    assert type(error) is kind
    assert said in words(error)
    assert unsaid not in words(error)
    if connection is ABROAD:
        assert "sandbox" not in words(error)
    assert "PROXY" not in words(error), "none is in use"


def enveloped(code: int, message: str = "It says why.") -> bytes:
    return json.dumps({"code": code, "status": "Error", "message": message, "response": False}).encode()


HTML = b"<html><h1>Something</h1></html>"
NOBODY = ("sandbox", "PROXY")

#: name -> status, body, whether the server is on this machine, the kind, what is said, what must not be said
ANSWERED: dict[str, tuple[int, bytes, bool, type[ApiError], str, str]] = {
    "wrong keys": (
        401,
        enveloped(401),
        False,
        kinds.Unauthorized,
        "ChargeOver does not accept these keys",
        "gateway",
    ),
    "another's login": (
        401,
        HTML,
        False,
        kinds.Unauthorized,
        "It may want a login of its own",
        "ChargeOver does not",
    ),
    "keys may not": (403, enveloped(403), False, kinds.Forbidden, "The keys may not do this", "gateway"),
    "firewall": (403, HTML, False, kinds.Forbidden, "Something before ChargeOver", "keys may not"),
    "no record": (404, enveloped(404), False, kinds.NotFound, "no such record", "address is not"),
    "no api": (404, HTML, False, kinds.WrongUrl, "not ChargeOver's API", "no such record"),
    "refused": (
        400,
        enveloped(400),
        False,
        kinds.BadRequest,
        "ChargeOver refuses the request (HTTP 400)",
        "gateway",
    ),
    "refused before": (
        400,
        HTML,
        False,
        kinds.BadRequest,
        "Not ChargeOver, but something before it",
        "own words",
    ),
    "plain to tls": (400, HTML, True, kinds.BadRequest, "begins with https://", "ChargeOver refuses"),
    "method": (405, HTML, False, kinds.BadRequest, "Not ChargeOver", "what was entered"),
    "proxy login": (407, HTML, False, kinds.ProxyFailure, "ChargeOver's keys are not meant", "refuses"),
    "too long": (414, HTML, False, kinds.BadRequest, "too large for the server", "what stands between"),
    "too large": (
        413,
        enveloped(413),
        False,
        kinds.BadRequest,
        "too large for the server",
        "what stands between",
    ),
    "limit": (429, enveloped(429), False, kinds.RateLimited, "ChargeOver's limit", "firewall"),
    "another's limit": (429, HTML, False, kinds.RateLimited, "firewall in front", "offline"),
    "fault": (
        500,
        enveloped(500),
        False,
        kinds.ServerFailure,
        "ChargeOver has a fault (HTTP 500)",
        "gateway",
    ),
    "maintenance": (
        503,
        HTML,
        False,
        kinds.ServerFailure,
        "closed for maintenance",
        "ChargeOver has a fault",
    ),
    "gateway": (
        502,
        HTML,
        False,
        kinds.ServerFailure,
        "way to ChargeOver is interrupted",
        "ChargeOver has a fault",
    ),
    "late": (
        504,
        b"",
        False,
        kinds.ServerFailure,
        "way to ChargeOver is interrupted",
        "ChargeOver has a fault",
    ),
    "captive": (511, HTML, False, kinds.ServerFailure, "log in", "ChargeOver has a fault"),
    "captive, ok": (200, HTML, False, kinds.NotJson, "log in first", "fault"),
    "captive, sent on": (302, b"", False, kinds.WrongUrl, "log in", "fault"),
    "empty": (200, b"", False, kinds.NotJson, "sent no data", "ChargeOver has"),
    "cut": (200, b'{"code": 200, "sta', False, kinds.Truncated, "cut off", "log in"),
    "sandbox fault": (
        500,
        enveloped(500),
        True,
        kinds.ServerFailure,
        "on this machine has a fault",
        "status page",
    ),
    "sandbox busy": (
        503,
        enveloped(503),
        True,
        kinds.ServerFailure,
        "on this machine has a fault",
        "status page",
    ),
    "sandbox keys": (
        401,
        enveloped(401),
        True,
        kinds.Unauthorized,
        "The sandbox has keys of its own",
        "Developer",
    ),
    "sandbox refuses": (
        400,
        enveloped(400),
        True,
        kinds.BadRequest,
        "refuses the request (HTTP 400)",
        "gateway",
    ),
    "another program": (
        500,
        b"oops",
        True,
        kinds.ServerFailure,
        "another program of your own",
        "status page",
    ),
    "another program's 404": (404, HTML, True, kinds.WrongUrl, "is not the sandbox", "moved"),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_answered_with_a_failure(name: str) -> None:
    status, body, local, kind, said, unsaid = ANSWERED[name]
    with pytest.raises(ApiError) as caught:
        read_envelope(Reply(status, {}, body, local=local))
    error = caught.value
    assert type(error) is kind
    assert said in words(error)
    assert unsaid not in words(error)
    if not local:
        assert "sandbox" not in words(error)


@every("status", [*range(400, 452), 499, *range(500, 512), 520, 522, 525, 599])
@every("body", [HTML, b"", b"no", b"[]", b'{"message": "x"}'])
def test_what_is_not_in_chargeovers_form_is_not_told_as_its_word(status: int, body: bytes) -> None:
    with pytest.raises(ApiError) as caught:
        read_envelope(Reply(status, {}, body))
    said = words(caught.value)
    for claim in (
        "ChargeOver refuses",
        "ChargeOver does not accept",
        "ChargeOver's own words",
        "no such record",
    ):
        assert claim not in said
    assert caught.value.what
    assert caught.value.meaning
    assert caught.value.todo


def test_one_of_many_that_fails_in_the_sandbox_is_the_sandboxs() -> None:
    item = {"code": 500, "status": "Error", "message": "", "response": False}
    body = json.dumps({"code": 200, "status": "OK", "message": "", "response": {"_bulk": [item]}}).encode()
    for local in (True, False):
        (error,) = bulk_of(read_envelope(Reply(200, {}, body, local=local)), 1)
        assert isinstance(error, ApiError)
        assert ("status page" in error.todo) is not local


def test_a_list_of_issuers_that_cannot_be_read_is_the_one_to_blame(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nowhere.pem"))
    error = explain(connecting(refused_certificate(20)), ABROAD, RequestProgress())
    assert "SSL_CERT_FILE names a place" in error.meaning
    assert "attacker" not in words(error)


def test_the_sandbox_s_word_that_an_object_may_not_be_read_blames_no_keys() -> None:
    said = "Invalid or incorrect authorization [This key may not read currency.]"
    told = wording(kinds.Unauthorized, 401, enveloped=True, local=True, said=said)
    assert "may not read this object" in told.what
    assert "Check both" not in told.todo
    other = wording(
        kinds.Unauthorized, 401, enveloped=True, local=True, said="Invalid or incorrect authorization"
    )
    assert "does not accept these keys" in other.what
