"""Invoices as they are served, and what is derived."""

from __future__ import annotations

import pytest

from cotui.catalog.invoice_lines import LINE_ITEMS, SCHEDULE
from tests.sandbox.client import Client
from tests.sandbox.served_types import check_types


async def test_an_invoice(client: Client) -> None:
    row = (await client.get("invoice/8")).response

    assert row["customer_id"] == 2
    assert (row["total"], row["payments"], row["balance"]) == (1.056, 0.1, 0.956)
    assert row["applied"] == 0.1
    assert row["refnumber"] == "8"
    assert row["bill_block"] == "Hamden, CT\r\nCanada"
    assert row["url_permalink"] == "http://127.0.0.1:8080/r/invoice/view/inv000000008"
    assert row["url_paylink"] == "http://127.0.0.1:8080/r/trans/pay/inv000000008"
    assert row["url_pdflink"] == "http://127.0.0.1:8080/r/invoice/pdf/inv000000008"
    (line,) = row["line_items"]
    assert {item.name for item in LINE_ITEMS} <= line.keys()
    assert (line["line_rate"], line["line_quantity"], line["item_external_key"]) == (2.5, 4, "sku1")
    (payment,) = row["schedule"]
    assert {item.name for item in SCHEDULE} <= payment.keys()
    assert payment["days_overdue"] == 14
    assert payment["amount"] == 0.5
    assert payment["amount_or_percent_formatted"] == "KD 0.500"
    check_types(LINE_ITEMS, {name: value for name, value in line.items() if not name.startswith("usage_")})
    check_types(SCHEDULE, payment)


async def test_statuses_of_invoices(client: Client) -> None:
    seen = set()
    for row in await client.rows("invoice", limit=100):
        state, name = row["invoice_status_str"].split("-")
        seen.add(name)
        past_due = row["due_date"] < "2026-03-15"
        assert row["invoice_status_state"] == state[0]
        assert row["is_paid"] is (state == "closed")
        assert row["is_void"] is (name == "void")
        assert row["is_overdue"] is (state == "open" and past_due)
        assert (row["days_overdue"] > 0) is past_due
        assert row["overdue"] == (row["balance"] if row["is_overdue"] else 0)
        if name in ("overdue", "unpaid"):
            assert name == ("overdue" if past_due else "unpaid")
        if name == "void":
            assert row["balance"] == 0
    assert seen == {"paid", "void", "collections", "overdue", "unpaid"}


async def test_due_today_is_not_overdue(client: Client) -> None:
    rows = [row for row in await client.rows("invoice", limit=100) if row["due_date"] == "2026-03-15"]

    assert all(not row["is_overdue"] and row["days_overdue"] == 0 for row in rows)


async def test_lines_are_added_to_lists(client: Client) -> None:
    plain = await client.rows("invoice", limit=6)
    rows = await client.rows("invoice", limit=6, expand="invoice_items,line_items")
    assert not any("line_items" in row for row in plain)
    for row in rows:
        one = (await client.get(f"invoice/{row['invoice_id']}")).response
        assert row["line_items"] == one["line_items"] != []
        assert {line["is_taxed"] for line in row["line_items"]} <= {"0", "1"}


@pytest.mark.parametrize("name", ["balance", "total", "subtotal"])
async def test_amounts_are_filters(client: Client, name: str) -> None:
    """No list of the vendor's has them; a live app pages all unpaid invoices by `balance:GT:0`."""
    rows = await client.rows("invoice", limit=100)
    for sign, meets in (("GT", float.__gt__), ("LTE", float.__le__), ("EQUALS", float.__eq__)):
        for bound in (0, 10.07, 1007):
            found = await client.rows("invoice", where=f"{name}:{sign}:{bound}", limit=100)
            assert found == [row for row in rows if meets(float(row[name]), float(bound))]
            count = (await client.get(f"invoice/_count?where={name}:{sign}:{bound}")).response
            assert count == len(found)
