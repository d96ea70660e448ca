"""What is served: every catalogued field, lists and single records apart, and what is derived from what."""

from __future__ import annotations

import pytest

from cotui.catalog import Field, FieldType, Resource
from cotui.catalog.invoice_lines import LINE_ITEMS, SCHEDULE
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.item import ITEM
from cotui.catalog.objects.package import PACKAGE
from cotui.catalog.objects.transaction import TRANSACTION
from cotui.catalog.objects.user import USER
from tests.sandbox.client import Client

RESOURCES = (CUSTOMER, USER, INVOICE, ITEM, TRANSACTION, PACKAGE)
#: keys of very old accounts, which the sandbox is not
OLD = {"bill_email", "ship_email", "custtype_id"}
JSON_TYPES: dict[FieldType, tuple[type, ...]] = {
    FieldType.ID: (int,),
    FieldType.INTEGER: (int,),
    FieldType.NUMBER: (int, float),
    FieldType.MONEY: (int, float),
    FieldType.BOOLEAN: (bool,),
    FieldType.TAGS: (list,),
    FieldType.OBJECTS: (list, dict),
}


def check_types(fields: tuple[Field, ...], row: dict[str, object]) -> None:
    for item in fields:
        value = row.get(item.name)
        if value is None:
            continue
        if item.name == "gateway_status":
            assert value in (0, 1)
            continue
        wanted = JSON_TYPES.get(item.type, (str,))
        assert type(value) in wanted, (item.name, value)
        if item.type in (FieldType.MONEY, FieldType.NUMBER) and isinstance(value, float):
            assert not value.is_integer(), f"{item.name}: whole numbers are served as integers"


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda item: item.id)
async def test_every_catalogued_field_is_served(client: Client, resource: Resource) -> None:
    listed = {item.name for item in resource.fields if item.listed and "." not in item.name} - OLD
    single = {item.name for item in resource.fields if item.readable and "." not in item.name} - OLD

    rows = await client.rows(resource.path, limit=100)
    for row in rows:
        assert listed <= row.keys()
        check_types(resource.fields, row)
        one = (await client.get(f"{resource.path}/{row[resource.primary_key]}")).response
        assert single <= one.keys()
        assert row.items() <= one.items()
        check_types(resource.fields, one)


@pytest.mark.parametrize(
    ("url", "only_single"),
    [
        ("invoice", {"line_items", "schedule", "tags"}),
        ("user", {"customers"}),
        ("package", {"line_items"}),
        ("transaction", {"applied_to"}),
        ("item", {"categories", "service_data"}),
        ("customer", set()),
        ("terms", set()),
    ],
)
async def test_lists_are_thinner(client: Client, url: str, only_single: set[str]) -> None:
    row = (await client.rows(url, limit=1))[0]
    one = (await client.get(f"{url}/{next(iter(row.values()))}")).response

    assert one.keys() - row.keys() == only_single


@pytest.mark.parametrize(
    "subject",
    ["terms", "currency", "brand", "class", "admin", "language", "country", "campaign", "item_category"],
)
async def test_small_lists(client: Client, subject: str) -> None:
    rows = await client.rows(subject)

    assert rows
    assert all(row[f"{subject}_id"] >= 1 for row in rows)
    assert (await client.get(f"{subject}/_count")).response == len(rows)


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

    assert (row["class_id"], row["class_name"], row["campaign_id"]) == (0, "", 0)
    assert (row["admin_id"], row["admin_name"]) == (None, "")
    assert row["superuser_id"] is row["superuser_name"] is row["external_key"] is None


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
