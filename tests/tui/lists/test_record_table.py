"""The table draws what is visible, and its cursor stays on its record."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.api import ApiError, Change, Record
from cotui.catalog import RESOURCES
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.lists.table_columns import default_columns
from tests.tui.support import FixedRows, OneWidget, lines_of

pytestmark = pytest.mark.painted


def customer(index: int) -> dict[str, Any]:
    return {"customer_id": index + 1, "company": f"Company {index + 1}", "balance": index * 1.5}


def table_over(length: int) -> tuple[RecordTable, FixedRows]:
    return RecordTable(), FixedRows(length, customer, "customer_id")


async def test_work_does_not_depend_on_the_number_of_rows() -> None:
    table, rows = table_over(1_000_000)
    made: list[int] = []
    rows._make = lambda index: made.append(index) or customer(index)
    async with OneWidget(table).run_test(size=(80, 24)) as pilot:
        table.set_columns(default_columns(CUSTOMER))
        table.set_rows(rows)
        table.focus()
        await pilot.press("end")
        assert table.cursor == 999_999
        assert "1000000" in lines_of(table)[-1].replace(",", "")
        await pilot.press("home")
        assert table.cursor == 0
        assert len(set(made)) <= 3 * 24


async def test_the_window_is_told_what_is_on_the_screen() -> None:
    table, rows = table_over(1000)
    async with OneWidget(table).run_test(size=(80, 24)) as pilot:
        table.set_columns(default_columns(CUSTOMER))
        table.set_rows(rows)
        table.focus()
        await pilot.press("pagedown", "pagedown")
        first, last = table.visible_range
        assert rows.views[-1][0] == first
        assert rows.views[-1][1] >= last - 1
        assert last - first == 23


async def test_the_cursor_follows_its_record_when_rows_shift() -> None:
    table, rows = table_over(1000)
    async with OneWidget(table).run_test(size=(80, 24)) as pilot:
        table.set_columns(default_columns(CUSTOMER))
        table.set_rows(rows)
        table.focus()
        await pilot.press(*["down"] * 30)
        on_screen = table.cursor - table.scroll_offset.y
        assert table.record is not None
        assert table.record.id == 31
        rows.moved = {index: index - 2 for index in range(2, 1000)}
        rows.tell(Change("moved", 10, 33, by=2))
        await pilot.pause()
        assert table.cursor == 32
        assert table.record.id == 31
        assert table.cursor - table.scroll_offset.y == on_screen


async def test_the_rows_move_no_further_than_the_cursor() -> None:
    table, rows = table_over(100)
    async with OneWidget(table).run_test(size=(80, 24)) as pilot:
        table.set_columns(default_columns(CUSTOMER))
        table.set_rows(rows)
        height = table.visible_range[1] - table.visible_range[0]
        for index, top in ((height - 1, 0), (height, 1), (height + 1, 2), (2, 2), (1, 1), (99, 100 - height)):
            table.move_to(index)
            await pilot.pause()
            assert table.scroll_offset.y == top, index


async def test_rows_that_are_not_here_say_so() -> None:
    table, rows = table_over(10)
    rows.missing = {1}
    rows.failed = {2: ApiError("The server took too long")}
    async with OneWidget(table).run_test(size=(80, 24)):
        table.set_columns(default_columns(CUSTOMER))
        table.set_rows(rows)
        lines = lines_of(table)
        assert lines[2].strip() == "…"
        assert "The server took too long" in lines[3]
        assert "Company 1" in lines[1]


async def test_a_notice_takes_the_place_of_rows() -> None:
    table, rows = table_over(0)
    async with OneWidget(table).run_test(size=(80, 24)):
        table.set_rows(rows)
        table.set_notice((("Nothing here", "waiting"),))
        assert any("Nothing here" in line for line in lines_of(table))
        table.set_notice(())
        assert not any("Nothing here" in line for line in lines_of(table))


async def test_every_column_can_be_reached_in_a_narrow_terminal() -> None:
    table, rows = table_over(10)
    async with OneWidget(table).run_test(size=(30, 10)) as pilot:
        table.set_columns(default_columns(CUSTOMER))
        table.set_rows(rows)
        table.focus()
        seen = set()
        for key in ["left"] * len(table.columns) + ["right"] * len(table.columns):
            await pilot.press(key)
            assert table.selected_column is not None
            chosen = table.columns[table.selected_column]
            seen.add(chosen.heading)
            assert chosen.heading[:5] in lines_of(table)[0]
        assert seen == {column.heading for column in table.columns}


async def test_lines_are_as_wide_as_the_table_at_any_size() -> None:
    for width, height in ((20, 5), (60, 16), (300, 80)):
        table, rows = table_over(200)
        async with OneWidget(table).run_test(size=(width, height)):
            table.set_columns(default_columns(CUSTOMER))
            table.set_rows(rows)
            for y in range(height):
                assert table.render_line(y).cell_length == table.scrollable_content_region.width


async def test_one_move_repaints_two_lines() -> None:
    table, rows = table_over(100)
    async with OneWidget(table).run_test(size=(80, 24)) as pilot:
        table.set_columns(default_columns(CUSTOMER))
        table.set_rows(rows)
        table.focus()
        await pilot.pause()
        drawn: list[int] = []
        original = table.render_line
        table.render_line = lambda y: drawn.append(y) or original(y)  # type: ignore[method-assign]
        await pilot.press("down")
        await pilot.pause()
        assert sorted(set(drawn)) == [1, 2]


def heads(table: RecordTable) -> list[tuple[str, int]]:
    return [(item.column.heading, item.width) for item in table._placing.placed]


async def test_columns_grow_at_the_borders_of_pages_and_not_before() -> None:
    table, rows = table_over(400)
    rows.missing = set(range(200, 400))
    rows.loaded_around = lambda first, stop: (0, 400 - len(rows.missing))  # type: ignore[method-assign]
    rows._make = lambda index: {
        **customer(index),
        "balance": 10.0**7 if index == 250 else 1.5 if index != 150 else 9999.5,
    }
    async with OneWidget(table).run_test(size=(80, 24)) as pilot:
        table.set_columns(default_columns(CUSTOMER))
        table.set_rows(rows)
        table.focus()
        before = heads(table)
        assert dict(before)["Balance"] == len("9,999.50"), (
            "the page that is here counts, not what is seen of it"
        )
        for key in ("pagedown", "down", "pageup", "end", "home", *["pagedown"] * 6):
            await pilot.press(key)
            assert heads(table) == before, key
        rows.missing.clear()
        rows.tell(Change("rows", 200, 400))  # read ahead
        assert heads(table) == before
        await pilot.press(*["pagedown"] * 3)
        assert dict(heads(table))["Balance"] == len("10,000,000.00")
        assert "10,000,000.00" not in "".join(lines_of(table))
        await pilot.press("home")
        assert dict(heads(table))["Balance"] == len("10,000,000.00"), "they never shrink under one's eyes"
        table.start_over()
        table.set_rows(FixedRows(5, customer, "customer_id"))
        assert dict(heads(table))["Balance"] == len("Balance")


async def test_a_column_is_made_wider_and_narrower_but_cuts_no_amount() -> None:
    table, rows = table_over(30)
    wanted: list[tuple[str, int, int]] = []
    app = OneWidget(table)
    async with app.run_test(size=(80, 24)) as pilot:
        table.set_columns(default_columns(CUSTOMER))
        table.set_rows(rows)
        table.focus()
        table.post_message = lambda message: (  # type: ignore[method-assign, assignment]
            wanted.append((message.column.heading, message.cells, message.least))
            if isinstance(message, RecordTable.WidthWanted)
            else RecordTable.post_message(table, message)
        )
        await pilot.press("greater_than_sign")
        assert table.selected_column == 0, "as for the order: the first where none is selected"
        await pilot.press("right", "less_than_sign")
        await pilot.press("right", "right", "right", "less_than_sign")
        width = dict(heads(table))
        assert wanted == [
            ("ID", width["ID"] + 1, 3),
            ("Company", width["Company"] - 1, 3),
            ("Balance", width["Balance"] - 1, len("43.50")),
        ]


def test_what_a_column_says_is_looked_for_as_it_is_seen() -> None:
    table = RecordTable()
    payment = RESOURCES["transaction"]
    table.set_columns(default_columns(payment))
    row = Record({"customer_id": 7, "transaction_method": "Visa", "transaction_detail": "x4444"})
    assert table.text_of(row, payment.field("transaction_method")) == "Visa x4444"
    assert table.text_of(row, payment.field("customer_id")) == "(customer 7)"
    table.names = lambda ref: (f"Company {ref}", True)
    assert table.text_of(row, payment.field("customer_id")) == "Company 7"
