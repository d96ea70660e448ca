"""A report of very many columns, and texts of very many characters: no more work than a screen can show."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from cotui.api import Record, clean
from cotui.api.report_columns import MOST, columns_in
from cotui.catalog import Field, FieldType
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.base.cells import cell_len, widest
from cotui.tui.lists import table_columns
from cotui.tui.lists.table_columns import GAP, MARGIN, TableColumn, place
from cotui.tui.records.record_json import build_json_page
from cotui.tui.records.record_lines import build_page
from cotui.tui.records.record_page import PageOptions
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle, status
from tests.tui.objects.test_report import report_of


def column(name: str, width: int, drop: int, *, grows: bool = False) -> TableColumn:
    return TableColumn(Field(name, FieldType.INTEGER, name, "", ""), name, width, drop, grows)


def dropped_one_by_one(columns: Sequence[TableColumn], width: int, keep: int | None) -> list[int]:
    """What stays, by the rule as it is written down: the highest `drop` goes, the rightmost of equals."""
    kept = list(range(len(columns)))
    while len(kept) > 1 and MARGIN - GAP + sum(columns[i].width + GAP for i in kept) > width:
        kept.remove(max((i for i in kept if i != keep), key=lambda i: (columns[i].drop, i)))
    return kept


@pytest.mark.parametrize("seed", range(20))
def test_the_columns_that_stay_are_those_of_the_rule(seed: int) -> None:
    chance = random.Random(seed)
    columns = [
        column(f"c{n}", chance.randint(5, 20), chance.randint(0, 5)) for n in range(chance.randint(1, 25))
    ]
    for width in (1, 10, 40, 80, 300):
        for keep in (None, 0, len(columns) - 1):
            placed = [one.index for one in place(columns, width, keep=keep)]
            assert placed == dropped_one_by_one(columns, width, keep)


def test_placing_looks_at_each_column_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[TableColumn] = []
    real = table_columns._narrowest

    def narrowest(one: TableColumn) -> int:
        looked_at.append(one)
        return real(one)

    monkeypatch.setattr(table_columns, "_narrowest", narrowest)
    columns = [column(f"c{n}", 10, n) for n in range(2000)]
    assert len(place(columns, 100)) == 8
    assert len(looked_at) == 2000


@pytest.mark.parametrize("apart", [False, True])
async def test_a_report_offers_so_many_columns_and_says_it(app: CotuiApp, wire: Wire, apart: bool) -> None:
    """All in each row, or others in every row."""
    rows = [
        {f"column_{(row * 300 if apart else 0) + n}": n for n in range(300 if apart else MOST + 100)}
        for row in range(4)
    ]
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        wire.instead = report_of(rows)
        await press(pilot, "4", "enter")
        assert len(browse(app).table.columns) == MOST
        assert f"{1200 if apart else MOST + 100:,} columns" in status(app)
        assert f"first {MOST}" in status(app)


def test_so_many_columns_are_all_there_and_not_worth_a_word() -> None:
    found = columns_in([Record({f"column_{n}": n for n in range(MOST)})])
    assert (len(found.fields), found.total) == (MOST, 0)


def test_what_a_page_has_no_room_for_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    real = clean.is_plain

    def is_plain(text: str) -> bool:
        nonlocal looked_at
        looked_at += len(text)
        return real(text)

    monkeypatch.setattr(clean, "is_plain", is_plain)
    raw = {"customer_id": 1, **{f"field_{n}": "word " * 2000 for n in range(500)}}
    page = build_page(CUSTOMER, Record(raw, "customer_id"), PageOptions(100))
    assert looked_at < 2 * clean.MAX_TEXTS
    assert any("10,000 more characters" in "".join(text for text, _ in line.runs) for line in page.lines)
    looked_at = 0
    build_json_page(CUSTOMER, Record(raw, "customer_id"), 100)
    assert looked_at < 2 * clean.MAX_TEXTS


@pytest.mark.parametrize(
    "line", ["", "abc", "ab…", "日本語", "e\u0301" * 5, "👩‍👩‍👧", "x" * 400, "日" * 400, "e\u0301" * 300]
)
@pytest.mark.parametrize("most", [4, 20, 200])
def test_the_widest_line_is_told_from_one_that_fits(line: str, most: int) -> None:
    found = widest([line], most)
    assert found == cell_len(line) or (found > most and len(line) > 16 * most)
