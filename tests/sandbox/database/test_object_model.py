"""What is served: every catalogued field, lists and single records apart, and what is derived from what."""

from __future__ import annotations

import pytest

from cotui.catalog import Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.item import ITEM
from cotui.catalog.objects.package import PACKAGE
from cotui.catalog.objects.transaction import TRANSACTION
from cotui.catalog.objects.user import USER
from tests.sandbox.client import Client
from tests.sandbox.served_types import OLD, check_types

RESOURCES = (CUSTOMER, USER, INVOICE, ITEM, TRANSACTION, PACKAGE)


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda item: item.id)
async def test_every_catalogued_field_is_served(client: Client, resource: Resource) -> None:
    listed = {item.name for item in resource.fields if item.listed and "." not in item.name} - OLD
    single = {item.name for item in resource.fields if item.readable and "." not in item.name} - OLD

    rows = await client.rows(resource.path, limit=100)
    for row in rows:
        assert listed <= row.keys()
        check_types(resource.fields, row)
        one = (await client.get(f"{resource.path}/{row[resource.primary_key]}")).response
        assert single <= one.keys()
        assert row.items() <= one.items()
        check_types(resource.fields, one)


@pytest.mark.parametrize(
    ("url", "only_single"),
    [
        ("invoice", {"line_items", "schedule", "tags"}),
        ("user", {"customers"}),
        ("package", {"line_items"}),
        ("transaction", {"applied_to", "refunds", "payments", "gateway_opts"}),
        ("item", {"categories", "service_data"}),
        ("customer", set()),
        ("terms", set()),
    ],
)
async def test_lists_are_thinner(client: Client, url: str, only_single: set[str]) -> None:
    row = (await client.rows(url, limit=1))[0]
    one = (await client.get(f"{url}/{next(iter(row.values()))}")).response

    assert one.keys() - row.keys() == only_single


@pytest.mark.parametrize(
    "subject",
    ["terms", "currency", "brand", "class", "admin", "language", "country", "campaign", "item_category"],
)
async def test_small_lists(client: Client, subject: str) -> None:
    rows = await client.rows(subject)

    assert rows
    assert all(row[f"{subject}_id"] >= 1 for row in rows)
    assert (await client.get(f"{subject}/_count")).response == len(rows)
