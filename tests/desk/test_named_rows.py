"""Rows that leave with names: what is cheaper is read, and said before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx
import pytest

from cotui.api import Api, ListSource, Record, read_all
from cotui.api.abilities import PAGE_SIZE
from cotui.catalog import RESOURCES
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.desk.export import exported_fields
from cotui.desk.named_rows import NAMES, NamedRows, companies, company_fields
from cotui.query import Query
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from cotui.sandbox.http.service import Service
from tests.api.support import PASSWORD, connection
from tests.stores import demo


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = demo(60, 7, date(2026, 3, 15))
    yield made
    made.close()


class Account:
    """An account of some service, and what was sent to it."""

    def __init__(self, store: Store, service: Service | None = None) -> None:
        service = service or Service(100)  # how much there is to read decides which way is cheaper
        self.sent: list[str] = []
        acme = OriginCheck(frozenset({"acme.chargeover.com"}))
        app = create_app(store, credentials={"pub": PASSWORD}, service=service, origin_check=acme)
        self._inner = httpx.ASGITransport(app=app)
        self.api = Api(connection(page_size=100), transport=self)
        self.said: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request.url.path.removeprefix("/api/v3/"))
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Nothing is held."""

    async def export(self, form: str = "csv", most: int | None = None) -> list[Record]:
        shown = companies(exported_fields(INVOICE, form), INVOICE, form)
        naming = NamedRows(self.api, INVOICE, shown, self.said.append, most=most)
        reading = read_all(ListSource(self.api, INVOICE, Query()), most=most)
        found: list[Record] = []
        async for rows in reading:
            found += await naming.take(rows, reading)
        return found + await naming.rest()

    @property
    def for_names(self) -> list[str]:
        return [path for path in self.sent if not path.startswith("invoice")]


@pytest.fixture(scope="module")
def names(store: Store) -> dict[int, str]:
    with store.read() as reader:
        return dict(reader.connection.execute("SELECT customer_id, company FROM customers").fetchall())


async def test_all_customers_are_read_where_that_is_cheaper(store: Store, names: dict[int, str]) -> None:
    account = Account(store)
    rows = await account.export()
    assert account.for_names == ["customer/_count", "customer", "customer/_count"]
    assert account.said == [
        "the names of at most 60 customers take 1 request, for all 60 customers of the account; "
        "--no-names leaves them out"
    ]
    assert len(rows) > 100
    assert all(row.raw["company"] == names[row.raw["customer_id"]] for row in rows)
    assert [row.id for row in rows] == sorted((row.id for row in rows), reverse=True), "in their order"
    await account.api.aclose()


async def test_strangers_are_read_25_at_a_time_where_that_is_cheaper(
    store: Store, names: dict[int, str]
) -> None:
    account = Account(store, Service(max_page_size=20))
    rows = await account.export(most=40)
    (said,) = account.said
    assert re.fullmatch(
        r"the names of at most \d\d customers take 2 requests; --no-names leaves them out", said
    )
    assert account.for_names[0] == "customer/_count"
    assert 1 <= account.for_names.count("_bulk") <= 2
    assert all(row.raw["company"] == names[row.raw["customer_id"]] for row in rows)
    assert len(rows) == 40
    await account.api.aclose()


async def test_few_names_are_not_worth_a_word(store: Store) -> None:
    account = Account(store)
    rows = await account.export(most=10)
    assert (len(rows), account.said, account.for_names) == (10, [], ["_bulk"])
    await account.api.aclose()


async def test_without_batches_each_name_is_a_request_or_all_are_read(store: Store) -> None:
    account = Account(store, Service(100, no_bulk=True))
    rows = await account.export()
    assert all(row.raw["company"] for row in rows)
    assert account.for_names.count("customer") == 1
    await account.api.aclose()


async def test_who_may_not_read_customers_gets_the_numbers(store: Store) -> None:
    account = Account(store, Service(unreadable=frozenset({"customer"})))
    rows = await account.export("table")
    assert all(row.raw["company"] == f"(customer {row.raw['customer_id']})" for row in rows)
    assert account.said == ["These keys may not read customers: their numbers are printed instead"]
    assert len(account.for_names) <= 3
    await account.api.aclose()


async def test_json_stays_as_it_came_with_names_beside_it(store: Store, names: dict[int, str]) -> None:
    account = Account(store)
    rows = await account.export("json", 5)
    plain = (await account.api.page(INVOICE, Query(), 0, 5)).rows
    for row, came in zip(rows, plain, strict=True):
        assert {key: value for key, value in row.raw.items() if key != NAMES} == came.raw
        assert row.raw[NAMES] == {"customer_id": names[came.raw["customer_id"]]}
    await account.api.aclose()


async def test_names_leave_as_they_came() -> None:
    odd = "\x1b[2J=1+1" + "x" * 10_000

    def answer(request: httpx.Request) -> httpx.Response:
        row = {"customer_id": 1, "company": odd}
        return httpx.Response(200, json={"code": 200, "status": "OK", "message": "", "response": row})

    api = Api(connection(), transport=httpx.MockTransport(answer))
    shown = companies(exported_fields(INVOICE, "csv"), INVOICE, "csv")
    naming = NamedRows(api, INVOICE, shown, print)
    row = Record({"invoice_id": 1, "customer_id": "1"}, "invoice_id")
    found = [*await naming.take([row]), *await naming.rest()]
    assert [item.raw["company"] for item in found] == [odd]
    await api.aclose()


@pytest.mark.parametrize("resource_id", list(RESOURCES))
def test_names_take_no_other_field_s_place(resource_id: str) -> None:
    resource = RESOURCES[resource_id]
    names = [field.name for field in resource.fields]
    for column in company_fields(resource):
        assert column.name not in names
    fields = exported_fields(resource, "csv")
    shown: Any = companies(fields, resource, "csv")
    assert [field for field in shown.fields if field in fields] == list(fields)


def test_a_table_has_names_in_the_place_of_numbers() -> None:
    shown = companies(exported_fields(INVOICE, "table"), INVOICE, "table")
    assert "company" in [field.name for field in shown.fields]
    assert "customer_id" not in [field.name for field in shown.fields]
    assert companies(exported_fields(CUSTOMER, "table"), CUSTOMER, "table").columns == {}


async def test_the_cheaper_way_is_found_before_each_name_is_a_request(
    store: Store, names: dict[int, str]
) -> None:
    account = Account(store, Service(no_bulk=True, max_page_size=20))
    rows = await account.export(most=70)
    assert all(row.raw["company"] == names[row.raw["customer_id"]] for row in rows)
    assert not [path for path in account.for_names if path.startswith("customer/") and path[9:].isdigit()]
    assert account.said[-1].endswith(
        "take 3 requests, for all 60 customers of the account; --no-names leaves them out"
    )
    assert account.api.abilities.number(PAGE_SIZE) == 20
    await account.api.aclose()


async def test_notes_about_customers_have_names_beside_their_numbers(
    store: Store, names: dict[int, str]
) -> None:
    account, note = Account(store), RESOURCES["note"]
    shown = companies(exported_fields(note, "table"), note, "table")
    assert [field.name for field in shown.fields][3:5] == ["context_id", "context_company"]
    naming = NamedRows(account.api, note, shown, account.said.append)
    rows = [
        Record({"note_id": number, "context_str": about, "context_id": 4}, "note_id")
        for number, about in enumerate(("customer", "invoice"), 1)
    ]
    found = [row.raw for row in [*await naming.take(rows), *await naming.rest()]]
    for row in found:
        wanted = names[row["context_id"]] if row["context_str"] == "customer" else ""
        assert row["context_company"] == wanted
    await account.api.aclose()
