"""The pages that `url_self` leads to, below /admin/r/: a record as it is served, for people.

The real ones are the administration's, for its workers only. Ids can be guessed, so these pages ask for the API's
own keys.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from starlette.responses import Response

from cotui.sandbox.database import find
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.object_model import ReadContext
from cotui.sandbox.database.store import Store
from cotui.sandbox.objects import served, served_objects
from cotui.sandbox.portal.markup import Node, page, table, tag
from cotui.sandbox.portal.pages import refusal

PREFIX = b"/admin/r/"


class AdminPages:
    """Answers the requests of workers' browsers."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def answer(self, raw_path: bytes, base_url: str) -> Response:
        """The page of a record: /admin/r/OBJECT/view/ID."""
        match unquote(raw_path.decode("latin-1")).removeprefix(PREFIX.decode()).split("/"):
            case [name, "view", ref] if (
                name in served_objects() and ref.isascii() and ref.isdigit() and len(ref) < 19
            ):
                served = self._record(name, int(ref), base_url)
                if served is not None:
                    rows = [(field, _shown(value, base_url)) for field, value in served.items()]
                    return page(f"{name.removeprefix('_')} {int(ref)}", table(("Field", "Value"), rows))
        return refusal("Not found", "This page does not exist.", 404)

    def _record(self, name: str, number: int, base_url: str) -> dict[str, Any] | None:
        subject = served(name)
        with self._store.read() as reader:
            row = find.one(reader, subject, subject.key, number)
            if row is None:
                return None
            context = ReadContext(
                reader.connection, reader.lookups, self._clock, self._clock.today(), base_url
            )
            return subject.single(row, context)


def _shown(value: Any, base_url: str) -> Node:
    if isinstance(value, str):
        return tag("a", value, href=value) if value.startswith(f"{base_url}/") else value
    if isinstance(value, list | dict):
        return tag("pre", json.dumps(value, ensure_ascii=False, indent=1))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
