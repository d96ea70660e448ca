"""The ways to pay that a customer has stored, in words that never show more than their last digits."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cotui.api import ApiError, ListSource, read_all
from cotui.catalog import RESOURCES
from cotui.catalog.model import key_of
from cotui.query import Condition, Op, Query
from cotui.tui.base.format import cell

if TYPE_CHECKING:
    from cotui.api import Api, Record
    from cotui.catalog import Resource

#: code of a kind of pay method -> its object (sections 11.5 and 14 of the API notes)
KINDS: Final = {"crd": "creditcard", "ach": "ach", "tok": "tokenized"}
_WORDS: Final = {"crd": "card", "ach": "bank account", "tok": "token"}
#: fields that say which one it is
_TELLING: Final = {
    "crd": ("type_name", "mask_number"),
    "ach": ("bank", "mask_number"),
    "tok": ("name",),
}


class StoredMethod(NamedTuple):
    """One stored way to pay: `kind` is `crd`, `ach` or `tok`; the words are clean."""

    kind: str
    ref: int | str
    words: str

    @property
    def key(self) -> str:
        """The payload field that names it, such as `creditcard_id`."""
        return RESOURCES[KINDS[self.kind]].primary_key


class Stored(NamedTuple):
    """What a customer has stored: cards, then bank accounts, then tokens, the oldest first.

    `unread` says of each kind that could not be read, or perhaps not whole, why, in words; such as of bank accounts,
    where the keys may not read them.
    """

    methods: list[StoredMethod]
    unread: list[str]


async def stored_methods(api: Api, customer_id: int | str) -> Stored:
    """What a customer has stored, as far as it can be read.

    Raises:
        ApiError: nothing could be read.
    """
    lists = await asyncio.gather(
        *(_read(api, RESOURCES[name], customer_id) for name in KINDS.values()), return_exceptions=True
    )
    methods: list[StoredMethod] = []
    failed: list[ApiError] = []
    unread: list[str] = []
    for kind, read in zip(KINDS, lists, strict=True):
        if isinstance(read, ApiError):
            failed.append(read)
            unread.append(f"The stored {_WORDS[kind]}s could not be read: {read.what}.")
        elif isinstance(read, BaseException):
            raise read
        else:
            rows, missing = read
            methods += [StoredMethod(kind, row.ref, _words(kind, row)) for row in rows if row.ref is not None]
            if missing:
                unread.append(f"Some of the stored {_WORDS[kind]}s may be missing here: {missing}.")
    if len(failed) == len(KINDS):
        raise failed[0]
    return Stored(methods, unread)


def named_method(
    methods: Sequence[StoredMethod], values: Mapping[str, Any], *, prefix: str = ""
) -> StoredMethod | None:
    """The stored method that a record names by `paymethod` and an id, in fields with this prefix; None when it is none."""
    kind = values.get(f"{prefix}paymethod")
    return next(
        (
            method
            for method in methods
            if method.kind == kind and str(values.get(f"{prefix}{method.key}")) == str(method.ref)
        ),
        None,
    )


def method_of(values: Mapping[str, Any]) -> StoredMethod | None:
    """The method that a record names, whatever is known of it; None when it names none."""
    kind = values.get("paymethod")
    if not isinstance(kind, str) or kind not in KINDS:
        return None
    ref = key_of(values.get(RESOURCES[KINDS[kind]].primary_key))
    return StoredMethod(kind, ref, f"{_WORDS[kind]} {ref}") if ref is not None else None


async def _read(api: Api, resource: Resource, customer_id: int | str) -> tuple[list[Record], str]:
    """What is stored of one kind, and why some of it may be missing."""
    query = Query((Condition("customer_id", Op.EQUALS, str(customer_id)),))
    reading = read_all(ListSource(api, resource, query))
    return await reading.all(), reading.missing


def _words(kind: str, row: Record) -> str:
    resource = RESOURCES[KINDS[kind]]
    parts = [text for name in _TELLING[kind] if (text := cell(row, resource.field(name)))]
    if not parts:
        parts = [f"{_WORDS[kind]} {row.id}"]
    expires = next(
        (
            text
            for name in ("expdate_formatted", "expdate")
            if (field := resource.find(name)) is not None and (text := cell(row, field))
        ),
        "",
    )
    return " ".join(parts) + (f", expires {expires}" if expires else "")
