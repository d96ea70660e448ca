"""How writes are addressed, what their bodies may look like, and what they are answered with."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import HOST, Client

ACTION = {"customer": "setActive", "user": "password", "invoice": "void"}
NO_DATA = "A required parameter was missing: No data."


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


async def test_ids_are_never_given_twice(live: Client) -> None:
    first = await live.made("customer", {"company": "A", "superuser_email": "a@example.com"})
    await live.delete(f"customer/{first}")
    second = await live.made("customer", {"company": "B", "superuser_email": "b@example.com"})

    assert second > first
    user = (await live.get(f"customer/{second}")).response["superuser_id"]
    assert user == 16  # 15 was the first one's contact


@pytest.mark.parametrize(
    "target",
    [
        "/api/v3/customer/1",
        "/api/v3//customer/1/",
        "/api/v3/customer/1?_dummy=1&_flag_emails=0&_flag_webhooks=1&_flag_quickbooks=0&_flag_events=1",
        "/api/v3/customer/external_key:a%2Fb%20c:d,%C3%A9",
        "/api/v3/customer/external_key%3AA%2Fb%20c%3Ad%2C%C3%A9?expand=x",
        "/api/v3/customer/token:cus000000001",
    ],
)
async def test_every_address_of_a_record_can_be_updated(live: Client, target: str) -> None:
    answer = await live.send("PUT", target, body=b'{"company": "Found"}')

    assert answer.status == 202
    assert answer.response == {"id": 1}
    assert (await live.get("customer/1")).response["company"] == "Found"


@pytest.mark.parametrize("ref", ["15", "external_key:mine", "token:{token}"])
async def test_every_address_of_a_record_can_be_deleted(live: Client, ref: str) -> None:
    number = await live.made("user", {"name": "Jane Doe", "external_key": "mine"})
    token = (await live.get(f"user/{number}")).response["token"]

    assert (await live.delete(f"user/{ref.format(token=token)}")).response is True
    assert (await live.get(f"user/{number}")).status == 404


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


@pytest.mark.parametrize("body", [b"", b"{}", b'""', b"[]", b"null", b" "])
@pytest.mark.parametrize(("method", "url"), [("POST", "customer"), ("PUT", "customer/1"), ("POST", "/user")])
async def test_a_write_without_data(
    live: Client, live_store: Store, method: str, url: str, body: bytes
) -> None:
    before = state(live_store)
    answer = await live.send(method, f"/api/v3/{url}", body=body)

    assert (answer.status, answer.message, answer.response) == (400, NO_DATA, False)
    assert state(live_store) == before


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nonsense",
        b"company=Acme&x=1",
        b'"text"',
        b"1",
        b"true",
        b"[1, 2]",
        b'["a"]',
        b'{"company": "\xff"}',
        b'{"company": "\\ud800"}',
        b'{"company": "a\\u0000b"}',
        b'{"company": NaN}',
        b'{"company": {"a": 1}}',
        b'{"company": ["a"]}',
        b'{"company": "x"} trailing',
        b"[" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"company": "' + b"x" * (5 * 1024 * 1024) + b'"}',
    ],
    ids=lambda body: body[:24].decode("latin-1"),
)
async def test_bodies_that_make_no_sense(live: Client, live_store: Store, body: bytes) -> None:
    before = state(live_store)
    for method, url in (("POST", "customer"), ("PUT", "customer/1")):
        answer = await live.send(method, f"/api/v3/{url}", body=body)

        assert answer.status == 400
        assert answer.message == "Missing or invalid parameter."
        assert answer.response is False
    assert state(live_store) == before


async def test_text_survives_in_every_encoding_of_json(live: Client) -> None:
    escaped = b'{"company": "\\u00c9cole \\/ \\ud83d\\ude00", "company": "Last \\u00c9cole \\ud83d\\ude00"}'
    raw = '{"company": "Last École 😀"}'.encode()

    for body in (escaped, raw):
        answer = await live.send("POST", "/api/v3/customer", body=body)
        assert answer.status == 201
        shown = await live.get(f"customer/{answer.response['id']}")
        assert shown.response["company"] == "Last École 😀"


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


@pytest.mark.parametrize("subject", ["customer", "user", "invoice"])
@pytest.mark.parametrize(
    "ref", ["99999", "0", "-1", "x", "1.0", "9" * 30, "token:none", "external_key:", "token:a%00b"]
)
async def test_records_that_do_not_exist(live: Client, subject: str, ref: str) -> None:
    for answer in (
        await live.put(f"{subject}/{ref}", {"memo": "x"}),
        await live.delete(f"{subject}/{ref}"),
        await live.post(f"{subject}/{ref}/_action/{ACTION[subject]}"),
    ):
        assert answer.status == 404
        assert answer.message == f"This {subject} does not exist."
        assert answer.response is None


async def test_a_failed_write_takes_everything_back(live: Client, live_store: Store) -> None:
    """The second line is wrong; by then invoice and first line are written."""
    before = state(live_store)
    line: dict[str, Any] = {"item_id": 1, "line_rate": 1}
    answer = await live.post("invoice", {"customer_id": 1, "line_items": [line, {"item_id": 999}]})

    assert answer.status == 400
    assert state(live_store) == before


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


async def test_the_moment_and_the_address_of_a_write_are_kept(live: Client) -> None:
    number = await live.made("customer", {"company": "Timed"})
    customer = (await live.get(f"customer/{number}")).response

    assert customer["write_datetime"] == customer["mod_datetime"] == "2026-03-15T10:00:00-04:00"
    assert customer["write_ipaddr"] == customer["mod_ipaddr"] == "127.0.0.1"
    await live.put("customer/1", {"bill_city": "Hamden"})
    changed = (await live.get("customer/1")).response
    assert changed["mod_datetime"] == "2026-03-15T10:00:00-04:00"
    assert changed["write_datetime"] != changed["mod_datetime"]
