"""References in payloads: `customer_id`, `customer_external_key` or `customer_token` name the same customer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cotui.catalog.field import sent_text
from cotui.catalog.types.integer import sent_whole
from cotui.sandbox.database.object_model import SandboxObject
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid, no_such, shown
from cotui.sandbox.objects import served
from cotui.sandbox.writing.payload import refused

_FORMS = ("id", "external_key", "token")
_ID = re.compile(r"\d{1,18}", re.ASCII)


def record_key(subject: SandboxObject, ref: str) -> tuple[str, int | str]:
    """The column and the value that name a record in a URL: an id, "external_key:…" or "token:…".

    Raises:
        NotFoundError: it is none of these.
    """
    kind, colon, key = ref.partition(":")
    if colon and kind in subject.addresses and "\x00" not in key:
        return kind, key
    if _ID.fullmatch(ref):
        return subject.key, int(ref)
    raise no_such(subject.name)


def resolve(
    context: WriteContext, payload: Mapping[str, Any], name: str, *, of: str = "", together: bool = False
) -> int | None:
    """The id that a payload refers to; None when it refers to nothing (absent, null, "" or 0).

    Args:
        name: what the keys begin with, such as "customer" for `customer_id`.
        of: the object referred to, where the keys are named otherwise ("customer" for `parent_customer_id`).
        together: several forms may stand side by side if they agree, as in an object that was fetched.

    Raises:
        BadRequestError: two forms at once, or one that names no record.
    """
    subject = served(of or name)
    found: set[int] = set()
    for form in _FORMS:
        if form != "id" and form not in subject.addresses:
            continue
        key = f"{name}_{form}"
        number = _find(context, subject, form, payload.get(key), key)
        if number is None:
            continue
        if found and not together:
            raise missing_or_invalid(key, "the record is named in two ways")
        found.add(number)
    if len(found) > 1:
        raise missing_or_invalid(f"{name}_id", "id, external_key and token name different records")
    return found.pop() if found else None


def is_named(payload: Mapping[str, Any], name: str) -> bool:
    """Whether a payload says anything of a reference, be it that there is none."""
    return any(f"{name}_{form}" in payload for form in _FORMS)


def _find(context: WriteContext, subject: SandboxObject, form: str, sent: Any, said: str) -> int | None:
    value: int | str | None
    with refused(said, sent):
        value = sent_text(sent) if form != "id" else None if sent in (None, "") else sent_whole(sent)
    if not value:
        return None
    found = _id_by(context, subject, subject.key if form == "id" else form, value)
    if found is None:
        raise missing_or_invalid(said, f"no such record: {shown(sent)}")
    return found


def _id_by(context: WriteContext, subject: SandboxObject, column: str, value: int | str) -> int | None:
    sql = f"SELECT t.{subject.key} FROM {subject.table} t WHERE {subject.by(column)}"  # noqa: S608 - our own names
    row = context.connection.execute(sql, (value,)).fetchone()
    return None if row is None else int(row[0])


def record_exists(context: WriteContext, name: str, number: int) -> bool:
    """Whether there is a record of this object with this id."""
    subject = served(name)
    return _id_by(context, subject, subject.key, number) is not None


def unique_key(
    context: WriteContext, name: str, external_key: str | None, own: int | None = None
) -> str | None:
    """An external key as it is stored (None for "") after a look whether another record has it.

    Args:
        name: the object, such as "customer".
        own: id of the record that may have it already.

    Raises:
        BadRequestError: another record has it; the recorded message.
    """
    if not external_key:
        return None
    if _id_by(context, served(name), "external_key", external_key) not in (None, own):
        article = "An" if name[0] in "aeio" else "A"
        raise BadRequestError(f'{article} {name} already exists with the external_key value "{external_key}"')
    return external_key
