"""The rate limit: so many requests a minute and credential."""

from __future__ import annotations

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.errors import TooManyRequestsError
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.ratelimit import RateLimit
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client


async def test_rate_limit(store: Store) -> None:
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now, rate_limit=2))

    assert (await client.get("terms")).status == 200
    assert (await client.get("terms", authorization=None)).status == 401
    assert (await client.get("terms")).status == 200
    refused = await client.get("terms")

    assert refused.status == 429
    assert refused.body == b'{"code":429,"status":"Error","message":"Rate limit exceeded","response":false}'


def test_the_window_slides_and_credentials_do_not_share_it() -> None:
    seconds = 0.0
    limit = RateLimit(2, lambda: seconds)
    limit.take("a")
    seconds = 30.0
    limit.take("a")
    limit.take("b")
    with pytest.raises(TooManyRequestsError):
        limit.take("a")
    seconds = 60.0
    limit.take("a")
    with pytest.raises(TooManyRequestsError):
        limit.take("a")
