"""Where windows take their pages from: what is asked of the API, and in which order."""

from __future__ import annotations

from typing import Any

from cotui.api.paging.sources import ListSource, ReportSource
from cotui.api.paging.window import RecordWindow
from cotui.api.records import Page, Record
from cotui.api.transport.budget import Priority
from cotui.catalog.objects.customer import CUSTOMER
from cotui.query import Query


class FakeApi:
    """Remembers what was asked; a report of `rows` rows with two columns."""

    def __init__(self, rows: int = 0, *, totals: bool = True) -> None:
        self.rows = rows
        self.totals = totals
        self.asked: list[tuple[Any, ...]] = []

    async def page(
        self, resource: Any, query: Query, offset: int, limit: int, *, expand: str, priority: Priority
    ) -> Page:
        self.asked.append((resource.id, query, offset, limit, priority))
        return Page([Record({"customer_id": "7"}, resource.primary_key)])

    async def count(self, resource: Any, query: Query, *, priority: Priority) -> int:
        self.asked.append((resource.id, query, priority))
        return 1

    async def report_page(
        self, report_id: int, query: Query, offset: int, limit: int, *, priority: Priority
    ) -> Page:
        order = [(key.field, key.descending) for key in query.order]
        self.asked.append((report_id, offset, limit, order))
        numbers = range(offset, min(offset + limit, self.rows))
        rows = [Record({"customer_name": f"No. {number}", "total": number}) for number in numbers]
        return Page(rows, self.rows if self.totals else None)


async def test_a_list_hands_its_resource_and_query_on() -> None:
    api, query = FakeApi(), Query()
    window = RecordWindow(ListSource(api, CUSTOMER, query))  # type: ignore[arg-type]
    window.start()
    await window.settled()
    assert api.asked == [
        ("customer", query, 0, 100, Priority.INTERACTIVE),
        ("customer", query, Priority.INTERACTIVE),
    ]
    assert window.index_of(7) == 0


async def test_a_short_report_is_one_request_without_an_order() -> None:
    api = FakeApi(rows=12)
    window = RecordWindow(ReportSource(api, 3, Query()))  # type: ignore[arg-type]
    window.start()
    await window.settled()
    assert api.asked == [(3, 0, 100, [])]
    assert (window.length, window.total) == (12, 12)


async def test_a_short_report_keeps_its_own_order_where_nobody_counts() -> None:
    api = FakeApi(rows=12, totals=False)
    window = RecordWindow(ReportSource(api, 3, Query()))  # type: ignore[arg-type]
    window.start()
    await window.settled()
    assert api.asked == [(3, 0, 100, [])]
    assert (window.length, window.total) == (12, 12)
    await window.refresh()
    await window.settled()
    assert api.asked == [(3, 0, 100, [])] * 2


async def test_a_short_report_in_an_order_is_looked_behind_where_nobody_counts() -> None:
    api = FakeApi(rows=12, totals=False)
    ordered = Query().ordered_by("customer_name", False)
    window = RecordWindow(ReportSource(api, 3, ordered))  # type: ignore[arg-type]
    window.start()
    await window.settled()
    by_name = [("customer_name", False)]
    assert api.asked == [(3, 0, 100, by_name), (3, 11, 100, by_name)]
    assert (window.length, window.total) == (12, 12)


async def test_a_long_report_is_read_in_the_order_of_its_first_column() -> None:
    api = FakeApi(rows=250, totals=False)
    window = RecordWindow(ReportSource(api, 3, Query()))  # type: ignore[arg-type]
    window.start()
    await window.settled()
    for first in (40, 80, 120, 160, 200, 210):
        window.view(first, first + 39)
        await window.settled()
    by_name = [("customer_name", False)]
    assert api.asked == [
        (3, 0, 100, []),
        (3, 0, 100, by_name),
        (3, 99, 100, by_name),
        (3, 198, 100, by_name),
    ]
    assert [row.raw["total"] for _, row in window.loaded()] == list(range(250))
    assert (window.length, window.total) == (250, 250)


async def test_a_known_first_column_saves_the_second_request() -> None:
    api = FakeApi(rows=250)
    source = ReportSource(api, 3, Query(), first_column="customer_name")  # type: ignore[arg-type]
    await source.page(0, 100, Priority.INTERACTIVE)
    assert api.asked == [(3, 0, 100, [("customer_name", False)])]


async def test_an_order_of_the_users_own_is_kept() -> None:
    api = FakeApi(rows=250)
    source = ReportSource(api, 3, Query().ordered_by("total", True))  # type: ignore[arg-type]
    await source.page(0, 100, Priority.INTERACTIVE)
    await source.page(100, 100, Priority.PREFETCH)
    assert [order for *_, order in api.asked] == [[("total", True)], [("total", True)]]
    assert await source.count() is None
