"""The demo's account: the sandbox in this process, over data kept in the cache directory.

The kept data is only read. The first request that changes something is answered from a copy of this process's own,
as is everything after it; the copy goes when the demo ends. What has no place in a file is in memory, which is said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx

from cotui.safety.faults import show_path
from cotui.safety.private_files import make_private
from cotui.safety.temporary import DEMO, Directory, temporary_directory, tidy_up
from cotui.sandbox.demo.cache import Building, CacheError
from cotui.settings.paths import CACHE

if TYPE_CHECKING:
    from pathlib import Path

    from cotui.api import Api
    from cotui.sandbox.database.store import Store

_KEY = "demo"
#: the account's host; no request ever leaves the process
_URL = "http://127.0.0.1"


def demo_api(building: Building, *, rate_limit: int = 250, tell: Callable[[str], object] = str) -> Api:
    """An `Api` on the demo's account; it can be used before the data is ready.

    Args:
        rate_limit: requests per minute.
        tell: called, in the event loop, with a line for the user when the data can't be kept in files.
    """
    from cotui.api import Api, Connection

    connection = Connection(name="demo", url=_URL, username=_KEY, password=_KEY, rate_limit=rate_limit)
    return Api(connection, transport=DemoTransport(building, tell))


class DemoTransport(httpx.AsyncBaseTransport):
    """The sandbox as a transport. It is loaded by the first request, so that the screen is there before."""

    def __init__(self, building: Building, tell: Callable[[str], object] = str) -> None:
        self._building = building
        self._tell = tell
        #: what is to be told, by the threads that make the data
        self._untold: list[str] = []
        #: over the kept data, and over the copy
        self._kept = _Once(self._open_kept)
        self._own = _Once(self._open_copy)
        self._stores: list[Store] = []
        self._folder: Directory | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Have the sandbox answer; requests that come before it is ready wait for it."""
        try:
            inner = await self._kept.get()
            if self._own.begun or _writes(request):
                inner = await self._own.get()
            while self._untold:
                self._tell(self._untold.pop(0))
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
        tidy_up()
        try:
            return self._serve(_store_of(self._building.wait()))
        except CacheError as error:
            store = self._building.in_memory()
            self._untold.append(f"the demo's data is in memory only: {error} ({CACHE})")
        return self._serve(store)

    def _open_copy(self) -> httpx.AsyncBaseTransport:
        import sqlite3
        from contextlib import closing
        from pathlib import Path

        kept = self._stores[0]
        try:
            if not kept.in_memory:
                self._folder = temporary_directory(DEMO)
                copy = Path(self._folder.name) / "demo.sqlite"
                make_private(copy)
                with kept.read() as reader, closing(sqlite3.connect(copy)) as target:
                    reader.connection.backup(target)
                return self._serve(_store_of(copy))
        except (OSError, sqlite3.Error, CacheError) as error:
            self._untold.append(f"what you change in the demo is in memory only: {error}")
        return self._serve(_copied(kept))

    def _serve(self, store: Store) -> httpx.AsyncBaseTransport:
        from cotui.sandbox.http.app import create_app

        self._stores.append(store)
        return httpx.ASGITransport(app=create_app(store, credentials={_KEY: _KEY}))


def _store_of(path: Path) -> Store:
    """The store in a file that is there. Raises CacheError where it can't be used."""
    import sqlite3

    from cotui.safety.reading import open_to_read
    from cotui.safety.writing import trouble_keeping
    from cotui.sandbox.database.schema import SchemaError
    from cotui.sandbox.database.store import Store

    try:
        open_to_read(path).close()  # SQLite would make a new one
        if fault := trouble_keeping(path):
            raise fault
        return Store(path)
    except OSError as error:
        raise CacheError(str(error)) from error
    except (SchemaError, sqlite3.Error) as error:
        raise CacheError(f"{show_path(path)}: {error}") from error


def _copied(kept: Store) -> Store:
    """A copy in memory. Raises CacheError where there is not enough."""
    import sqlite3

    from cotui.sandbox.database.store import Store

    try:
        return Store(copy_of=kept)
    except (sqlite3.Error, MemoryError) as error:
        raise CacheError(f"the demo's data can't be copied, so it stays as it is: {error}") from error


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
        """It, made now if need be. Raises CacheError where it can't be made; the next to want it tries again."""
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
