"""Users (contacts): what creating, updating and deleting them does."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.writing.passwords import matches, stored_hash
from tests.sandbox.client import Client

TOKEN = re.compile(r"[0-9a-z]{12}")


async def user(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"user/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def made(live: Client, **values: Any) -> dict[str, Any]:
    return await user(live, await live.made("user", values))


async def test_everything_that_can_be_written(live: Client) -> None:
    sent = {
        "external_key": "u-1",
        "username": "jdoe",
        "first_name": "Jane",
        "middle_name_glob": "Q. R.",
        "last_name": "Doe",
        "name_suffix": "Jr.",
        "title": "CFO",
        "email": "jane@example.com,billing@example.com",
        "phone": "860-634-1602",
        "mobile": "860-634-1603",
        "user_type_id": "1",
        "custom_1": "a",
        "custom_20": "z",
    }
    found = await made(live, **sent, customer_id="3")

    assert found["name"] == found["display_as"] == "Jane Q. R. Doe Jr."
    assert (found["user_type_name"], found["customer_id"]) == ("Billing", 3)
    assert TOKEN.fullmatch(found["token"])
    for name, value in sent.items():
        assert found[name] == (1 if name == "user_type_id" else value)


async def test_the_first_contact_is_the_main_one(live: Client) -> None:
    number = await live.made("customer", {"company": "A"})
    first = await live.made("user", {"customer_id": number, "name": "First"})
    second = await live.made("user", {"customer_external_key": None, "customer_id": number, "name": "Second"})

    assert (await live.get(f"customer/{number}")).response["superuser_id"] == first
    rows = await live.rows("user", where=f"customers.customer_id:EQUALS:{number}")
    assert [row["user_id"] for row in rows] == [first, second]


async def test_main_contacts_cannot_be_deleted(live: Client) -> None:
    answer = await live.delete("user/1")
    assert answer.status == 400
    assert "main contact" in answer.message
    assert (await live.get("user/1")).status == 200

    second = await live.made("user", {"customer_id": 1, "name": "Second"})
    await live.put("customer/1", {"superuser_id": second})
    assert (await live.delete("user/1")).response is True
    assert (await live.get("user/1")).status == 404
    assert (await live.delete(f"user/{second}")).status == 400


async def test_unique_keys_and_user_names(live: Client) -> None:
    answer = await live.post("user", {"name": "X", "external_key": "user-1"})
    assert (answer.status, answer.message) == (
        400,
        'A user already exists with the external_key value "user-1"',
    )
    answer = await live.post("user", {"name": "X", "username": "USER1"})
    assert (answer.status, answer.message) == (400, 'A user already exists with the username value "USER1"')
    assert (await live.put("user/2", {"username": "user1"})).status == 400
    assert (await live.put("user/1", {"username": "user1", "external_key": "user-1"})).status == 202


async def test_only_what_is_sent_changes(live: Client) -> None:
    before = await user(live, 1)
    await live.put("user/1", {"email": "j@example.com", "customer_id": 5, "token": "x", "username": ""})
    after = await user(live, 1)

    assert {name for name in before if before[name] != after[name]} == {"email", "mod_datetime"}


@pytest.mark.parametrize(
    "sent",
    [
        {"user_type_id": 99},
        {"customer_id": 999},
        {"customer_id": 1, "customer_token": "cus000000001"},
        {"customer_external_key": "nobody"},
        {"email": {"to": "x"}},
        {"name": ["a"]},
        {"password": 5},
        {"password": "x" * 5000},
        {"username": ["x"]},
    ],
    ids=lambda sent: str(sent)[:40],
)
async def test_values_that_make_no_sense(live: Client, sent: dict[str, Any]) -> None:
    answer = await live.post("user", {"name": "X", **sent})

    assert (answer.status, answer.response) == (400, False)
    assert (await live.get("user/_count")).response == 14


async def test_a_password_is_kept_hashed_and_never_served(live: Client, live_store: Store) -> None:
    number = await live.made("user", {"name": "X", "password": "s3cret, pass"})

    def is_set(password: str) -> bool:
        with live_store.read() as reader:
            assert "s3cret" not in "".join(reader.connection.iterdump())
            return matches(password, stored_hash(reader.connection, number))

    assert is_set("s3cret, pass")
    assert "password" not in await user(live, number)
    await live.put(f"user/{number}", {"password": "an0ther", "title": "x"})
    assert is_set("an0ther")
    await live.put(f"user/{number}", {"password": "", "title": "y"})
    await live.put(f"user/{number}", {"password": None, "title": "z"})
    assert is_set("an0ther")
    assert (await live.delete(f"user/{number}")).response is True


async def test_user_types_fall_back_to_the_first(live: Client) -> None:
    assert (await made(live, name="X", user_type_id=0))["user_type_id"] == 1
    await live.put("user/1", {"user_type_id": None})
    assert (await user(live, 1))["user_type_id"] == 1
