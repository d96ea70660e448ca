"""Only lines that are seen are asked for, and they are those that Textual would draw."""

from __future__ import annotations

import pytest
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from cotui.tui.engine.compositor import FrontCompositor
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, press, settle

pytestmark = pytest.mark.painted


SIZE = (120, 40)


async def test_only_lines_that_are_seen_are_asked_for(app: CotuiApp, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Widget, Region]] = []
    render_lines = Widget.render_lines

    def note(self: Widget, crop: Region) -> list[Strip]:
        asked.append((self, crop))
        return render_lines(self, crop)

    plain = RecordTable.render_lines

    def note_table(self: RecordTable, crop: Region) -> list[Strip]:
        asked.append((self, crop))
        return plain(self, crop)

    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        monkeypatch.setattr(Widget, "render_lines", note)
        monkeypatch.setattr(RecordTable, "render_lines", note_table)
        await press(pilot, "down")
        assert {type(widget).__name__ for widget, _ in asked} == {"RecordTable", "ScrollBar"}
        assert sum(crop.height for widget, crop in asked if widget is browse(app).table) == 2


@pytest.mark.sample("keys0", "keys3", "keys6")
@pytest.mark.parametrize(
    "keys",
    [(), ("down",), ("slash", "c"), ("v",), ("f", "m"), ("enter",), ("a",), ("C",), ("question_mark",)],
)
async def test_the_lines_are_those_of_textuals_own_compositor(app: CotuiApp, keys: tuple[str, ...]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        compositor = app.screen._compositor
        assert isinstance(compositor, FrontCompositor)

        def all_lines(_y: int) -> bool:
            return True

        whole = Region(0, 0, *SIZE)
        ours = compositor._render_chops(whole, all_lines)
        theirs = Compositor._render_chops(compositor, whole, all_lines)
        for mine, stock in zip(ours, theirs, strict=True):
            assert list(mine) == list(stock)
            for cut, strip in mine.items():
                assert list(strip.simplify()) == list(stock[cut].simplify())
