"""Accounts that are hard on clients: one test for each switch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.service import SLOW_COUNT, SWITCHES, UNREADABLE, Service, hard
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.http.batches import bulk, item
from tests.sandbox.money_account import BANK, CARD

Make = Callable[..., Client]


@pytest.fixture
def served(live_store: Store) -> Make:
    """Makes a client of an account with these switches on."""

    def make(*switches: str, **options: Any) -> Client:
        service = replace(hard(switches), **options)
        return Client(create_app(live_store, credentials=CREDENTIALS, clock=account.now, service=service))

    return make


def test_every_switch_changes_something() -> None:
    assert hard([]) == Service()
    for name in SWITCHES:
        assert hard([name]) != Service()
    assert hard(["page-of-20"], Service(compat=2015)) == Service(max_page_size=20, compat=2015)
    everything = hard()
    assert everything.max_page_size == 20
    assert everything.unreadable == UNREADABLE


def test_what_there_is_not() -> None:
    with pytest.raises(ValueError, match="'frob' is none of bulk-without-queries, "):
        hard(["frob"])
    with pytest.raises(ValueError, match="recordings of 2015 only"):
        Service(compat=2012)


async def test_queries_inside_batches_are_ignored(served: Make) -> None:
    client = served("bulk-without-queries")
    listed, counted, one = await bulk(
        client,
        item("GET", "customer?limit=2&where=customer_id:GT:5&order=customer_id:DESC"),
        item("GET", "customer/_count?where=customer_id:EQUALS:1"),
        item("GET", "customer/2?nonsense=1"),
    )

    assert [row["customer_id"] for row in listed["response"]] == list(range(1, 11))
    assert counted["response"] == 14
    assert one["response"]["customer_id"] == 2
    # an action in a query is a query too; in the path it is none
    acted, done = await bulk(
        client, item("POST", "customer/2?action=setInactive"), item("POST", "customer/2/_action/setInactive")
    )
    assert (acted["code"], done["code"]) == (400, 200)
    # outside a batch it counts as ever
    assert len(await client.rows("customer", limit=2)) == 2


async def test_no_batches(served: Make) -> None:
    client = served("no-bulk")
    answer = await client.post("_bulk", [item("GET", "customer/1")])

    assert (answer.status, answer.response) == (400, False)
    assert answer.message == "The object type requested is not supported: create(_bulk, )"
    assert (await client.get("customer/1")).status == 200


@pytest.mark.parametrize(
    "path", ["transaction", "transaction/1", "transaction/_count", "creditcard", "note/1"]
)
async def test_objects_that_nobody_may_read(served: Make, path: str) -> None:
    client = served("unreadable")
    answer = await client.get(path)
    (inside,) = await bulk(client, item("GET", path))

    name = path.partition("/")[0]
    assert (answer.status, answer.response) == (401, False)
    assert answer.message == f"Invalid or incorrect authorization [This key may not read {name}.]"
    assert (inside["code"], inside["message"]) == (401, answer.message)
    assert (await client.get("customer/1")).status == 200
    # what may not be read can be written all the same
    assert (await client.post("note", {"note": "Called."})).status == 201


async def test_objects_that_are_named(served: Make) -> None:
    client = served(unreadable=frozenset({"package", "_report"}))

    assert [(await client.get(path)).status for path in ("package", "billing_package/1", "_report")] == [
        401
    ] * 3
    assert (await client.post("_report/4?action=reportData")).status == 401
    assert (await client.get("transaction")).status == 200
    sums = [
        await client.post("_aggregate", {"object": name, "fields": ["COUNT(*)"]})
        for name in ("package", "user")
    ]
    assert [answer.status for answer in sums] == [401, 200]


async def test_ids_are_texts(served: Make) -> None:
    client = served("ids-as-text")
    (row,) = await client.rows("customer", limit=1)
    one = (await client.get("invoice/1")).response
    made = await client.post("customer", {"company": "New"})

    assert (row["customer_id"], row["terms_id"], row["total"]) == ("1", "2", row["total"])
    assert isinstance(row["total"], int | float)
    assert one["invoice_id"] == "1"
    assert {type(line["line_item_id"]) for line in one["line_items"]} == {str}
    assert made.response["id"].isdigit()
    assert (await client.get(f"customer/{made.response['id']}")).response["customer_id"] == made.response[
        "id"
    ]
    assert {type(report["report_id"]) for report in (await client.get("_report")).response} == {str}
    assert (await client.get("customer/_count")).response == 15


async def test_keys_are_missing(served: Make, live: Client) -> None:
    client = served("missing-keys")
    full, rows = await live.rows("customer", limit=10), await client.rows("customer", limit=10)
    missing = [all_of.keys() - row.keys() for all_of, row in zip(full, rows, strict=True)]

    assert all(row["customer_id"] == all_of["customer_id"] for all_of, row in zip(full, rows, strict=True))
    assert all(0 < len(names) < len(full[0]) / 2 for names in missing)
    assert set().union(*missing) == full[0].keys() - {"customer_id"}
    assert all(row[name] == all_of[name] for all_of, row in zip(full, rows, strict=True) for name in row)
    # the same ones wherever a record is served
    one = (await client.get("customer/1")).response
    assert one.keys() & full[0].keys() == rows[0].keys()


async def test_cards_have_old_masks(served: Make) -> None:
    client = served("old-masks")
    card = await client.made("creditcard", {"customer_id": 1, **CARD})
    bank = await client.made("ach", {"customer_id": 1, **BANK})

    found = (await client.get(f"creditcard/{card}")).response
    assert found["mask_number"] == "xxxx-xxxx-xxxx-1111"
    assert "mask_and_bin_number" not in found
    assert (await client.get(f"ach/{bank}")).response["mask_number"] == "x6667"


async def test_pages_hold_twenty_rows(served: Make) -> None:
    client = served("page-of-20")
    for number in range(10):
        await client.made("customer", {"company": f"New {number}"})

    assert len(await client.rows("customer", limit=100)) == 20
    assert len(await client.rows("customer", limit=100, offset=20)) == 4


async def test_counting_is_slow(served: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    client = served("slow-count")
    await client.get("customer")
    assert waited == []
    assert (await client.get("customer/_count")).response == 14
    await bulk(client, item("GET", "customer/_count"))
    assert waited == [SLOW_COUNT] * 2


async def test_all_of_it_together(live_store: Store) -> None:
    service = replace(hard(), slow_count=0)
    client = Client(create_app(live_store, credentials=CREDENTIALS, clock=account.now, service=service))
    (row, *_) = await client.rows("invoice", limit=500)

    assert row["invoice_id"] == "1"
    assert (await client.get("transaction")).status == 401
    assert (await client.post("_bulk", [])).status == 400
