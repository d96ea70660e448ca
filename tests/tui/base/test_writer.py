"""The one place that writes: once, noted, and not broken off by whoever asked for it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from cotui.api import Api, Connection, Result, Write
from cotui.audit.log import AuditLog
from cotui.catalog.objects.user import USER
from cotui.tui.base.writer import AlreadySentError, AuditedWriter


def envelope(response: Any, code: int = 200) -> dict[str, Any]:
    return {"code": code, "status": "OK" if code < 300 else "Error", "message": "", "response": response}


class Server:
    """Answers what it is told to, and waits where it is told to."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.arrived = asyncio.Event()
        self.go = asyncio.Event()
        self.go.set()
        self.answer: Any = True

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.arrived.set()
        await self.go.wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        return httpx.Response(200, json=envelope(self.answer))


@pytest.fixture
async def server() -> Server:
    return Server()


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path / "audit")


@pytest.fixture
def writer(server: Server, log: AuditLog) -> AuditedWriter:
    api = Api(Connection("acme", "acme", "k", "p"), transport=httpx.MockTransport(server))
    return AuditedWriter(api, log, profile="acme", operator="alex")


def write(ref: int = 1) -> Write:
    return Write(USER, USER.action("password"), ref, target=f"user {ref}")


def results(log: AuditLog) -> list[str]:
    return [line["result"] for line in log.entries()]


async def test_the_same_write_goes_once(writer: AuditedWriter, server: Server, log: AuditLog) -> None:
    one = write()
    outcomes = await asyncio.gather(*(writer.send(one) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(outcome, AlreadySentError) for outcome in outcomes) == 4
    with pytest.raises(AlreadySentError):
        await writer.send(one)
    with pytest.raises(AlreadySentError):
        await writer.send_together([one])
    assert len(server.requests) == 1
    assert results(log) == ["done"]


async def test_whoever_asked_may_go_away(writer: AuditedWriter, server: Server, log: AuditLog) -> None:
    server.go.clear()
    asking = asyncio.create_task(writer.send(write()))
    await server.arrived.wait()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert writer.busy
    server.go.set()
    await writer.finish()
    assert not writer.busy
    assert results(log) == ["done"]


async def test_leaving_does_not_wait_for_ever(writer: AuditedWriter, server: Server, log: AuditLog) -> None:
    server.go.clear()
    asking = asyncio.create_task(writer.send(write()))
    await server.arrived.wait()
    await writer.finish(patience=0.01)
    assert writer.busy
    assert results(log) == []
    await writer._api.aclose()
    await writer.finish()
    outcome = await asking
    assert outcome.result is Result.UNKNOWN
    assert results(log) == ["unknown"]


async def test_a_bug_on_the_way_leaves_an_unknown_end(
    writer: AuditedWriter, server: Server, log: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: Write) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(writer._api, "write", broken)
        with pytest.raises(RuntimeError, match="a bug"):
            await writer.send(write())
    await writer.send(write())
    assert results(log) == ["unknown", "done"]


async def test_many_in_one_request_have_an_end_each(
    writer: AuditedWriter, server: Server, log: AuditLog
) -> None:
    server.answer = {"_bulk": [envelope(True), envelope(False, 400), envelope(None, 500), envelope(False)]}
    outcomes = await writer.send_together([write(number) for number in range(4)])
    assert [outcome.result for outcome in outcomes] == [
        Result.DONE,
        Result.REFUSED,
        Result.UNKNOWN,
        Result.REFUSED,
    ]
    assert results(log) == ["done", "refused", "unknown", "refused"]
    assert [line["target"]["id"] for line in log.entries()] == [0, 1, 2, 3]
    assert len(server.requests) == 1


@pytest.mark.parametrize("answer", [True, {"_bulk": []}, {"_bulk": [1]}, httpx.ReadTimeout("x")])
async def test_an_answer_that_does_not_tell_them_apart(
    writer: AuditedWriter, server: Server, log: AuditLog, answer: Any
) -> None:
    server.answer = answer
    outcomes = await writer.send_together([write(1), write(2)])
    assert {outcome.result for outcome in outcomes} == {Result.UNKNOWN}
    assert results(log) == ["unknown", "unknown"]


@pytest.mark.parametrize("number", [0, 26])
async def test_as_many_as_a_bulk_call_takes(writer: AuditedWriter, server: Server, number: int) -> None:
    with pytest.raises(ValueError, match="1 to 25"):
        await writer.send_together([write() for _ in range(number)])
    assert server.requests == []


async def test_what_is_noted(writer: AuditedWriter, log: AuditLog) -> None:
    one = write(12)
    await writer.send(one)
    (line,) = log.entries()
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "request_id": one.request_id,
        "profile": "acme",
        "host": "acme.chargeover.com",
        "operator": "alex",
        "action": "user.password",
        "target": {"object": "user", "id": 12, "name": "user 12"},
        "method": "POST",
        "path": "/api/v3/user/12/_action/password",
        "payload": None,
        "result": "done",
        "status": None,
        "message": "",
        "made": None,
    }


@pytest.mark.long
async def test_a_login_link_is_not_noted(writer: AuditedWriter, server: Server, log: AuditLog) -> None:
    server.answer = "https://acme.chargeover.com/l1nk"
    outcome = await writer.send(Write(USER, USER.action("getLoginURL"), 1))
    assert outcome.answer == server.answer
    assert "l1nk" not in log.path.read_text()
