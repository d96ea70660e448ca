"""Items: what clients send on create, what is read back, and that a disabled item can be billed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.recordings import FIXTURES

#: the recorded request of the Ruby client
RECORDED = {
    "type": "service",
    "name": "Test Product",
    "pricemodel": {"base": 100.99, "paycycle": "mon", "pricemodel": "fla"},
}


async def item(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"item/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def made(live: Client, **values: Any) -> dict[str, Any]:
    return await item(live, await live.made("item", {"name": "Thing", **values}))


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
    assert (prices["base"], prices["setup"], prices["percent"]) == (100.99, 0, 0)
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


async def test_tiers_and_several_currencies(live: Client) -> None:
    tiers = [
        {"unit_from": "1", "unit_to": 10, "amount": "0.5"},
        {"unit_from": 11, "unit_to": 0, "amount": 0.0125},
    ]
    row = await made(
        live,
        pricemodel=[
            {"base": "10", "setup": 35.95, "pricemodel": "tie", "paycycle": "qtr", "tiers": tiers},
            {"base": 1500, "currency_id": 2},
        ],
        service_data={"is_usage": True, "trial_units": 5},
    )

    first, second = row["tiersets"]
    assert (first["pricemodel"], first["paycycle"], first["setup"]) == ("tie", "qtr", 35.95)
    assert [(tier["unit_from"], tier["unit_to"], tier["amount"]) for tier in first["tiers"]] == [
        (1, 10, 0.5),
        (11, 0, 0.0125),
    ]
    assert (second["currency_iso4217"], second["base_formatted"]) == ("JPY", "¥ 1,500")
    assert row["tierset_id"] == first["tierset_id"]
    assert row["service_data"] == {"trial_days": 0, "trial_units": 5, "is_usage": True}


async def test_categories(live: Client) -> None:
    row = await made(live, categories=[{"item_category_id": 1}])
    assert row["categories"] == [{"item_category_id": 1, "name": "Hosting"}]

    number = row["item_id"]
    assert (await live.put(f"item/{number}", {"name": "Other"})).status == 202
    assert len((await item(live, number))["categories"]) == 1
    assert (await live.put(f"item/{number}", {"categories": []})).status == 202
    assert (await item(live, number))["categories"] == []


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


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")
async def test_an_item_made_from_a_documented_one_reads_the_same(live: Client) -> None:
    (row,) = json.loads((FIXTURES / "item_query__docs_api.json").read_text(encoding="utf-8"))["response"]
    made_row = await item(live, await live.made("item", row))

    for name in ("name", "item_type", "description", "accounting_sku", "custom_1"):
        assert made_row[name] == row[name]
    (theirs,), (ours,) = row["tiersets"], made_row["tiersets"]
    for name in ("base", "setup", "paycycle", "pricemodel", "base_formatted", "pricemodel_desc", "tiers"):
        assert ours[name] == theirs[name]
