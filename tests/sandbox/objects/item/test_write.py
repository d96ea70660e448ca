"""Items: what clients send on create, what is read back, and that a disabled item can be billed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.items import item, made

#: the recorded request of the Ruby client
RECORDED = {
    "type": "service",
    "name": "Test Product",
    "pricemodel": {"base": 100.99, "paycycle": "mon", "pricemodel": "fla"},
}


async def test_the_recorded_request(live: Client) -> None:
    answer = await live.post("item", RECORDED)

    assert (answer.status, answer.response) == (201, {"id": 3})
    assert answer.headers["location"] == "http://127.0.0.1:8080/api/v3/item/3"
    row = await item(live, 3)
    assert (row["item_type"], row["name"], row["enabled"]) == ("service", "Test Product", True)
    assert row["description"] is row["external_key"] is row["units"] is None
    assert len(row["token"]) == 12
    (prices,) = row["tiersets"]
    assert prices["tierset_id"] == row["tierset_id"]
    assert (prices["base"], prices["setup"], prices["percent"]) == (100.99, 0, "0.000000")
    assert (prices["paycycle"], prices["pricemodel"], prices["tiers"]) == ("mon", "fla", [])
    assert prices["base_formatted"] == "$ 100.99"
    assert prices["pricemodel_desc"] == "Flat Pricing (e.g. $X dollars per month)"
    assert row["service_data"] == {"trial_days": 0, "trial_units": 0, "is_usage": False}
    assert row["categories"] == []


async def test_a_disabled_item_is_billed_all_the_same(live: Client) -> None:
    """The C# client disables every item that it creates."""
    row = await made(live, enabled=False, type="service", pricemodel={"base": "295.95", "pricemodel": "fla"})

    assert row["enabled"] is False
    line = {"item_id": row["item_id"], "line_rate": 1, "line_quantity": 1}
    assert await live.made("invoice", {"customer_id": 3, "line_items": [line]})
    package = {"customer_id": 3, "line_items": [{"item_id": row["item_id"]}]}
    assert await live.made("package", package)


async def test_everything_that_can_be_written(live: Client) -> None:
    sent = {
        "item_type": "product",
        "name": "Desk Phone",
        "description": "Colour\ndisplay",
        "enabled": 1,
        "external_key": "T54",
        "accounting_sku": "SKU-54",
        "accounting_account_income": "4100 Goods",
        "units": "piece",
        "units_plural": "pieces",
        "expire_recurs": "12",
        "trial_recurs": 1,
        "service_dates_type": "ends_before_invoice_date",
        "service_dates_visibility": "visible_to_merchant_and_customers",
        "custom_1": 7,
        "custom_20": "last",
    }
    row = await made(live, **sent)

    expected = {**sent, "enabled": True, "expire_recurs": 12, "custom_1": "7"}
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("address", ["3", "external_key:abc", "token"])
async def test_updating_by_any_name(live: Client, address: str) -> None:
    before = await made(live, external_key="abc")
    ref = f"token:{before['token']}" if address == "token" else address
    answer = await live.put(f"item/{ref}", {"description": "changed", "custom_2": None})

    assert (answer.status, answer.response) == (202, {"id": 3})
    after = await item(live, 3)
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"description", "mod_datetime"}
    assert after["description"] == "changed"


async def test_a_fetched_item_can_be_put_back(live: Client) -> None:
    before = await item(live, 2)
    assert (await live.put("item/2", before)).status == 202
    after = await item(live, 2)

    assert {**after, "mod_datetime": None} == {**before, "mod_datetime": None}


async def test_external_keys_are_unique(live: Client) -> None:
    answer = await live.post("item", {"name": "Twin", "external_key": "SKU1"})
    assert answer.status == 400
    assert answer.message == 'An item already exists with the external_key value "SKU1"'
    assert (await live.put("item/1", {"external_key": "sku1"})).status == 202
    assert (await live.put("item/2", {"external_key": "sku1"})).status == 400


@pytest.mark.parametrize(
    "sent",
    [
        {"description": "nameless"},
        {"name": ""},
        {"name": "x", "type": "gadget"},
        {"name": "x", "pricemodel": "fla"},
        {"name": "x", "pricemodel": {"pricemodel": "free"}},
        {"name": "x", "pricemodel": {"base": "ten"}},
        {"name": "x", "pricemodel": {"base": 1e300}},
        {"name": "x", "pricemodel": {"currency_id": 99}},
        {"name": "x", "pricemodel": {"tiers": [{"unit_from": "a"}]}},
        {"name": "x", "pricemodel": {"tiers": [{}] * 501}},
        {"name": "x", "categories": [{"item_category_id": 99}]},
        {"name": "x", "categories": [{}]},
        {"name": ["x"]},
        {"name": "x\x00"},
        {"name": "x", "enabled": "perhaps"},
        {"name": "x", "service_data": {"trial_days": -1}},
    ],
)
async def test_what_is_refused_changes_nothing(live: Client, sent: dict[str, Any]) -> None:
    answer = await live.post("item", sent)

    assert (answer.status, answer.response) == (400, False)
    assert (await live.get("item/_count")).response == 2


@pytest.mark.parametrize("sent", [None, {}, [], ""])
async def test_no_data(live: Client, sent: Any) -> None:
    answer = await live.post("item", sent)
    assert (answer.status, answer.message) == (400, "A required parameter was missing: No data.")


async def test_items_are_not_deleted(live: Client) -> None:
    answer = await live.delete("item/1")
    assert answer.message == "The command requested is not supported: delete(item, 1)"
    assert answer.status == 400
