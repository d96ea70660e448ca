"""Every field that the catalogue calls writable really is: what is sent is what is served afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.catalog import RESOURCES, Field, FieldType
from cotui.sandbox.database.store import Store
from tests.sandbox.account import put
from tests.sandbox.client import Client

OBJECTS = {item.path: item for item in RESOURCES.values()}

#: what a new record cannot do without
NEEDED: dict[str, dict[str, Any]] = {
    "customer": {"company": "Acme", "superuser_email": "a@example.com"},
    "user": {"customer_id": 3},
    "invoice": {
        "customer_id": 3,
        "terms_id": 3,
        "line_items": [{"item_id": 1, "line_rate": 50, "line_quantity": 1}],
    },
    "transaction": {"customer_id": 3, "amount": 5, "transaction_type": "pay"},
    "package": {"customer_id": 3, "terms_id": 3},
    "item": {"name": "Thing", "type": "service", "enabled": False},
    "creditcard": {"customer_id": 3, "number": "4111111111111111", "expdate_year": 2030, "expdate_month": 2},
    "ach": {"customer_id": 3, "number": "856667", "routing": "072403004"},
    "tokenized": {"customer_id": 3, "token": "cus_1"},
    "note": {"note": "Called."},
    "usage": {"line_item_id": 1, "usage_value": 1},
    "_resthook": {"target_url": "https://example.com/a", "event": "customer.insert"},
}
#: fields of which something else is served; other tests are about them
ELSEWHERE = {
    ("customer", "currency_id"): "in a test of its own",
    ("customer", "campaign_details"): "served in webhooks only",
    ("customer", "superuser_id"): "in a test of its own",
    ("customer", "superuser_username"): "names the contact that is made",
    ("customer", "superuser_name"): "made of its parts",
    ("user", "password"): "write-only",
    ("user", "name"): "made of its parts",
    ("invoice", "line_items"): "test_write_invoice.py",
    ("invoice", "currency_id"): "must be the customer's",
    ("transaction", "applied_to"): "test_transactions.py",
    ("transaction", "auto_apply"): "an order, not a field",
    ("package", "line_items"): "test_packages.py",
    ("package", "creditcard_id"): "test_packages.py",
    ("package", "ach_id"): "test_packages.py",
    ("package", "tokenized_id"): "test_packages.py",
    ("item", "pricemodel"): "read as tiersets",
    ("creditcard", "number"): "kept masked",
    ("creditcard", "expdate"): "given as month and year as well",
    ("creditcard", "cvv"): "looked at and forgotten",
    ("ach", "number"): "kept masked",
    ("ach", "routing"): "kept masked",
    ("ach", "bank"): "read as mask_bank",
}
ONE = {
    FieldType.TEXT: "Some text",
    FieldType.MULTILINE: "Two\nlines",
    FieldType.EMAIL: "one@example.com, two@example.com",
    FieldType.PHONE: "+1 860 555 0100",
    FieldType.URL: "https://example.com/b",
    FieldType.DATE: "2026-02-03",
    FieldType.DATETIME: "2026-02-03T04:05:06-05:00",
    FieldType.BOOLEAN: True,
    FieldType.TAGS: ["one", "two"],
    FieldType.INTEGER: 3,
    FieldType.NUMBER: 2.5,
    FieldType.MONEY: 7,
    FieldType.ID: 2,
}
SPECIAL = {
    ("note", "context_str"): "customer",
    ("transaction", "transaction_type"): "cre",
    ("transaction", "gateway_method"): "credit",
    ("transaction", "gateway_status"): 1,
    ("creditcard", "expdate_month"): "11",
    ("creditcard", "expdate_year"): "2031",
    ("package", "paymethod"): "inv",
    ("package", "paycycle"): "qtr",
    ("customer", "parent_customer_id"): 3,
}


def value(path: str, item: Field) -> Any:
    """What is sent for a field."""
    if (path, item.name) in SPECIAL:
        return SPECIAL[path, item.name]
    if item.type is FieldType.ENUM:
        return item.choices[-1].value
    return ONE[item.type]


def values(path: str, flag: str) -> dict[str, Any]:
    """What is sent for all fields that have a flag."""
    return {
        item.name: value(path, item)
        for item in OBJECTS[path].fields
        if getattr(item, flag) and (path, item.name) not in ELSEWHERE
    }


@pytest.fixture
def wide(live_store: Store, live: Client) -> Client:
    """A client of an account whose small lists have two entries."""
    with live_store.write() as connection:
        put(
            connection,
            "admins",
            admin_id=2,
            token="a",
            username="b",
            email="c",
            first_name="d",
            last_name="e",
            write_datetime=1,
            mod_datetime=1,
        )
        put(connection, "classes", class_id=2, name="Retail")
        put(connection, "languages", language_id=2, language="French", iso639="fr")
        put(connection, "brands", brand_id=2, brand="Other")
        put(connection, "campaigns", campaign_id=2, campaign="Fair")
        put(connection, "user_types", user_type_id=2, name="Shipping")
    return live


async def served(live: Client, path: str, number: int) -> dict[str, Any]:
    if path == "_resthook":
        return next(row for row in await live.rows(path) if row["id"] == number)
    return dict((await live.get(f"{path}/{number}")).response)


@pytest.mark.parametrize("path", NEEDED)
async def test_created(wide: Client, path: str) -> None:
    sent = values(path, "creatable")
    row = await served(wide, path, await wide.made(path, NEEDED[path] | sent))
    assert {name: row[name] for name in sent} == sent


@pytest.mark.parametrize("path", ["customer", "user", "invoice", "package", "item"])
async def test_updated(wide: Client, path: str) -> None:
    sent = values(path, "updatable")
    number = await wide.made(path, NEEDED[path])
    before = await served(wide, path, number)
    assert [name for name in sent if before[name] == sent[name]] == []
    answer = await wide.put(f"{path}/{number}", sent)
    assert answer.status == 202, answer.envelope
    row = await served(wide, path, number)
    assert {name: row[name] for name in sent} == sent


async def test_what_is_documented_as_read_only_stays(live: Client) -> None:
    """Tags of invoices, for one, are served but in no table of what can be sent."""
    assert (
        await live.put("invoice/3", {"tags": ["x"], "balance": 1, "total": 1, "token": "x"})
    ).status == 202
    row = (await live.get("invoice/3")).response
    assert row["tags"] == []
    assert row["token"] == "inv000000003"
    assert row["total"] != 1
