"""Which columns of a small table are shown, and how wide."""

from __future__ import annotations

from random import Random

import pytest

from cotui.desk.answers.page import Column, Row
from cotui.tui.pages.table_columns import GAP, placed

COLUMNS = (
    Column("number", "Number"),
    Column("date", "Date", drop=2),
    Column("due", "Due", drop=1),
    Column("status", "Status"),
)
ROWS = (
    Row("invoice", 1, ("4301", "2026-10-01", "due 2026-10-31", "In collections, 30 days late")),
    Row("invoice", 2, ("49", "2026-11-05", "due 2026-12-05", "Due")),
)


def widths(room: int, *, heads: bool = False) -> dict[str, int]:
    return {COLUMNS[one.at].name: one.width for one in placed(COLUMNS, ROWS, room, heads=heads)}


def test_where_there_is_room_all_are_whole() -> None:
    assert widths(62) == {"number": 4, "date": 10, "due": 14, "status": 28}
    assert widths(62, heads=True)["number"] == 6


def test_those_that_may_go_do_so_before_anything_is_cut() -> None:
    assert widths(61) == {"number": 4, "due": 14, "status": 28}
    assert widths(49) == {"number": 4, "status": 28}
    assert widths(20) == {"number": 4, "status": 14}


def test_a_column_in_which_nothing_stands_takes_no_room() -> None:
    rows = [row._replace(cells=(row.cells[0], "", "", row.cells[3])) for row in ROWS]
    assert [one.at for one in placed(COLUMNS, rows, 79, heads=False)] == [0, 3]
    assert placed(COLUMNS, (), 79, heads=False) == []


@pytest.mark.parametrize("seed", range(20))
def test_they_never_take_more_than_there_is(seed: int) -> None:
    chance = Random(seed)
    columns = [
        Column(str(at), "x" * chance.randrange(20), chance.randrange(3), chance.random() < 0.3)
        for at in range(chance.randrange(1, 8))
    ]
    rows = [
        Row("", None, tuple("中x"[chance.randrange(2)] * chance.choice((0, 3, 40, 5_000)) for _ in columns))
    ]
    room = chance.randrange(0, 120)
    found = placed(columns, rows, room, heads=chance.random() < 0.5)
    assert sum(one.width for one in found) + GAP * max(0, len(found) - 1) <= room or not found
    assert all(one.width > 0 for one in found)
