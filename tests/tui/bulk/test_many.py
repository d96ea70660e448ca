"""One action on many records, by keyboard, over the sandbox: success, refusal, faults, stopping, trying again."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cotui.api import Api, Connection, Result
from cotui.api.transport.retry import RetryPolicy
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.tui.actions.action_menu import ActionMenu
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.base.session import Session
from cotui.tui.base.text_lines import TextLines
from cotui.tui.bulk.bulk_confirm import BulkConfirm
from cotui.tui.bulk.bulk_export_dialog import BulkExport
from cotui.tui.bulk.bulk_progress import BulkProgress
from cotui.tui.forms.form import PayloadForm
from cotui.tui.shell.app import CotuiApp
from tests.stores import demo
from tests.tui.conftest import NOW, TODAY, Wire
from tests.tui.flow import browse, marks_of, press, settle, status, text_of, type_text
from tests.tui.lists.test_selection_keys import many_customers, reply

SIZE = (120, 40)


class GatedWire(Wire):
    """Holds bulk calls until it is told to let them go on."""

    gate: asyncio.Event | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.gate is not None and request.url.path.endswith("/_bulk"):
            await self.gate.wait()
        return await super().handle_async_request(request)

    @property
    def batches(self) -> list[list[dict[str, Any]]]:
        """The bulk calls so far, each as the list of its requests."""
        return [
            json.loads(request.content)
            for request in self.requests
            if request.url.path.endswith("/_bulk")
        ]  # fmt: skip


@pytest.fixture
def store() -> Iterator[Store]:
    """Data of its own for every test: they change it."""
    store = demo(60, 1, TODAY)
    yield store
    store.close()


@pytest.fixture
def wire(store: Store) -> GatedWire:
    app = create_app(store, credentials={"demo": "demo"}, clock=lambda: NOW)
    return GatedWire(httpx.ASGITransport(app=app))


@pytest.fixture
async def app(session: Session, wire: GatedWire) -> CotuiApp:
    assert session.api is not None
    await session.api.aclose()
    # a pause that the server asks for is exactly as long as it says
    connection = Connection("demo", "localhost", "demo", "demo")
    session.api = Api(connection, transport=wire, retry=RetryPolicy(base=0.0))
    session.screen = "customers"
    return CotuiApp(session)


async def choose(pilot: Any, *keys: str) -> None:
    """Open the menu and take what is found by these letters."""
    await press(pilot, "a")
    assert isinstance(pilot.app.screen, ActionMenu)
    await type_text(pilot, "".join(keys))
    await press(pilot, "enter")


async def say_yes(pilot: Any, number: int) -> None:
    assert isinstance(pilot.app.screen, BulkConfirm)
    await type_text(pilot, str(number))
    await press(pilot, "enter")


def progress(app: CotuiApp) -> BulkProgress:
    assert isinstance(app.screen, BulkProgress)
    return app.screen


def results(app: CotuiApp) -> dict[int | str, str]:
    return {ref: outcome.result.value for ref, outcome in progress(app)._results.items()}


def audit(app: CotuiApp) -> list[dict[str, Any]]:
    return list(app.session.audit.entries())


def refused(request: httpx.Request, *at: int) -> httpx.Response:
    """An answer to a bulk call in which the items at these places are refused and the others done."""
    number = len(json.loads(request.content))
    items = [
        {"code": 400, "status": "Error", "message": f"no to {place}", "response": False}
        if place in at
        else {"code": 200, "status": "OK", "message": "", "response": True}
        for place in range(number)
    ]
    return reply({"_bulk": items})


# -- success -----------------------------------------------------------------------------------


async def test_marked_customers_are_set_inactive_in_one_call(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "space", "space", "down", "space", "end", "home", "a")
        assert isinstance(app.screen, ActionMenu)
        shown = text_of(app)
        assert "3 customers" in shown
        assert "Set inactive" in shown
        assert "Set default pay method" not in shown  # not for many
        await type_text(pilot, "inactive")
        await press(pilot, "enter")
        shown = text_of(app)
        assert "Set inactive: 3 customers" in shown
        assert "POST /api/v3/customer/1/_action/setInactive" in shown
        assert "E-mails  none" in shown
        await say_yes(pilot, 3)
        assert results(app) == {1: "done", 2: "done", 4: "done"}
        assert "3 done" in text_of(app)
        await press(pilot, "escape")
        assert marks_of(app) == []
        assert status(app) == "Set inactive: 3 customers: 3 done"
        row = browse(app).table.rows.row(0)  # type: ignore[union-attr]
        assert row is not None
        assert row.raw["customer_status_str"] == "inactive-manual"
    assert [[item["uri"] for item in batch] for batch in wire.batches] == [
        [f"/api/v3/customer/{ref}/_action/setInactive" for ref in (1, 2, 4)]
    ]
    lines = audit(app)
    assert [(line["target"]["id"], line["action"], line["result"]) for line in lines] == [
        (ref, "customer.setInactive", "done") for ref in (1, 2, 4)
    ]
    assert len({line["request_id"] for line in lines}) == 3


async def test_all_users_get_a_password_mail_in_batches_of_25(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "A", "p")
        number = len(marks_of(app))
        assert number > 50
        shown = text_of(app)
        assert f"for each of the {number}: One e-mail to the user" in shown
        assert "amelia.whitaker@" in shown
        assert f"and {number - 3} more" in shown
        await say_yes(pilot, number)
        assert set(results(app).values()) == {"done"}
    assert [len(batch) for batch in wire.batches[:-1]] == [25] * (len(wire.batches) - 1)
    assert sum(len(batch) for batch in wire.batches) == number
    assert not any("_flag_emails" in item["uri"] for batch in wire.batches for item in batch)
    assert len(audit(app)) == number


@pytest.mark.long
async def test_e_mails_can_be_left_out(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "p", "m")
        assert "none: ChargeOver is told not to send the 2" in text_of(app)
        await say_yes(pilot, 2)
        assert results(app) == {1: "done", 2: "done"}
    assert all(item["uri"].endswith("?_flag_emails=0") for item in wire.batches[0])


async def test_the_payload_is_asked_once_and_never_a_recipient(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "3", "space", "space")
        await choose(pilot, "send by")
        assert isinstance(app.screen, PayloadForm)
        names = [field.name for field in app.screen._fields]
        assert "subject" in names
        assert not {"email", "cc", "bcc"} & set(names)
        await press(pilot, "ctrl+s")
        # the confirmation is left: the form is there again, and leaving that ends it
        await press(pilot, "escape")
        assert isinstance(app.screen, PayloadForm)
        await press(pilot, "ctrl+s")
        await say_yes(pilot, 2)
        assert set(results(app).values()) == {"done"}
    assert len(wire.batches) == 1
    assert [item["uri"].rsplit("/", 1)[1] for item in wire.batches[0]] == ["email", "email"]


@pytest.mark.long
async def test_one_thousand_that_match_take_forty_calls(app: CotuiApp, wire: GatedWire) -> None:
    answer = many_customers(1200)
    wire.instead = lambda request: (
        refused(request) if request.url.path.endswith("/_bulk") else answer(request)
    )
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "A", "A")
        assert len(marks_of(app)) == 1000
        await choose(pilot, "set active")
        assert "Set active: 1,000 customers" in text_of(app)
        await say_yes(pilot, 1000)
        assert "1,000 done" in text_of(app)
    assert [len(batch) for batch in wire.batches] == [25] * 40
    uris = [item["uri"] for batch in wire.batches for item in batch]
    assert uris == [f"/api/v3/customer/{ref}/_action/setActive" for ref in range(1, 1001)]


# -- asking ------------------------------------------------------------------------------------


async def test_nothing_is_sent_before_the_number_is_typed(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "p", "enter", "y", "enter")
        assert isinstance(app.screen, BulkConfirm)
        await type_text(pilot, "3")
        await press(pilot, "enter")
        assert "Nothing was sent: 3 is not 2" in text_of(app)
        await press(pilot, "escape")
        assert marks_of(app) == [1, 2]
    assert wire.batches == []
    assert audit(app) == []


async def test_an_action_for_one_record_says_so(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "L")
        assert "is done to one record at a time" in status(app)
        await press(pilot, "e")
        assert "is done to one record at a time" in status(app)
        assert marks_of(app) == [1, 2]
    assert wire.batches == []


async def test_hammered_keys_send_once(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "p")
        await type_text(pilot, "2")
        await pilot.press("enter", "enter", "enter", "y", "enter", "p", "enter")
        await settle(pilot)
        assert results(app) == {1: "done", 2: "done"}
    assert len(wire.batches) == 1


@pytest.mark.sample("size0")
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_what_has_to_be_answered_is_always_there(
    app: CotuiApp, wire: GatedWire, size: tuple[int, int]
) -> None:
    wire.instead = lambda request: (
        refused(request, *range(25)) if request.url.path.endswith("/_bulk") else None
    )
    async with app.run_test(size=size) as pilot:
        await press(pilot, "2", "A", "p")
        number = len(marks_of(app))
        shown = text_of(app)
        assert f"Type their number, {number}, to go on:" in shown
        assert "esc" in shown
        await say_yes(pilot, number)
        shown = text_of(app)
        assert f"{number} refused" in shown
        assert f"r tries {number} again" in shown
        assert "Refused, " in shown
        await press(pilot, "end")
        last = list(progress(app)._results.values())[-1].write.target
        assert f"r tries {number} again" in text_of(app)
        lines = app.screen.query_one(TextLines)
        assert lines.scroll_offset.y == lines.max_scroll_y > 0
        assert last in [text.strip() for text, _ in lines._wrapped]


# -- refusals and faults -------------------------------------------------------------------------


@pytest.mark.long
async def test_what_is_refused_stays_marked_and_can_be_tried_again(app: CotuiApp, wire: GatedWire) -> None:
    wire.instead = lambda request: refused(request, 1) if request.url.path.endswith("/_bulk") else None
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "space", "p")
        await say_yes(pilot, 3)
        shown = text_of(app)
        assert "2 done · 1 refused" in shown
        assert "Refused, 1: no to 1" in shown
        assert "Keith Palmer, user 2" in shown
        assert "r tries 1 again" in shown
        wire.instead = None
        await press(pilot, "r")
        assert "Again: only what was refused or not sent." in text_of(app)
        await press(pilot, "escape")  # not now: the summary is still there
        assert "2 done · 1 refused" in text_of(app)
        await press(pilot, "r")
        await say_yes(pilot, 1)
        assert "3 done" in text_of(app)
        await press(pilot, "escape")
        assert marks_of(app) == []
    assert [[item["uri"].split("/")[4] for item in batch] for batch in wire.batches] == [
        ["1", "2", "3"],
        ["2"],
    ]
    assert len({line["request_id"] for line in audit(app)}) == 4


@pytest.mark.long
async def test_failed_ones_stay_marked(app: CotuiApp, wire: GatedWire) -> None:
    wire.instead = lambda request: refused(request, 0) if request.url.path.endswith("/_bulk") else None
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "space", "p")
        await say_yes(pilot, 3)
        await press(pilot, "escape")
        assert marks_of(app) == [1]
        assert status(app) == "Send password reset: 3 users: 2 done · 1 refused"


async def test_a_429_in_the_middle_leaves_its_batch_unsent_and_goes_on(
    app: CotuiApp, wire: GatedWire
) -> None:
    seen = 0

    def limited(request: httpx.Request) -> httpx.Response | None:
        nonlocal seen
        if not request.url.path.endswith("/_bulk"):
            return None
        seen += 1
        if seen != 2:
            return None
        body = {"code": 429, "status": "Error", "message": "Rate limit exceeded", "response": False}
        return httpx.Response(429, json=body, headers={"Retry-After": "0"})

    wire.instead = limited
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "A", "p")
        number = len(marks_of(app))
        await say_yes(pilot, number)
        found = list(results(app).values())
        assert found == ["done"] * 25 + ["not sent"] * 25 + ["done"] * (number - 50)
        assert "Not sent, 25: Rate limit exceeded" in text_of(app)
        await press(pilot, "r")
        await say_yes(pilot, 25)
        assert set(results(app).values()) == {"done"}
    sent = [item["uri"] for at, batch in enumerate(wire.batches) for item in batch if at != 1]
    assert len(sent) == len(set(sent)) == number


@pytest.mark.long
async def test_a_lost_answer_is_unknown_and_never_tried_again(app: CotuiApp, wire: GatedWire) -> None:
    def drop(request: httpx.Request) -> None:
        if request.url.path.endswith("/_bulk") and len(wire.batches) == 2:
            raise httpx.ReadError("gone")

    wire.instead = drop
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "A", "p")
        number = len(marks_of(app))
        await say_yes(pilot, number)
        assert list(results(app).values()) == (
            ["done"] * 25 + ["unknown"] * 25 + ["not sent"] * (number - 50)
        )
        assert len(wire.batches) == 2
        shown = text_of(app)
        assert "look at it first" in shown
        assert "Not known, 25" in shown
        wire.instead = None
        await press(pilot, "r")
        assert "Left out: 25 of which it is not known whether they were done." in text_of(app)
        await say_yes(pilot, number - 50)
        assert list(results(app).values()) == ["done"] * 25 + ["unknown"] * 25 + ["done"] * (number - 50)
        assert progress(app).check_action("again", ()) is False
        await press(pilot, "escape")
        assert len(marks_of(app)) == 25
    uris = [item["uri"] for batch in wire.batches for item in batch]
    assert len(uris) == len(set(uris)) == number
    assert sorted(line["result"] for line in audit(app)) == ["done"] * (number - 25) + ["unknown"] * 25


async def test_escape_stops_after_the_batch_that_is_under_way(app: CotuiApp, wire: GatedWire) -> None:
    wire.gate = asyncio.Event()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "A", "p")
        number = len(marks_of(app))
        await type_text(pilot, str(number))
        await pilot.press("enter", "escape", "escape", "r", "x")
        await pilot.pause()
        assert f"0 of {number} · stopping after this batch" in text_of(app)
        assert not progress(app).over
        wire.gate.set()
        await settle(pilot)
        assert progress(app).over
        assert list(results(app).values()) == ["done"] * 25 + ["not sent"] * (number - 25)
        assert f"Not sent, {number - 25}: The run was stopped before it" in text_of(app)
    assert len(wire.batches) == 1


async def test_the_program_ends_in_the_middle_of_a_run(app: CotuiApp, wire: GatedWire) -> None:
    wire.gate = asyncio.Event()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "A", "p")
        await type_text(pilot, str(len(marks_of(app))))
        await pilot.press("enter")
        await pilot.pause()
        asyncio.get_running_loop().call_soon(wire.gate.set)
        app.exit()
        await pilot.pause()
    assert len(wire.batches) == 1
    assert [line["result"] for line in audit(app)] == ["done"] * 25


async def test_deleting_many_needs_the_number_too_and_the_list_follows(
    app: CotuiApp, wire: GatedWire
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "space")
        await choose(pilot, "delete")
        shown = text_of(app)
        assert "This can't be undone. Type their number, 3, to go on:" in shown
        assert "does not document deleting many at once" in shown
        await say_yes(pilot, 3)
        # 1 and 2 are the main contacts of their customers
        assert results(app) == {1: "refused", 2: "refused", 3: "done"}
        await press(pilot, "escape")
        assert marks_of(app) == [1, 2]
        rows = browse(app).table.rows
        assert rows is not None
        assert [rows.row(at).id for at in range(3)] == [1, 2, 4]  # type: ignore[union-attr]


# -- the summary as a file -------------------------------------------------------------------------


@pytest.mark.long
async def test_the_summary_is_written_to_a_file_of_its_own(
    app: CotuiApp, wire: GatedWire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wire.instead = lambda request: refused(request, 1) if request.url.path.endswith("/_bulk") else None
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "p")
        await say_yes(pilot, 2)
        await press(pilot, "x")
        assert isinstance(app.screen, BulkExport)
        await press(pilot, "enter")
        path = tmp_path / "cotui-user-password-2026-03-16.csv"
        assert "2 results are in" in text_of(app)
        assert path.stat().st_mode & 0o777 == 0o600
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert [(row["id"], row["name"], row["result"], row["message"]) for row in rows] == [
            ("1", "Amelia Whitaker", "done", ""),
            ("2", "Keith Palmer", "refused", "no to 1"),
        ]
        assert [row["request_id"] for row in rows] == [line["request_id"] for line in audit(app)]
        # what is there is not replaced without being asked
        path.write_text("mine")
        await press(pilot, "x", "enter")
        assert isinstance(app.screen, BulkExport)
        assert "is there already: ctrl+o replaces it" in text_of(app)
        assert path.read_text() == "mine"
        await press(pilot, "ctrl+o")
        assert path.read_text().startswith("object,id,name")
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.sample("nowhere/results.csv-No such file")
@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere/results.csv", "No such file"), (".", "directory"), ("~nobody-of-that-name/x", "nobody")],
)
async def test_a_file_that_cannot_be_written_is_said(
    app: CotuiApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "p")
        await say_yes(pilot, 2)
        await press(pilot, "x", "ctrl+u")
        await type_text(pilot, name)
        await press(pilot, "enter")
        assert isinstance(app.screen, BulkExport)
        assert "not written" in text_of(app)
        assert said.casefold() in text_of(app).casefold()
        await press(pilot, "escape")
        assert {outcome.result for outcome in progress(app)._results.values()} == {Result.DONE}


async def test_the_only_marked_record_is_acted_on_alone_and_unmarked(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "down", "down", "p")
        assert isinstance(app.screen, ConfirmDialog)
        assert app.screen.write.ref == 1
        await press(pilot, "y")
        assert marks_of(app) == []
    assert wire.batches == []
    assert [line["target"]["id"] for line in audit(app)] == [1]


async def test_acting_waits_until_all_rows_to_mark_are_read(app: CotuiApp, wire: GatedWire) -> None:
    answer = many_customers(1200)

    def answer_and_act(request: httpx.Request) -> httpx.Response | None:
        if request.url.params.get("offset") == "400":
            browse(app).action_act()
        return answer(request)

    wire.instead = answer_and_act
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "A", "A")
        assert browse(app) is app.screen  # no menu was opened
        assert len(marks_of(app)) == 1000


async def test_an_audit_file_that_cannot_be_written_stops_everything(app: CotuiApp, wire: GatedWire) -> None:
    app.session.audit.directory.parent.mkdir(parents=True, exist_ok=True)
    app.session.audit.directory.write_text("in the way")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "A", "p")
        await say_yes(pilot, len(marks_of(app)))
        assert set(results(app).values()) == {"not sent"}
        assert "audit file cannot be written" in text_of(app)
    assert wire.batches == []
