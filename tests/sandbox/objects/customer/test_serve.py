"""Customers as they are served, and what is derived."""

from __future__ import annotations

import pytest

from tests.sandbox.client import Client


async def test_a_customer(client: Client) -> None:
    row = (await client.get("customer/1")).response

    assert row["company"] == row["display_as"] == "back\\slash 1"
    assert (row["currency_iso4217"], row["currency_symbol"]) == ("JPY", "¥")
    assert row["bill_block"] == "1 Main Street\nHamden CT 06517\nCanada"
    assert row["ship_block"] == ""
    assert row["superuser_email"] == "jane1@example.com"
    assert row["superuser_username"] == "user1"
    assert row["url_paymethodlink"] == "http://127.0.0.1:8080/r/paymethod/i/cus000000001"
    assert row["url_self"] == "http://127.0.0.1:8080/admin/r/customer/view/1"
    assert row["write_datetime"] == "2025-01-03T03:30:00-05:00"
    assert (row["terms_name"], row["terms_days"]) == ("Net 30", 30)
    assert (row["admin_name"], row["admin_email"]) == ("Sam Support", "support@example.com")
    assert (row["mrr"], row["arr"]) == (1095, 13140)
    assert row["tags"] == ["vip", "tag: 2"]
    assert row["no_taxes"] is True
    # two open invoices of 1007 and 1021 yen (100 of it paid) and one in collections of 1035
    assert row["balance"] == 1007 + 1021 - 100 + 1035
    assert row["total"] == 1007 + 1014 + 1021 + 1035


async def test_unset_values(client: Client) -> None:
    row = (await client.get("customer/6")).response

    assert (row["class_id"], row["class_name"], row["campaign_id"]) == (None, "", None)
    assert (row["admin_id"], row["admin_name"]) == (None, "")
    assert row["superuser_id"] is row["superuser_name"] is row["external_key"] is None
    assert (row["superuser_phone"], row["custtype_id"]) == ("", None)


async def test_statuses_of_customers(client: Client) -> None:
    rows = await client.rows("customer", limit=100)
    found = {row["customer_id"]: row["customer_status_str"] for row in rows}

    for row in rows:
        invoices = await client.rows("invoice", where=f"customer_id:EQUALS:{row['customer_id']}")
        overdue = any(invoice["is_overdue"] for invoice in invoices)
        assert row["balance"] == pytest.approx(sum(invoice["balance"] for invoice in invoices))
        if row["customer_status_state"] == "a":
            assert row["customer_status_str"] == ("active-overdue" if overdue else "active-current")
    assert found[3] == found[8] == "inactive-manual"
    assert found[4] == "inactive-activity"
    assert {row["customer_status_name"] for row in rows} >= {"Over Due", "Inactive"}
