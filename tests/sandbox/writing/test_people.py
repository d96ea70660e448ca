"""Main contacts of customers."""

from __future__ import annotations

from tests.sandbox.client import Client
from tests.sandbox.customers import customer, made, user


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
    assert contact["customers"] == [{"customer_id": str(found["customer_id"]), "company": "New"}]
    assert contact["customer_id"] == found["customer_id"]
    assert found["superuser_token"] == contact["token"]
    assert found["superuser_first_name"] == "Jane"
    assert found["superuser_email"] == contact["email"] == "jane@example.com, office@example.com"
    assert found["superuser_phone"] == "860-634-1602"


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
    assert (await user(live, free))["customers"][0]["customer_id"] == "1"


async def test_an_existing_user_as_main_contact_on_create(live: Client) -> None:
    found = await made(live, superuser_id=4, superuser_phone="1")

    assert found["superuser_id"] == 4
    contact = await user(live, 4)
    assert (contact["phone"], contact["customer_id"]) == ("1", 4)
    assert [item["customer_id"] for item in contact["customers"]] == ["4", str(found["customer_id"])]


async def test_delete_takes_the_contacts_that_are_its_alone(live: Client) -> None:
    number = await live.made("customer", {"company": "A", "superuser_email": "a@example.com"})
    alone = (await customer(live, number))["superuser_id"]
    shared = await live.made("user", {"customer_id": number, "name": "Shared"})
    await live.made("customer", {"company": "B", "superuser_id": shared})
    child = await live.made("customer", {"company": "Child", "parent_customer_id": number})

    assert (await live.delete(f"customer/{number}")).response is True
    assert (await live.get(f"user/{alone}")).status == 404
    contact = await user(live, shared)
    assert contact["customer_id"] == number + 1
    assert [item["customer_id"] for item in contact["customers"]] == [str(number + 1)]
    assert (await customer(live, child))["parent_customer_id"] is None
