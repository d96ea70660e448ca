"""Tables that change while they are read, behind servers that keep to nothing: whole and exact, or told."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from cotui.api import read_all
from cotui.api.paging.read_all import PATIENCE, PATIENCE_PER_PAGE
from tests.api.paging.table import Table, numbers
from tests.depth import examples

ALL = frozenset({"offset", "limit", "order"})

#: without making a failing example smaller, which takes minutes where a test fails because it would never end
_QUICK = (Phase.explicit, Phase.reuse, Phase.generate)

#: what happens before which request: a place (0 is the beginning, 1 the end), how many rows
_changes = st.dictionaries(
    st.integers(1, 14),
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 12), st.booleans()), min_size=1, max_size=3),
    max_size=5,
)


def read(table: Table, most: int | None = None) -> tuple[Any, list[Any]]:
    reading = read_all(table, most=most)
    return reading, asyncio.run(numbers(reading, 10_000))


def bound(table: Table, rows: int) -> int:
    """Requests that are enough, whatever the server does."""
    size = max(1, min(table.maximum, table.page_size) - 1)
    useful = rows / size + 2
    return int(2 * ((2 + PATIENCE_PER_PAGE) * useful + PATIENCE) + 6)


def inserted_and_deleted(table: Table, plan: dict[int, list[tuple[float, int, bool]]]) -> set[int]:
    """Carry out a plan as the table is read; the rows that it deletes are put into the set it returns."""
    gone: set[int] = set()
    fresh = iter(range(1_000_000, 2_000_000))

    def change(request: int) -> None:
        for where, many, inserts in plan.pop(request, ()):
            at = int(where * len(table.ids))
            if inserts:
                table.ids[at:at] = [next(fresh) for _ in range(many)]
            else:
                gone.update(table.ids[at : at + many])
                del table.ids[at : at + many]

    table.before = change
    return gone


@settings(max_examples=examples(120, 40), phases=_QUICK)
@given(st.integers(0, 90), st.integers(1, 30), st.integers(1, 30), _changes, st.booleans())
@example(10, 1, 20, {5: [(0.0, 1, False)]}, True)
@example(40, 10, 10, {3: [(0.0, 10, False)]}, True)
@example(40, 10, 10, {3: [(0.0, 9, True)]}, True)
def test_rows_inserted_and_deleted_on_the_way_cost_no_other_row(
    rows: int, maximum: int, size: int, plan: dict[int, Any], counted: bool
) -> None:
    table = Table.of(rows, maximum=maximum, page_size=size)
    if not counted:
        table.count_of = None
    gone = inserted_and_deleted(table, dict(plan))
    reading, found = read(table)
    assert len(set(found)) == len(found)
    stayed = set(range(1, rows + 1)) - gone
    assert stayed <= set(found) or reading.missing
    old = [row for row in found if row <= rows]
    assert old == sorted(old)
    if counted and not any(inserts for steps in plan.values() for _, _, inserts in steps):
        assert stayed <= set(found)
        assert reading.complete
    assert len(table.asked) <= bound(table, len(found))


@settings(max_examples=examples(120, 40), phases=_QUICK)
@given(
    st.integers(0, 90),
    st.integers(1, 30),
    st.integers(1, 30),
    st.dictionaries(st.integers(1, 14), st.tuples(st.floats(0, 0.99), st.floats(0, 0.99)), max_size=6),
)
def test_rows_that_change_places_are_found_or_told(
    rows: int, maximum: int, size: int, moves: dict[int, tuple[float, float]]
) -> None:
    table = Table.of(rows, maximum=maximum, page_size=size)

    def move(request: int) -> None:
        if request in moves and table.ids:
            origin, goal = (int(where * rows) for where in moves[request])
            table.ids.insert(goal, table.ids.pop(origin))

    table.before = move
    reading, found = read(table)
    assert len(set(found)) == len(found)
    assert set(found) == set(table.ids) or reading.missing
    assert len(table.asked) <= bound(table, rows)


@settings(max_examples=examples(200, 60), phases=_QUICK)
@given(
    rows=st.integers(0, 90),
    maximum=st.integers(1, 30),
    size=st.integers(1, 30),
    heeds=st.sets(st.sampled_from(sorted(ALL))),
    keyless=st.sampled_from(["none", "all", "some"]),
    alike=st.integers(1, 100),
    count=st.one_of(st.none(), st.integers(-30, 30), st.just(10**6)),
    totals=st.booleans(),
    most=st.one_of(st.none(), st.integers(1, 100)),
    doubles=st.lists(st.integers(1, 90), max_size=3),
    paged=st.booleans(),
    seed=st.integers(0, 10),
)
def test_whatever_the_server_does_it_ends_whole_or_told(
    rows: int,
    maximum: int,
    size: int,
    heeds: set[str],
    keyless: str,
    alike: int,
    count: int | None,
    totals: bool,
    most: int | None,
    doubles: list[int],
    paged: bool,
    seed: int,
) -> None:
    """Rows without a key are told apart by content; where that is equal, as many as there are must come, or it is told."""
    keyed = {"none": lambda _: True, "all": lambda _: False, "some": lambda number: number % 3 > 0}[keyless]
    ids = [*range(1, rows + 1)]
    ids += [number for number in doubles if number <= rows]
    table = Table(
        ids,
        maximum=10**6 if "limit" not in heeds else maximum,
        page_size=size,
        heeds=frozenset(heeds),
        key=keyed,
        content=lambda number: {"name": f"No. {number % alike}"},
        totals=totals and keyless == "all",
        paged=paged or count not in (0, None),  # one answer and a count that agree are believed
        random=random.Random(seed),
    )
    table.count_of = None if count is None else lambda there: max(0, there + count)
    reading, found = read(table, most)
    honest = count == 0 or table.totals
    distinct = {number if keyed(number) else ("", number % alike, number) for number in ids}
    wanted = len(ids) if keyless == "all" else len(distinct)
    if reading.complete:
        numbered = [item for item in found if isinstance(item, int)]
        assert len(set(numbered)) == len(numbered)
        if honest or {"offset", "order"} <= heeds:
            assert len(found) == wanted
    if reading.cut:
        assert len(found) == most
    assert most is None or len(found) <= most
    assert len(table.asked) <= bound(table, len(found))
