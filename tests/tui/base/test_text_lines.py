"""Many lines to scroll through: drawn where they are seen, wrapped to the width there is."""

from __future__ import annotations

from cotui.tui.base.text_lines import TextLines
from tests.tui.support import OneWidget, lines_of


async def test_lines_are_wrapped_and_scrolled_without_drawing_the_others() -> None:
    widget = TextLines()
    async with OneWidget(widget).run_test(size=(20, 5)) as pilot:
        widget.styles.height = "1fr"
        widget.set_lines(
            [("a heading that is too long for it", True), *((f"line {n}", False) for n in range(99))]
        )
        await pilot.pause()
        widget.focus()
        assert [line.strip() for line in lines_of(widget)] == [
            "a heading that is", "too long for it", "line 0", "line 1", "line 2"
        ]  # fmt: skip
        assert widget.render_line(0)._segments[0].style.bold  # type: ignore[union-attr]
        await pilot.press("pagedown", "down")
        assert lines_of(widget)[0].strip() == "line 3"
        await pilot.press("end")
        assert lines_of(widget)[-1].strip() == "line 98"
        await pilot.press("home")
        assert widget.scroll_offset.y == 0


async def test_another_width_wraps_anew() -> None:
    widget = TextLines()
    async with OneWidget(widget).run_test(size=(20, 5)) as pilot:
        widget.styles.height = "1fr"
        widget.set_lines([("one two three four five six", False)])
        await pilot.pause()
        assert lines_of(widget)[1].strip() == "five six"
        await pilot.resize_terminal(60, 5)
        await pilot.pause()
        assert lines_of(widget)[0].strip() == "one two three four five six"
