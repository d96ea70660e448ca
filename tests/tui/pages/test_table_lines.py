"""A small table: its head, its rows, and what is said where something of it is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cotui.catalog import RESOURCES
from cotui.desk.answers.page import Column, Count, Row, Table
from cotui.tui.base.cells import cell_len
from cotui.tui.pages.answer_entry import AnswerEntry
from cotui.tui.pages.table_lines import MOST_ROWS, TableLines
from cotui.tui.records.record_page import RecordPage
from tests.tui.pages.answers import TABLES, invoice, usd

OPEN, PAYMENTS, *_ = TABLES
LINES = Table(
    "lines",
    "Lines",
    "",
    (Column("item", "Item"), Column("many", "How many", right=True), Column("each", "Each", right=True)),
    (
        Row("", None, ("Hosting M, October", "1", "45.00"), usd("49.13")),
        Row("", None, ("Disk", "8", "2.00"), usd("16")),
    ),
    Count(2),
    total=(usd("65.13"),),
)

LONG = ("one word", "wide", "right to left", "marks")


def made(table: Table, width: int = 79, follows: Any = bool, retry_key: str = "r") -> RecordPage:
    page = RecordPage(width)
    TableLines(RESOURCES["customer"], follows, retry_key).add(page, table)
    return page


def texts(table: Table, width: int = 79) -> list[str]:
    return [line.text.rstrip() for line in made(table, width).lines]


def test_the_head_tells_how_many_and_where_all_of_them_are() -> None:
    assert texts(OPEN) == [
        "  Open invoices 2   i: all" + "1,913.56 USD".rjust(52),
        "   4301  2026-10-01  due 2026-10-31  In collections, 30 days late" + "65.13".rjust(13),
        "   4449  2026-10-01  due 2026-10-31  Due in 5 days" + "1,848.43".rjust(28),
    ]
    assert texts(replace(OPEN, count=Count(2, exact=False)))[0].startswith(
        "  Open invoices at least 2   i: all"
    )
    assert texts(replace(OPEN, count=None))[0].startswith("  Open invoices ?   i: all")


def test_a_table_that_opens_as_a_list_has_its_first_rows() -> None:
    lines = texts(PAYMENTS)
    assert len(lines) == 1 + MOST_ROWS
    assert lines[0].startswith("  Payments 14   $: all")
    assert lines[0].endswith("  first 5, USD")


def test_one_that_does_not_has_them_all() -> None:
    rows = tuple(LINES.rows[0] for _ in range(12))
    assert len(texts(replace(LINES, rows=rows, count=Count(12)))) == 13


def test_lines_are_in_no_list_so_all_are_shown_and_what_is_left_out_is_said() -> None:
    rows = tuple(LINES.rows[0] for _ in range(12))
    assert len(texts(replace(LINES, rows=rows, count=Count(12), relation="transactions"))) == 13
    cut = replace(OPEN, rows=OPEN.rows * 4, count=Count(40))
    assert "first 5, " in texts(cut)[0]
    assert texts(cut)[0].endswith("in all")


def test_numbers_have_heads_in_the_line_of_the_title_where_there_is_room() -> None:
    assert texts(LINES, 60) == [
        "  Lines 2              How many   Each            65.13 USD",
        "   Hosting M, October         1  45.00                49.13",
        "   Disk                       8   2.00                16.00",
    ]
    short = replace(LINES, rows=LINES.rows[1:], count=Count(1))
    assert texts(short, 60)[:2] == [
        "  Lines 1                                         65.13 USD",
        "   Item  How many  Each",
    ]


def test_several_currencies_are_said_in_each_row() -> None:
    euros = invoice(5, "Due", usd("7")._replace(currency="EUR"))
    lines = texts(replace(OPEN, rows=(*OPEN.rows, euros), total=()))
    assert [line[-12:] for line in lines[1:]] == ["   65.13 USD", "1,848.43 USD", "    7.00 EUR"]


def test_an_amount_that_is_not_known_is_no_zero() -> None:
    assert texts(replace(OPEN, rows=(invoice(5, "Due", None),), total=()))[1].endswith("Due")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ["  Open invoices   none"]),
        ({"state": "reading"}, ["  Open invoices   reading"]),
        (
            {"state": "refused", "trouble": 'ask for the right "invoices"'},
            ["  Open invoices   ! not allowed", '   ! ask for the right "invoices"'],
        ),
        (
            {"state": "failed", "trouble": "no answer after 30 s"},
            ["  Open invoices   ! could not be read   r: try again", "   ! no answer after 30 s"],
        ),
        (
            {"state": "partial", "trouble": "rows were shifted while they were read"},
            ["  Open invoices   ! not all of it is here", "   ! rows were shifted while they were read"],
        ),
    ],
)
def test_what_is_not_here_says_so_in_its_place(changes: dict[str, Any], said: list[str]) -> None:
    empty = replace(OPEN, rows=(), count=None, total=())
    page = made(replace(empty, **changes))
    assert [line.text.rstrip() for line in page.lines] == said
    assert len(page.entries) == 1


def test_what_is_missing_of_a_table_stands_below_its_rows() -> None:
    lines = texts(replace(OPEN, state="partial", trouble="30 of 62 are here", count=Count(62)))
    assert lines[-1] == "   ! 30 of 62 are here"
    assert len(lines) == 4


def test_what_the_cursor_stands_on() -> None:
    head, first, second = made(OPEN).entries
    assert isinstance(first, AnswerEntry)
    assert first.row is OPEN.rows[0]
    assert first.reference == ("invoice", 4301)
    assert first.copies == "4301\t2026-10-01\tdue 2026-10-31\tIn collections, 30 days late\t65.13 USD"
    assert first.meaning == "Invoice 4301: made 2026-10-01 by Hosting M"
    assert (head.name, second.name) == ("table:open_invoices", "open_invoices:invoice:4449")
    assert made(OPEN, follows=lambda _: False).entries[1].reference is None
    assert made(LINES).entries[1].reference is None


def test_the_word_that_tells_how_it_stands_has_its_colour() -> None:
    assert [style for _, style in made(OPEN).lines[1].runs] == ["", "bad", ""]
    assert [style for _, style in made(OPEN).lines[2].runs] == ["", "warn", ""]


@pytest.mark.parametrize("width", [10, 24, 44, 59, 79, 160])
@pytest.mark.parametrize("text", ["x" * 10_000, "中" * 5_000, "א" * 300, "e\u0301" * 900], ids=LONG)
def test_names_give_way_and_amounts_do_not(width: int, text: str) -> None:
    rows = (invoice(5, text, usd("1848.43")),)
    page = made(replace(OPEN, rows=rows, trouble=text, state="partial"), width)
    assert {sum(cell_len(part) for part, _ in line.runs) for line in page.lines} == {width}
    assert len(page.lines) <= 5
    if width >= 24:
        assert page.lines[1].text.rstrip().endswith("1,848.43")
