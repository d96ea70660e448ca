"""The lines of a table: as wide as it, whatever stands in them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from cotui.api import Record
from cotui.catalog.field import Field, FieldType
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.tui.lists.column_text import unnamed
from cotui.tui.lists.row_painter import MARK, RowPainter, header_strip, pointed, row_strip
from cotui.tui.lists.table_columns import TableColumn, default_columns, place
from tests.tui.support import FixedRows

PLAIN, GOOD = Style(), Style(color="green")
WIDE = Field("wide", FieldType.TEXT, "会社名", "")


def heading(width: int, order: tuple[str, bool] | None, name: str = "会社名", at: int = 8) -> str:
    columns = place([TableColumn(WIDE, name, at)], width)
    return header_strip(columns, width, PLAIN, order=[order] if order else (), selected=None, mark=PLAIN).text


@given(
    st.integers(1, 120), st.dictionaries(st.sampled_from(["company", "customer_id"]), st.text(max_size=30))
)
def test_a_row_is_as_wide_as_the_table(width: int, raw: dict[str, Any]) -> None:
    columns = place(default_columns(CUSTOMER), width)
    strip = row_strip(Record(raw, "customer_id"), columns, width, PLAIN, {"good": GOOD}, marked=True)
    assert (strip.cell_length, cell_len(strip.text)) == (width, width)


def test_a_row_is_one_segment_unless_its_status_has_a_colour() -> None:
    columns = place(default_columns(CUSTOMER), 120)
    coloured, tone = next(iter(CUSTOMER.tones.items()))
    tones = {tone: GOOD}
    for status, number in ((coloured, 2), ("unheard of", 1)):
        record = Record({"customer_id": 1, "customer_status_str": status}, "customer_id")
        strip = row_strip(record, columns, 120, PLAIN, tones)
        assert len(strip) == number
        assert len(row_strip(record, columns, 120, PLAIN, {})) == 1  # under the cursor


@pytest.mark.parametrize(("descending", "arrow"), [(False, "↑"), (True, "↓")])
@pytest.mark.parametrize("name", ["会社名と住所", "Company name", "x", "e\u0301" * 12, ""])
@pytest.mark.parametrize("at", [8, 9, 30])
def test_the_column_that_orders_always_has_its_arrow(
    name: str, at: int, descending: bool, arrow: str
) -> None:
    line = heading(40, ("wide", descending), name, at)
    assert arrow in line
    assert cell_len(line) == 40
    assert arrow not in heading(40, ("other", descending), name, at)


@pytest.mark.parametrize("width", [1, 3, 10, 40])
def test_columns_without_room_are_counted_at_the_end(width: int) -> None:
    columns = place([TableColumn(WIDE, "Name", 8)], width)
    strip = header_strip(columns, width, PLAIN, order=(), selected=0, mark=GOOD, hidden=12)
    assert (strip.cell_length, cell_len(strip.text)) == (width, width)
    assert strip.text.endswith("+12 ") == (width > 20)


def test_a_line_is_drawn_once_until_something_of_it_changes() -> None:
    painter = RowPainter(lambda name: Style(bold=name == "cursor"))
    rows = FixedRows(2, lambda index: {"customer_id": index + 1, "company": "Acme"}, "customer_id")
    columns = place(default_columns(CUSTOMER), 80)

    def row(index: int = 0, *, at_cursor: bool = False, marked: frozenset[int] = frozenset()) -> Any:
        return painter.row(rows, index, columns, 80, at_cursor=at_cursor, marked=marked)

    first = row()
    assert row() is first
    assert row(at_cursor=True) is not first
    assert row(marked=frozenset({1})).text.startswith(MARK)
    assert not row(1, marked=frozenset({1})).text.startswith(MARK)
    painter.forget()
    assert row() is not first
    rows.missing.add(0)
    assert row().text.startswith(" …")


def test_a_notice_stands_in_the_upper_third_and_is_wrapped() -> None:
    painter = RowPainter(lambda _name: PLAIN)
    lines = [painter.notice((("one two three", ""),), y, 9, 12).text.strip() for y in range(12)]
    assert lines == [*[""] * 3, "one two", "three", *[""] * 7]
    assert painter.notice((("one two three", ""),), 0, 9, 1).text.strip() == "one two"


@pytest.mark.parametrize(
    ("amount", "width", "decimals", "shown"),
    [
        ("1,913.56", 10, 4, " 1,913.56 "),
        ("40,920", 10, 4, "40,920    "),
        ("146.445", 10, 4, "   146.445"),
        ("-40.00", 10, 4, "   -40.00 "),
        ("1,913.56", 8, 4, "1,913.56"),  # no room but for the amount itself
        ("40,920", 8, 4, "  40,920"),
        ("1,913.56", 6, 4, "1,913…"),
        ("0.12345678901", 16, 4, "   0.12345678901"),
        ("", 6, 4, "      "),
        ("n/a", 6, 4, "   n/a"),
    ],
)
def test_amounts_have_their_points_below_each_other(
    amount: str, width: int, decimals: int, shown: str
) -> None:
    assert pointed(amount, width, decimals) == shown


def test_a_name_column_shows_what_it_is_told() -> None:
    painter = RowPainter(lambda _name: PLAIN)
    rows = FixedRows(1, lambda _index: {"invoice_id": 7, "customer_id": 450}, "invoice_id")
    columns = place(default_columns(INVOICE), 80)

    def line() -> str:
        return painter.row(rows, 0, columns, 80, at_cursor=False, marked=()).text

    assert "(customer 450)" in line()
    before = line()
    painter.names = lambda ref: (f"{ref} 北極\u202eevil", True)
    painter.forget()
    assert "450 北極" in line()
    assert cell_len(line()) == cell_len(before) == 80
    rows._records.clear()
    rows._make = lambda _index: {"invoice_id": 7, "customer_id": 0}
    painter.names = unnamed
    assert "customer" not in line()


def test_names_ordered_by_their_numbers_are_marked_so() -> None:
    column = TableColumn(Field("customer_id", FieldType.ID, "Customer", ""), "Company", 24, named=True)
    order = [("customer_id", True)]
    found = [
        header_strip(
            place([column._replace(width=width)], width + 1),
            width + 1,
            PLAIN,
            order=order,
            selected=None,
            mark=PLAIN,
        ).text.strip()
        for width in (24, 8)
    ]
    assert found == ["Company (by number) ↓", "No.↓"]
