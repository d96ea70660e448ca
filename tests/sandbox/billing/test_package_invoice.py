"""Invoices that a subscription makes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client
from tests.sandbox.subscriptions import done, invoiced, made, package


async def test_invoicing(live: Client) -> None:
    row = await made(live, paycycle="qtr", line_items=[{"item_id": 1, "line_quantity": 3, "custom_1": "c"}])
    invoice = await invoiced(live, row["package_id"])

    assert (invoice["package_id"], invoice["invoice_index"], invoice["paycycle"]) == (
        row["package_id"],
        1,
        "qtr",
    )
    assert (invoice["date"], invoice["cycle_pre_to_date"]) == ("2026-03-15", "2026-06-14")
    assert invoice["refnumber"] == str(invoice["invoice_id"])
    (line,) = invoice["line_items"]
    # monthly prices, billed for three months; a flat price does not depend on the quantity
    assert (line["line_rate"], line["line_quantity"], line["line_total"]) == (32.85, 1, 32.85)
    assert (line["item_name"], line["custom_1"], line["number_of_recurs_line"]) == ("Item 1", "c", 1)
    assert invoice["total"] == invoice["sum_base"] == invoice["balance"] == 32.85
    after = await package(live, row["package_id"])
    assert (after["amount_invoiced"], after["amount_due"]) == (32.85, 32.85)
    assert after["next_invoice_datetime"] == "2026-06-15T00:00:01-04:00"
    assert (await live.get(f"invoice/_count?where=package_id:EQUALS:{row['package_id']}")).response == 1


@pytest.mark.parametrize("body", [None, {}, "", {"date": None}, {"date": ""}])
async def test_invoice_now_with_every_kind_of_empty_body(live: Client, body: Any) -> None:
    row = await made(live)
    assert (await invoiced(live, row["package_id"], body))["date"] == "2026-03-15"


async def test_the_next_scheduled_invoice(live: Client) -> None:
    row = await made(live, holduntil_datetime="2026-05-31 08:00:00")
    number = row["package_id"]
    dates = [(await invoiced(live, number, {"date": "NEXT_SCHEDULED_INVOICE"}))["date"] for _ in range(3)]
    assert dates == ["2026-05-31", "2026-06-30", "2026-07-30"]

    assert (await invoiced(live, number, {"date": "2026-01-31"}))["date"] == "2026-01-31"


async def test_the_day_of_the_month_survives_short_months(live: Client, live_store: Store) -> None:
    row = await made(live)
    with live_store.write() as connection:
        begin = int(datetime(2026, 1, 31, 17, tzinfo=UTC).timestamp())
        connection.execute(
            "UPDATE packages SET start_datetime = ?, next_invoice_datetime = ? WHERE package_id = ?",
            (begin, begin, row["package_id"]),
        )
    scheduled = {"date": "NEXT_SCHEDULED_INVOICE"}
    dates = [(await invoiced(live, row["package_id"], scheduled))["date"] for _ in range(4)]

    assert dates == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


async def test_the_invoice_is_sent_by_e_mail(live: Client, live_store: Store) -> None:
    def outbox() -> list[tuple[str, str]]:
        with live_store.read() as reader:
            return reader.connection.execute("SELECT recipients, cause FROM outbox").fetchall()

    row = await made(live)
    await invoiced(live, row["package_id"])
    assert outbox() == [("jane3@example.com", "package.invoice")]
    await live.post(f"package/{row['package_id']}?action=invoice&_flag_emails=0")
    assert len(outbox()) == 1
    assert (
        await live.post(f"package/{row['package_id']}?action=welcome", {"message_id": 19})
    ).response is True
    assert outbox()[1] == ("jane3@example.com", "package.welcome")


async def test_discounts(live: Client) -> None:
    discount = await live.made("item", {"name": "Half off", "type": "discount", "pricemodel": {"base": 2}})
    row = await made(live, line_items=[{"item_id": 1}, {"item_id": discount}])
    percent = {"item_id": discount, "tierset": {"pricemodel": "fla", "percent": 50}}
    await done(live, row["package_id"], "upgrade", {"line_items": [percent]})
    invoice = await invoiced(live, row["package_id"])

    assert [line["line_total"] for line in invoice["line_items"]] == [10.95, -2, -4.48]
    assert invoice["total"] == 4.47


async def test_discounts_cannot_be_more_than_all_else(live: Client) -> None:
    discount = await live.made("item", {"name": "Free", "type": "discount", "pricemodel": {"base": 99}})
    row = await made(live, line_items=[{"item_id": 1}, {"item_id": discount}])
    answer = await live.post(f"package/{row['package_id']}?action=invoice")

    assert (answer.status, answer.response) == (400, False)
    assert (await package(live, row["package_id"]))["amount_invoiced"] == 0
