"""Many writes under way: Esc stops between batches, and only what failed is tried again."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from cotui.tui.shell.app import CotuiApp
from tests.tui.bulk.conftest import GatedWire
from tests.tui.flow import marks_of, press, settle, text_of, type_text
from tests.tui.many import audit, progress, refused, results, say_yes

SIZE = (120, 40)


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
