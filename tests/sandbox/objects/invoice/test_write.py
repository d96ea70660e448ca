"""Invoices: lines, taxes, dates and amounts when they are created, updated and deleted."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client
from tests.sandbox.invoices import apply, customer, invoice, made


async def test_an_invoice_and_what_follows_from_it(live: Client) -> None:
    number = await customer(
        live,
        terms_id=2,
        class_id=1,
        admin_id=1,
        bill_addr1="1 Main Street",
        bill_city="Hamden",
        bill_state="CT",
        bill_postcode="06517",
        ship_city="Bremen",
    )
    found = await made(
        live,
        {"item_id": 1, "descrip": "Work\n  at night", "line_rate": "2.95", "line_quantity": "2"},
        {"item_external_key": "sku2", "line_rate": 100, "line_quantity": 1.5, "custom_1": "x"},
        customer_id=number,
        memo="Thanks",
        custom_3="c",
    )

    assert (found["subtotal"], found["taxes"], found["total"], found["balance"]) == (
        155.9,
        0,
        155.9,
        155.9,
    )
    assert (found["sum_onetime"], found["sum_base"], found["sum_usage"], found["applied"]) == (155.9, 0, 0, 0)
    assert (found["date"], found["due_date"], found["terms_name"]) == ("2026-03-15", "2026-04-14", "Net 30")
    assert (found["cycle_this_date"], found["package_id"], found["paycycle"]) == ("2026-03-15", None, None)
    assert (found["invoice_status_str"], found["is_paid"], found["is_overdue"]) == (
        "open-unpaid",
        False,
        False,
    )
    assert found["refnumber"] == str(found["invoice_id"])
    assert found["bill_block"] == "1 Main Street\r\nHamden, CT 06517"
    assert found["ship_block"] == "Bremen"
    assert (found["class_name"], found["admin_name"], found["memo"], found["custom_3"]) == (
        "Retail",
        "Sam Support",
        "Thanks",
        "c",
    )
    first, second = found["line_items"]
    assert (first["line_total"], first["descrip"], first["line_quantity"]) == (5.9, "Work\n  at night", 2)
    assert (first["item_name"], first["tierset_id"], first["is_base"]) == ("Item 1", None, False)
    assert (second["item_id"], second["item_type"], second["line_total"]) == (2, "product", 150)
    assert second["custom_1"] == "x"
    owner = (await live.get(f"customer/{number}")).response
    assert (owner["total"], owner["balance"], owner["paid"]) == (155.9, 155.9, 0)


@pytest.mark.parametrize(
    "reference",
    [
        {"customer_id": "2"},
        {"customer_external_key": "Key-2"},
        {"customer_token": "cus000000002", "customer_id": 0},
    ],
)
async def test_forms_of_the_customer(live: Client, reference: dict[str, Any]) -> None:
    assert (await made(live, **reference))["customer_id"] == 2


async def test_dates(live: Client) -> None:
    assert (await made(live, date="2026-02-01"))["due_date"] == "2026-02-01"
    assert (await made(live, invoice_date="2026-02-01", terms_id=2))["due_date"] == "2026-03-03"
    assert (await made(live, date="2015-06-08T00:00:00"))["date"] == "2015-06-08"
    assert (await made(live, date=None, invoice_date=""))["date"] == "2026-03-15"
    late = await made(live, date="2026-03-01")
    assert (late["invoice_status_str"], late["days_overdue"], late["overdue"]) == ("open-overdue", 14, 10)
    owner = (await live.get(f"customer/{late['customer_id']}")).response
    assert owner["customer_status_str"] == "active-overdue"


async def test_an_address_of_its_own(live: Client) -> None:
    found = await made(live, customer_id=2, bill_city="Boston", ship_state="MA")

    assert (found["bill_block"], found["ship_block"]) == ("Boston", "MA")


async def test_money_has_the_decimals_of_the_customers_currency(live: Client) -> None:
    line = {"item_id": 1, "line_rate": "1.2345", "line_quantity": 3}
    totals = [(await made(live, line, customer_id=number))["total"] for number in (3, 1, 2)]

    assert totals == [3.7, 4, 3.704]  # dollars, yen, dinars: 3.7035, half away from zero
    assert (await made(live, {"item_id": 1, "line_rate": "0.0049", "line_quantity": 1}, customer_id=3))[
        "total"
    ] == 0


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 8])
async def test_a_fetched_invoice_can_be_put_back(live: Client, number: int) -> None:
    """All stages, three currencies, external keys; only amounts that never agreed with their lines change."""
    await live.put(f"invoice/{number}", {"memo": "settled"})
    before = await invoice(live, number)
    assert (await live.put(f"invoice/{number}", before)).status == 202
    assert await invoice(live, number) == before


async def test_what_update_changes_beside_lines(live: Client) -> None:
    before = await made(live, external_key="ext-1")
    number = before["invoice_id"]
    await live.put(
        f"invoice/external_key:{before['external_key']}",
        {
            "date": "2026-01-10",
            "terms_id": 2,
            "refnumber": "R-1",
            "external_key": "ext-2",
            "admin_id": 1,
            "bill_state": "VT",
            "ship_notes": "Ring twice",
            "memo": "a\r\nb",
            "custom_1": 5,
            "customer_id": 1,
            "total": 99,
            "is_paid": True,
        },
    )
    after = await invoice(live, number)

    assert (after["date"], after["due_date"], after["days_overdue"]) == ("2026-01-10", "2026-02-09", 34)
    assert (after["refnumber"], after["external_key"], after["admin_name"]) == ("R-1", "ext-2", "Sam Support")
    assert (after["bill_state"], after["ship_notes"], after["memo"], after["custom_1"]) == (
        "VT",
        "Ring twice",
        "a\r\nb",
        "5",
    )
    assert (after["customer_id"], after["total"], after["is_paid"]) == (before["customer_id"], 10, False)
    await live.put(f"invoice/{number}", {"invoice_date": "2026-01-11", "refnumber": "", "terms_id": 0})
    again = await invoice(live, number)
    assert (again["date"], again["due_date"], again["refnumber"]) == ("2026-01-11", "2026-02-10", "R-1")


async def test_delete_only_while_nothing_is_applied(live: Client, live_store: Store) -> None:
    found = await made(live)
    number = found["invoice_id"]
    assert (await live.delete(f"invoice/{number}")).response is True
    assert (await live.get(f"invoice/{number}")).status == 404
    owner = (await live.get(f"customer/{found['customer_id']}")).response
    assert (owner["total"], owner["balance"]) == (0, 0)
    with live_store.read() as reader:
        sql = "SELECT count(*) FROM invoice_lines WHERE invoice_id = ?"
        assert reader.connection.execute(sql, (number,)).fetchone() == (0,)

    paid = (await made(live))["invoice_id"]
    assert paid > number
    apply(live_store, paid, 1)
    answer = await live.delete(f"invoice/{paid}")
    assert answer.status == 400
    assert "applied" in answer.message


async def test_external_keys_are_unique(live: Client) -> None:
    await made(live, external_key="inv-1")
    answer = await live.post(
        "invoice", {"customer_id": 1, "external_key": "inv-1", "line_items": [{"item_id": 1}]}
    )
    assert (answer.status, answer.message) == (
        400,
        'An invoice already exists with the external_key value "inv-1"',
    )
    assert (await live.put("invoice/1", {"external_key": "inv-1"})).status == 400
    assert (await live.put("invoice/external_key:inv-1", {"external_key": "inv-1"})).status == 202


GOOD = {"item_id": 1, "line_rate": 1}


@pytest.mark.parametrize(
    "sent",
    [
        {"customer_id": 0},
        {"customer_id": 999},
        {"customer_id": 1, "customer_token": "cus000000001"},
        {"line_items": []},
        {"line_items": None},
        {"line_items": "x"},
        {"line_items": [1]},
        {"line_items": {}},
        {"line_items": [GOOD, {"line_rate": 5}]},
        {"line_items": [{"item_id": 99, "line_rate": 5}]},
        {"line_items": [{"item_id": 1, "item_token": "itm000000001"}]},
        {"line_items": [{"item_external_key": "nothing"}]},
        {"line_items": [{**GOOD, "line_rate": "ten"}]},
        {"line_items": [{**GOOD, "line_rate": True}]},
        {"line_items": [{**GOOD, "line_rate": 1e11}]},
        {"line_items": [{**GOOD, "line_rate": "1e308"}]},
        {"line_items": [{**GOOD, "line_rate": 1e9, "line_quantity": 1e9}]},
        {"line_items": [{**GOOD, "line_quantity": -1}]},
        {"line_items": [{**GOOD, "line_quantity": []}]},
        {"line_items": [{**GOOD, "line_rate": -5}]},
        {"line_items": [{**GOOD, "descrip": {}}]},
        {"date": "2026-02-30"},
        {"date": "soon"},
        {"date": 20260101},
        {"date": "9999-12-31", "terms_id": 2},
        {"terms_id": 99},
        {"currency_id": 2},
        {"currency_id": 99},
        {"class_id": 99},
        {"admin_external_key": "nobody"},
        {"memo": []},
    ],
    ids=lambda sent: str(sent)[:60],
)
async def test_values_that_make_no_sense(live: Client, sent: dict[str, Any]) -> None:
    answer = await live.post("invoice", {"customer_id": 3, "line_items": [GOOD], **sent})

    assert answer.status == 400, answer.envelope
    assert answer.response is False
    assert (await live.get("invoice/_count")).response == 70


async def test_a_disabled_item_can_be_billed(live: Client, live_store: Store) -> None:
    with live_store.write() as connection:
        connection.execute("UPDATE items SET enabled = 0")
    assert (await made(live))["total"] == 10
