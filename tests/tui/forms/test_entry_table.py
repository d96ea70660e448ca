"""A short table inside a form: as wide as there is room, and its cursor on an entry."""

from __future__ import annotations

from rich.cells import cell_len
from textual import on

from cotui.tui.forms.entry_table import EntryColumn, EntryRow, EntryTable
from tests.tui.support import OneWidget, lines_of

COLUMNS = (
    EntryColumn("State", 7),
    EntryColumn("Item", 6, from_width=40),
    EntryColumn("Description"),
    EntryColumn("Sum", 6, "right"),
)


def rows(number: int) -> list[EntryRow]:
    return [
        EntryRow(("new", f"item {at}", "会社名\nsecond " * 9, f"{at}.00"), "warn") for at in range(number)
    ]


class Host(OneWidget):
    """Notes what was taken."""

    taken = 0

    @on(EntryTable.Taken)
    def _taken(self) -> None:
        self.taken += 1


def table(most: int = 3) -> EntryTable:
    return EntryTable(COLUMNS, empty="nothing yet", most=most)


async def test_lines_are_as_wide_as_the_table() -> None:
    entries = table()
    async with Host(entries).run_test(size=(80, 12)) as pilot:
        for columns in (1, 9, 20, 39, 41, 120):
            await pilot.resize_terminal(columns, 12)
            for number in (0, 2, 9):
                entries.show(rows(number))
                await pilot.pause()
                width = entries.scrollable_content_region.width
                assert all(cell_len(line) == width for line in lines_of(entries))
            text = "\n".join(lines_of(entries))
            assert ("Item" in text) is (columns > 40)
            assert "⏎" in text or columns < 41


async def test_it_grows_to_its_most_entries_and_then_scrolls() -> None:
    entries = table(most=3)
    app = Host(entries)
    async with app.run_test(size=(60, 12)) as pilot:
        assert [line.strip() for line in lines_of(entries)][1:] == ["nothing yet"]
        entries.show(rows(2))
        await pilot.pause()
        assert entries.size.height == 3
        entries.show(rows(9), 8)
        await pilot.pause()
        assert (entries.size.height, entries.cursor) == (4, 8)
        assert "item 8" in lines_of(entries)[-1]
        await pilot.press("home")
        assert "item 0" in lines_of(entries)[1]
        await pilot.press("up", "up")
        assert entries.cursor == 0
        await pilot.press("end", "down", "down")
        assert entries.cursor == 8
        entries.show(rows(1))
        await pilot.pause()
        assert entries.cursor == 0, "an entry that has gone takes the cursor to the last one"
        entries.show([])
        await pilot.press("down", "up", "end")
        assert entries.cursor == 0


async def test_enter_and_a_second_click_take_an_entry() -> None:
    entries = table()
    app = Host(entries)
    async with app.run_test(size=(60, 12)) as pilot:
        entries.focus()
        entries.show(rows(2))
        await pilot.press("enter")
        assert app.taken == 1
        await pilot.click(EntryTable, offset=(3, 2))
        assert (entries.cursor, app.taken) == (1, 1)
        await pilot.click(EntryTable, offset=(3, 2))
        assert app.taken == 2
        await pilot.click(EntryTable, offset=(3, 0))
        assert (entries.cursor, app.taken) == (1, 2), "the heading is no entry"
