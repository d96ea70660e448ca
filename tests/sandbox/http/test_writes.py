"""How writes are addressed, what their bodies may look like, and what they are answered with."""

from __future__ import annotations

import hashlib

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import HOST, Client


def state(store: Store) -> str:
    """A hash of everything in the database."""
    with store.read() as reader:
        return hashlib.sha256("\n".join(reader.connection.iterdump()).encode()).hexdigest()


async def test_create_answers_201_with_the_place(live: Client) -> None:
    answer = await live.post("customer", {"company": "Test API Company, LLC"})

    assert answer.status == 201
    assert answer.envelope == {
        "code": 201,
        "status": "OK",
        "message": "",
        "details": {},
        "response": {"id": 15},
    }
    assert answer.headers["location"] == f"http://{HOST}/api/v3/customer/15"
    assert (await live.get("customer/15")).response["company"] == "Test API Company, LLC"


async def test_update_answers_202_with_the_place(live: Client) -> None:
    answer = await live.put("customer/4", {"company": "Changed"})

    assert answer.status == 202
    assert answer.response == {"id": 4}
    assert answer.headers["location"] == f"http://{HOST}/api/v3/customer/4"
    assert (await live.get("customer/4")).response["company"] == "Changed"


async def test_delete_answers_true_and_the_record_is_gone(live: Client) -> None:
    number = await live.made("customer", {"company": "Short-lived"})
    answer = await live.delete(f"customer/{number}")

    assert answer.status == 200
    assert answer.response is True
    again = await live.delete(f"customer/{number}")
    assert again.status == 404
    assert again.envelope["message"] == "This customer does not exist."
    assert again.response is None
    assert (await live.get(f"customer/{number}")).status == 404


@pytest.mark.parametrize(
    "target",
    [
        "customer/2/_action/setInactive",
        "customer/2?action=setInactive",
        "customer/2/?action=setinactive",
        "/customer/2?action=SETINACTIVE&_flag_emails=0",
        "customer/external_key:Key-2/_action/setInactive",
        "customer/token:cus000000002?action=setInactive",
    ],
)
@pytest.mark.parametrize("body", [b"", b"{}", b'""', b"[]", b"null", b"  \r\n "])
async def test_actions_in_both_spellings_with_every_empty_body(
    live: Client, target: str, body: bytes
) -> None:
    answer = await live.send("POST", f"/api/v3/{target}", body=body)

    assert answer.status == 200
    assert answer.response is True
    assert "location" not in answer.headers
    assert (await live.get("customer/2")).response["customer_status_str"] == "inactive-manual"


@pytest.mark.parametrize(
    ("method", "url", "message"),
    [
        ("PUT", "customer", "modify(customer, )"),
        ("DELETE", "customer", "delete(customer, )"),
        ("POST", "customer/5", "create(customer, 5)"),
        ("PATCH", "customer/5", "modify(customer, 5)"),
        ("PUT", "terms/2", "modify(terms, 2)"),
        ("POST", "terms", "create(terms, )"),
        ("DELETE", "country/1", "delete(country, 1)"),
        ("POST", "customer?action=setActive", "setActive(customer, )"),
        ("POST", "customer/_action/setActive", "setActive(customer, )"),
        ("POST", "customer/5/_action/explode", "explode(customer, 5)"),
        ("POST", "customer/5?action=explode", "explode(customer, 5)"),
        ("PUT", "customer/5?action=setActive", "setActive(customer, 5)"),
        ("GET", "customer/5?action=setActive", "setActive(customer, 5)"),
        ("POST", "customer/5/_action/setActive/more", "setActive(customer, 5)"),
        ("POST", "customer/_count", "create(customer, )"),
        ("PUT", "customer/5/_count", "modify(customer, 5)"),
    ],
)
async def test_commands_that_are_not_supported(
    live: Client, live_store: Store, method: str, url: str, message: str
) -> None:
    before = state(live_store)
    answer = await live.send(method, f"/api/v3/{url}", body=b'{"company": "X"}')

    assert answer.status == 400
    assert answer.message == f"The command requested is not supported: {message}"
    assert answer.response is False
    assert state(live_store) == before


async def test_unknown_objects(live: Client) -> None:
    answer = await live.put("customers/5", {"a": 1})

    assert answer.status == 400
    assert answer.message == "The object type requested is not supported: modify(customers, 5)"


async def test_reading_changes_nothing(live: Client, live_store: Store) -> None:
    before = state(live_store)
    for url in ("customer/1", "invoice?limit=5", "user/_count", "invoice/1", "customer/1?_flag_emails=0"):
        assert (await live.get(url)).status == 200
    assert state(live_store) == before


async def test_a_write_is_seen_by_the_next_read(live: Client) -> None:
    """Lists and counts are remembered while nothing changes."""
    assert (await live.get("customer/_count")).response == 14
    await live.made("customer", {"company": "One more"})
    assert (await live.get("customer/_count")).response == 15
    assert (await live.rows("customer", where="company:EQUALS:One more"))[0]["customer_id"] == 15
