"""The cursor of an answer page: through facts, tables and fields, from part to part and from column to column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip

from cotui.catalog import RESOURCES
from cotui.desk.answers.page import Count, Page
from cotui.tui.base.frame_screen import RecordWanted
from cotui.tui.engine.frame_batching import BatchedScreen
from cotui.tui.pages.answer_view import AnswerView
from tests.tui.pages.answers import TABLES, customer, page

CUSTOMER = RESOURCES["customer"]


class Watched(AnswerView):
    """Notes the lines that are drawn."""

    drawn: list[int]

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class Host(App[None]):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def get_default_screen(self) -> Screen[None]:
        return BatchedScreen(id="_default")

    def compose(self) -> ComposeResult:
        view = Watched(today=lambda: date(2026, 3, 16), titled=False)
        view.drawn = []
        yield view

    def on_mount(self) -> None:
        self.view.focus()

    @property
    def view(self) -> Watched:
        return self.query_one(Watched)

    @property
    def selected(self) -> str:
        entry = self.view.selected_entry
        return entry.name if entry is not None else ""

    def answer(self, shown: Page) -> None:
        self.view.answer(CUSTOMER, shown, shown.record)

    @on(RecordWanted)
    @on(AnswerView.ListWanted)
    def _note(self, message: Message) -> None:
        self.messages.append(message)


async def test_the_cursor_begins_on_the_answer_and_goes_through_all_tables() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.answer(page())
        assert app.selected == "fact:owes"
        seen = []
        for _ in range(13):
            await pilot.press("down")
            seen.append(app.selected)
        assert seen[5:9] == [
            "table:open_invoices",
            "open_invoices:invoice:4301",
            "open_invoices:invoice:4449",
            "table:payments",
        ]
        row = app.view.selected_row
        assert row is not None
        assert row.resource_id == "transaction"


async def test_tab_goes_to_the_first_row_of_the_next_part_and_round() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.answer(page())
        seen = []
        for _ in range(8):
            await pilot.press("tab")
            seen.append(app.selected)
        assert seen == [
            "open_invoices:invoice:4301",
            "payments:transaction:2200",
            "subscriptions:package:7",
            "contacts:user:1",
            "table:pay_methods",
            "table:notes",
            "fields:",
            "fact:owes",
        ]
        await pilot.press("shift+tab", "shift+tab")
        assert app.selected == "table:notes"


async def test_left_and_right_go_to_the_other_column() -> None:
    app = Host()
    async with app.run_test(size=(120, 40)) as pilot:
        app.answer(page())
        await pilot.press("right")
        assert app.selected == "fact:owes"
        await pilot.press("tab", "right")
        assert app.selected == "contacts:user:1"
        await pilot.press("right", "down", "left")
        assert app.selected == "open_invoices:invoice:4449"


async def test_enter_opens_a_row_a_list_and_a_group() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.answer(page())
        await pilot.press("enter", "tab", "enter", "up", "enter")
        opened, listed = app.messages
        assert isinstance(opened, RecordWanted)
        assert (opened.resource_id, opened.ref, opened.row) == (
            "invoice",
            4301,
            TABLES[0].rows[0].record,
        )
        assert isinstance(listed, AnswerView.ListWanted)
        assert listed.relation == "invoices"
        assert app.view.select("fields:Money")
        await pilot.press("enter", "down")
        assert app.selected == "balance"
        await pilot.press("up", "enter")
        assert not any("Balance  " in line for line in app.view.lines)


async def test_all_groups_are_opened_and_closed_at_once() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.answer(page())
        before = app.view.lines
        assert app.view.select("fields:")
        await pilot.press("enter")
        names = [entry.name for entry in app.view._page.entries]
        assert {"balance", "terms_id", "parent_customer_id"} <= set(names)
        await pilot.press("enter")
        assert app.view.lines == before


async def test_a_field_is_found_in_its_closed_group() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)):
        app.answer(page())
        assert app.view.select("balance")
        assert app.selected == "balance"
        assert not app.view.select("nothing_of_the_kind")


async def test_what_comes_leaves_the_cursor_where_it_is() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        waiting = tuple(
            replace(table, rows=(), count=None, total=(), state="reading") for table in TABLES[:2]
        )
        app.answer(page(tables=waiting))
        await pilot.press(*["tab"] * 2)
        assert app.selected == "table:payments"
        app.answer(page())
        assert app.selected == "table:payments"


async def test_another_record_begins_at_its_answer() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.answer(page())
        await pilot.press("end")
        app.answer(page(ref=2, record=customer(customer_id=2)))
        assert app.selected == "fact:owes"
        assert app.view.scroll_offset.y == 0


@pytest.mark.painted
async def test_a_step_draws_two_rows_and_the_last_line() -> None:
    app = Host()
    async with app.run_test(size=(120, 40)) as pilot:
        app.answer(page())
        await pilot.press("tab")
        await pilot.pause()
        app.view.drawn.clear()
        await pilot.press("down")
        await pilot.pause()
        assert len(app.view.drawn) == 3
        assert app.view.drawn[-1] == 39
        app.view.drawn.clear()
        await pilot.pause(0.3)
        assert app.view.drawn == []


@pytest.mark.painted
async def test_the_cursor_is_seen_without_colour_in_its_column_only() -> None:
    app = Host()
    async with app.run_test(size=(120, 40)) as pilot:
        app.answer(page())
        await pilot.press("tab", "right")
        await pilot.pause()
        line = next(strip.text for strip in map(app.view.render_line, range(39)) if "Amelia" in strip.text)
        assert line.startswith("   4301")
        assert line.count(">") == 1
        assert line.index(">") < line.index("Amelia")


async def test_the_last_line_says_what_the_cursor_is_on() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.answer(page())
        assert app.view._footer == " 1,913.56 USD, of that 65.13 overdue since 2026-10-31, 30 days"
        await pilot.press("tab")
        assert app.view._footer == " Invoice 4301: made 2026-10-01 by Hosting M"
        await pilot.press("up")
        assert app.view._footer == " Open invoices · enter opens them as a list"
        assert app.view.select("fields:Money")
        assert app.view._footer == " Money · enter opens it"
        assert app.view.select("balance")
        assert "Balance (balance)" in app.view._footer


async def test_a_higher_screen_parts_the_tables() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.answer(page())
        dense = len(app.view.lines)
        await pilot.resize_terminal(80, 40)
        await pilot.pause()
        assert len(app.view.lines) > dense


async def test_a_count_may_be_of_more_than_is_here() -> None:
    app = Host()
    async with app.run_test(size=(60, 16)):
        app.answer(page(tables=(replace(TABLES[1], count=Count(500, exact=False)),)))
        assert any("Payments at least 500" in line for line in app.view.lines)
