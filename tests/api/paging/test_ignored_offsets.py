"""A window on a server that pays no attention to offsets: bounded requests, and it is told."""

from __future__ import annotations

import pytest

from cotui.api import RecordWindow
from tests.api.paging.table import Table


def through(window: RecordWindow) -> tuple[int, int]:
    return max(0, window.length - 30), window.length - 1


@pytest.mark.parametrize("keyed", [True, False])
@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("heeds", [{"limit", "order"}, {"order"}])
@pytest.mark.parametrize("rows", [100, 300])
async def test_going_to_the_end_again_and_again_asks_no_more(
    rows: int, heeds: set[str], counted: bool, keyed: bool
) -> None:
    table = Table.of(
        rows,
        heeds=frozenset(heeds),
        key=lambda _: keyed,
        maximum=100 if "limit" in heeds else 10**6,
        count_of=(lambda there: there) if counted else (lambda _: None),
    )
    window = RecordWindow(table)
    window.start()
    for _ in range(20):
        await window.settled()
        window.view(*through(window))
    await window.settled()
    assert len(table.asked) <= 8
    assert window.length <= max(rows, 101)
    if window.total is None or window.total > 100:
        error = window.error_at(window.length - 1)
        assert error is not None
        assert "first rows again" in error.what
    table.heeds = frozenset({"offset", "limit", "order"})
    await window.refresh()
    window.view(*through(window))
    await window.settled()
    assert window.error_at(window.length - 1) is None
    await window.aclose()


@pytest.mark.parametrize("more", [98, 99, 100])
async def test_rows_added_in_front_are_no_such_server(more: int) -> None:
    table = Table.of(400)
    window = RecordWindow(table)
    window.start()
    await window.settled()
    table.ids = [*range(-more, 0), *table.ids]
    window.view(100, 130)
    await window.settled()
    assert window.error_at(110) is None
    record = window.row(110)
    assert record is not None
    assert record.id == table.ids[110]
    await window.aclose()


async def test_a_report_of_equal_rows_is_no_such_server() -> None:
    table = Table.of(250, key=lambda _: False, content=lambda _: {"name": "same"}, count_of=lambda _: None)
    window = RecordWindow(table)
    window.start()
    for _ in range(8):
        await window.settled()
        window.view(*through(window))
    await window.settled()
    assert (window.length, window.total) == (250, 250)
    await window.aclose()
