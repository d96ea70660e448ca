"""In an account where everything is as hard as it can be, lists show the rows that the same account shows otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import httpx
import pytest

from cotui.api import Api, ApiError, Connection, Record, read_all, source_of
from cotui.catalog import RESOURCES, Resource
from cotui.query import Condition, Op, Order, Query
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.service import UNREADABLE, Service, hard

TODAY = date(2026, 3, 16)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = Store(":memory:")
    populate(store, 12, 1, TODAY)
    yield store
    store.close()


def account(store: Store, service: Service) -> Api:
    now = lambda: datetime(2026, 3, 16, 12, 0, tzinfo=UTC)  # noqa: E731
    app = create_app(store, credentials={"demo": "demo"}, clock=now, service=service)
    connection = Connection("demo", "localhost", "demo", "demo", rate_limit=10**6)
    return Api(connection, transport=httpx.ASGITransport(app=app))


def a_query(resource: Resource, rows: list[Record]) -> Query:
    """One that leaves rows out, by a field that ChargeOver does not filter by where there is one."""
    for field in sorted(resource.filters, key=lambda field: field.filterable):
        values = {str(row.raw.get(field.name) or "") for row in rows} - {""}
        if "." not in field.name and field.type.family == "text" and len(values) > 1:
            return Query((Condition(field.name, Op.EQUALS, min(values)),), (Order(field.name),))
    return Query()


@pytest.mark.parametrize("object_id", [name for name in RESOURCES if name != "report"])
async def test_no_list_has_a_row_that_does_not_belong_there(store: Store, object_id: str) -> None:
    resource = RESOURCES[object_id]
    easy, difficult = account(store, Service()), account(store, replace(hard(), slow_count=0.0))
    wanted = await read_all(source_of(easy, resource, Query())).all()
    query = a_query(resource, wanted)
    chosen = {row.id for row in await read_all(source_of(easy, resource, query)).all()}
    if resource.path in UNREADABLE:
        with pytest.raises(ApiError):
            await read_all(source_of(difficult, resource, Query())).all()
    else:
        assert [row.id for row in await read_all(source_of(difficult, resource, Query())).all()] == [
            row.id for row in wanted
        ]
        assert {row.id for row in await read_all(source_of(difficult, resource, query)).all()} <= chosen
    await easy.aclose()
    await difficult.aclose()
