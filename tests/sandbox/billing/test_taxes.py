"""Taxes of invoices."""

from __future__ import annotations

import pytest

from cotui.sandbox.billing.taxes import Tax
from cotui.sandbox.database.store import Store
from tests.sandbox import account
from tests.sandbox.client import Client
from tests.sandbox.invoices import customer, invoice, made


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
        "1",
        6.25,
        100,
        100,
    )
    assert (taxed["tax_name"], taxed["tax_group_name"], taxed["line_total"]) == (
        "Sales tax",
        "Standard",
        106.25,
    )
    assert (untaxed["is_taxed"], untaxed["tax_total"], untaxed["tax_name"]) == ("0", 0, None)
    assert (state["taxes"], exempt["taxes"], abroad["taxes"]) == (6.35, 0, 0)

    # what was taxed keeps its tax until the line changes
    with live_store.write() as connection:
        connection.execute("UPDATE taxes SET ppm = 200000")
    await live.put(f"invoice/{plain['invoice_id']}", plain)
    assert (await invoice(live, plain["invoice_id"]))["taxes"] == 6.25
    taxed["line_quantity"] = 2
    await live.put(f"invoice/{plain['invoice_id']}", plain)
    assert (await invoice(live, plain["invoice_id"]))["total"] == 200 + 40 + 50


@pytest.mark.parametrize("cents", [8, 80, 240, 1])
async def test_the_tax_of_what_is_taken_back_cancels_that_of_what_was_charged(
    live: Client, live_store: Store, cents: int
) -> None:
    """The demo's 6.25 percent in Minnesota of 8 cents are half a cent, which is rounded alike on both sides."""
    set_taxes(live_store)
    amount = cents / 100
    found = await made(
        live,
        {"item_id": 1, "line_rate": amount},
        {"item_id": 1, "line_rate": -amount},
        customer_id=await customer(live, bill_country="United States", bill_state="MN"),
    )
    charged, taken_back = (line["tax_total"] for line in found["line_items"])

    assert charged == -taken_back
    assert (found["subtotal"], found["taxes"], found["total"], found["balance"]) == (0, 0, 0, 0)


def test_half_a_unit_of_tax() -> None:
    tax = Tax(1, "Half", 500_000)
    assert [tax.on(amount) for amount in (-3, -2, -1, 0, 1, 2, 3)] == [-2, -1, -1, 0, 1, 1, 2]
