"""Answers of rows that a test writes down, and answers read from the sandbox in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import httpx

from cotui.api import Api, ApiError, Forbidden, Page, Record, ServerFailure
from cotui.catalog import RESOURCES
from cotui.desk.account_day import AccountDay
from cotui.desk.answers.answer import Answer, Situation
from cotui.desk.answers.parts import Part, Piece, assembled
from cotui.desk.answers.reading import AnswerReading
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from cotui.sandbox.http.service import Service
from tests.api.support import PASSWORD, connection

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)

REFUSED = Forbidden("These keys may not read payments")
FAILED = ServerFailure("The server failed", status=500)

Rows = Sequence[Mapping[str, Any]]


def record(resource_id: str, **values: Any) -> Record:
    return Record(values, RESOURCES[resource_id].primary_key)


def situation(
    answer: Answer,
    ref: int,
    given: Mapping[str, Rows | ApiError | tuple[Rows, int | None]],
    row: Record | None = None,
) -> Situation:
    """What an answer is made of when these rows came.

    Args:
        given: by part: its rows, all there are; rows with how many the server counts, None for unknown; or why there are
            none. Parts that are not named came, and are empty.
        row: the record as a list has it.
    """
    sections: dict[str, Any] = {}
    for _ in range(3):
        now = Situation(ref, row, sections, TODAY, NOW, 1)
        parts = [*answer.parts(ref, row), *answer.more(now)]
        new = {part.name: part for part in parts if part.name not in sections}
        sections |= {name: assembled(part, _pieces(part, given.get(name, []))) for name, part in new.items()}
    return Situation(ref, row, sections, TODAY, NOW, 1)


def _pieces(part: Part, given: Rows | ApiError | tuple[Rows, int | None]) -> list[Piece]:
    if isinstance(given, ApiError):
        return [Piece(given, 0, 100)]
    rows, count = given if isinstance(given, tuple) else (given, len(given))
    records = [Record(row, part.resource.primary_key) for row in rows]
    if part.ref is not None:
        return [Piece(records[0])] if records else [Piece(FAILED)]
    counted = [] if count is None else [Piece(count)]
    return [Piece(Page(records), 0, 100), *counted]


class Line(httpx.AsyncBaseTransport):
    """The way to a sandbox, on which the answers of batches go wrong as a test wants.

    Attributes:
        spoil: changes an item's answer; given the address it was for.
    """

    def __init__(self, store: Store, service: Service | None = None) -> None:
        app = create_app(
            store,
            credentials={"pub": PASSWORD},
            service=service,
            origin_check=OriginCheck(frozenset({"acme.chargeover.com"})),
        )
        self._inner = httpx.ASGITransport(app=app)
        self.sent: list[str] = []
        self.items = 0
        self.spoil: Callable[[str, dict[str, Any]], None] = lambda _uri, _item: None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v3/")
        self.sent.append(path)
        answer = await self._inner.handle_async_request(request)
        if path != "_bulk":
            return answer
        asked = json.loads(request.content)
        self.items = max(self.items, len(asked))
        body = json.loads(await answer.aread())
        for one, item in zip(asked, (body["response"] or {}).get("_bulk", []), strict=False):
            self.spoil(one["uri"], item)
        return httpx.Response(answer.status_code, json=body)


def reading(line: Line, resource_id: str, ref: int | str, row: Record | None = None) -> AnswerReading:
    """An answer to be read."""
    api = Api(connection(), transport=line)
    return AnswerReading(api, RESOURCES[resource_id], ref, row, day=AccountDay("UTC", now=lambda: NOW))


def refuse(item: dict[str, Any], code: int = 401) -> None:
    """An item's answer becomes a refusal, or a failure."""
    item.clear()
    item.update({"code": code, "status": "Error", "message": "no", "response": False})
