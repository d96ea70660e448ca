"""Requests of web pages that wait to be judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.recordings import FIXTURES


@pytest.fixture(scope="module")
def demo() -> Iterator[Client]:
    """A client of a demo account; tests do not change it."""
    store = Store()
    populate(store, 60, 1, account.TODAY)
    yield Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    store.close()


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")
async def test_pending_requests_look_as_documented(demo: Client) -> None:
    (recorded,) = json.loads(
        (FIXTURES / "chargeoverjs_pending_list__docs_api.json").read_text(encoding="utf-8")
    )["response"]
    (row,) = await demo.rows("_chargeoverjs")

    assert row.keys() == recorded.keys()
    assert row["action"] == recorded["action"]
    assert len(row["token"]) == len(recorded["token"])
    assert json.loads(row["payload"]).keys() == json.loads(recorded["payload"]).keys()


def pending(store: Store, payload: dict[str, Any], token: str = "9w5jdiqz1pf7h8ga") -> None:
    with store.write() as connection:
        account.put(
            connection,
            "chargeoverjs_requests",
            action="customer.create",
            payload=json.dumps(payload),
            token=token,
            write_datetime=0,
        )


async def test_committing(live: Client, live_store: Store) -> None:
    card = {"number": "4242 4242 4242 4242", "expdate_year": 2030, "expdate_month": 1}
    pending(
        live_store,
        {
            "customer": {"company": "Test Company, LLC", "bill_city": "Mt Pleasant", "custom_1": ""},
            "user": {"name": "John Doe", "email": "john@example.com"},
            "creditcard": card,
            "package": {"line_items": [{"item_id": 1}], "paymethod": "crd"},
        },
    )
    answer = await live.post("_chargeoverjs", {"commit": "9w5jdiqz1pf7h8ga"})

    assert (answer.status, answer.response) == (200, True)
    customer = (await live.get("customer/15")).response
    assert (customer["company"], customer["superuser_name"]) == ("Test Company, LLC", "John Doe")
    (package,) = await live.rows("package", where="customer_id:EQUALS:15")
    assert package["creditcard_id"] == 1
    assert await live.rows("_chargeoverjs") == []
    assert (await live.post("_chargeoverjs", {"commit": "9w5jdiqz1pf7h8ga"})).status == 400


async def test_rejecting_and_failing(live: Client, live_store: Store) -> None:
    pending(live_store, {"customer": {"company": "Unwanted"}}, "a" * 16)
    pending(live_store, {"customer": {"company": "Broken", "external_key": "Key-4"}}, "b" * 16)
    assert (await live.post("_chargeoverjs", {"reject": "a" * 16})).response is True
    failed = await live.post("_chargeoverjs", {"commit": "b" * 16})

    assert failed.message == 'A customer already exists with the external_key value "Key-4"'
    assert (await live.get("customer/_count")).response == 14
    assert [row["token"] for row in await live.rows("_chargeoverjs")] == ["b" * 16]
    for wrong in (
        None,
        {},
        {"commit": 7},
        {"commit": "c"},
        {"commit": "b" * 16, "reject": "b" * 16},
        ["commit"],
    ):
        assert (await live.post("_chargeoverjs", wrong)).status == 400, wrong
