"""Moving about on a page: entry by entry, by screens, with the wheel, and what that draws."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual import events

from cotui.catalog.objects.invoice import INVOICE
from tests.tui.record_pages import (
    Host,
    Neighbour,
    Watched,
    invoice,
)


@pytest.mark.painted
async def test_moving_the_selection_draws_two_entries_and_the_meaning() -> None:
    app = Host()
    async with app.run_test(size=(100, 24)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        entries = app.view._page.entries
        for key, old, new in (("down", 0, 1), ("down", 1, 2), ("up", 2, 1)):
            app.view.drawn.clear()
            layouts, renders = app.layouts, app.query_one(Neighbour).renders
            await pilot.press(key)
            await pilot.pause()
            assert sorted(set(app.view.drawn)) == sorted({entries[old].first, entries[new].first, 23})
            assert (app.layouts, app.query_one(Neighbour).renders) == (layouts, renders)


async def test_every_entry_is_reached_and_visible() -> None:
    app = Host()
    async with app.run_test(size=(60, 9)) as pilot:
        app.view.show(INVOICE, invoice(memo="word " * 200))
        await pilot.pause()
        page_of, seen = app.view._page, []
        for _ in range(len(page_of.entries) + 60):
            item = app.view.selected_entry
            assert item is not None
            if not seen or seen[-1] != item.name:
                seen.append(item.name)
            top = app.view.scroll_offset.y
            assert item.first < top + app.view._body_height
            assert item.last >= top
            app.view.action_move(1)
        assert seen == [item.name for item in page_of.entries]
        assert app.view.scroll_offset.y == len(page_of.lines) - app.view._body_height
        for _ in range(len(page_of.entries) + 60):
            app.view.action_move(-1)
        assert (app.view.selected_entry, app.view.scroll_offset.y) == (page_of.entries[0], 0)


async def test_paging_home_and_end() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        await pilot.press("pagedown")
        assert app.view.scroll_offset.y == app.view._body_height - 1
        assert app.view.selected_entry is not app.view._page.entries[0]
        await pilot.press("end")
        assert app.view.selected_entry is app.view._page.entries[-1]
        assert "not in this answer" in app.screen_lines()[-2]
        await pilot.press("pageup", "home")
        assert (app.view.selected_entry, app.view.scroll_offset.y) == (app.view._page.entries[0], 0)


@pytest.mark.painted
@pytest.mark.parametrize("size", [(20, 5), (21, 1), (23, 3), (300, 80)])
async def test_any_terminal_size(size: tuple[int, int]) -> None:
    app = Host()
    async with app.run_test(size=size) as pilot:
        app.query_one(Neighbour).styles.width = 1
        app.view.show(INVOICE, invoice())
        await pilot.press("down", "end", "e", "pagedown", "pageup", "home")
        await pilot.pause()
        assert len(app.screen_lines()) == size[1]
        assert all(cell_len(line) == app.view.size.width for line in app.screen_lines())


async def test_resizing_lays_out_anew_and_keeps_the_selection() -> None:
    app = Host()
    async with app.run_test(size=(100, 24)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        app.view.select("bill_country")
        for size in ((50, 10), (160, 12), (30, 6)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            item = app.view.selected_entry
            assert item is not None
            assert item.name == "bill_country"
            assert app.view._page.width == app.view.scrollable_content_region.width
            assert 0 <= item.first - app.view.scroll_offset.y < app.view._body_height


async def test_without_the_focus_nothing_is_marked() -> None:
    app = Host()
    async with app.run_test(size=(90, 24)) as pilot:
        app.view.show(INVOICE, invoice())
        app.set_focus(None)
        await pilot.pause()
        marked = app.view.style_of("cursor")
        assert not any(segment.style == marked for y in range(23) for segment in app.view.render_line(y))
        assert app.screen_lines()[-1].strip() == ""
        app.view.focus()
        await pilot.pause()
        assert any(segment.style == marked for y in range(23) for segment in app.view.render_line(y))


async def test_a_line_has_at_most_three_segments() -> None:
    app = Host()
    async with app.run_test(size=(160, 60)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        assert max(len(list(app.view.render_line(y))) for y in range(60)) == 3


async def test_scrolling_with_the_wheel() -> None:
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        await pilot._post_mouse_events([events.MouseScrollDown], Watched, offset=(3, 3))
        await pilot.pause()
        assert app.view.scroll_offset.y > 0
