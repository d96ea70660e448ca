"""Bases that spare work change nothing that is seen."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from cotui.tui.engine.widget_bases import OwnSize, PlainLines
from tests.tui.support import OneWidget


class Lines(ScrollView, OwnSize, PlainLines):
    """Lines that say which they are."""

    DEFAULT_CSS = "Lines { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }"

    def render_line(self, y: int) -> Strip:
        return Strip([Segment(f"line {y}")]).adjust_cell_length(self.size.width)


@pytest.mark.parametrize("border", ["none", "solid"])
async def test_lines_are_those_that_textual_would_draw(border: str) -> None:
    lines = Lines()
    async with OneWidget(lines).run_test(size=(30, 5)) as pilot:
        lines.styles.border = (border, "red")
        await pilot.pause()
        for crop in (Region(0, 0, 30, 5), Region(2, 1, 9, 3), Region(28, 4, 2, 1)):
            ours, theirs = lines.render_lines(crop), Widget.render_lines(lines, crop)
            assert [strip.text for strip in ours] == [strip.text for strip in theirs]
            assert [strip.cell_length for strip in ours] == [crop.width] * crop.height


async def test_what_it_holds_is_told_to_the_scroll_bar_alone() -> None:
    lines, laid_out = Lines(), list[object]()
    app = OneWidget(lines)
    async with app.run_test(size=(30, 5)) as pilot:
        await pilot.pause()
        app.screen.screen_layout_refresh_signal.subscribe(lines, laid_out.append)
        lines.virtual_size = Size(30, 500)
        await pilot.pause()
        assert lines.vertical_scrollbar.window_virtual_size == 500
        assert lines.max_scroll_y > 490
        assert laid_out == []
