"""The demo's account: the sandbox in this process, over data kept in the cache directory."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

from cotui.sandbox.cache import Building, CacheError

if TYPE_CHECKING:
    from cotui.api import Api
    from cotui.sandbox.store import Store

_KEY = "demo"
#: the account's host; no request ever leaves the process
_URL = "http://127.0.0.1"


def demo_api(building: Building, *, rate_limit: int = 250) -> Api:
    """An `Api` on the demo's account; it can be used before the data is ready."""
    from cotui.api import Api, Connection

    connection = Connection(name="demo", url=_URL, username=_KEY, password=_KEY, rate_limit=rate_limit)
    return Api(connection, transport=DemoTransport(building))


class DemoTransport(httpx.AsyncBaseTransport):
    """The sandbox as a transport. It is loaded by the first request, so that the screen is there before."""

    def __init__(self, building: Building) -> None:
        self._building = building
        self._opening: asyncio.Future[httpx.AsyncBaseTransport] | None = None
        self._store: Store | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Have the sandbox answer; requests that come before it is ready wait for it."""
        if self._opening is None:
            self._opening = asyncio.ensure_future(asyncio.to_thread(self._open))
        try:
            # the request may be given up, but the others wait for the same sandbox
            inner = await asyncio.shield(self._opening)
        except CacheError as error:
            self._opening = None
            envelope = {"code": 500, "status": "Error", "message": str(error), "response": False}
            return httpx.Response(500, json=envelope, request=request)
        return await inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the data."""
        if self._opening is not None and not self._opening.done():
            await asyncio.wait([self._opening])
        if self._store is not None:
            self._store.close()
            self._store = None

    def _open(self) -> httpx.AsyncBaseTransport:
        from cotui.sandbox.app import create_app
        from cotui.sandbox.schema import SchemaError
        from cotui.sandbox.store import Store

        try:
            self._store = Store(self._building.wait())
        except SchemaError as error:
            raise CacheError(str(error)) from error
        return httpx.ASGITransport(app=create_app(self._store, credentials={_KEY: _KEY}))
