"""All that a customer can pay with stands in one list."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from cotui.api import ApiError, Priority
from cotui.query import Order, Query
from cotui.tui.payments.ways_to_pay import WaysToPayListSpec
from tests.api.support import api_with, ok, refuse
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, record_page, settle, text_of

STORED: dict[str, list[dict[str, Any]]] = {
    "creditcard": [
        {"creditcard_id": 3, "type_name": "Visa", "mask_number": "x1111", "expdate": "2027-03-01"}
    ],
    "ach": [{"ach_id": 4, "mask_bank": "Isabella Bank", "mask_number": "x6667", "name": "Jane"}],
    "tokenized": [{"tokenized_id": 5, "name": "Visa x4111", "token": "cus_secret"}],
}


def answered(request: httpx.Request, without: str = "") -> httpx.Response:
    assert request.url.params["where"] == "customer_id:EQUALS:9"
    _, _, name = request.url.path.removesuffix("/_count").rpartition("/")
    if name in without:
        return refuse(401, "no")
    return ok(len(STORED[name]) if request.url.path.endswith("_count") else STORED[name])


async def test_cards_accounts_and_tokens_are_rows_of_one_kind() -> None:
    api = api_with(answered)
    listing = WaysToPayListSpec(api, 9, "Ways to pay of A")
    page = await listing.source(Query()).page(0, 100, Priority.INTERACTIVE)
    assert [(row.raw["kind"], row.raw["record_id"], row.raw["number"]) for row in page.rows] == [
        ("creditcard", 3, "x1111"),
        ("ach", 4, "x6667"),
        ("tokenized", 5, "Visa x4111"),
    ]
    assert "cus_secret" not in str([dict(row.raw) for row in page.rows])
    assert not listing.learn(page.rows)
    await api.aclose()


async def test_what_may_not_be_read_is_said_and_nothing_at_all_is_a_failure() -> None:
    api = api_with(lambda request: answered(request, "ach"))
    listing = WaysToPayListSpec(api, 9, "Ways to pay of A")
    page = await listing.source(Query()).page(0, 100, Priority.INTERACTIVE)
    assert [row.raw["kind"] for row in page.rows] == ["creditcard", "tokenized"]
    assert listing.learn(page.rows)
    assert listing.trouble.startswith("not all could be read: bank accounts:")
    assert not listing.learn(page.rows)
    await api.aclose()
    api = api_with(lambda request: answered(request, "creditcard ach tokenized"))
    with pytest.raises(ApiError):
        await WaysToPayListSpec(api, 9, "").source(Query()).page(0, 100, Priority.INTERACTIVE)
    await api.aclose()


async def test_nothing_is_no_none_where_a_part_was_refused(app: Any, wire: Wire) -> None:
    refused = ["creditcard", "ach"]

    def answer(request: httpx.Request) -> httpx.Response | None:
        _, _, name = request.url.path.removesuffix("/_count").rpartition("/")
        if name not in STORED:
            return None
        return refuse(401, "no") if name in refused else ok(0 if "_count" in request.url.path else [])

    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        wire.instead = answer
        await press(pilot, "K")
        shown = text_of(app)
        assert "Credit cards and bank accounts could not be read" in shown
        assert "whether there are ways to pay here is not known" in shown
        assert "0 of ?" in shown
        assert "There are no" not in shown
        refused.clear()
        await press(pilot, "r")
        assert "There are no ways to pay here yet." in text_of(app)
        assert "0 of 0" in text_of(app)


async def test_opening_one_shows_the_card_and_c_leads_back(app: Any, wire: Wire) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "K")
        assert "Ways to pay of Northwind" in text_of(app)
        await press(pilot, "enter")
        assert record_page(app).resource.id in STORED
        await press(pilot, "escape", "c")
        assert record_page(app).resource.id == "customer"
        await press(pilot, "escape", "escape")
        assert browse(app).listing.resource.id == "customer"


async def test_they_are_ordered_here_for_they_are_all_here(app: Any) -> None:
    api = api_with(answered)
    listing = WaysToPayListSpec(api, 9, "")
    page = await listing.source(Query(order=(Order("number", True),))).page(0, 100, Priority.INTERACTIVE)
    assert [row.raw["number"] for row in page.rows] == ["x6667", "x1111", "Visa x4111"]
    await api.aclose()
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "K", *["right"] * 3, "o")
        assert browse(app).bar.applied == "order by number"
        assert "ordered here" in text_of(app)
        assert "Ways to pay of" in text_of(app)
