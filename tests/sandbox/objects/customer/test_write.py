"""Customers: what creating, updating and deleting them does, also to their main contact."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client
from tests.sandbox.customers import customer, made, user

TOKEN = re.compile(r"[0-9a-z]{12}")


async def test_everything_that_can_be_written(live: Client) -> None:
    sent = {
        "company": "Acme, Inc: EU",
        "external_key": "abc123",
        "parent_customer_id": 2,
        "language_id": "1",
        "currency_id": 3,
        "class_id": 1,
        "admin_id": 1,
        "campaign_id": 1,
        "brand_id": 1,
        "terms_id": 2,
        "bill_addr1": "16 Dog Lane",
        "bill_addr2": "Suite D",
        "bill_addr3": "Rear",
        "bill_city": "Storrs",
        "bill_state": "CT",
        "bill_postcode": 6268,
        "bill_country": "United States",
        "ship_addr1": "1 Dock",
        "ship_city": "Bremen",
        "ship_country": "Germany",
        "custom_1": "first",
        "custom_20": "last",
        "no_taxes": "1",
        "no_dunning": True,
        "invoice_delivery": "PRINT",
        "dunning_delivery": "print",
        "tax_ident": "DE 123",
        "tags": ["vip", "vip", " new "],
    }
    found = await made(live, **sent)

    assert found["parent_customer_id"] == 2
    assert (found["currency_iso4217"], found["terms_name"], found["terms_days"]) == ("KWD", "Net 30", 30)
    assert (found["class_name"], found["admin_name"]) == ("Retail", "Sam Support")
    assert found["bill_block"] == "16 Dog Lane\nSuite D\nRear\nStorrs CT 6268\nUnited States"
    assert found["ship_block"] == "1 Dock\nBremen\nGermany"
    assert found["no_taxes"] is True
    assert found["no_dunning"] is True
    assert (found["invoice_delivery"], found["dunning_delivery"]) == ("print", "print")
    assert found["tags"] == ["vip", "new"]
    assert found["display_as"] == "Acme, Inc: EU"
    assert TOKEN.fullmatch(found["token"])
    assert (found["total"], found["balance"], found["paid"]) == (0, 0, 0)
    assert (found["customer_status_str"], found["customer_status_state"]) == ("active-current", "a")
    assert found["superuser_id"] is None
    for name in ("bill_addr3", "custom_1", "custom_20", "tax_ident", "external_key"):
        assert found[name] == sent[name]


async def test_the_company_is_required(live: Client) -> None:
    for sent in ({"bill_city": "Hamden"}, {"company": ""}, {"company": "  "}, {"company": None}):
        answer = await live.post("customer", sent)
        assert (answer.status, answer.message) == (400, "A required parameter was missing: company")
    assert (await live.put("customer/1", {"company": " "})).status == 400


async def test_names_in_parts_and_made_up_user_names(live: Client) -> None:
    found = await made(live, superuser_first_name="John", superuser_last_name="Smith")

    assert found["superuser_name"] == "John Smith"
    assert TOKEN.fullmatch(found["superuser_username"])


async def test_a_changed_name_in_a_fetched_object(live: Client) -> None:
    """Full name and parts stand side by side; only one of them was changed."""
    found = await customer(live, 1)
    await live.put("customer/1", {**found, "superuser_last_name": "Jones"})
    assert (await user(live, 1))["name"] == "Jane Jones"

    found = await customer(live, 1)
    await live.put("customer/1", {**found, "superuser_name": "Mary Ann Evans"})
    contact = await user(live, 1)
    assert (contact["first_name"], contact["middle_name_glob"], contact["last_name"]) == (
        "Mary",
        "Ann",
        "Evans",
    )


@pytest.mark.parametrize("spelling", ["dup", "DUP"])
async def test_external_keys_are_unique(live: Client, spelling: str) -> None:
    await live.made("customer", {"company": "A", "external_key": "dup"})
    answer = await live.post("customer", {"company": "B", "external_key": spelling})

    assert answer.status == 400
    assert answer.message == f'A customer already exists with the external_key value "{spelling}"'
    assert (await live.put("customer/2", {"external_key": spelling})).status == 400
    # its own may be put back, and another kind of object may have it
    assert (await live.put("customer/external_key:dup", {"external_key": spelling})).status == 202
    assert (await live.post("user", {"name": "C", "external_key": "dup"})).status == 201


async def test_an_empty_external_key_is_none(live: Client) -> None:
    for _ in range(2):
        assert (await made(live, external_key=""))["external_key"] is None
    await live.put("customer/1", {"external_key": ""})
    assert (await customer(live, 1))["external_key"] is None


async def test_only_what_is_sent_changes(live: Client) -> None:
    before = await customer(live, 1)
    await live.put("customer/1", {"bill_city": "Mashpee", "balance": 99, "token": "x", "_comment": "no"})
    after = await customer(live, 1)

    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"bill_city", "bill_block", "mod_datetime", "mod_ipaddr"}


async def test_what_can_be_unset_is_unset_and_the_rest_stays(live: Client) -> None:
    names = ("class_id", "admin_id", "campaign_id", "terms_id", "language_id", "invoice_delivery", "no_taxes")
    before = await customer(live, 1)
    await live.put("customer/1", dict.fromkeys((*names, "bill_city", "custom_1", "currency_id")))
    after = await customer(live, 1)

    assert (after["class_id"], after["admin_id"], after["campaign_id"]) == (None, None, None)
    assert (after["bill_city"], after["custom_1"]) == (None, None)
    for name in ("terms_id", "language_id", "invoice_delivery", "no_taxes", "currency_id"):
        assert after[name] == before[name]


async def test_the_currency_stays(live: Client) -> None:
    found = await customer(live, 1)
    assert found["currency_id"] == 2
    answer = await live.put("customer/1", {"currency_id": 1})
    assert (answer.status, answer.message) == (400, "The currency of a customer cannot be changed.")
    assert (await live.put("customer/1", {"currency_id": "2"})).status == 202
    # parent and brand are ignored silently
    assert (await live.put("customer/1", {"parent_customer_id": 4, "brand_id": 77})).status == 202
    assert (await customer(live, 1))["parent_customer_id"] is None


@pytest.mark.parametrize(
    "sent",
    [
        {"terms_id": 99},
        {"currency_id": 99},
        {"class_id": 99},
        {"class_id": "abc"},
        {"class_id": -1},
        {"class_id": 1.5},
        {"class_id": True},
        {"class_id": 10**30},
        {"class_id": {"id": 1}},
        {"admin_id": 1, "admin_token": "adm000000001"},
        {"admin_external_key": "nobody"},
        {"parent_customer_id": 999},
        {"parent_customer_external_key": "nobody"},
        {"parent_customer_token": ["x"]},
        {"superuser_id": 999},
        {"invoice_delivery": "pigeon"},
        {"invoice_delivery": 1},
        {"no_taxes": "perhaps"},
        {"no_taxes": []},
        {"tags": 5},
        {"tags": [["a"]]},
        {"bill_city": {}},
        {"superuser_email": ["a@example.com"]},
        {"superuser_username": "user1"},
    ],
    ids=str,
)
async def test_values_that_make_no_sense(live: Client, sent: dict[str, Any]) -> None:
    answer = await live.post("customer", {"company": "X", **sent})

    assert answer.status == 400
    assert answer.envelope["status"] == "Error"
    assert answer.response is False
    assert (await live.get("customer/_count")).response == 14
    assert (await live.get("user/_count")).response == 14


async def test_references_by_key_and_token(live: Client) -> None:
    assert (await made(live, parent_customer_external_key="Key-2"))["parent_customer_id"] == 2
    assert (await made(live, parent_customer_token="cus000000003"))["parent_customer_id"] == 3
    assert (await made(live, admin_token="adm000000001"))["admin_id"] == 1


async def test_customers_with_a_history_stay(live: Client, live_store: Store) -> None:
    answer = await live.delete("customer/1")
    assert (answer.status, answer.message) == (400, "This customer cannot be deleted: it has invoices.")

    number = await live.made("customer", {"company": "A"})
    with live_store.write() as connection:
        connection.execute("UPDATE packages SET customer_id = ? WHERE package_id = 3", (number,))
    answer = await live.delete(f"customer/{number}")
    assert answer.message == "This customer cannot be deleted: it has subscriptions."
    with live_store.write() as connection:
        connection.execute("UPDATE transactions SET customer_id = ? WHERE transaction_id = 2", (number,))
    assert (await live.delete(f"customer/{number}")).message.endswith("it has transactions.")
