"""The drop-down of suggestions: its place, its mark, its size, and that it covers what lies below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from cotui.tui.lists.completion_list import MOST_LINES, CompletionList


@dataclass(frozen=True)
class Item:
    insert: str
    label: str
    kind: str = "field"
    detail: str = ""


FIELDS = tuple(Item(f"field{n}", f"field{n}", detail=f"meaning of field {n}") for n in range(20))


class Below(Widget):
    """A screen full of something."""

    def render(self) -> str:
        return "x" * 10_000


class Watched(CompletionList):
    drawn: list[int]

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class Host(App[None]):
    ENABLE_COMMAND_PALETTE = False
    CSS = "Input { height: 1; border: none; } Below { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield Input()
        yield Below()
        items = Watched(row=1)
        items.drawn = []
        yield items

    @property
    def items(self) -> Watched:
        return self.query_one(Watched)

    @on(CompletionList.Chosen)
    def _note(self, event: CompletionList.Chosen) -> None:
        self.chosen.append(event.index)

    def row(self, y: int) -> str:
        return self.screen._compositor.render_strips(self.screen.size)[y].text


def marked(app: Host) -> list[int]:
    style = app.items.get_component_rich_style("completion--marked")
    lines = range(app.items.size.height)
    return [y for y in lines if any(segment.style == style for segment in app.items.render_line(y))]


async def test_it_is_hidden_while_there_is_nothing_to_say() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        assert not app.items.display
        assert app.items.selected is None
        app.items.move(1)
        app.items.set_items(FIELDS[:3], column=5)
        await pilot.pause()
        assert app.items.display
        assert app.items.selected == FIELDS[0]
        assert not app.items.chosen_by_hand
        app.items.set_items(())
        await pilot.pause()
        assert not app.items.display
        assert app.items.selected is None


async def test_it_opens_below_the_text_and_covers_the_table() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        app.items.set_items(FIELDS[:3], column=5)
        await pilot.pause()
        assert app.items.region.offset == (4, 1)
        assert app.items.region.size == (len(" field0  meaning of field 0 "), 3)
        assert app.row(1)[4:32] == " field0  meaning of field 0 "
        assert app.row(4)[4:32] != " field0  meaning of field 0 "
        assert app.focused is app.query_one(Input)


async def test_the_mark_moves_round_and_through_more_than_fit() -> None:
    app = Host()
    async with app.run_test(size=(60, 14)) as pilot:
        app.items.set_items(FIELDS)
        await pilot.pause()
        assert app.items.size.height == MOST_LINES
        assert "1/20" in app.row(1)
        app.items.drawn.clear()
        app.items.move(1)
        await pilot.pause()
        assert sorted(set(app.items.drawn)) == [0, 1]
        assert app.items.selected == FIELDS[1]
        assert app.items.chosen_by_hand
        for _ in range(9):
            app.items.move(1)
        await pilot.pause()
        assert app.items.selected == FIELDS[10]
        assert "field10" in app.row(8)
        assert marked(app) == [7]
        app.items.move(-11)
        assert app.items.selected == FIELDS[19]
        app.items.move(1)
        await pilot.pause()
        assert app.items.selected == FIELDS[0]
        assert marked(app) == [0]
        app.items.set_items(FIELDS[3:])
        assert (app.items.selected, app.items.chosen_by_hand) == (FIELDS[3], False)


@pytest.mark.sample("0-size0", "0-size2", "15-size1", "0-size4", "15-size3")
@pytest.mark.painted
@pytest.mark.parametrize("size", [(20, 5), (20, 2), (10, 3), (3, 2), (300, 80)])
@pytest.mark.parametrize("column", [0, 15, 299])
async def test_it_fits_any_terminal(size: tuple[int, int], column: int) -> None:
    items = (*FIELDS, Item("x", "請求書" * 20, detail="é" * 300))
    app = Host()
    async with app.run_test(size=size) as pilot:
        app.items.set_items(items, column=column)
        await pilot.pause()
        region = app.items.region
        assert region.width <= size[0]
        assert region.height <= size[1]
        assert app.screen.region.contains_region(region)
        for _ in items:
            assert len(marked(app)) == 1
            for y in range(region.height):
                strip = app.items.render_line(y)
                assert cell_len(strip.text) == strip.cell_length == region.width
            app.items.move(1)
            await pilot.pause(0)


async def test_a_click_chooses() -> None:
    app = Host()
    async with app.run_test(size=(60, 14)) as pilot:
        app.items.set_items(FIELDS[:4])
        await pilot.pause()
        await pilot.click(Watched, offset=(3, 2))
        await pilot.pause()
        assert app.chosen == [2]
        assert app.items.selected == FIELDS[2]
        assert app.focused is app.query_one(Input)


async def test_values_of_customers_are_shown_harmless() -> None:
    hostile: Any = Item("x", "[red]\x1b]52;c;eA==\x07\u202eAcme", "value", "\x9b2J[/]")
    app = Host()
    async with app.run_test(size=(60, 8)) as pilot:
        app.items.set_items([hostile])
        await pilot.pause()
        assert app.row(1).startswith(" [red]␛]52;c;eA==␇␦Acme  ␦2J[/] ")


async def test_shrinking_the_terminal_keeps_it_on_the_screen() -> None:
    app = Host()
    async with app.run_test(size=(60, 14)) as pilot:
        app.items.set_items(FIELDS, column=30)
        app.items.move(-1)
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        assert app.screen.region.contains_region(app.items.region)
        assert len(marked(app)) == 1
