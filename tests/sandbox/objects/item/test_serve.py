"""Items as they are served."""

from __future__ import annotations

import json

import pytest

from tests.sandbox.client import Client
from tests.sandbox.items import item, made
from tests.sandbox.recordings import FIXTURES


async def test_categories(live: Client) -> None:
    row = await made(live, categories=[{"item_category_id": 1}])
    assert row["categories"] == [{"item_category_id": 1, "name": "Hosting"}]

    number = row["item_id"]
    assert (await live.put(f"item/{number}", {"name": "Other"})).status == 202
    assert len((await item(live, number))["categories"]) == 1
    assert (await live.put(f"item/{number}", {"categories": []})).status == 202
    assert (await item(live, number))["categories"] == []


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")
async def test_an_item_made_from_a_documented_one_reads_the_same(live: Client) -> None:
    (row,) = json.loads((FIXTURES / "item_query__docs_api.json").read_text(encoding="utf-8"))["response"]
    made_row = await item(live, await live.made("item", row))

    for name in ("name", "item_type", "description", "accounting_sku", "custom_1"):
        assert made_row[name] == row[name]
    (theirs,), (ours,) = row["tiersets"], made_row["tiersets"]
    for name in ("base", "setup", "paycycle", "pricemodel", "base_formatted", "pricemodel_desc", "tiers"):
        assert ours[name] == theirs[name]
