"""Names of what a record points to, as order keys."""

from __future__ import annotations

import pytest

from cotui.sandbox.objects.name_sources import NAMES
from tests.sandbox.client import Client


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("class_id", "brand_name")])
async def test_an_order_by_a_name_is_that_of_what_is_served(name: str, client: Client) -> None:
    for direction, reverse in (("ASC", False), ("DESC", True)):
        rows = await client.rows("customer", order=f"{name}:{direction}", limit=100)
        served = [row[name] for row in rows]
        assert served == sorted(served, reverse=reverse)
        assert len(set(served)) > 1
