"""Subscriptions: creating and changing them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.subscriptions import invoiced, made, package


async def test_creating(live: Client) -> None:
    answer = await live.post(
        "package",
        {
            "customer_external_key": "Key-4",
            "nickname": "Head office",
            "external_key": "sub-x",
            "paycycle": "qtr",
            "terms_id": "2",
            "custom_1": "one",
            "line_items": [
                {
                    "item_external_key": "sku1",
                    "descrip": "As agreed",
                    "line_quantity": "3",
                    "external_key": "l1",
                },
                {"item_token": "itm000000002", "tierset_id": 0, "line_item_id": 0, "line_quantity": 0},
            ],
        },
    )

    assert (answer.status, answer.response) == (201, {"id": 15})
    assert answer.headers["location"].endswith("/api/v3/package/15")
    row = await package(live, 15)
    assert row["customer_id"] == 4
    assert (row["nickname"], row["external_key"], row["custom_1"]) == ("Head office", "sub-x", "one")
    assert (row["paycycle"], row["paymethod"], row["terms_id"]) == ("qtr", "inv", 2)
    assert (row["package_status_str"], row["package_status_id"]) == ("active-current", 2)
    # the customer's
    assert (row["bill_city"], row["currency_iso4217"]) == ("Hamden", "JPY")
    assert row["next_invoice_datetime"] == row["start_datetime"] == "2026-03-15T10:00:00-04:00"
    first, second = row["line_items"]
    assert (first["item_id"], first["line_quantity"], first["descrip"]) == (1, 3, "As agreed")
    assert (first["external_key"], first["tierset_id"]) == ("l1", 1)
    assert (second["item_id"], second["line_quantity"]) == (2, 1)
    assert second["tierset"]["pricemodel"] == "tie"


async def test_a_subscription_without_lines_held_until_a_past_day(live: Client) -> None:
    """The C# client's own test."""
    row = await made(live, line_items=None, holduntil_datetime="2013-10-01T00:00:00")

    assert row["line_items"] == []
    assert row["holduntil_datetime"] == row["next_invoice_datetime"] == "2013-10-01T00:00:00-04:00"
    answer = await live.post(f"package/{row['package_id']}?action=invoice")
    assert answer.status == 400


async def test_a_trial(live: Client) -> None:
    row = await made(live, line_items=[{"item_id": 1, "trial_days": 20}])

    assert (row["package_status_str"], row["package_status_state"]) == ("active-trial", "a")
    assert row["next_invoice_datetime"] == "2026-04-04T10:00:00-04:00"
    invoice = await invoiced(live, row["package_id"])
    assert (invoice["total"], invoice["line_items"][0]["is_free"]) == (0, True)
    assert (await package(live, row["package_id"]))["package_status_str"] == "active-trial"


@pytest.mark.parametrize(
    ("sent", "method"),
    [
        ({}, ("inv", None, None)),
        ({"paymethod": "crd"}, ("crd", 2, None)),
        ({"creditcard_id": 1}, ("crd", 1, None)),
        ({"creditcard_external_key": "card-1"}, ("crd", 1, None)),
        ({"paymethod": "ach"}, ("ach", None, 1)),
        ({"paymethod": "any"}, ("crd", 2, None)),
        ({"paymethod": "inv", "creditcard_id": 1}, ("inv", None, None)),
    ],
)
async def test_pay_method_of_a_new_subscription(live: Client, sent: Any, method: Any) -> None:
    card = {"customer_id": 3, "number": "4111 1111 1111 1111", "expdate_year": 2030, "expdate_month": 1}
    await live.made("creditcard", {**card, "external_key": "card-1"})
    await live.made("creditcard", {**card, "number": "4242 4242 4242 4242"})
    await live.made("ach", {"customer_id": 3, "number": "856667", "routing": "072403004"})
    row = await made(live, **sent)

    assert (row["paymethod"], row["creditcard_id"], row["ach_id"]) == method


async def test_updating(live: Client) -> None:
    before = await package(live, 1)
    answer = await live.put(
        "package/external_key:sub-1", {"custom_1": "777777", "terms_id": 2, "nickname": "New"}
    )

    assert (answer.status, answer.response) == (202, {"id": 1})
    after = await package(live, 1)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"custom_1", "terms_id", "terms_name", "terms_days", "nickname", "mod_datetime"}


async def test_a_fetched_subscription_can_be_put_back(live: Client) -> None:
    before = await package(live, 1)
    before["line_items"][0]["custom_1"] = "noted"
    assert (await live.put("package/1", before)).status == 202
    after = await package(live, 1)

    assert {**after, "mod_datetime": None} == {**before, "mod_datetime": None}
