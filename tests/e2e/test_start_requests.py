"""The first request leaves before the interface is loaded, and it is the one that the first screen would make."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Start
from tests.e2e.faulty import FaultyServer, Mode
from tests.e2e.gate import Gate

COUNT = "/api/v3/customer/_count"


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path / "gate")


def test_the_first_rows_are_asked_for_before_textual_is_loaded(
    start: Start, gate: Gate, server: FaultyServer
) -> None:
    program = start(env=server.account.environment | gate.environment)
    gate.reached()
    server.wait_for_requests(1)
    gate.open()
    program.wait_for("1–26 of 250")
    assert len(server.requests) == 2
    assert server.requests[0].startswith("/api/v3/customer?")
    assert server.requests[1] == COUNT
    program.quit()
    assert len(server.requests) == 2


@pytest.mark.sample("last screen with its filter")
@pytest.mark.parametrize(
    ("words", "last", "first"),
    [
        (
            [],
            "invoices",
            "/api/v3/invoice?where=invoice_status_str%3AEQUALS%3Aclosed-paid&order=total%3ADESC&limit=100&offset=0",
        ),
        (["users"], "invoices", "/api/v3/user?"),
        (["reports"], "", "/api/v3/_report"),
        ([], "customers", "/api/v3/customer?"),
    ],
    ids=["last screen with its filter", "screen named", "reports", "filter that can't be read"],
)
def test_what_was_remembered_is_asked_for_once(
    start: Start, gate: Gate, server: FaultyServer, tmp_path: Path, words: list[str], last: str, first: str
) -> None:
    screens = {
        "invoices": {"filter": "status = paid order by total desc"},
        "customers": {"filter": "no such thing ="},
    }
    state = {"version": 1, "profiles": {"environment": {"last_screen": last, "screens": screens}}}
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "state.json").write_text(json.dumps(state))
    program = start(*words, env=server.account.environment | gate.environment)
    gate.reached()
    server.wait_for_requests(1)
    assert server.requests[0].startswith(first)
    gate.open()
    program.wait_for(
        lambda text: "There are no" in text or "match this filter" in text or "1–26 of 250" in text
    )
    reports = words == ["reports"]
    server.wait_for_requests(1 if reports else 2)
    assert len(server.requests) == len(set(server.requests)) == (1 if reports else 2)
    program.quit()


@pytest.mark.sample("UNAUTHORIZED-")
@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (Mode.UNAUTHORIZED, "does not accept these keys"),
        (Mode.HTML, "web page"),
        (Mode.REFUSING, "The column asked for does not exist"),
    ],
    ids=lambda value: value.name if isinstance(value, Mode) else "",
)
@pytest.mark.long
def test_a_refusal_is_told_by_the_screen(
    start: Start, gate: Gate, server: FaultyServer, mode: Mode, words: str
) -> None:
    server.mode = mode
    program = start(env=server.account.environment | gate.environment)
    gate.reached()
    server.wait_for_requests(1)
    gate.open()
    program.wait_for(lambda text: "✗" in text and words.casefold() in text.casefold())
    assert sum(target.startswith("/api/v3/customer?") for target in server.requests) == 1
    program.quit()


def test_nothing_is_sent_before_there_is_a_password(start: Start, gate: Gate, server: FaultyServer) -> None:
    program = start(env=server.account.environment | gate.environment | {"COTUI_PASSWORD": ""})
    gate.reached()
    gate.open()
    assert program.wait_exit() == 3
    assert "There is no password" in program.last_words
    assert server.requests == []


@pytest.mark.long
def test_a_server_that_does_not_answer_holds_nothing_up(start: Start, server: FaultyServer) -> None:
    server.mode = Mode.SILENT
    program = start(env=server.account.environment)
    program.wait_for("Loading customers")
    server.wait_for_requests(2)
    program.quit()
