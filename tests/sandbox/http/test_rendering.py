"""Answers are written as another year's."""

from __future__ import annotations

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.service import Service
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.http.batches import bulk, item


async def test_another_years_envelopes_have_no_details(store: Store) -> None:
    service = Service(compat=2015)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now, service=service))

    for path in ("customer/1", "customer", "customer/9999", "frob", "customer?limit=x", "customer/_count"):
        answer = await client.get(path)
        assert list(answer.envelope) == ["code", "status", "message", "response"]
        assert int(answer.headers["content-length"]) == len(answer.body)
    assert list((await client.get("customer/1", authorization=None)).envelope) == [
        "code",
        "status",
        "message",
        "response",
    ]
    for inside in await bulk(client, item("GET", "customer/1"), item("GET", "customer/9999")):
        assert "details" not in inside
