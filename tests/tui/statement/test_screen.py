"""The statement on the screen: where it is opened, what its keys do, what it says of what did not come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from textual.widgets import Input

from cotui.catalog import RESOURCES
from cotui.tui.base.session import Session
from cotui.tui.lists.list_spec import ObjectListSpec
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from cotui.tui.statement.screen import StatementScreen
from cotui.tui.statement.since_dialog import SinceDialog
from tests.api.support import refuse
from tests.tui.conftest import Wire
from tests.tui.flow import press, settle, status, text_of, type_text
from tests.tui.writing import Account, account


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers") as made:
        yield made


def shown(app: CotuiApp) -> StatementScreen:
    assert isinstance(app.screen, StatementScreen), text_of(app)
    return app.screen


@pytest.mark.parametrize("page", [False, True], ids=["list", "page"])
@pytest.mark.parametrize("object_id", ["customer", "invoice", "transaction", "package", "user"])
async def test_it_is_one_key_away(own: Account, object_id: str, page: bool) -> None:
    async with own.app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        own.app.open_list(ObjectListSpec(own.api, RESOURCES[object_id], title="Rows"), tab="customers")
        await settle(pilot)
        if page:
            await press(pilot, "enter")
        tab = own.app.screen.tab  # type: ignore[attr-defined]  # all of these have one
        await press(pilot, "b")
        assert "Agrees with the account" in text_of(own.app)
        assert shown(own.app).tab == tab
        await press(pilot, "escape")
        assert not isinstance(own.app.screen, StatementScreen)


async def test_requests_of_a_statement_are_five(own: Account) -> None:
    async with own.app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        before = len(own.line.reads)
        await press(pilot, "b")
        asked = [request.url.path.removeprefix("/api/v3/") for request in own.line.reads[before:]]
        assert sorted(asked) == [
            "customer/1",
            "invoice",
            "invoice/_count",
            "transaction",
            "transaction/_count",
        ]


async def test_enter_opens_an_entry_and_c_the_customer(own: Account) -> None:
    async with own.app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        entry = shown(own.app).view.selected_entry
        assert entry is not None
        assert entry.reference is not None
        await press(pilot, "enter")
        assert isinstance(own.app.screen, RecordScreen)
        assert (own.app.screen.resource.id, own.app.screen._ref) == entry.reference
        await press(pilot, "escape", "c")
        assert isinstance(own.app.screen, RecordScreen)
        assert own.app.screen.resource.id == "customer"


async def test_older_entries_come_at_the_end_page_by_page(session: Session, wire: Wire) -> None:
    from cotui.api import Api, Connection

    assert session.api is not None
    await session.api.aclose()
    session.api = Api(Connection("demo", "localhost", "demo", "demo", page_size=5), transport=wire)
    app = CotuiApp(session)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        screen = shown(app)
        assert "Not proved, the beginning is not read" in text_of(app)
        assert "load older" in status(app)
        counted = [len(screen.view._page.entries)]
        for _ in range(40):
            statement = screen.statement
            assert statement is not None
            if statement.complete:
                break
            before = len(wire.requests)
            await press(pilot, "end")
            assert len(wire.requests) - before <= 1
            counted.append(len(screen.view._page.entries))
        assert counted == sorted(counted)
        assert counted[-1] > counted[0]
        await press(pilot, "g")
        assert "Agrees with the account" in text_of(app)
        assert "load older" not in status(app)
        before = len(wire.requests)
        await press(pilot, "end")
        assert len(wire.requests) == before
        assert "this is the beginning" in status(app)


async def test_since_a_day(own: Account) -> None:
    async with own.app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        screen = shown(own.app)
        assert screen.statement is not None
        everything = len(screen.statement.balances[0].lines)
        await press(pilot, "slash")
        assert isinstance(own.app.screen, SinceDialog)
        await type_text(pilot, "whenever")
        await press(pilot, "enter")
        assert isinstance(own.app.screen, SinceDialog)
        assert "takes a date" in text_of(own.app)
        line = own.app.focused
        assert isinstance(line, Input)
        line.value = "2026-01-01"
        await press(pilot, "enter")
        assert screen.statement is not None
        lines = screen.statement.balances[0].lines
        assert 0 < len(lines) < everything
        assert "since 2026-01-01" in text_of(own.app)
        assert "Before" in text_of(own.app)
        assert "Agrees with the account" in text_of(own.app)
        await press(pilot, "slash", "escape")
        assert len(screen.statement.balances[0].lines) == len(lines)
        await press(pilot, "slash")
        line = own.app.focused
        assert isinstance(line, Input)
        line.value = ""
        await press(pilot, "enter")
        assert len(screen.statement.balances[0].lines) == everything


async def test_since_a_day_reads_back_to_it(session: Session, wire: Wire) -> None:
    from cotui.api import Api, Connection

    assert session.api is not None
    await session.api.aclose()
    session.api = Api(Connection("demo", "localhost", "demo", "demo", page_size=4), transport=wire)
    app = CotuiApp(session)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "b", "slash")
        await type_text(pilot, "2025-09-01")
        await press(pilot, "enter")
        statement = shown(app).statement
        assert statement is not None
        days = [line.entry.day for line in statement.balances[0].lines if line.entry.day]
        assert min(days).isoformat() == "2025-09-01"


async def test_what_is_refused_is_said_and_read_again_with_r(session: Session, wire: Wire) -> None:
    app = CotuiApp(session)
    wire.instead = lambda request: refuse(403, "no") if "/transaction" in request.url.path else None
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        assert "! Payments could not be read" in text_of(app)
        assert "not known" in text_of(app)
        wire.instead = None
        await press(pilot, "r")
        assert "Agrees with the account" in text_of(app)


async def test_a_failure_is_shown_in_its_place(session: Session, wire: Wire) -> None:
    app = CotuiApp(session)

    def gone(request: httpx.Request) -> httpx.Response | None:
        own = "/customer/1" in request.url.path
        return refuse(404, "This customer does not exist.") if own else None

    wire.instead = gone
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        assert "This customer does not exist." in text_of(app)
        wire.instead = None
        await press(pilot, "r")
        assert "Agrees with the account" in text_of(app)


async def test_it_is_read_again_after_a_write_and_left_while_it_is_read(own: Account) -> None:
    async with own.app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        own.line.reads.clear()
        own.app.records_changed()
        await settle(pilot)
        asked = [request.url.path.removeprefix("/api/v3/") for request in own.line.reads]
        assert {"customer/1", "invoice", "transaction"} <= set(asked)
        await pilot.press("r", "escape")
        await settle(pilot)
        assert not isinstance(own.app.screen, StatementScreen)


async def test_copying(own: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    async with own.app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        monkeypatch.setattr(own.app, "copy", lambda text, _what: copied.append(text))
        await press(pilot, "y", "Y")
        assert "owes" not in copied[0]
        assert copied[0][:4].isdigit()
        assert '"schema": "cotui.statement/1"' in copied[1]


@pytest.mark.parametrize(
    "size", [(60, 16), (80, 24), (120, 40), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}"
)
async def test_it_can_be_read_at_every_size(own: Account, size: tuple[int, int]) -> None:
    async with own.app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        lines = text_of(own.app).splitlines()
        assert "Agrees with the account" in text_of(own.app)
        entries = [line for line in lines if line.startswith((">", "  20"))]
        assert len(entries) >= 5
        assert sum(line.startswith(">") for line in entries) == 1
        assert all(
            line.rstrip(" ▁▂▃▄▅▆▇█")[-3] == "." for line in entries
        )  # amounts stand whole at the right
        await press(pilot, "down")
        moved = [line for line in text_of(own.app).splitlines() if line.startswith(">")]
        assert moved != [line for line in entries if line.startswith(">")]


def test_settings_know_its_keys() -> None:
    from cotui.tui.shell.keymap import named_bindings

    names = {binding.id: binding.key for binding in named_bindings()}
    assert names["relation.statement"] == "b"
    assert {"statement.since", "statement.older", "statement.entry"} <= set(names)
