"""Recorded writes of a real account, sent again: same status, same envelope, same place, same effect."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Answer, Client
from tests.sandbox.recordings import FIXTURES

RECORDED = pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")


def recording(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The request as it was sent, and the body it was answered with."""
    index = json.loads((FIXTURES / "INDEX.json").read_text(encoding="utf-8"))
    (request,) = (item for item in index["fixtures"] if item["file"] == name)
    return request, json.loads((FIXTURES / name).read_text(encoding="utf-8"))


async def replay(live: Client, name: str, path: str = "") -> Answer:
    """Sends a recorded request, to another record if need be, and compares everything but ids."""
    request, body = recording(name)
    sent = request["request_body"]
    answer = await live.send(
        request["method"],
        path or request["path"],
        body=b"" if sent is None else json.dumps(sent).encode(),
        headers={"content-type": "application/json"},
    )
    assert answer.status == request["status"]
    ours, theirs = {**answer.envelope, "details": {}}, {**body, "details": {}}
    place = request["response_headers"].get("Location")
    if place:
        number = answer.response["id"]
        assert isinstance(number, int)
        assert theirs["response"].keys() == {"id"}
        assert answer.headers["location"].split("/api/")[1] == re.sub(
            r"\d+$", str(number), place.split("/api/")[1]
        )
        theirs["response"] = ours["response"]
    else:
        assert "location" not in answer.headers
    assert ours == theirs
    return answer


@RECORDED
async def test_a_customer_from_beginning_to_end(live: Client) -> None:
    answer = await replay(live, "customer_create__ruby_vcr.json")
    number = answer.response["id"]
    found = (await live.get(f"customer/{number}")).response
    assert (found["superuser_name"], found["superuser_email"]) == ("John Smith", "customer@example.com")
    assert found["bill_block"] == "555 Main Street\nSuite 86\nVermont 05401\nUnited States"
    again = await live.post("customer", recording("customer_create__ruby_vcr.json")[0]["request_body"])
    assert again.status == 400
    assert again.message == 'A customer already exists with the external_key value "mycustomer_id"'

    await replay(live, "customer_update__ruby_vcr.json", f"/api/v3/customer/{number}")
    found = (await live.get(f"customer/{number}")).response
    assert (found["company"], found["bill_state"], found["bill_city"]) == (
        "Updated Company Name",
        "MA",
        "Mashpee",
    )
    assert found["superuser_name"] == "Todd Smith"
    assert (await live.get(f"user/{found['superuser_id']}")).response["email"] == "newemail@example.com"

    await replay(live, "customer_delete__ruby_vcr.json", f"/api/v3/customer/{number}")
    await replay(live, "customer_get_404__ruby_vcr.json", f"/api/v3/customer/{number}")


@RECORDED
async def test_a_user_is_created_and_renamed() -> None:
    store = account.build(customers=44)
    live = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    number = (await replay(live, "user_create__ruby_vcr.json")).response["id"]
    found = (await live.get(f"user/{number}")).response
    assert (found["name"], found["customers"][0]["customer_id"]) == ("John Doe", "44")
    assert re.fullmatch(r"[0-9a-z]{12}", found["username"])

    await replay(live, "user_update__ruby_vcr.json", f"/api/v3/user/{number}")
    found = (await live.get(f"user/{number}")).response
    assert (found["first_name"], found["last_name"], found["display_as"], found["email"]) == (
        "Jane",
        "Doe",
        "Jane Doe",
        "j@example.com",
    )
    store.close()


@RECORDED
async def test_an_empty_body(live: Client) -> None:
    await replay(live, "customer_create_400_no_data__ruby_vcr.json")


@pytest.fixture(scope="module")
def demo() -> Iterator[Store]:
    store = Store()
    populate(store, 30, 1, account.TODAY)
    yield store
    store.close()


@pytest.mark.parametrize("subject", ["customer", "user", "invoice"])
async def test_fetched_objects_put_back_change_nothing(demo: Store, subject: str) -> None:
    """What python's client does to change one field: all others come back, read-only ones included."""
    client = Client(create_app(demo, credentials=CREDENTIALS, clock=account.now))
    listed = await client.rows(subject, limit=100)
    assert len(listed) >= 30
    for row in listed:
        number = row[f"{subject}_id"]
        before = (await client.get(f"{subject}/{number}")).response
        for sent in (before, {**row, "_comment": "a row of a list"}):
            answer = await client.put(f"{subject}/{number}", sent)
            assert answer.status == 202, answer.envelope
        after = (await client.get(f"{subject}/{number}")).response
        changed = {name for name in before if before[name] != after[name]}
        assert changed <= {"mod_datetime", "mod_ipaddr"}, (number, changed)
