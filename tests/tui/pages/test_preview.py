"""The preview of a row: its answer in short, then its fields."""

from __future__ import annotations

from datetime import date

from cotui.api import Record
from cotui.catalog import RESOURCES
from cotui.tui.pages.preview import told_by
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle
from tests.tui.pages.answers import customer

TODAY = date(2026, 3, 16)


def test_a_row_tells_only_what_is_in_it() -> None:
    facts = {fact.name: fact for fact in told_by(RESOURCES["customer"], customer(), TODAY)}
    assert "1,913.56 USD" in facts["owes"].value
    assert not [fact for fact in facts.values() if "reading" in f"{fact.value} {fact.rest}"]
    assert told_by(RESOURCES["note"], Record({"note_id": 3}, "note_id"), TODAY) == ()
    assert told_by(RESOURCES["customer"], Record({}, "customer_id"), TODAY) == ()


async def test_the_pane_beside_a_list_begins_with_the_answer_and_asks_for_nothing(
    app: CotuiApp, wire: Wire
) -> None:
    async with app.run_test(size=(180, 40)) as pilot:
        await settle(pilot)
        before = len(wire.requests)
        await press(pilot, "down")
        lines = browse(app).preview.lines
        assert lines[0].startswith(" Maple Ridge Dental")
        assert lines[2].startswith(" Owes")
        assert any(line.startswith(" Account") for line in lines)
        assert len(wire.requests) == before
