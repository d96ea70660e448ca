"""A customer with open invoices, for tests about money."""

from __future__ import annotations

from typing import Any

from tests.sandbox.client import Client

CARD = {"number": "4111 1111 1111 1111", "expdate_year": "2030", "expdate_month": "08", "name": "Jane Doe"}
EXPIRED = {**CARD, "expdate_year": 2017}
DECLINED = {**CARD, "number": "4116196783374209"}
BANK = {"number": "856667", "routing": "072403004", "name": "Jane Doe", "type": "chec"}
DECLINE = "This transaction could not be processed: Your card was declined."
EXPIRY = "This transaction could not be processed: Your card has expired."


async def customer(client: Client, *totals: object, currency_id: int = 1) -> tuple[int, list[int]]:
    """Makes a customer without pay methods, and one invoice over each of the totals; answers the ids."""
    answer = await client.post(
        "customer",
        {
            "company": "Payer",
            "currency_id": currency_id,
            "superuser_email": "payer@example.com",
            "no_taxes": True,
        },
    )
    assert answer.status == 201, answer.envelope
    customer_id = answer.response["id"]
    invoices = []
    for total in totals:
        line = {"item_id": 1, "line_rate": total, "line_quantity": 1}
        made = await client.post("invoice", {"customer_id": customer_id, "line_items": [line]})
        assert made.status == 201, made.envelope
        invoices.append(made.response["id"])
    return customer_id, invoices


async def amounts(client: Client, invoice_id: int) -> dict[str, Any]:
    """What an invoice says about money, without what is 0."""
    row = (await client.get(f"invoice/{invoice_id}")).response
    names = ("credits", "payments", "writeoffs", "refunds", "balance", "applied")
    return {name: row[name] for name in names if row[name]} | {"status": row["invoice_status_str"]}


async def transaction(client: Client, number: int) -> dict[str, Any]:
    """A transaction as it is served."""
    answer = await client.get(f"transaction/{number}")
    assert answer.status == 200, answer.envelope
    return dict(answer.response)


async def outbox(client: Client) -> list[dict[str, Any]]:
    """The e-mails so far."""
    return list((await client.send("GET", "/_sandbox/outbox")).response)
