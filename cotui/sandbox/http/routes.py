"""What a request is answered with, once it is known who asks. Nothing here touches the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from starlette.responses import Response

from cotui.sandbox.database import find
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.object_model import ReadContext, SandboxObject
from cotui.sandbox.database.query_sql import BadQueryError, Compiled, compile_query
from cotui.sandbox.database.query_values import whole_number
from cotui.sandbox.database.store import Reader, Store
from cotui.sandbox.database.transactions import LockedError, TakesLongError
from cotui.sandbox.errors import BadRequestError, InUseError, no_such, unsupported_command, unsupported_object
from cotui.sandbox.http.access import check_access
from cotui.sandbox.http.api_request import ApiRequest
from cotui.sandbox.http.bulk import answer_bulk
from cotui.sandbox.http.envelope import success
from cotui.sandbox.http.report_routes import answer_report
from cotui.sandbox.http.writes import Success, WriteRequest, perform
from cotui.sandbox.objects import endpoint
from cotui.sandbox.writing.references import record_key

DEFAULT_LIMIT = 10
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

    def answer(self, request: ApiRequest) -> Response:
        """The answer to a request. Raises AnswerError where it is an error, as do those below."""
        check_access(request)
        try:
            return self._answer(request)
        except LockedError as error:
            raise InUseError(error.reason) from error

    def _answer(self, request: ApiRequest) -> Response:
        address = request.address
        if address.subject == "_bulk":
            return answer_bulk(request, self.answer)
        if address.subject == "_report":
            return answer_report(
                self._store, self._clock, request.method, request.verb, address, request.body
            )
        outcome = self.outcome(request)
        return success(outcome.response, outcome.status, outcome.headers)

    def answer_at_once(self, request: ApiRequest) -> Response | None:
        """The answer to a request that reads and is done within milliseconds; None for all others."""
        try:
            if request.address.subject == "_bulk":
                check_access(request)
                return answer_bulk(request, self._record_at_once)
            return self._at_once(request)
        except TakesLongError:
            return None

    def _at_once(self, request: ApiRequest) -> Response:
        found = endpoint(request.address.subject)
        if request.method != "GET" or found is None or found.served is None:
            raise TakesLongError
        return success(self._found(found.served, request, self._store.glance))

    def _record_at_once(self, request: ApiRequest) -> Response:
        """The answer to an item of a batch: 25 records are no more work than a list."""
        if not request.address.ref:
            raise TakesLongError
        return self._at_once(request)

    def outcome(self, request: ApiRequest) -> Success:
        """What the answer to a request holds, for objects other than reports."""
        address = request.address
        verb = request.verb
        found = endpoint(address.subject)
        if found is None:
            raise unsupported_object(verb, address.subject, address.ref)
        if request.method != "GET":
            # DELETE has no body that matters
            payload = request.payload if request.method in ("POST", "PUT") else {}
            write = WriteRequest(request.method, verb, address, payload, request.base_url, request.ipaddr)
            return perform(self._store, self._clock, found, write)
        if found.served is None:
            raise unsupported_command(verb, address.subject, address.ref)
        return Success(self._found(found.served, request, self._store.read))

    def _found(self, subject: SandboxObject, request: ApiRequest, look: _Look) -> Any:
        address = request.address
        if address.action or address.rest or (address.ref and address.command):
            raise unsupported_command(request.verb, address.subject, address.ref)
        try:
            with look() as reader:
                return self._read(subject, request, reader)
        except BadQueryError as error:
            raise BadRequestError(str(error)) from error

    def _read(self, subject: SandboxObject, request: ApiRequest, reader: Reader) -> Any:
        clock = self._clock.stopped()
        context = ReadContext(reader.connection, reader.lookups, clock, clock.today(), request.base_url)
        if request.address.ref:
            return self._single(reader, subject, request.address.ref, context)
        parameters = request.address.parameters
        query = compile_query(
            subject, parameters.get("where", ""), parameters.get("order", ""), reader.lookups, clock
        )
        if request.address.command:
            return find.count(reader, subject, query)
        return self._list(reader, subject, query, parameters, context)

    def _single(self, reader: Reader, subject: SandboxObject, ref: str, context: ReadContext) -> Any:
        column, value = record_key(subject, ref)
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
        context: ReadContext,
    ) -> Any:
        limit = min(whole_number(parameters, "limit", DEFAULT_LIMIT), self._max_page_size)
        offset = whole_number(parameters, "offset", 0)
        served = subject.listed(find.page(reader, subject, query, limit, offset), context)
        for name in parameters.get("expand", "").split(","):
            if add := subject.expand.get(name.strip()):
                add(served, context)
        return served
