"""The demo's account: the sandbox in this process, over data kept in the cache directory.

The kept data is only read. The first request that changes something is answered from a copy of this process's own,
as is everything after it; the copy goes when the demo ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx

from cotui.sandbox.cache import Building, CacheError

if TYPE_CHECKING:
    from pathlib import Path
    from tempfile import TemporaryDirectory

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
        #: over the kept data, and over the copy
        self._kept = _Once(self._open_kept)
        self._own = _Once(self._open_copy)
        self._stores: list[Store] = []
        self._folder: TemporaryDirectory[str] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Have the sandbox answer; requests that come before it is ready wait for it."""
        try:
            inner = await self._kept.get()
            if self._own.begun or _writes(request):
                inner = await self._own.get()
        except CacheError as error:
            # what was to be changed is not: the sandbox has not seen it
            code = 400 if _writes(request) else 500
            envelope = {"code": code, "status": "Error", "message": str(error), "response": False}
            return httpx.Response(code, json=envelope, request=request)
        return await inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the data, and forget what was changed."""
        for once in (self._kept, self._own):
            await once.wait()
        for store in self._stores:
            store.close()
        self._stores.clear()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _open_kept(self) -> httpx.AsyncBaseTransport:
        return self._open(self._building.wait())

    def _open_copy(self) -> httpx.AsyncBaseTransport:
        import sqlite3
        from contextlib import closing
        from pathlib import Path
        from tempfile import TemporaryDirectory

        try:
            self._folder = TemporaryDirectory(prefix="cotui-demo-")
            copy = Path(self._folder.name) / "demo.sqlite"
            kept = self._building.wait()
            with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except (OSError, sqlite3.Error) as error:
            raise CacheError(f"the demo's data can't be copied, so it stays as it is: {error}") from error
        return self._open(copy)

    def _open(self, path: Path) -> httpx.AsyncBaseTransport:
        from cotui.sandbox.app import create_app
        from cotui.sandbox.schema import SchemaError
        from cotui.sandbox.store import Store

        try:
            store = Store(path)
        except SchemaError as error:
            raise CacheError(str(error)) from error
        self._stores.append(store)
        return httpx.ASGITransport(app=create_app(store, credentials={_KEY: _KEY}))


class _Once:
    """Something that is made in a thread when it is first wanted; everybody waits for the same one."""

    def __init__(self, make: Callable[[], httpx.AsyncBaseTransport]) -> None:
        self._make = make
        self._making: asyncio.Future[httpx.AsyncBaseTransport] | None = None

    @property
    def begun(self) -> bool:
        """Whether it was wanted, and not in vain."""
        return self._making is not None

    async def get(self) -> httpx.AsyncBaseTransport:
        """It, made now if need be.

        Raises:
            CacheError: it can't be made; the next to want it tries again.
        """
        if self._making is None:
            self._making = asyncio.ensure_future(asyncio.to_thread(self._make))
        making = self._making
        try:
            # one request may be given up, but the others wait for the same
            return await asyncio.shield(making)
        except CacheError:
            if self._making is making:
                self._making = None
            raise

    async def wait(self) -> None:
        """Wait for the thread, if there is one."""
        if self._making is not None and not self._making.done():
            await asyncio.wait([self._making])


def _writes(request: httpx.Request) -> bool:
    """Whether a request changes something: all do but GET and the reading of reports."""
    return request.method not in ("GET", "HEAD", "OPTIONS") and "/_report/" not in request.url.path
