"""E-mails about money: receipts."""

from __future__ import annotations

from tests.sandbox.client import Client
from tests.sandbox.money_account import (
    CARD,
    customer,
    outbox,
)


async def test_receipts(live: Client) -> None:
    customer_id, (number,) = await customer(live, 10)
    send = {"customer_id": customer_id, "applied_to": [number], "paymethods": [CARD]}
    paid = await live.post("transaction?action=pay&_flag_emails=0", send)
    assert await outbox(live) == []
    payment = paid.response["id"]
    assert (await live.post(f"transaction/{payment}?action=email")).response is True
    full = {
        "email": "a@example.com, b@example.com",
        "cc": "c@example.com",
        "bcc": "d@example.com",
        "subject": "Hi\r\nBcc: evil@example.com",
        "body": "text",
        "html": "<b>text</b>",
        "from": "shop@example.com",
        "message_id": 3,
    }
    assert (await live.post(f"transaction/{payment}/_action/email", full)).response is True
    plain, written = await outbox(live)
    assert plain["to"] == ["payer@example.com"]
    assert "$ 10.00" in plain["body"]
    assert "Visa x1111" in plain["body"]
    assert written["to"] == ["a@example.com", "b@example.com"]
    assert written["subject"] == "Hi Bcc: evil@example.com"
    assert (written["cc"], written["bcc"], written["from"]) == (
        ["c@example.com"],
        ["d@example.com"],
        "shop@example.com",
    )
    assert (written["body"], written["html"], written["cause"]) == (
        "text",
        "<b>text</b>",
        "transaction.email",
    )
    for wrong in ({"email": "nobody"}, {"email": {}}, {"message_id": "x"}, {"subject": []}):
        assert (await live.post(f"transaction/{payment}?action=email", wrong)).status == 400
