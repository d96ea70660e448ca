"""What a request is answered with, once it is known who asks. Nothing here touches the network."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from starlette.responses import Response

from cotui.sandbox.actions import ACTIONS
from cotui.sandbox.database import find
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.query_numbers import whole_number
from cotui.sandbox.database.query_sql import BadQueryError, Compiled, compile_query
from cotui.sandbox.database.store import LockedError, Reader, Store, TakesLongError
from cotui.sandbox.http.access import check_access
from cotui.sandbox.http.ask import Ask
from cotui.sandbox.http.bulk import answer_bulk
from cotui.sandbox.http.envelope import (
    BadRequestError,
    InUseError,
    no_such,
    success,
    unsupported_command,
    unsupported_object,
)
from cotui.sandbox.objects import ALIASES, OBJECTS, Context, SandboxObject
from cotui.sandbox.reports.routes import answer_report
from cotui.sandbox.writers import WRITERS
from cotui.sandbox.writing.writes import Outcome, Write, perform

DEFAULT_LIMIT = 10
_ID = re.compile(r"\d{1,18}", re.ASCII)
#: `Store.read` or `Store.glance`.
_Look = Callable[[], AbstractContextManager[Reader]]


class Routes:
    """Answers requests from a store.

    Args:
        clock: the account's clock.
        max_page_size: rows of a list at most.
    """

    def __init__(self, store: Store, clock: Clock, max_page_size: int) -> None:
        self._store = store
        self._clock = clock
        self._max_page_size = max_page_size

    def answer(self, ask: Ask) -> Response:
        """The answer to a request.

        Raises:
            AnswerError: the answer is an error.
        """
        check_access(ask)
        try:
            return self._answer(ask)
        except LockedError as error:
            raise InUseError(error.reason) from error

    def _answer(self, ask: Ask) -> Response:
        address = ask.address
        if address.subject == "_bulk":
            return answer_bulk(ask, self.answer)
        if address.subject == "_report":
            return answer_report(self._store, self._clock, ask.method, ask.verb, address, ask.body)
        outcome = self.outcome(ask)
        return success(outcome.response, outcome.status, outcome.headers)

    def answer_at_once(self, ask: Ask) -> Response | None:
        """The answer to a request that reads and is done within milliseconds; None for all others.

        Raises:
            AnswerError: the answer is an error.
        """
        try:
            if ask.address.subject == "_bulk":
                check_access(ask)
                return answer_bulk(ask, self._record_at_once)
            return self._at_once(ask)
        except TakesLongError:
            return None

    def _at_once(self, ask: Ask) -> Response:
        subject = OBJECTS.get(ALIASES.get(ask.address.subject, ask.address.subject))
        if ask.method != "GET" or subject is None:
            raise TakesLongError
        return success(self._found(subject, ask, self._store.glance))

    def _record_at_once(self, ask: Ask) -> Response:
        """The answer to an item of a batch: 25 records are no more work than a list."""
        if not ask.address.ref:
            raise TakesLongError
        return self._at_once(ask)

    def outcome(self, ask: Ask) -> Outcome:
        """What the answer to a request holds, for objects other than reports.

        Raises:
            AnswerError: the answer is an error.
        """
        address = ask.address
        verb = ask.verb
        name = ALIASES.get(address.subject, address.subject)
        subject = OBJECTS.get(name)
        if subject is None and name not in WRITERS and name not in ACTIONS:
            raise unsupported_object(verb, address.subject, address.ref)
        if ask.method != "GET":
            # DELETE has no body that matters
            payload = ask.payload if ask.method in ("POST", "PUT") else {}
            write = Write(ask.method, name, verb, address, payload, ask.base_url, ask.ipaddr)
            return perform(self._store, self._clock, subject, write)
        if subject is None:
            raise unsupported_command(verb, address.subject, address.ref)
        return Outcome(self._found(subject, ask, self._store.read))

    def _found(self, subject: SandboxObject, ask: Ask, look: _Look) -> Any:
        address = ask.address
        if address.action or address.rest or (address.ref and address.command):
            raise unsupported_command(ask.verb, address.subject, address.ref)
        try:
            with look() as reader:
                return self._read(subject, ask, reader)
        except BadQueryError as error:
            raise BadRequestError(str(error)) from error

    def _read(self, subject: SandboxObject, ask: Ask, reader: Reader) -> Any:
        clock = self._clock.stopped()
        context = Context(reader.connection, reader.facts, clock, clock.today(), ask.base_url)
        if ask.address.ref:
            return self._single(reader, subject, ask.address.ref, context)
        parameters = ask.address.parameters
        query = compile_query(
            subject, parameters.get("where", ""), parameters.get("order", ""), reader.facts, clock
        )
        if ask.address.command:
            return find.count(reader, subject, query)
        return self._list(reader, subject, query, parameters, context)

    def _single(self, reader: Reader, subject: SandboxObject, ref: str, context: Context) -> Any:
        column, value = _reference(subject, ref)
        row = find.one(reader, subject, column, value)
        if row is None:
            raise no_such(subject.name)
        return subject.single(row, context)

    def _list(
        self,
        reader: Reader,
        subject: SandboxObject,
        query: Compiled,
        parameters: Mapping[str, str],
        context: Context,
    ) -> Any:
        limit = min(whole_number(parameters, "limit", DEFAULT_LIMIT), self._max_page_size)
        offset = whole_number(parameters, "offset", 0)
        served = subject.listed(find.page(reader, subject, query, limit, offset), context)
        for name in parameters.get("expand", "").split(","):
            if add := subject.expand.get(name.strip()):
                add(served, context)
        return served


def _reference(subject: SandboxObject, ref: str) -> tuple[str, int | str]:
    kind, colon, key = ref.partition(":")
    if colon and kind in subject.addresses and "\x00" not in key:
        return kind, key
    if _ID.fullmatch(ref):
        return subject.key, int(ref)
    raise no_such(subject.name)
