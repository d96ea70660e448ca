"""One action on many records, by keyboard, over the sandbox: success, refusal, faults, stopping, trying again."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from cotui.api import Priority
from cotui.tui.actions.action_menu import ActionMenu
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.bulk.bulk_confirm import BulkConfirm
from cotui.tui.forms.form import PayloadForm
from cotui.tui.shell.app import CotuiApp
from tests.tui.bulk.conftest import GatedWire
from tests.tui.flow import browse, marks_of, press, settle, status, text_of, type_text
from tests.tui.lists.test_selection_keys import many_customers
from tests.tui.many import audit, choose, refused, results, say_yes

SIZE = (120, 40)


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


async def test_an_action_for_one_record_says_so(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "L")
        assert "is done to one record at a time" in status(app)
        await press(pilot, "e")
        assert "is done to one record at a time" in status(app)
        assert marks_of(app) == [1, 2]
    assert wire.batches == []


# -- refusals and faults -------------------------------------------------------------------------


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


async def test_the_question_and_the_results_name_whose_records_they_are(
    app: CotuiApp, wire: GatedWire
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "space", "space")
        app.customer_names._names.clear()  # nobody has looked at customers yet
        asked = len(wire.requests)
        await choose(pilot, "e-mail")
        await settle(pilot)
        for request in wire.requests[asked:]:
            assert request.url.path.rpartition("/")[0].endswith(("/customer", "/v3")), request.url
        screen = app.screen
        if isinstance(screen, PayloadForm):
            await press(pilot, "ctrl+s")
        assert isinstance(app.screen, BulkConfirm)
        refs = [write.customer for write in app.screen._writes]
        names = [app.customer_names.known(ref) for ref in refs if ref is not None]
        assert len(names) == 2
        assert all(names)
        for write, name in zip(app.screen._writes, names, strict=True):
            assert write.target == f"invoice {write.ref} of {name}"
            assert f"{write.name} ({name})"[:30] in " ".join(text_of(app).split())
        assert wire.batches == [], "only names were asked for"


async def test_the_question_does_not_wait_for_names_that_do_not_come(
    app: CotuiApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cotui.tui.bulk.many.NAMED_WITHIN", 0.01)
    trouble, asking, given_up = asyncio.Event(), app.customer_names.ask, []

    async def ask(*asked: Any, priority: Priority = Priority.NAMES, **options: Any) -> None:
        if priority is Priority.INTERACTIVE:
            try:
                await trouble.wait()
            except asyncio.CancelledError:
                given_up.append(asked)
                raise
        await asking(*asked, priority=priority, **options)

    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "space", "space")
        app.customer_names._names.clear()
        monkeypatch.setattr(app.customer_names, "ask", ask)
        await choose(pilot, "e-mail")
        assert isinstance(app.screen, PayloadForm | BulkConfirm)
        assert given_up, "nobody waits for them any more"
