"""What an object's table shows of a status or type can be typed as a filter, and finds those rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest

from cotui.api.paging.narrowed import divided
from cotui.catalog import RESOURCES, Field, FieldType, Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.package import PACKAGE
from cotui.catalog.objects.transaction import TRANSACTION
from cotui.query import parse, to_wire
from cotui.query.fields import find_target
from cotui.query.matching import fulfils
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.stores import demo


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    store = demo(60, 1, date(2026, 3, 15))
    yield Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    store.close()


def _enumerated(resource: Resource, name: str) -> bool:
    target = find_target(name, resource)
    return target is not None and bool(target.field.choices)


#: what is shown, and the names that people would type for it
SHOWN = [
    (resource, item, name)
    for resource in RESOURCES.values()
    for item in resource.fields
    for name in dict.fromkeys((item.name, *item.aliases, item.label.lower(), "status"))
    if item.listed
    and (name != "status" or item.label.startswith("Status"))
    and item.type in (FieldType.ENUM, FieldType.TEXT)
    and _enumerated(resource, name)
]


def _word(field: Field, value: Any) -> str:
    return field.type.cell(value, field, {})


async def _rows(client: Client, resource: Resource) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    while page := (await client.get(f"{resource.path}?limit=20&offset={len(rows)}")).response:
        rows += page
    return rows


async def _found(client: Client, resource: Resource, rows: list[dict[str, Any]], typed: str) -> bool:
    """Whether there are such rows, by whoever filters them."""
    asked, here = divided(resource, parse(typed, resource))
    if here.conditions:
        return any(fulfils(row, condition, resource) for row in rows for condition in here.conditions)
    where = quote(to_wire(asked).where)
    return bool((await client.get(f"{resource.path}/_count?where={where}")).response)


@pytest.mark.parametrize(
    "resource", list(dict.fromkeys(item[0] for item in SHOWN)), ids=lambda resource: resource.id
)
async def test_every_word_that_is_shown_finds_its_rows(client: Client, resource: Resource) -> None:
    rows = await _rows(client, resource)
    missed = []
    for _, field, name in (item for item in SHOWN if item[0] is resource):
        for word in {_word(field, row[field.name]) for row in rows if row.get(field.name)}:
            for typed in (f"{name} = {word}", f'{name} = "{word}"'):
                if not await _found(client, resource, rows, typed):
                    missed.append(typed)
    assert missed == []


def test_statuses_of_all_that_have_them_are_looked_at() -> None:
    """Among them the words of the API's own, which differ from ours."""
    names = {(resource.id, field.name) for resource, field, _ in SHOWN}
    for resource in (CUSTOMER, INVOICE, PACKAGE, TRANSACTION):
        assert (resource.id, f"{resource.id}_status_name") in names
    assert ("transaction", "transaction_type") in names
