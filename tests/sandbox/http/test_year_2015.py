"""Under `--compat 2015` records look as they were recorded then."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.service import Service
from cotui.sandbox.http.year_2015 import as_of_2015, naive, old_mask
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.money_account import CARD, customer
from tests.sandbox.recordings import FIXTURES
from tests.sandbox.subscriptions import made

#: Keys that only some of the recorded records have.
SOMETIMES = {
    "subtotal",
    "taxes",
    "applied",
    "cycle_this_date",
    "superuser_username",
    "item_name",
    "item_external_key",
    "item_token",
    "item_accounting_sku",
    "tax_taxable",
    "tax_taxed",
    "tax_total",
}


@pytest.fixture
def old(live_store: Store) -> Client:
    """A client of an account that serves what was served in 2015."""
    service = Service(compat=2015)
    return Client(create_app(live_store, credentials=CREDENTIALS, clock=account.now, service=service))


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")
@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("customer_list__ruby_vcr.json", "customer"),
        ("customer_get__ruby_vcr.json", "customer/1"),
        ("user_list__ruby_vcr.json", "user"),
        ("user_get__ruby_vcr.json", "user/1"),
        ("invoice_query_status_ordered__ruby_vcr.json", "invoice"),
        ("invoice_get_before_void__ruby_vcr.json", "invoice/8"),
        ("invoice_get_open_with_lines__ruby_vcr.json", "invoice/3"),
        ("invoice_get_taxed_onetime__ruby_vcr.json", "invoice/8"),
    ],
)
async def test_keys_are_those_of_the_recordings(old: Client, name: str, url: str) -> None:
    recorded = json.loads((FIXTURES / name).read_text(encoding="utf-8"))["response"]
    theirs = recorded[0] if isinstance(recorded, list) else recorded
    served = (await old.get(url)).response
    ours = served[0] if isinstance(served, list) else served

    assert ours.keys() - SOMETIMES == theirs.keys() - SOMETIMES
    for part in ("line_items", "customers"):
        if part in theirs:
            assert ours[part][0].keys() - SOMETIMES == theirs[part][0].keys() - SOMETIMES
    shapes = [_shape(theirs), _shape(ours)]
    assert shapes[0] | shapes[1] == shapes[1] | shapes[0]


def _shape(record: dict[str, Any]) -> dict[str, str]:
    """What datetimes look like, by key."""
    return {
        name: re.sub(r"\d", "9", value)
        for name, value in record.items()
        if name.endswith("datetime") and isinstance(value, str)
    }


async def test_datetimes_are_the_accounts_own_without_an_offset(old: Client, live: Client) -> None:
    for path in ("customer/1", "invoice/1", "package", "transaction", "item/1", "note", "creditcard"):
        now, then = (await live.get(path)).body.decode(), (await old.get(path)).body.decode()
        moments = re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", now)
        assert not re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", then)
        assert set(re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", then)) <= {
            text.replace("T", " ") for text in moments
        }


async def test_what_was_written_then_is_taken(old: Client) -> None:
    number = await old.made("package", {"customer_id": 3, "line_items": [{"item_id": 1}]})
    held = await old.post(f"package/{number}?action=hold", {"holduntil_datetime": "2026-04-15 11:22:33"})
    found = (await old.get(f"package/{number}")).response

    assert held.response is True
    assert found["holduntil_datetime"] == "2026-04-15 11:22:33"
    assert found["line_items"][0]["tierset"]["percent"] == "0.000000"
    assert "mrr" not in found
    assert [
        package["package_id"] for package in await old.rows("package", where=f"package_id:EQUALS:{number}")
    ] == [number]


async def test_cards_and_refunds(old: Client) -> None:
    customer_id, (invoice,) = await customer(old, 20)
    card = await old.made("creditcard", {"customer_id": customer_id, **CARD})
    found = (await old.get(f"creditcard/{card}")).response
    paid = await old.post(
        "transaction?action=pay",
        {"customer_id": customer_id, "applied_to": [invoice], "paymethods": [{"creditcard_id": card}]},
    )
    refund = await old.post(f"transaction/{paid.response['id']}?action=refund", {"amount": 5})

    assert (found["mask_number"], found["expdate_month"], found["expdate_year"]) == (
        "xxxx-xxxx-xxxx-1111",
        "8",
        "2030",
    )
    assert paid.response["id"] > 0
    assert refund.response["id"].isdigit()
    taxed = (await old.get(f"invoice/{invoice}")).response["line_items"][0]
    assert taxed["is_taxed"] == "0"


async def test_rows_have_lines_where_they_are_asked_for(old: Client) -> None:
    await made(old)
    assert "line_items" not in (await old.rows("package", limit=1))[0]
    assert "line_items" in (await old.rows("package", limit=1, expand="line_items"))[0]


async def test_a_page_that_was_asked_for_without_an_ampersand(old: Client, live: Client) -> None:
    for url in (
        "user?where=customers.customer_id:EQUALS:4limit=100?offset=0",
        "user?limit=1?offset=0&where=customers.customer_id:EQUALS:4",
    ):
        answer = await old.get(url)
        assert [row["user_id"] for row in answer.response] == [4]
        assert (await live.get(url)).status == 400


def test_values() -> None:
    assert naive("mod_datetime", "2026-03-10T01:01:49-05:00") == "2026-03-10 01:01:49"
    assert naive("company", "2026-03-10T01:01:49-05:00") == "2026-03-10T01:01:49-05:00"
    assert naive("void_datetime", None) is None
    assert old_mask("mask_number", "x4242") == "xxxx-xxxx-xxxx-4242"
    assert as_of_2015("terms", {"terms_id": 1, "mod_datetime": "2026-03-10T01:01:49+00:00"}) == {
        "terms_id": 1,
        "mod_datetime": "2026-03-10 01:01:49",
    }
