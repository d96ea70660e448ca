"""Lines and scheduled payments of a single invoice, in its own currency."""

from __future__ import annotations

from tests.sandbox.client import Client
from tests.sandbox.invoices import made


async def test_amounts_of_a_line_are_in_the_invoice_s_currency(client: Client) -> None:
    # customers 1 to 3 pay in yen, dinars and dollars
    for number, unit in ((1, 1), (6, 1000), (11, 100)):
        (line,) = (await client.get(f"invoice/{number}")).response["line_items"]
        total = 1000 + number * 7
        assert line["line_subtotal"] == line["line_total"] == total / unit
        assert line["line_rate"] == 2.5


async def test_flags_are_served_as_recorded_and_what_nothing_sets_is_null(client: Client) -> None:
    (line,) = (await client.get("invoice/1")).response["line_items"]
    assert line["is_taxed"] == "1"
    assert line["is_base"] is line["is_recurring"] is False
    assert line["admin_id"] is line["package_obligation_id"] is line["package_line_id"] is None
    assert (line["item_external_key"], line["item_token"]) == ("sku2", "itm000000002")


async def test_a_line_keeps_what_was_sent(live: Client) -> None:
    sent = {
        "item_id": 1,
        "descrip": "Two\nlines",
        "line_rate": 12.345678,
        "line_quantity": 1.5,
        "custom_10": "x",
    }
    (line,) = (await made(live, sent))["line_items"]
    assert {name: line[name] for name in sent} == sent
    assert line["line_total"] == 18.52


async def test_scheduled_payments_have_links_and_days(client: Client) -> None:
    row = (await client.get("invoice/3")).response
    (payment,) = row["schedule"]
    assert (payment["amount"], payment["balance"]) == (500, 500)
    assert payment["amount_or_percent_formatted"] == "¥ 500"
    assert payment["days_overdue"] == 14
    assert payment["url_paylink"] == "http://127.0.0.1:8080/r/trans/pay/sch000000003"
    assert payment["url_ttl_paylink"] == "http://127.0.0.1:8080/r/trans/ttlpay/sch000000003"


async def test_lists_have_neither(client: Client) -> None:
    for row in await client.rows("invoice", limit=5):
        assert not {"line_items", "schedule"} & row.keys()
