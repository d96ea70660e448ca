"""Lists that are served as they are stored."""

from __future__ import annotations

import pytest

from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.object_model import ReadContext
from cotui.sandbox.database.store import Store
from cotui.sandbox.objects.plain_list import ID, NUMBER, plain_list
from tests.sandbox import account
from tests.sandbox.client import Client


@pytest.mark.parametrize(
    "subject", ["coupon", "terms", "currency", "_log_system", "item_category", "admin", "brand"]
)
async def test_lists_that_nobody_writes(live: Client, subject: str) -> None:
    answer = await live.post(subject, {"name": "x"})
    assert answer.message == f"The command requested is not supported: create({subject}, )"
    assert (await live.put(f"{subject}/1", {"name": "x"})).status == 400
    assert (await live.delete(f"{subject}/1")).status == 400


def test_numbers_that_are_unset_are_null(store: Store) -> None:
    listed = plain_list("thing", "things", {"thing_id": ID, "hours": NUMBER})
    with store.read() as reader:
        context = ReadContext(reader.connection, reader.lookups, Clock("UTC"), account.TODAY, "")
        assert listed.single((1, None), context) == {"thing_id": 1, "hours": None}
        assert listed.single((2, 3.0), context) == {"thing_id": 2, "hours": 3}
