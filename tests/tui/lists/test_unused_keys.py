"""Why a key that leads somewhere from other records does nothing on these."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES, Field, FieldType
from cotui.catalog.report_table import report_resource
from cotui.tui.lists.unused_keys import why_unused
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, press, settle, status, text_of

SIZE = (120, 40)
BALANCES = report_resource(
    5, "Balances", [Field("tenant_id", FieldType.ID, "Customer", "", references="customer")]
)


@pytest.mark.parametrize(
    ("object_id", "key", "why"),
    [
        (
            "transaction",
            "dollar_sign",
            "$ (payments) is a key of customers, invoices, subscriptions …, not of payments",
        ),
        ("report", "K", "K (ways to pay) is a key of customers, not of reports"),
        ("report_data", "i", "this row names no invoice"),
        ("report_data", "dollar_sign", "this row names no payment"),
        ("report_data", "K", "K (ways to pay) is no key of reports' rows"),
        ("customer", "Z", ""),
    ],
)
def test_what_is_said(object_id: str, key: str, why: str) -> None:
    assert why_unused(key, RESOURCES.get(object_id, BALANCES), {}) == why


def test_the_users_own_key_counts() -> None:
    own = {"relation.transactions": "P,exclamation_mark"}
    assert why_unused("dollar_sign", BALANCES, own) == ""
    assert why_unused("P", RESOURCES["transaction"], own).startswith("P (payments) is a key of customers")


async def test_it_is_said_on_lists_and_pages(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "5", "dollar_sign")
        assert status(app).startswith("$ (payments) is a key of")
        await press(pilot, "enter", "K")
        assert status(app).startswith("K (ways to pay) is a key of customers")
        await press(pilot, "Z")
        assert "is a key of" not in status(app)


async def test_on_an_empty_list_nothing_is_offered_that_needs_a_row(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert "c customer" in status(app)
        browse(app).bar.apply("id = 999999999")
        await settle(pilot)
        assert "No invoices match" in text_of(app)
        assert not {"c customer", "enter open", "a actions", "o order by column"} & set(
            status(app).split(" · ")
        )
        for key in ("c", "enter", "y", "a", "o"):
            await press(pilot, key)
            assert status(app) == "there is no row here to do that to"
        await press(pilot, "ctrl+u")
        assert "c customer" in status(app)
