"""Actions of customers."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client
from tests.sandbox.customers import customer


async def test_active_and_inactive(live: Client) -> None:
    assert (await live.post("customer/3/_action/setActive")).response is True
    assert (await customer(live, 3))["customer_status_state"] == "a"
    assert (await live.post("customer/3?action=setInactive", {})).response is True
    found = await customer(live, 3)
    assert (found["customer_status_state"], found["customer_status_str"]) == ("i", "inactive-manual")
    assert {row["customer_id"] for row in await live.rows("customer", where="customer_status_state:EQUALS:a")}


def add_card(store: Store, customer_id: int) -> int:
    with store.write() as connection:
        cursor = connection.execute(
            "INSERT INTO creditcards (customer_id, token, mask_number, mask_and_bin_number, expdate, write_datetime,"
            " mod_datetime) VALUES (?, ?, 'x4242', '424242xxx4242', '2030-01-01', 0, 0)",
            (customer_id, f"crd{customer_id:09d}"),
        )
        return int(cursor.lastrowid or 0)


@pytest.mark.parametrize("target", ["customer/1/_action/setPayMethod", "customer/1?action=paymethod"])
async def test_the_default_pay_method(live: Client, live_store: Store, target: str) -> None:
    card = add_card(live_store, 1)
    assert (await live.post(target, {"paymethod": "crd", "creditcard_id": card})).response is True

    found = await customer(live, 1)
    assert (found["default_paymethod"], found["default_creditcard_id"], found["default_ach_id"]) == (
        "crd",
        card,
        None,
    )
    with live_store.read() as reader:
        run = reader.connection.execute
        assert run("SELECT paymethod, creditcard_id FROM packages WHERE customer_id = 1").fetchone() == (
            "crd",
            card,
        )
        scheduled = "SELECT paymethod, creditcard_id FROM invoice_schedule WHERE invoice_id = 3"
        assert run(scheduled).fetchone() == ("crd", card)
    quiet = {"paymethod": "inv", "update_subscriptions_and_scheduled_invoices": "0"}
    assert (await live.post(target, quiet)).response is True
    assert (await customer(live, 1))["default_creditcard_id"] is None
    with live_store.read() as reader:
        rows = reader.connection.execute("SELECT paymethod FROM packages WHERE customer_id = 1").fetchall()
        assert rows == [("crd",)]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"paymethod": "cash"},
        {"paymethod": 5},
        {"paymethod": "crd"},
        {"paymethod": "crd", "creditcard_id": 999},
        {"paymethod": "crd", "creditcard_id": 1},
        {"paymethod": "ach", "creditcard_id": 1},
        {"paymethod": "inv", "update_subscriptions_and_scheduled_invoices": "maybe"},
        ["crd"],
    ],
    ids=str,
)
async def test_pay_methods_that_make_no_sense(live: Client, live_store: Store, sent: Any) -> None:
    assert add_card(live_store, 2) == 1  # somebody else's
    before = await customer(live, 1)
    assert (await live.post("customer/1/_action/setPayMethod", sent)).status == 400
    assert await customer(live, 1) == before


@pytest.mark.parametrize("name", ["setSuperUser", "setSuperuser", "superuser", "setPrimaryContact"])
async def test_the_main_contact_by_action(live: Client, name: str) -> None:
    assert (await live.post(f"customer/1/_action/{name}", {"user_id": 2})).response is True
    assert (await customer(live, 1))["superuser_id"] == 2
    assert (await live.post(f"customer/1?action={name}", {"user_external_key": "user-1"})).response is True
    assert (await customer(live, 1))["superuser_id"] == 1
    for sent in ({}, {"user_id": 7}, {"user_id": "x"}, [1]):
        assert (await live.post(f"customer/1?action={name}", sent)).status == 400


def outbox(store: Store) -> list[tuple[Any, ...]]:
    with store.read() as reader:
        sql = "SELECT recipients, subject, body, cause FROM outbox ORDER BY email_id"
        return reader.connection.execute(sql).fetchall()


@pytest.mark.parametrize("name", ["email", "welcome", "message", "sendMessage"])
async def test_a_message_to_the_main_contact(live: Client, live_store: Store, name: str) -> None:
    assert (await live.post(f"customer/2/_action/{name}")).response is True
    assert (await live.post(f"customer/2?action={name}", {"message_id": "12"})).response is True
    assert (await live.post(f"customer/2?action={name}&_flag_emails=0", {"message_id": 12})).response is True

    sent = outbox(live_store)
    assert [row[0] for row in sent] == ["jane2@example.com"] * 2
    assert {row[3] for row in sent} == {"customer.email"}
    assert "Welcome" in sent[0][1]
    assert "12" in sent[1][1]
    assert (await live.post(f"customer/2?action={name}", {"message_id": "x"})).status == 400


async def test_nobody_to_write_to(live: Client, live_store: Store) -> None:
    """No main contact, and one without an address: nothing is done, which is no error."""
    assert (await live.post("customer/6/_action/email")).response is False
    assert (await live.post("customer/5/_action/email")).response is False
    assert outbox(live_store) == []
