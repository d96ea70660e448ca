"""Credentials of the sandbox: which there are, and which of them may change anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cotui.sandbox.errors import UnauthorizedError
from cotui.sandbox.http.api_request import ApiRequest
from cotui.sandbox.objects import endpoint

_READ_ONLY = ":read-only"
#: Calls of no object that change nothing although they are sent with POST. Requests of a batch are judged one by one.
_READING = frozenset({("_report", "reportdata"), ("_report", "getdata"), ("_bulk", "")})


class Credential(NamedTuple):
    """A pair of keys that the sandbox accepts."""

    username: str
    password: str
    read_only: bool = False


def read_credential(text: str) -> Credential:
    """A credential as the command line and files of credentials write it: `USER:PASSWORD[:read-only]`.

    Raises:
        ValueError: it is written otherwise. The message does not repeat the text, which may hold a password.
    """
    pair = text.removesuffix(_READ_ONLY)
    username, colon, password = pair.partition(":")
    if not (username and colon and password):
        raise ValueError("a credential is written USER:PASSWORD or USER:PASSWORD:read-only")
    return Credential(username, password, read_only=pair != text)


def read_credentials(lines: Iterable[str]) -> list[Credential]:
    """The credentials of a file: one a line; empty lines and lines that begin with # are left out.

    Raises:
        ValueError: a line is written otherwise; the message names it by its number.
    """
    found = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text and not text.startswith("#"):
            try:
                found.append(read_credential(text))
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from None
    return found


def check_access(request: ApiRequest) -> None:
    """Refuses changes to a credential that may only read, with UnauthorizedError."""
    if request.may_write or request.method == "GET":
        return
    name, action = request.address.subject, request.address.action.casefold()
    if request.method == "POST":
        found = endpoint(name)
        known = found.actions.get(action) if found is not None else None
        if (name, action) in _READING or (known is not None and known.reads):
            return
    raise UnauthorizedError("Invalid or incorrect authorization [This key may only read.]")
