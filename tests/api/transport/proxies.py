"""A read through whatever proxy the environment names, and what is said when it fails."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.api import Api, ApiError, Call, RetryPolicy
from tests.api.support import connection

READ = Call("GET", "customer", reads=True)


async def failure(early: bool = False, host: str = "acme", **settings: Any) -> ApiError:
    """What a read fails with: made in the usual way, or sent ahead of the screens."""
    api = Api(connection(host, **settings), retry=RetryPolicy(attempts=1))
    try:
        if early:
            api.begin(READ)
        with pytest.raises(ApiError) as caught:
            await api.call(READ)
        return caught.value
    finally:
        await api.aclose()


def words(error: ApiError) -> str:
    return f"{error.what} {error.meaning} {error.todo}"
