"""Reading a whole result: every row once, a proven end, and what is missing told."""

from __future__ import annotations

import itertools

import pytest

from cotui.api import BadRequest, Page, Priority, Record, read_all
from cotui.api.paging.read_all import PATIENCE
from tests.api.paging.table import Table, numbers
from tests.tables import every

ALL = frozenset({"offset", "limit", "order"})


@every("maximum", [1, 2, 3, 7, 50, 99, 100, 500])
@every("rows", [0, 1, 2, 3, 50, 99, 100, 101, 200, 300])
@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("keyed", [True, False])
async def test_all_rows_come_once_whatever_the_server_sends_at_a_time(
    rows: int, maximum: int, counted: bool, keyed: bool
) -> None:
    table = Table.of(rows, maximum=maximum, key=lambda _: keyed)
    if not counted:
        table.count_of = None
    reading = read_all(table)
    found = await numbers(reading)
    assert found == (table.ids if keyed else [f"No. {number}" for number in table.ids])
    assert reading.complete
    assert (reading.rows, reading.late, reading.missing, reading.cut) == (rows, 0, "", False)
    assert len(table.pages) <= 3 + (2 * rows if maximum < 4 else 2 * rows / (min(100, maximum) - 3))


async def test_a_short_result_is_proved_with_one_more_page_and_its_count() -> None:
    table = Table.of(7)
    assert (await read_all(table).all())[-1].id == 7
    assert sorted(table.asked, key=str) == [(0, 100), (6, 100), None]


async def test_pages_overlap_by_a_row() -> None:
    table = Table.of(250)
    await numbers(read_all(table))
    assert table.pages == [(0, 100), (99, 100), (198, 100)]


@pytest.mark.parametrize(
    ("most", "cut"), [(1, True), (20, True), (100, True), (299, True), (300, False), (301, False)]
)
@pytest.mark.parametrize("maximum", [1, 7, 100])
async def test_no_more_than_wanted(most: int, cut: bool, maximum: int) -> None:
    table = Table.of(300, maximum=maximum)
    reading = read_all(table, most=most)
    assert await numbers(reading) == table.ids[:most]
    assert (reading.cut, reading.complete) == (cut, not cut)
    assert reading.total == 300
    assert max(limit for _, limit in table.pages) <= max(2, min(most, 100))


async def test_no_more_than_wanted_of_a_server_that_sends_more_than_asked() -> None:
    reading = read_all(Table.of(300, heeds=ALL - {"limit"}), most=130)
    assert await numbers(reading) == list(range(1, 131))
    assert (reading.rows, reading.cut) == (130, True)


async def test_what_is_not_paged_is_asked_for_once() -> None:
    table = Table.of(300, maximum=10**6, heeds=frozenset(), paged=False)
    table.random.sample = lambda ids, _: ids  # type: ignore[method-assign, assignment]
    reading = read_all(table)
    assert await numbers(reading) == table.ids
    assert reading.complete
    assert len(table.pages) == 1
    table.count_of = None
    table.asked.clear()
    reading = read_all(table)
    assert len(await reading.all()) == 300
    assert reading.complete  # the same answer again, as is to be expected where all of it comes at once
    assert len(table.pages) == 2


async def test_what_should_not_be_paged_but_is_comes_whole() -> None:
    table = Table.of(300, maximum=50, paged=False)
    reading = read_all(table)
    assert await numbers(reading) == table.ids
    assert reading.complete


@pytest.mark.parametrize(
    "gone", [range(1, 11), range(1, 100), range(1, 101), range(91, 101), range(50, 180), range(1, 200)]
)
@pytest.mark.parametrize("at", [1, 2, 3])
async def test_rows_deleted_behind_the_reader_make_it_skip_none(gone: range, at: int) -> None:
    table = Table.of(400)

    def delete(number: int) -> None:
        if number == at + 1:  # the count is a request as well
            table.ids = [row for row in table.ids if row not in gone]

    table.before = delete
    reading = read_all(table)
    found = await numbers(reading)
    assert set(table.ids) <= set(found)
    assert found == sorted(set(found))
    assert reading.complete
    assert reading.total == len(table.ids)


@pytest.mark.parametrize("more", [1, 2, 99, 100, 101, 250])
async def test_rows_added_behind_the_reader_come_last(more: int) -> None:
    table = Table.of(400)

    def insert(number: int) -> None:
        if number == 3:
            table.ids = [*range(-more, 0), *table.ids]

    table.before = insert
    reading = read_all(table)
    found = await numbers(reading)
    assert sorted(found) == [*range(-more, 0), *range(1, 401)]
    assert [row for row in found if row > 0] == list(range(1, 401))
    if more < 200:
        assert (found[-1], reading.late) == (-1, more)
    assert reading.complete


async def test_what_was_added_in_front_is_found_with_one_more_request() -> None:
    table = Table.of(1_000)

    def insert(number: int) -> None:
        if number == 5:
            table.ids.insert(0, 0)

    table.before = insert
    assert (await numbers(read_all(table)))[-1] == 0
    assert len(table.pages) <= 11 + 2
    assert table.pages[-1] == (0, 100)


async def test_what_the_server_lists_twice_hides_nothing_that_is_missing() -> None:
    table = Table([1, 1, *range(2, 400)])

    def change(number: int) -> None:
        if number == 3:
            table.ids.insert(0, 1_000)

    table.before = change
    table.count_of = lambda there: there + 1
    reading = read_all(table)
    await numbers(reading)
    assert "the server counts" in reading.missing


async def test_a_row_that_moves_to_where_the_reader_has_been_is_found() -> None:
    table = Table.of(400)

    def move(number: int) -> None:
        if number == 3:
            table.ids.insert(5, table.ids.pop(350))

    table.before = move
    reading = read_all(table)
    found = await numbers(reading)
    assert sorted(found) == list(range(1, 401))
    assert found[-1] == 351
    assert (reading.late, reading.complete) == (1, True)


@pytest.mark.parametrize("keyed", [True, False])
@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("ignored", [{"offset"}, {"offset", "limit"}, {"limit"}, {"order"}])
@pytest.mark.parametrize("rows", [0, 1, 2, 30, 100, 101, 153])
async def test_what_the_server_ignores_ends_and_is_told(
    rows: int, ignored: set[str], counted: bool, keyed: bool
) -> None:
    maximum = 10**6 if "limit" in ignored else 100
    table = Table.of(rows, maximum=maximum, key=lambda _: keyed, heeds=ALL - ignored)
    if not counted:
        table.count_of = None
    reading = read_all(table)
    found = await numbers(reading, 1000)
    assert len(set(found)) == len(found) or ignored == {"order"}
    whole = len(set(found)) == len(found) == rows
    assert whole or reading.missing
    assert len(table.asked) <= 2 * PATIENCE
    if keyed and counted and "limit" in ignored:
        assert reading.complete  # all of it came, and the count says so


async def test_a_report_of_equal_rows_is_no_page_that_comes_again() -> None:
    table = Table.of(450, key=lambda _: False, content=lambda number: {"name": "a"}, count_of=lambda _: None)
    reading = read_all(table)
    assert await numbers(reading) == ["a"] * 450
    assert reading.complete


async def test_rows_that_say_when_they_were_asked_for_do_not_hide_that_offsets_are_ignored() -> None:
    clock = itertools.count()
    table = Table.of(
        100,
        key=lambda _: False,
        content=lambda number: {"name": number, "at": next(clock)},
        heeds=ALL - {"offset"},
    )
    table.count_of = lambda _: None
    reading = read_all(table)
    await numbers(reading, 1000)
    assert "same rows" in reading.missing
    assert len(table.asked) <= 4


@pytest.mark.parametrize("lie", [0, 1, 49, 50, 51, 100, 299, 301, 10**6])
@pytest.mark.parametrize("maximum", [1, 50, 100])
async def test_a_count_that_is_wrong_loses_no_row(lie: int, maximum: int) -> None:
    table = Table.of(300, maximum=maximum, count_of=lambda _: lie)
    reading = read_all(table)
    assert await numbers(reading) == table.ids
    assert bool(reading.missing) == (lie > 300)
    assert len(table.asked) < 2 * 300 / max(1, maximum - 1) + 12 + (300 if maximum == 1 else 0)


async def test_pages_of_any_size_are_read_to_the_end() -> None:
    table = Table.of(300)

    def cut(number: int) -> None:
        table.maximum = (80, 95, 3, 2, 60, 41)[number % 6]

    table.before = cut
    reading = read_all(table)
    assert await numbers(reading) == table.ids
    assert reading.complete


async def test_records_that_the_server_lists_twice_come_once() -> None:
    table = Table([1, 2, 2, 3, 4, 4, 4, 5])
    reading = read_all(table)
    assert await numbers(reading) == [1, 2, 3, 4, 5]
    assert reading.complete


async def test_rows_without_a_key_among_others() -> None:
    table = Table.of(250, key=lambda number: number % 5 > 0)
    reading = read_all(table)
    assert len(set(await numbers(reading))) == 250
    assert reading.complete
    table.content = lambda number: {"name": "same"}
    reading = read_all(table)
    assert len(await numbers(reading)) == 201
    assert "no key" in reading.missing


async def test_a_report_whose_rows_shift_is_told() -> None:
    table = Table.of(400, key=lambda _: False, totals=True)

    def delete(number: int) -> None:
        if number == 3:
            del table.ids[:10]

    table.before = delete
    reading = read_all(table)
    assert len(set(found := await numbers(reading))) == len(found)
    assert "have no keys" in reading.missing


async def test_a_report_s_rows_do_not_come_twice_where_some_are_added_in_front() -> None:
    table = Table.of(400, key=lambda _: False, totals=True)

    def insert(number: int) -> None:
        if number == 3:
            table.ids = [*range(-5, 0), *table.ids]

    table.before = insert
    reading = read_all(table)
    assert await numbers(reading) == [f"No. {number}" for number in range(1, 401)]
    assert "have no keys" in reading.missing


async def test_a_report_that_begins_as_it_ends_does_not_hide_that_offsets_are_ignored() -> None:
    table = Table.of(
        300,
        key=lambda _: False,
        content=lambda number: {"name": "a" if number < 4 or number > 97 else number},
        heeds=ALL - {"offset"},
        count_of=lambda _: None,
    )
    reading = read_all(table)
    assert len(await numbers(reading, 1000)) == 100
    assert "same rows" in reading.missing


async def test_a_report_that_counts_more_than_it_sends_is_told() -> None:
    class Liar(Table):
        async def page(self, offset: int, limit: int, priority: Priority) -> Page:
            return Page((await super().page(offset, limit, priority)).rows, 500)

    reading = read_all(Liar.of(300, key=lambda _: False))
    assert len(await numbers(reading)) == 300
    assert reading.missing == "the server counts 500 and sent 300"


async def test_an_order_that_is_never_the_same_ends() -> None:
    table = Table.of(500, heeds=ALL - {"order"}, maximum=10)
    reading = read_all(table)
    found = await numbers(reading)
    assert len(set(found)) == len(found)
    assert reading.missing or len(found) == 500


async def test_going_back_costs_few_requests() -> None:
    table = Table.of(4_000)

    def delete(number: int) -> None:
        if number == 30:
            del table.ids[:150]

    table.before = delete
    reading = read_all(table)
    assert await numbers(reading) == list(range(1, 4_001))
    assert reading.complete
    assert len(table.pages) <= 41 + 5


async def test_what_moves_after_something_was_deleted_is_told_where_nothing_is_counted() -> None:
    table = Table.of(400, count_of=None)

    def change(number: int) -> None:
        if number == 2:
            del table.ids[:10]
        if number == 5:
            table.ids.insert(5, table.ids.pop(330))

    table.before = change
    reading = read_all(table)
    found = await numbers(reading)
    assert set(table.ids) <= set(found) or reading.missing
    assert reading.missing


async def test_what_cannot_be_had_is_raised() -> None:
    table = Table.of(300)

    def refuse(number: int) -> None:
        if number == 3:
            raise BadRequest

    table.before = refuse
    reading = read_all(table)
    with pytest.raises(BadRequest):
        await numbers(reading)
    assert reading.rows == 199
    assert not reading.complete


async def test_rows_are_given_as_they_come() -> None:
    table = Table.of(1_000)
    given: list[Record] = []
    async for rows in read_all(table):
        given += rows
        assert len(table.pages) <= len(given) // 99 + 1
