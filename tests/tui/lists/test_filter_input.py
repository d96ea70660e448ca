"""The line a filter is typed into: what is pasted into it, and which part of it is seen."""

from __future__ import annotations

import pytest

from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.filtering import edit, paste
from tests.tui.flow import browse, press, status, text_of, type_text

SIZE = (120, 40)


async def test_ctrl_u_empties_the_line_and_enter_shows_all_rows(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "id = 1")
        await press(pilot, "enter")
        assert browse(app).table.length == 1
        await press(pilot, "slash", "ctrl+u")
        assert bar.input.value == ""
        await press(pilot, "enter")
        assert browse(app).table.length == 120


async def test_a_pasted_megabyte_is_cut_and_told(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "company = ")
        await paste(pilot, "x" * 1_000_000)
        assert len(bar.input.value) == 4000
        assert "1,000,000 characters were pasted" in status(app)
        await press(pilot, "ctrl+u")
        await type_text(pilot, "id = 1")
        await press(pilot, "enter")
        assert browse(app).table.length == 1


async def test_a_megabyte_of_words_is_cut_and_told(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot)
        await paste(pilot, "country = Canada\n" * 60_000)
        assert len(bar.input.value) <= 4000
        assert "1,020,000 characters were pasted" in status(app)
        assert app.is_running


async def test_pasted_lines_become_one(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot)
        await paste(pilot, "country = Canada\r\n\tcompany ~ Maple\n")
        assert bar.input.value == "country = Canada company ~ Maple"
        await press(pilot, "enter")
        assert bar.applied == "country = Canada company ~ Maple"
        assert browse(app).table.has_focus


async def test_a_hostile_paste_is_shown_harmless(app: CotuiApp) -> None:
    hostile = "company = \x1b]52;c;AAAA\x07[/red][@click=app.quit]x[/]\u202e\u200b\x9b31m"
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot)
        await paste(pilot, hostile)
        await press(pilot, "escape", "slash", "enter")
        shown = bar.input.value + text_of(app)
        assert not set(shown) & {"\x1b", "\x07", "\u202e", "\u200b", "\x9b"}
        assert "[/red][@click=app.quit]x[/]" in bar.input.value
        assert app.is_running


async def test_chargeovers_own_spelling_is_pasted_as_it_is(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await edit(pilot)
        await paste(pilot, "where=bill_country:EQUALS:Canada,company:CONTAINS:Maple&order=company:DESC")
        await press(pilot, "enter")
        assert "where=bill_country%3AEQUALS%3ACanada%2Ccompany%3ACONTAINS%3AMaple" in "".join(wire.paths[-2:])
        assert "order=company%3ADESC" in "".join(wire.paths[-2:])


@pytest.mark.long
async def test_a_long_filter_is_read_from_its_beginning_until_it_is_edited_again(app: CotuiApp) -> None:
    text = "company ~ a country = Canada created >= 2020-01-01 order by balance desc"
    async with app.run_test(size=(80, 24)) as pilot:
        bar = await edit(pilot, text)
        await press(pilot, "x", "backspace")
        assert bar.input.scroll_offset.x > 0
        await press(pilot, "enter")
        assert bar.input.scroll_offset.x == 0
        await press(pilot, "slash")
        assert bar.input.scroll_offset.x > 0
        await press(pilot, "escape", "escape")
        assert bar.input.scroll_offset.x == 0
