"""Sums and lists of flows are over all rows, whatever the server sends at a time, or say that they are not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from cotui.api import Api, Record
from cotui.catalog import RESOURCES
from cotui.desk.candidates import MOST_FOUND, Candidates
from cotui.tui.actions.contacts import _main_contact_of
from cotui.tui.base.action_target import ActionTarget
from cotui.tui.payments.payments import MOST_TRANSACTIONS, open_balance
from cotui.tui.payments.stored_methods import stored_methods
from tests.api.support import api_with, ok

INVOICE = ActionTarget(
    RESOURCES["invoice"],
    Record({"invoice_id": 1, "balance": "200.00", "currency_iso4217": "USD"}, "invoice_id"),
)


class Lists:
    """Any list: as many rows as the test wants, in pages of at most `largest`; `_count` may lie."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.largest = 100
        self.make: Callable[[int], dict[str, Any]] = lambda number: {}
        self.lie = 0
        self.heeds_offset = True
        self.asked = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        assert self.asked < 300
        path, _, count = request.url.path.removeprefix("/api/v3/").partition("/")
        there = self.rows.get(path, 0)
        if count:
            return ok(there + self.lie)
        given = request.url.params
        offset = int(given["offset"]) if self.heeds_offset else 0
        numbers = range(offset + 1, min(there, offset + min(int(given["limit"]), self.largest)) + 1)
        key = RESOURCES[path].primary_key
        return ok([{key: number, **self.make(number)} for number in numbers])


@pytest.fixture
def lists() -> Lists:
    return Lists()


@pytest.fixture
async def api(lists: Lists) -> AsyncIterator[Api]:
    api = api_with(lists, page_size=500, rate_limit=10**6)
    yield api
    await api.aclose()


@pytest.mark.parametrize("largest", [1, 50, 100, 500])
async def test_the_open_balance_is_the_sum_of_all(lists: Lists, api: Api, largest: int) -> None:
    lists.rows["transaction"], lists.largest = 150 if largest > 1 else 20, largest
    lists.make = lambda _: {"transaction_type": "pay", "amount": "1.00", "unapplied": "1.00"}
    total = f"{lists.rows['transaction']}.00 USD"
    words = await open_balance(api, INVOICE, 7)
    assert words == f"Open balance of the customer: {total}. Of it {total} would be applied."


@pytest.mark.parametrize(("lie", "offsets"), [(1, True), (0, False)])
async def test_an_open_balance_that_may_lack_something_is_at_least(
    lists: Lists, api: Api, lie: int, offsets: bool
) -> None:
    lists.rows["transaction"], lists.lie, lists.heeds_offset = 150, lie, offsets
    lists.make = lambda _: {"transaction_type": "pay", "amount": "1.00", "unapplied": "1.00"}
    words = await open_balance(api, INVOICE, 7)
    sure = "150.00" if offsets else "100.00"
    assert f"Open balance of the customer: at least {sure} USD (some transactions may be missing: " in words
    assert f"Of it at least {sure} USD would be applied." in words


async def test_the_latest_transactions_only_is_at_least(lists: Lists, api: Api) -> None:
    lists.rows["transaction"] = MOST_TRANSACTIONS + 1
    lists.make = lambda _: {"transaction_type": "pay", "amount": "1.00", "unapplied": "1.00"}
    words = await open_balance(api, INVOICE, 7)
    assert "at least 500.00 USD (the latest 500 transactions; older ones were not looked at)" in words
    assert "Of it 200.00 USD would be applied." in words


@pytest.mark.parametrize("largest", [1, 7, 100])
async def test_all_stored_methods(lists: Lists, api: Api, largest: int) -> None:
    lists.rows, lists.largest = {"creditcard": 12, "ach": 1}, largest
    methods, unread = await stored_methods(api, 7)
    assert [method.kind for method in methods] == ["crd"] * 12 + ["ach"]
    assert unread == []


async def test_stored_methods_that_may_be_missing_are_said(lists: Lists, api: Api) -> None:
    lists.rows, lists.lie = {"creditcard": 2}, 1
    methods, unread = await stored_methods(api, 7)
    assert len(methods) == 2
    assert unread[0].startswith("Some of the stored cards may be missing here: the server counts 3")


@pytest.mark.parametrize("largest", [1, 7, 30, 100])
async def test_candidates_are_all_or_said_to_be_cut(lists: Lists, api: Api, largest: int) -> None:
    lists.rows, lists.largest = {"country": 40, "customer": 130}, largest
    found = Candidates(api, RESOURCES["country"])
    assert len(await found.matching("")) == 40
    assert not found.cut
    if largest > 1:
        found = Candidates(api, RESOURCES["customer"])
        assert len(await found.matching("x")) in (0, MOST_FOUND)
        lists.rows["customer"] = 900
        again = Candidates(api, RESOURCES["customer"])
        assert len(await again.matching("x")) == MOST_FOUND
        assert again.cut


async def test_more_companies_than_are_named_are_said(lists: Lists, api: Api) -> None:
    lists.rows["customer"] = 3
    assert await _main_contact_of(api, 5) == ["customer 1", "customer 2", "customer 3"]
    lists.rows["customer"] = 9
    assert (await _main_contact_of(api, 5))[-2:] == ["customer 5", "perhaps others"]
