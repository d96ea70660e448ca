"""Limits that are cut are told, and answers are written as another year's."""

from __future__ import annotations

from io import StringIO

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.server.request_lines import RequestLines
from cotui.sandbox.http.service import Service
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.controls import control
from tests.sandbox.http.batches import bulk, item


@pytest.mark.parametrize(("most", "cut"), [(20, True), (100, True), (500, False)])
async def test_limits_that_are_cut_stand_in_the_request_log(store: Store, most: int, cut: bool) -> None:
    service = Service(max_page_size=most)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now, service=service))
    await client.get("customer?limit=500")
    await client.get(f"customer?limit={most}")
    await client.get("customer")
    await bulk(client, item("GET", "invoice?limit=200"), item("GET", "user/1"))
    await client.post("_report/4?action=reportData&limit=1001")
    logged = [entry["cuts"] for entry in (await control(client, "GET", "requests")).response]

    assert logged == [
        [{"subject": "customer", "limit": 500, "served": most}] if cut else [],
        [],
        [],
        [{"subject": "invoice", "limit": 200, "served": most}] if most < 200 else [],
        [{"subject": "_report", "limit": 1001, "served": 1000}],
    ]


@pytest.mark.parametrize("quiet", [False, True])
async def test_limits_that_are_cut_are_lines_of_their_own(store: Store, quiet: bool) -> None:
    stream = StringIO()
    lines = RequestLines(stream, quiet=quiet)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now, on_answer=lines.write))
    await client.get("customer?limit=500")
    await client.get("customer?limit=100")
    lines.close()

    told = [line for line in stream.getvalue().splitlines() if line.startswith("cotui sandbox: ")]
    assert told == [
        "cotui sandbox: customer: limit=500 was cut to 100, the most that a page holds here (--max-page-size);"
        " a shorter page than asked for is not the last one"
    ]
    assert len(stream.getvalue().splitlines()) == (1 if quiet else 3)


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
