"""Laying money on invoices."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.money_account import (
    CARD,
    amounts,
    customer,
    transaction,
)

CLOSED = {"payments": 10.95, "applied": 10.95, "status": "closed-paid"}


@pytest.mark.parametrize(
    "form",
    [
        lambda number: [{"invoice_id": number}],
        lambda number: [number],
        lambda number: [str(number)],
        lambda number: {"invoice_id": number},
        lambda number: {"0": {"invoice_id": str(number), "applied": "10.95"}},
        lambda number: [{"invoice_id": number, "applied": None}],
        lambda number: number,
    ],
    ids=["objects", "ids", "texts", "one object", "indexed", "null", "one id"],
)
async def test_every_form_of_applied_to(live: Client, form: Any) -> None:
    """Section 21 lists them: each was sent by some client."""
    customer_id, (number,) = await customer(live, "10.95")
    paid = await live.post(
        "transaction?action=pay",
        {"customer_id": customer_id, "applied_to": form(number), "paymethods": [CARD]},
    )
    assert (paid.status, set(paid.response)) == (200, {"id"})
    assert await amounts(live, number) == CLOSED
    served = await transaction(live, paid.response["id"])
    assert served["applied_to"] == [{"invoice_id": number, "applied": 10.95}]
    assert (served["amount"], served["unapplied"]) == (10.95, 0)
    assert (served["transaction_method"], served["transaction_detail"]) == ("Visa", "x1111")

    customer_id, (number,) = await customer(live, "10.95")
    recorded = {"customer_id": customer_id, "amount": "10.95", "applied_to": form(number)}
    made = await live.post("transaction", recorded)
    assert made.status == 201
    assert made.headers["location"].endswith(f"/api/v3/transaction/{made.response['id']}")
    assert await amounts(live, number) == CLOSED


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("best_fit", [0, 7, 0]),
        ("oldest", [5, 2, 0]),
        ("newest", [0, 0, 7]),
        ("none", [0, 0, 0]),
        (None, [0, 0, 0]),
    ],
)
async def test_auto_apply(live: Client, how: str | None, expected: list[int]) -> None:
    customer_id, invoices = await customer(live, 5, 7, 9)
    made = await live.post("transaction", {"customer_id": customer_id, "amount": 7, "auto_apply": how})
    assert made.status == 201
    assert [(await amounts(live, number)).get("payments", 0) for number in invoices] == expected


REFUSED: list[dict[str, Any]] = [
    {},
    {"amount": 0},
    {"amount": -1},
    {"amount": "many"},
    {"amount": 1e300},
    {"amount": True},
    {"amount": 1, "transaction_type": "spl"},
    {"amount": 1, "gateway_status": "perhaps"},
    {"amount": 1, "gateway_status": []},
    {"amount": 1, "auto_apply": "random"},
    {"amount": 1, "auto_apply": ["x"]},
    {"amount": 1, "transaction_date": "yesterday"},
    {"amount": 1, "applied_to": [999999]},
    {"amount": 1, "applied_to": [[]]},
    {"amount": 1, "applied_to": [{}]},
    {"amount": 1, "applied_to": [1]},
    {"amount": 1, "applied_to": True},
    {"amount": 1, "applied_to": "x"},
    {"amount": 1, "external_key": {}},
    {"amount": 2, "applied_to": [{"invoice_id": "MINE", "applied": 3}]},
    {"amount": 99, "applied_to": [{"invoice_id": "MINE", "applied": 11}]},
    {"amount": 99, "applied_to": [{"invoice_id": "MINE", "applied": -1}]},
    {"amount": 9, "applied_to": [{"invoice_id": "MINE", "applied": 1}, {"invoice_id": "MINE", "applied": 1}]},
    {"amount": 5, "transaction_type": "ref", "applied_to": ["MINE"]},
    {"transaction_datetime": "9999-12-31T23:59:59-14:00", "amount": 1},
    {"transaction_datetime": "0001-01-01T00:00:00+14:00", "amount": 1},
    {"void_datetime": "0001-01-01T00:00:00+14:00", "amount": 1},
]


@pytest.mark.parametrize("payload", REFUSED, ids=str)
async def test_what_does_not_fit_changes_nothing(live: Client, payload: dict[str, Any]) -> None:
    customer_id, (number,) = await customer(live, 10)

    def mine(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: mine(item) for key, item in value.items()}
        return (
            [mine(item) for item in value]
            if isinstance(value, list)
            else number
            if value == "MINE"
            else value
        )

    before = (await live.get("transaction/_count")).response
    made = await live.post("transaction", {"customer_id": customer_id, **mine(payload)})
    assert (made.status, made.response) == (400, False)
    assert made.message
    assert (await live.get("transaction/_count")).response == before
    assert (await live.get(f"invoice/{number}")).response["balance"] == 10


DOLLARS, YEN, DINARS = 1, 2, 3


@pytest.mark.parametrize(
    ("currency_id", "amount", "decimals"),
    [(DOLLARS, 1.005, 2), (DOLLARS, "0.001", 2), (YEN, 10.5, 0), (DINARS, 1.2345, 3), (DOLLARS, 10 / 3, 2)],
)
async def test_amounts_finer_than_their_currency(
    live: Client, currency_id: int, amount: Any, decimals: int
) -> None:
    customer_id, (number,) = await customer(live, 20, currency_id=currency_id)
    paid = await live.made("transaction", {"customer_id": customer_id, "amount": 15, "applied_to": [number]})
    before = await amounts(live, number)
    calls: list[tuple[str, Any, str]] = [
        ("transaction", {"customer_id": customer_id, "amount": amount}, "amount"),
        ("transaction?action=pay", {"customer_id": customer_id, "amount": amount}, "amount"),
        (
            "transaction",
            {
                "customer_id": customer_id,
                "amount": 5,
                "applied_to": [{"invoice_id": number, "applied": amount}],
            },
            "applied",
        ),
        (f"transaction/{paid}?action=refund", {"amount": amount}, "amount"),
        (
            f"transaction/{paid}?action=changeAppliedAmounts",
            {"applied_to": [{"invoice_id": number, "applied": amount}]},
            "applied",
        ),
        (
            f"invoice/{number}?action=schedule",
            {"schedule": [{"date": "2026-04-01", "amount": amount}]},
            "amount",
        ),
    ]
    for url, payload, name in calls:
        answer = await live.post(url, payload)
        assert answer.status == 400, url
        assert answer.message == (
            f"Missing or invalid parameter: {name} ({amount} is finer than its currency, which has"
            f" {decimals} decimals)"
        )
    assert await amounts(live, number) == before


@pytest.mark.parametrize("amount", [3 * 9.95, 0.1 + 0.2, "29.850", 29.85, 1e1])
async def test_amounts_that_clients_have_computed(live: Client, amount: Any) -> None:
    customer_id, _ = await customer(live)
    number = await live.made("transaction", {"customer_id": customer_id, "amount": amount})

    assert (await transaction(live, number))["amount"] == round(float(amount), 2)
