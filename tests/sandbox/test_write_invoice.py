"""Invoices: lines, taxes, dates and amounts when they are created, updated and deleted."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.sandbox.billing.totals import refresh_invoice, refresh_totals
from cotui.sandbox.database.store import Store
from tests.sandbox import account
from tests.sandbox.client import Client


async def invoice(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"invoice/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def customer(live: Client, **values: Any) -> int:
    return await live.made("customer", {"company": "New", **values})


async def made(live: Client, *lines: dict[str, Any], **values: Any) -> dict[str, Any]:
    """An invoice of a new customer (unless one is given)."""
    if not any(name.startswith("customer_") for name in values):
        values["customer_id"] = await customer(live)
    number = await live.made("invoice", {**values, "line_items": lines or [{"item_id": 1, "line_rate": 10}]})
    return await invoice(live, number)


def apply(store: Store, number: int, cents: int, kind: str = "pay") -> None:
    """Has a transaction pay for an invoice of a customer in cents."""
    with store.write() as connection:
        (customer_id,) = connection.execute(
            "SELECT customer_id FROM invoices WHERE invoice_id = ?", (number,)
        ).fetchone()
        cursor = connection.execute(
            "INSERT INTO transactions (customer_id, currency_id, token, amount, applied, transaction_date,"
            " transaction_datetime, transaction_type, write_datetime, mod_datetime)"
            " VALUES (?, 1, hex(randomblob(6)), ?, ?, '2026-03-14', 0, ?, 0, 0)",
            (customer_id, cents, cents, kind),
        )
        connection.execute(
            "INSERT INTO transaction_applied (transaction_id, invoice_id, applied) VALUES (?, ?, ?)",
            (cursor.lastrowid, number, cents),
        )
        refresh_invoice(connection, number, account.TODAY)
        refresh_totals(connection, customer_id)


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


async def test_placeholders_and_prices_of_lines(live: Client) -> None:
    """Zeros on new lines mean "not given"; without a rate the item's own price counts."""
    found = await made(
        live,
        {"item_id": 1, "tierset_id": 0, "line_item_id": 0, "line_quantity": 0, "item_is_usage": False},
        {"item_id": 2, "line_rate": 0, "line_quantity": 3, "descrip": ""},
        {"item_token": "itm000000001", "line_rate": None, "line_quantity": None},
        package_id=0,
    )

    first, second, third = found["line_items"]
    assert (first["line_rate"], first["line_quantity"], first["line_total"]) == (10.95, 1, 10.95)
    assert (first["descrip"], second["descrip"]) == ("Item 1", "")
    assert (second["line_rate"], second["line_quantity"], second["line_total"]) == (0, 3, 0)
    assert third["line_total"] == 10.95


async def test_money_has_the_decimals_of_the_customers_currency(live: Client) -> None:
    line = {"item_id": 1, "line_rate": "1.2345", "line_quantity": 3}
    totals = [(await made(live, line, customer_id=number))["total"] for number in (3, 1, 2)]

    assert totals == [3.7, 4, 3.704]  # dollars, yen, dinars: 3.7035, half away from zero
    assert (await made(live, {"item_id": 1, "line_rate": "0.0049", "line_quantity": 1}, customer_id=3))[
        "total"
    ] == 0


async def test_an_invoice_over_nothing_is_paid(live: Client) -> None:
    found = await made(live, {"item_id": 1, "line_rate": 5}, {"item_id": 1, "line_rate": -5})

    assert (found["total"], found["is_paid"], found["invoice_status_str"]) == (0, True, "closed-paid")
    assert found["paid_date"] == "2026-03-15"


def set_taxes(store: Store) -> None:
    with store.write() as connection:
        account.put(connection, "taxes", tax_id=1, name="Sales tax", country="United States", ppm=62_500)
        account.put(
            connection, "taxes", tax_id=2, name="CT tax", country="United States", state="CT", ppm=63_500
        )
        connection.execute("UPDATE items SET tax_group_id = 1, tax_group_name = 'Standard' WHERE item_id = 1")


async def test_taxes(live: Client, live_store: Store) -> None:
    set_taxes(live_store)
    lines = ({"item_id": 1, "line_rate": 100}, {"item_id": 2, "line_rate": 50})
    home = {"bill_country": "united states"}
    here = {"customer_id": await customer(live, **home)}
    plain = await made(live, *lines, **here)
    state = await made(live, *lines, **here, bill_country="United States", bill_state="CT")
    exempt = await made(live, *lines, customer_id=await customer(live, **home, no_taxes=True))
    abroad = await made(live, *lines, customer_id=await customer(live, bill_country="Canada"))

    assert (plain["subtotal"], plain["taxes"], plain["total"], plain["balance"]) == (
        150,
        6.25,
        156.25,
        156.25,
    )
    taxed, untaxed = plain["line_items"]
    assert (taxed["is_taxed"], taxed["tax_total"], taxed["tax_taxed"], taxed["tax_taxable"]) == (
        True,
        6.25,
        100,
        100,
    )
    assert (taxed["tax_name"], taxed["tax_group_name"], taxed["line_total"]) == (
        "Sales tax",
        "Standard",
        106.25,
    )
    assert (untaxed["is_taxed"], untaxed["tax_total"], untaxed["tax_name"]) == (False, 0, None)
    assert (state["taxes"], exempt["taxes"], abroad["taxes"]) == (6.35, 0, 0)

    # what was taxed keeps its tax until the line changes
    with live_store.write() as connection:
        connection.execute("UPDATE taxes SET ppm = 200000")
    await live.put(f"invoice/{plain['invoice_id']}", plain)
    assert (await invoice(live, plain["invoice_id"]))["taxes"] == 6.25
    taxed["line_quantity"] = 2
    await live.put(f"invoice/{plain['invoice_id']}", plain)
    assert (await invoice(live, plain["invoice_id"]))["total"] == 200 + 40 + 50


async def test_lines_kept_changed_new_and_left_out(live: Client) -> None:
    before = await made(
        live, *({"item_id": 1, "line_rate": rate, "descrip": f"Line {rate}"} for rate in (1, 2, 4))
    )
    keep, change, drop = (line["line_item_id"] for line in before["line_items"])
    answer = await live.put(
        f"invoice/{before['invoice_id']}",
        {
            "line_items": [
                {"line_item_id": str(keep)},
                {"line_item_id": change, "line_rate": "20", "descrip": "Changed"},
                {"item_token": "itm000000002", "line_rate": 100, "line_quantity": 2},
            ]
        },
    )
    assert answer.status == 202

    after = await invoice(live, before["invoice_id"])
    kept, changed, new = after["line_items"]
    assert kept == before["line_items"][0]
    assert (changed["line_item_id"], changed["line_total"], changed["descrip"]) == (change, 20, "Changed")
    assert new["line_item_id"] > drop  # the number of the line that went is not used again
    assert (after["total"], after["balance"]) == (221, 221)
    owner = (await live.get(f"customer/{after['customer_id']}")).response
    assert (owner["total"], owner["balance"]) == (221, 221)


async def test_another_item_on_a_line(live: Client) -> None:
    before = await made(live, {"item_id": 1, "line_rate": 7})
    line = before["line_items"][0]["line_item_id"]
    await live.put(
        f"invoice/{before['invoice_id']}",
        {"line_items": [{"line_item_id": line, "item_external_key": "sku2", "custom_2": "x"}]},
    )

    found = (await invoice(live, before["invoice_id"]))["line_items"][0]
    assert (found["item_id"], found["item_name"], found["item_type"]) == (2, "Item 2", "product")
    assert (found["line_total"], found["custom_2"]) == (7, "x")


async def test_without_lines_they_stay(live: Client) -> None:
    before = await made(live)
    for lines in ({}, {"line_items": None}):
        await live.put(f"invoice/{before['invoice_id']}", {"memo": "x", **lines})
    after = await invoice(live, before["invoice_id"])

    assert after == {**before, "memo": "x"}


async def test_lists_as_php_writes_them(live: Client) -> None:
    number = await customer(live)
    body = {
        "customer_id": number,
        "line_items": {"0": {"item_id": 1, "line_rate": 1}, "1": {"item_id": 2, "line_rate": 2}},
    }
    assert (await invoice(live, await live.made("invoice", body)))["total"] == 3
    single = {"customer_id": number, "line_items": {"item_id": 1, "line_rate": 4}}
    assert (await invoice(live, await live.made("invoice", single)))["total"] == 4


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


async def test_payments_bound_what_lines_can_become(live: Client, live_store: Store) -> None:
    before = await made(live, {"item_id": 1, "line_rate": 10, "line_quantity": 3})
    number, line = before["invoice_id"], before["line_items"][0]["line_item_id"]
    apply(live_store, number, 1200)
    partly = await invoice(live, number)
    assert (partly["payments"], partly["balance"], partly["invoice_status_str"]) == (12, 18, "open-unpaid")

    answer = await live.put(f"invoice/{number}", {"line_items": [{"line_item_id": line, "line_quantity": 1}]})
    assert answer.status == 400
    assert "applied" in answer.message
    assert await invoice(live, number) == partly

    await live.put(f"invoice/{number}", {"line_items": [{"line_item_id": line, "line_rate": 4}]})
    paid = await invoice(live, number)
    assert (paid["balance"], paid["invoice_status_str"], paid["paid_date"]) == (
        0,
        "closed-paid",
        "2026-03-14",
    )
    await live.put(f"invoice/{number}", {"line_items": [{"line_item_id": line, "line_rate": 5}]})
    reopened = await invoice(live, number)
    assert (reopened["balance"], reopened["is_paid"], reopened["paid_date"]) == (3, False, None)


async def test_credits_and_writeoffs_are_told_apart(live: Client, live_store: Store) -> None:
    number = (await made(live, {"item_id": 1, "line_rate": 500}))["invoice_id"]
    apply(live_store, number, 4250, "cre")
    apply(live_store, number, 750, "wri")

    found = await invoice(live, number)
    assert (found["credits"], found["writeoffs"], found["payments"]) == (42.5, 7.5, 0)
    assert (found["applied"], found["balance"], found["invoice_status_state"]) == (50, 450, "o")


async def test_a_schedule_shrinks_with_the_balance(live: Client, live_store: Store) -> None:
    before = await made(live, {"item_id": 1, "line_rate": 30})
    number, line = before["invoice_id"], before["line_items"][0]["line_item_id"]
    with live_store.write() as connection:
        for index, day in enumerate(("2026-04-01", "2026-05-01", "2026-06-01")):
            account.put(
                connection,
                "invoice_schedule",
                invoice_id=number,
                token=f"plan{index}",
                date=day,
                due_date=day,
                amount=1000,
                balance=1000,
            )
    await live.put(f"invoice/{number}", {"line_items": [{"line_item_id": line, "line_rate": 14}]})

    schedule = (await invoice(live, number))["schedule"]
    assert [(part["date"], part["amount"]) for part in schedule] == [("2026-04-01", 10), ("2026-05-01", 4)]


async def test_void_invoices_keep_their_lines(live: Client) -> None:
    found = await invoice(live, 4)
    assert found["is_void"]
    line = found["line_items"][0]["line_item_id"]
    for lines in (
        [{"line_item_id": line, "line_rate": 1}],
        [{"line_item_id": line}, {"item_id": 1}],
        [{"item_id": 1}],
    ):
        answer = await live.put("invoice/4", {"line_items": lines})
        assert (answer.status, answer.message) == (400, "The line items of a void invoice cannot be changed.")
    assert (await live.put("invoice/4", {"memo": "x", "line_items": [{"line_item_id": line}]})).status == 202
    after = await invoice(live, 4)
    assert (after["invoice_status_str"], after["balance"], after["memo"]) == ("closed-void", 0, "x")


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


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{"line_item_id": 2}],
        [{"line_item_id": 999}],
        [{"line_item_id": 1}, {"line_item_id": 1}],
        [{"line_item_id": "x"}],
        [{"line_item_id": -1}],
        [{"line_item_id": 1, "item_id": 2, "item_token": "itm000000001"}],
        [{"line_item_id": 1, "line_rate": "x"}],
        [{"line_item_id": 1}, {"descrip": "no item"}],
    ],
    ids=str,
)
async def test_lines_that_make_no_sense_on_update(live: Client, lines: list[Any]) -> None:
    before = await invoice(live, 1)
    assert (await live.put("invoice/1", {"memo": "x", "line_items": lines})).status == 400
    assert await invoice(live, 1) == before


async def test_a_disabled_item_can_be_billed(live: Client, live_store: Store) -> None:
    with live_store.write() as connection:
        connection.execute("UPDATE items SET enabled = 0")
    assert (await made(live))["total"] == 10


@pytest.mark.long
async def test_many_lines(live: Client) -> None:
    found = await made(live, *({"item_id": 1, "line_rate": "0.01"} for _ in range(2000)))

    assert (found["total"], len(found["line_items"])) == (20, 2000)
