"""Customers: what creating, updating and deleting them does, also to their main contact."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client

TOKEN = re.compile(r"[0-9a-z]{12}")


async def customer(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"customer/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def user(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"user/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def made(live: Client, **values: Any) -> dict[str, Any]:
    return await customer(live, await live.made("customer", {"company": "New", **values}))


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


async def test_the_main_contact_is_made_with_the_customer(live: Client) -> None:
    found = await made(
        live,
        superuser_name="Jane Q. Doe",
        superuser_email="jane@example.com, office@example.com",
        superuser_phone="860-634-1602",
        superuser_username="jane.doe",
    )

    contact = await user(live, found["superuser_id"])
    assert (contact["first_name"], contact["middle_name_glob"], contact["last_name"]) == ("Jane", "Q.", "Doe")
    assert (contact["name"], contact["display_as"], contact["username"]) == (
        "Jane Q. Doe",
        "Jane Q. Doe",
        "jane.doe",
    )
    assert contact["customers"] == [{"customer_id": found["customer_id"], "company": "New"}]
    assert contact["customer_id"] == found["customer_id"]
    assert found["superuser_token"] == contact["token"]
    assert found["superuser_first_name"] == "Jane"
    assert found["superuser_email"] == contact["email"] == "jane@example.com, office@example.com"
    assert found["superuser_phone"] == "860-634-1602"


async def test_names_in_parts_and_made_up_user_names(live: Client) -> None:
    found = await made(live, superuser_first_name="John", superuser_last_name="Smith")

    assert found["superuser_name"] == "John Smith"
    assert TOKEN.fullmatch(found["superuser_username"])


async def test_empty_contact_keys_make_no_contact(live: Client) -> None:
    found = await made(live, superuser_name="", superuser_email=None, superuser_id=0, superuser_phone="")

    assert found["superuser_id"] is None


async def test_superuser_keys_on_update_change_the_main_contact(live: Client) -> None:
    await live.put("customer/1", {"superuser_email": "new@example.com", "superuser_first_name": "Todd"})

    contact = await user(live, 1)
    assert (contact["email"], contact["first_name"], contact["last_name"], contact["name"]) == (
        "new@example.com",
        "Todd",
        "Doe",
        "Todd Doe",
    )
    shown = await customer(live, 1)
    assert shown["superuser_name"] == "Todd Doe"
    assert contact["mod_datetime"] == shown["mod_datetime"]
    await live.put("customer/1", {"superuser_name": "Ann Lee"})
    assert (await user(live, 1))["last_name"] == "Lee"


async def test_superuser_keys_on_update_make_a_contact_where_there_is_none(live: Client) -> None:
    assert (await customer(live, 6))["superuser_id"] is None
    await live.put("customer/6", {"superuser_name": "Ann Lee", "superuser_email": "ann@example.com"})

    found = await customer(live, 6)
    assert (found["superuser_id"], found["superuser_name"]) == (15, "Ann Lee")
    assert {row["user_id"] for row in await live.rows("user", where="customers.customer_id:EQUALS:6")} == {
        6,
        15,
    }


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


async def test_another_contact_becomes_the_main_one(live: Client) -> None:
    """In a fetched object the old contact's name and address stand beside the new id: they are not copied."""
    second = await live.made("user", {"customer_id": 1, "name": "Ann Lee", "email": "ann@example.com"})
    found = await customer(live, 1)
    await live.put("customer/1", {**found, "superuser_id": second})

    after = await customer(live, 1)
    assert (after["superuser_id"], after["superuser_name"], after["superuser_email"]) == (
        second,
        "Ann Lee",
        "ann@example.com",
    )
    assert (await user(live, 1))["email"] == "jane1@example.com"


async def test_the_main_contact_is_one_of_the_customers_own(live: Client) -> None:
    answer = await live.put("customer/1", {"superuser_id": 5})
    assert (answer.status, answer.message) == (400, "This user is not a contact of this customer.")
    assert (await live.put("customer/1", {"superuser_id": 999})).status == 400
    for nothing in (0, None, ""):
        assert (await live.put("customer/1", {"superuser_id": nothing})).status == 202
    assert (await customer(live, 1))["superuser_id"] == 1

    free = await live.made("user", {"name": "Nobody's"})
    assert (await live.put("customer/1", {"superuser_id": free})).status == 202
    assert (await user(live, free))["customers"][0]["customer_id"] == 1


async def test_an_existing_user_as_main_contact_on_create(live: Client) -> None:
    found = await made(live, superuser_id=4, superuser_phone="1")

    assert found["superuser_id"] == 4
    contact = await user(live, 4)
    assert (contact["phone"], contact["customer_id"]) == ("1", 4)
    assert [item["customer_id"] for item in contact["customers"]] == [4, found["customer_id"]]


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

    assert (after["class_id"], after["admin_id"], after["campaign_id"]) == (0, None, 0)
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


async def test_delete_takes_the_contacts_that_are_its_alone(live: Client) -> None:
    number = await live.made("customer", {"company": "A", "superuser_email": "a@example.com"})
    alone = (await customer(live, number))["superuser_id"]
    shared = await live.made("user", {"customer_id": number, "name": "Shared"})
    await live.made("customer", {"company": "B", "superuser_id": shared})
    child = await live.made("customer", {"company": "Child", "parent_customer_id": number})

    assert (await live.delete(f"customer/{number}")).response is True
    assert (await live.get(f"user/{alone}")).status == 404
    contact = await user(live, shared)
    assert [item["customer_id"] for item in contact["customers"]] == [contact["customer_id"]] == [number + 1]
    assert (await customer(live, child))["parent_customer_id"] is None


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
            "INSERT INTO creditcards (customer_id, token, mask_number, expdate, write_datetime)"
            " VALUES (?, ?, 'xxxx-xxxx-xxxx-4242', '2030-01-01', 0)",
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
