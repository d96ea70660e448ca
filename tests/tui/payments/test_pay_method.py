"""How a customer pays by default."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from cotui.catalog.objects.creditcard import CREDITCARD
from cotui.catalog.objects.customer import CUSTOMER
from cotui.query import Query
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.payments.pay_method import PayChoice, PayMethodDialog
from cotui.tui.payments.stored_methods import StoredMethod
from tests.tui.flow import press, settle, status
from tests.tui.secrecy import act, flat, yes
from tests.tui.writing import Account, account, asked


async def _card(own: Account) -> tuple[int, int, str]:
    """A customer with a stored card: its id, the card's, the card's masked number."""
    page = await own.api.page(CREDITCARD, Query(), 0, 1)
    row = page.rows[0].raw
    return row["customer_id"], row["creditcard_id"], row["mask_number"]


async def _open(own: Account, pilot: Any, ref: int) -> PayMethodDialog:
    await act(pilot, CUSTOMER, "setPayMethod", ref)
    assert isinstance(own.app.screen, PayMethodDialog)
    return own.app.screen


async def test_a_stored_card_for_new_ones_only(tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        customer, card, mask = await _card(own)
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            dialog = await _open(own, pilot, customer)
            assert mask in flat(own.app)
            assert "expires" in flat(own.app)
            index = [method and method.ref for method in dialog._methods].index(card)
            await press(pilot, "home", *["down"] * index, "x", "enter")
            await asked(pilot)
            assert "Existing subscriptions and scheduled invoices stay as they are." in flat(own.app)
            await yes(pilot)
            assert "done: Set default pay method" in status(own.app)
            assert json.loads(own.line.sent[0].content) == {
                "paymethod": "crd",
                "creditcard_id": card,
                "update_subscriptions_and_scheduled_invoices": False,
            }
            row = (await own.api.get(CUSTOMER, customer)).raw
            assert (row["default_paymethod"], row["default_creditcard_id"]) == ("crd", card)


async def test_by_invoice_only_for_all(tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        customer, _, _ = await _card(own)
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await _open(own, pilot, customer)
            await press(pilot, "end", "enter")
            await asked(pilot)
            assert "Will be: by invoice only" in flat(own.app)
            await yes(pilot)
            assert json.loads(own.line.sent[0].content) == {
                "paymethod": "inv",
                "update_subscriptions_and_scheduled_invoices": True,
            }
            assert (await own.api.get(CUSTOMER, customer)).raw["default_paymethod"] == "inv"


@pytest.mark.sample("timeout before-It is not known")
@pytest.mark.parametrize(
    ("fault", "words"), [("400", "Refused: "), ("429", "Not sent: "), ("timeout before", "It is not known")]
)
async def test_after_a_failure_the_choice_is_still_there(fault: str, words: str, tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        customer, _, _ = await _card(own)
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            dialog = await _open(own, pilot, customer)
            own.line.fault = fault
            await press(pilot, "end", "x", "enter")
            await yes(pilot)
            assert isinstance(own.app.screen, ConfirmDialog)
            await press(pilot, "enter")
            assert own.app.screen is dialog
            assert words in flat(own.app)
            assert "[ ] Existing" in flat(own.app)
            assert len(own.line.sent) == 1
            await press(pilot, "escape")
            assert isinstance(own.app.screen, BrowseScreen)


@pytest.mark.parametrize(
    ("kind", "key"), [("crd", "creditcard_id"), ("ach", "ach_id"), ("tok", "tokenized_id")]
)
def test_every_kind_is_named_by_its_own_key(kind: str, key: str) -> None:
    choice = PayChoice(StoredMethod(kind, 7, "words"), True)
    assert choice.payload == {
        "paymethod": kind,
        key: 7,
        "update_subscriptions_and_scheduled_invoices": True,
    }


async def test_a_kind_that_may_not_be_read_is_said_and_blocks_nothing(tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        customer, _, mask = await _card(own)
        inner = own.line._inner
        own.line._inner = Refusing(inner, "/ach")
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await _open(own, pilot, customer)
            assert mask in flat(own.app)
            assert "The stored bank accounts could not be read: " in flat(own.app)
            await press(pilot, "end", "enter")
            await yes(pilot)
            assert "done: Set default pay method" in status(own.app)


class Refusing(httpx.AsyncBaseTransport):
    """Answers 403 to whatever ends in a path."""

    def __init__(self, inner: httpx.AsyncBaseTransport, path: str) -> None:
        self._inner = inner
        self._path = path

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(self._path):
            refusal = {"code": 403, "status": "Error", "message": "no", "response": False}
            return httpx.Response(403, json=refusal)
        return await self._inner.handle_async_request(request)
