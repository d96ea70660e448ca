"""Settings of the account."""

from __future__ import annotations

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client


async def test_settings(live: Client, live_store: Store) -> None:
    """Python's example needs 201 with an id."""
    answer = await live.post("_config", {"chargeoverjs_token": "abc"})
    assert (answer.status, answer.response) == (201, {"id": 1})
    assert (await live.post("_config", {"chargeoverjs_token": {"a": [1]}})).response == {"id": 1}
    with live_store.read() as reader:
        assert reader.connection.execute("SELECT key, value FROM config").fetchall() == [
            ("chargeoverjs_token", '{"a":[1]}')
        ]
    for wrong in (None, {}, [1], {"": 1}, {"k" * 201: 1}, {"k": "v" * 100_001}):
        assert (await live.post("_config", wrong)).status == 400
    assert (await live.get("_config")).message == "The command requested is not supported: list(_config, )"
