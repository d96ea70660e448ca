"""Exchange rates."""

from __future__ import annotations

import pytest

from tests.sandbox.client import Client


@pytest.mark.parametrize("url", ["currency?action={}", "currency/_action/{}", "/currency/?action={}"])
async def test_exchange_rates(live: Client, url: str) -> None:
    get, set_ = url.format("getExchangeRate"), url.format("setExchangeRate")
    pair = {"from": "USD", "to": "jpy"}
    assert (await live.post(get, pair)).status == 400
    assert (await live.post(set_, {**pair, "exchange": "150.25"})).response is True
    assert (await live.post(get, pair)).response == 150.25
    assert (await live.post(get, {"from": "JPY", "to": "USD"})).response == 0.00665557404
    assert (await live.post(get, {"from": "KWD", "to": "KWD"})).response == 1
    assert (await live.post(set_, {**pair, "exchange": 150})).response is True
    assert (await live.post(get, pair)).envelope["response"] == 150
    for wrong in (
        pair,
        {**pair, "exchange": 0},
        {**pair, "exchange": -1},
        {**pair, "exchange": "1e99"},
        {**pair, "exchange": True},
        {"from": "USD", "exchange": 1},
        {"from": "USD", "to": "XXX", "exchange": 1},
        {"from": "USD", "to": 2, "exchange": 1},
        {"from": "USD", "to": "USD", "exchange": 2},
    ):
        assert (await live.post(set_, wrong)).status == 400, wrong
