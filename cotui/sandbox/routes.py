"""What a request is answered with, once it is known who asks. Nothing here touches the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from cotui.sandbox import find
from cotui.sandbox.address import Address
from cotui.sandbox.clock import Clock
from cotui.sandbox.envelope import (
    BadRequestError,
    no_such,
    success,
    unsupported_command,
    unsupported_object,
)
from cotui.sandbox.objects import ALIASES, OBJECTS, Context, SandboxObject
from cotui.sandbox.query_numbers import whole_number
from cotui.sandbox.query_sql import BadQueryError, Compiled, compile_query
from cotui.sandbox.report_routes import answer_report
from cotui.sandbox.store import Reader, Store

DEFAULT_LIMIT = 10
_VERBS = {"POST": "create", "PUT": "modify", "PATCH": "modify", "DELETE": "delete"}
_ID = re.compile(r"\d{1,18}", re.ASCII)


@dataclass(frozen=True)
class Ask:
    """A request as the answers need it.

    Attributes:
        method: HTTP method, upper case; GET for HEAD.
        address: the URL, taken apart.
        body: the request's body.
        base_url: scheme and host that the client used.
    """

    method: str
    address: Address
    body: bytes
    base_url: str


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
        address = ask.address
        name = ALIASES.get(address.subject, address.subject)
        verb = self._verb(ask)
        if name == "_report":
            return answer_report(self._store, self._clock, ask.method, verb, address, ask.body)
        subject = OBJECTS.get(name)
        if subject is None:
            raise unsupported_object(verb, address.subject, address.ref)
        if ask.method != "GET" or address.action or address.rest or (address.ref and address.command):
            raise unsupported_command(verb, address.subject, address.ref)
        try:
            return self._read(subject, ask)
        except BadQueryError as error:
            raise BadRequestError(str(error)) from error

    def _verb(self, ask: Ask) -> str:
        address = ask.address
        if address.action:
            return address.action
        if ask.method == "GET":
            return "get" if address.ref else "list"
        return _VERBS.get(ask.method, ask.method.lower())

    def _read(self, subject: SandboxObject, ask: Ask) -> Response:
        with self._store.read() as reader:
            context = Context(reader.connection, reader.facts, self._clock, self._clock.today(), ask.base_url)
            if ask.address.ref:
                return success(self._single(reader, subject, ask.address.ref, context))
            parameters = ask.address.parameters
            query = compile_query(
                subject, parameters.get("where", ""), parameters.get("order", ""), reader.facts, self._clock
            )
            if ask.address.command:
                return success(find.count(reader, subject, query))
            return success(self._list(reader, subject, query, parameters, context))

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
