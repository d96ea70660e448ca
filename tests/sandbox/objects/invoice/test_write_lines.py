"""Lines of invoices when they are created and updated."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client
from tests.sandbox.invoices import apply, customer, invoice, made


async def test_placeholders_and_prices_of_lines(live: Client) -> None:
    """Zeros on new lines mean "not given"; without a rate the item's own price counts."""
    found = await made(
        live,
        {"item_id": 1, "tierset_id": 0, "line_item_id": 0, "line_quantity": 0, "item_is_usage": False},
        {"item_id": 2, "line_rate": 0, "line_quantity": 3, "descrip": ""},
        {"item_token": "itm000000001", "line_rate": None, "line_quantity": None},
        package_id=0,
    )

    first, second, third = found["line_items"]
    assert (first["line_rate"], first["line_quantity"], first["line_total"]) == (10.95, 1, 10.95)
    assert (first["descrip"], second["descrip"]) == ("Item 1", "")
    assert (second["line_rate"], second["line_quantity"], second["line_total"]) == (0, 3, 0)
    assert third["line_total"] == 10.95


async def test_lines_kept_changed_new_and_left_out(live: Client) -> None:
    before = await made(
        live, *({"item_id": 1, "line_rate": rate, "descrip": f"Line {rate}"} for rate in (1, 2, 4))
    )
    keep, change, drop = (line["line_item_id"] for line in before["line_items"])
    answer = await live.put(
        f"invoice/{before['invoice_id']}",
        {
            "line_items": [
                {"line_item_id": str(keep)},
                {"line_item_id": change, "line_rate": "20", "descrip": "Changed"},
                {"item_token": "itm000000002", "line_rate": 100, "line_quantity": 2},
            ]
        },
    )
    assert answer.status == 202

    after = await invoice(live, before["invoice_id"])
    kept, changed, new = after["line_items"]
    assert kept == before["line_items"][0]
    assert (changed["line_item_id"], changed["line_total"], changed["descrip"]) == (change, 20, "Changed")
    assert new["line_item_id"] > drop  # the number of the line that went is not used again
    assert (after["total"], after["balance"]) == (221, 221)
    owner = (await live.get(f"customer/{after['customer_id']}")).response
    assert (owner["total"], owner["balance"]) == (221, 221)


async def test_another_item_on_a_line(live: Client) -> None:
    before = await made(live, {"item_id": 1, "line_rate": 7})
    line = before["line_items"][0]["line_item_id"]
    await live.put(
        f"invoice/{before['invoice_id']}",
        {"line_items": [{"line_item_id": line, "item_external_key": "sku2", "custom_2": "x"}]},
    )

    found = (await invoice(live, before["invoice_id"]))["line_items"][0]
    assert (found["item_id"], found["item_name"], found["item_type"]) == (2, "Item 2", "product")
    assert (found["line_total"], found["custom_2"]) == (7, "x")


async def test_without_lines_they_stay(live: Client) -> None:
    before = await made(live)
    for lines in ({}, {"line_items": None}):
        await live.put(f"invoice/{before['invoice_id']}", {"memo": "x", **lines})
    after = await invoice(live, before["invoice_id"])

    assert after == {**before, "memo": "x"}


async def test_lists_as_php_writes_them(live: Client) -> None:
    number = await customer(live)
    body = {
        "customer_id": number,
        "line_items": {"0": {"item_id": 1, "line_rate": 1}, "1": {"item_id": 2, "line_rate": 2}},
    }
    assert (await invoice(live, await live.made("invoice", body)))["total"] == 3
    single = {"customer_id": number, "line_items": {"item_id": 1, "line_rate": 4}}
    assert (await invoice(live, await live.made("invoice", single)))["total"] == 4


async def test_payments_bound_what_lines_can_become(live: Client, live_store: Store) -> None:
    before = await made(live, {"item_id": 1, "line_rate": 10, "line_quantity": 3})
    number, line = before["invoice_id"], before["line_items"][0]["line_item_id"]
    apply(live_store, number, 1200)
    partly = await invoice(live, number)
    assert (partly["payments"], partly["balance"], partly["invoice_status_str"]) == (12, 18, "open-unpaid")

    answer = await live.put(f"invoice/{number}", {"line_items": [{"line_item_id": line, "line_quantity": 1}]})
    assert answer.status == 400
    assert "applied" in answer.message
    assert await invoice(live, number) == partly

    await live.put(f"invoice/{number}", {"line_items": [{"line_item_id": line, "line_rate": 4}]})
    paid = await invoice(live, number)
    assert (paid["balance"], paid["invoice_status_str"], paid["paid_date"]) == (
        0,
        "closed-paid",
        "2026-03-14",
    )
    await live.put(f"invoice/{number}", {"line_items": [{"line_item_id": line, "line_rate": 5}]})
    reopened = await invoice(live, number)
    assert (reopened["balance"], reopened["is_paid"], reopened["paid_date"]) == (3, False, None)


async def test_void_invoices_keep_their_lines(live: Client) -> None:
    found = await invoice(live, 4)
    assert found["is_void"]
    line = found["line_items"][0]["line_item_id"]
    for lines in (
        [{"line_item_id": line, "line_rate": 1}],
        [{"line_item_id": line}, {"item_id": 1}],
        [{"item_id": 1}],
    ):
        answer = await live.put("invoice/4", {"line_items": lines})
        assert (answer.status, answer.message) == (400, "The line items of a void invoice cannot be changed.")
    assert (await live.put("invoice/4", {"memo": "x", "line_items": [{"line_item_id": line}]})).status == 202
    after = await invoice(live, 4)
    assert (after["invoice_status_str"], after["balance"], after["memo"]) == ("closed-void", 0, "x")


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{"line_item_id": 2}],
        [{"line_item_id": 999}],
        [{"line_item_id": 1}, {"line_item_id": 1}],
        [{"line_item_id": "x"}],
        [{"line_item_id": -1}],
        [{"line_item_id": 1, "item_id": 2, "item_token": "itm000000001"}],
        [{"line_item_id": 1, "line_rate": "x"}],
        [{"line_item_id": 1}, {"descrip": "no item"}],
    ],
    ids=str,
)
async def test_lines_that_make_no_sense_on_update(live: Client, lines: list[Any]) -> None:
    before = await invoice(live, 1)
    assert (await live.put("invoice/1", {"memo": "x", "line_items": lines})).status == 400
    assert await invoice(live, 1) == before


@pytest.mark.long
async def test_many_lines(live: Client) -> None:
    found = await made(live, *({"item_id": 1, "line_rate": "0.01"} for _ in range(2000)))

    assert (found["total"], len(found["line_items"])) == (20, 2000)
