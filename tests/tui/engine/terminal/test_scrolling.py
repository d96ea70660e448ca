"""Lines that only changed their place are found where that is worth a scroll."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cotui.tui.engine.terminal.screen import ScreenLine
from cotui.tui.engine.terminal.scrolling import Scroll, find_scroll
from cotui.tui.engine.terminal.styles import PLAIN

COLUMNS = 40
NAMES = ("North", "Maple", "Qi", "Zephyr", "Oak", "Bright", "Umber", "Vale", "Iron", "Juniper", "Kestrel")


def line(text: str) -> ScreenLine:
    return ScreenLine(text.ljust(COLUMNS), PLAIN * COLUMNS)


def rows(*numbers: int) -> list[ScreenLine]:
    return [line(f"{number} row of the table with number {number}") for number in numbers]


def found(shown: Sequence[ScreenLine | None], target: Sequence[ScreenLine]) -> Scroll | None:
    changed = [
        y for y, (old, new) in enumerate(zip(shown, target, strict=True)) if old is None or not new.same(old)
    ]
    return find_scroll(shown, target, changed)


def test_rows_that_move_up_and_down() -> None:
    assert found(rows(*range(10)), rows(*range(1, 11))) == Scroll(0, 9, 1)
    assert found(rows(*range(3, 13)), rows(*range(10))) == Scroll(0, 9, -3)


def test_what_stands_around_them_stays() -> None:
    head, foot = line("heading"), line("foot")
    shown, target = [head, *rows(*range(8)), foot], [head, *rows(*range(2, 10)), foot]
    assert found(shown, target) == Scroll(1, 8, 2)


def test_a_pane_that_stays_beside_them_is_no_reason_against_it() -> None:
    def beside(numbers: range) -> list[ScreenLine]:
        return [line(f"{NAMES[number]:20}| pane {y}") for y, number in enumerate(numbers)]

    assert found(beside(range(10)), beside(range(1, 11))) == Scroll(0, 9, 1)


@pytest.mark.parametrize(
    ("shown", "target"),
    [
        (rows(1, 2, 3, 4), rows(5, 6, 7, 8)),
        (rows(1, 2, 3, 4), rows(1, 9, 3, 4)),
        ([line("")] * 4, [line("x"), *[line("")] * 3]),  # blanks have no place
        ([line("a"), line("b"), line("c")], [line("b"), line("c"), line("d")]),  # cheaper to write
        ([None] * 4, rows(1, 2, 3, 4)),
    ],
)
def test_where_none_pays_there_is_none(shown: list[ScreenLine | None], target: list[ScreenLine]) -> None:
    assert found(shown, target) is None


def test_not_over_lines_whose_cells_are_not_sure() -> None:
    shown: list[ScreenLine | None] = [*rows(*range(10))]
    target = rows(*range(1, 11))
    assert shown[5] is not None
    for unsure in (None, ScreenLine(shown[5].chars, shown[5].styles, raw=())):
        assert found([*shown[:5], unsure, *shown[6:]], target) is None
