"""The keys appear in no repr, no error and no traceback, not even one that shows local variables."""

from __future__ import annotations

import base64
import gc
import ssl
import traceback
from collections.abc import Callable

import httpx
import pytest

from cotui.api import Api, ApiError, Call, RetryPolicy
from cotui.api.transport.envelope import Reply
from tests.api.support import PASSWORD, api_with, connection, ok, refuse

BASIC = base64.b64encode(f"pub:{PASSWORD}".encode()).decode()
SENT: set[str] = set()  # not a local variable, for those are searched
READ = Call("GET", "customer", reads=True)
WRITE = Call("POST", "user/5/_action/password", body=b'{"password":"hunter2"}')


def everything(error: BaseException) -> str:
    """All that a crash handler could print: the chain, its frames and their variables."""
    report = traceback.TracebackException.from_exception(error, capture_locals=True, compact=False)
    linked = [repr(other) for other in (error.__cause__, error.__context__) if other is not None]
    words = [repr(error), str(error), repr(vars(error)), *linked, *report.format()]
    return "\n".join(words)


def raising(error: Exception) -> Callable[[httpx.Request], httpx.Response]:
    def server(request: httpx.Request) -> httpx.Response:
        assert "Authorization" in request.headers
        raise error

    return server


FAULTS: dict[str, Callable[[httpx.Request], httpx.Response]] = {
    "connect": raising(httpx.ConnectError("x")),
    "timeout": raising(httpx.ReadTimeout("x")),
    "dropped": raising(httpx.RemoteProtocolError("x")),
    "tls": raising(ssl.SSLCertVerificationError("x")),
    "401": lambda request: refuse(401, "Invalid or incorrect authorization"),
    "500": lambda request: httpx.Response(500, text="<html>"),
    "html": lambda request: httpx.Response(200, text="<html>"),
    "shape": lambda request: httpx.Response(200, json=[]),
    "redirect": lambda request: httpx.Response(302, headers={"Location": "https://x/"}),
    "bug": raising(RuntimeError("a bug")),
}


@pytest.mark.parametrize("auth", ["basic", "signature"])
@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
@pytest.mark.parametrize("fault", FAULTS)
async def test_no_failure_shows_a_secret(fault: str, call: Call, auth: str) -> None:
    def server(request: httpx.Request) -> httpx.Response:
        SENT.add(request.headers["Authorization"].rpartition('co_signature="')[2])
        return FAULTS[fault](request)

    SENT.clear()
    api = api_with(server, auth=auth)
    with pytest.raises(RuntimeError if fault == "bug" else ApiError) as caught:
        await api.call(call)
    shown = everything(caught.value)
    assert len(SENT) >= 1
    assert not any(secret in shown for secret in (PASSWORD, BASIC, "hunter2", *SENT))
    await api.aclose()


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "bug"])
async def test_our_errors_lead_back_to_nothing(fault: str) -> None:
    api = api_with(FAULTS[fault])
    with pytest.raises(ApiError) as caught:
        await api.call(READ)
    assert caught.value.__cause__ is None
    reachable = gc.get_referents(caught.value, vars(caught.value))
    assert not any(isinstance(item, httpx.Request | httpx.Response | httpx.HTTPError) for item in reachable)
    await api.aclose()


async def test_no_object_shows_a_secret_in_its_repr() -> None:
    api = Api(
        connection(),
        transport=httpx.MockTransport(lambda request: ok("https://x/login?once=abc")),
        retry=RetryPolicy(),
    )
    envelope = await api.call(READ)
    reply = Reply(200, {"set-cookie": "session=abc"}, b"https://x/login?once=abc")
    for thing in (api, vars(api), vars(api.worker), envelope, reply, WRITE, vars(api._client)):
        shown = repr(thing)
        for secret in (PASSWORD, BASIC, "once=abc", "session=abc", "hunter2"):
            assert secret not in shown
    await api.aclose()
