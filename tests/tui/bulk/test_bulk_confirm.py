"""The question before many writes: their number has to be typed, and everything stays in view."""

from __future__ import annotations

import pytest

from cotui.tui.base.text_lines import TextLines
from cotui.tui.bulk.bulk_confirm import BulkConfirm
from cotui.tui.shell.app import CotuiApp
from tests.tui.bulk.conftest import GatedWire
from tests.tui.flow import marks_of, press, settle, text_of, type_text
from tests.tui.many import audit, progress, refused, results, say_yes

SIZE = (120, 40)


@pytest.mark.long
async def test_e_mails_can_be_left_out(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "p", "m")
        assert "none: ChargeOver is told not to send the 2" in text_of(app)
        await say_yes(pilot, 2)
        assert results(app) == {1: "done", 2: "done"}
    assert all(item["uri"].endswith("?_flag_emails=0") for item in wire.batches[0])


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


async def test_a_number_among_letters_is_typed_again(app: CotuiApp, wire: GatedWire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "p", "a", "y", "2", "enter")
        assert "Letters were typed here that mean nothing: empty the line" in text_of(app)
        assert wire.batches == []
        await press(pilot, "backspace", "2", "enter")
        assert results(app) == {1: "done", 2: "done"}


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
