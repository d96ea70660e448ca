"""Lists that are served as they are stored."""

from __future__ import annotations

import pytest

from tests.sandbox.client import Client


@pytest.mark.parametrize(
    "subject", ["coupon", "terms", "currency", "_log_system", "item_category", "admin", "brand"]
)
async def test_lists_that_nobody_writes(live: Client, subject: str) -> None:
    answer = await live.post(subject, {"name": "x"})
    assert answer.message == f"The command requested is not supported: create({subject}, )"
    assert (await live.put(f"{subject}/1", {"name": "x"})).status == 400
    assert (await live.delete(f"{subject}/1")).status == 400
