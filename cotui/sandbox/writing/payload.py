"""Bodies of write requests, read as tolerantly as existing clients need.

They send numbers as strings, null for what is unset, 0 for "no such record", whole fetched objects with their
read-only fields, and for "nothing" no body at all, `""`, `[]` or `{}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from cotui.catalog import Field, FieldType
from cotui.catalog.field import sent_text
from cotui.catalog.types.boolean import flag
from cotui.catalog.types.integer import sent_whole
from cotui.sandbox.errors import BadRequestError, missing_or_invalid

#: A body's JSON value: an object, or (for some actions) an array; {} when there is none.
Payload = Any

#: Marks the absence of a value where null is one.
_SKIP = object()


def decode(body: bytes) -> Payload:
    """The JSON value of a body; {} for the ways to say "nothing".

    Raises:
        BadRequestError: it is not JSON in UTF-8, nested too deeply, or holds what no database keeps (NUL).
    """
    if not body or not body.strip():
        return {}
    try:
        sent = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise missing_or_invalid() from error
    return normalized(sent)


def normalized(sent: Any) -> Payload:
    """A JSON value as writers and actions get it: {} for the ways to say "nothing".

    Raises:
        BadRequestError: it is neither an object nor an array.
    """
    if sent is None or sent == "" or sent == []:
        return {}
    if not isinstance(sent, dict | list):
        raise missing_or_invalid()
    return sent


def no_data() -> BadRequestError:
    """The recorded message for a write without any data."""
    return BadRequestError("A required parameter was missing: No data.")


def required(name: str) -> BadRequestError:
    """The message for a write that lacks a field."""
    return BadRequestError(f"A required parameter was missing: {name}")


def object_of(payload: Payload) -> dict[str, Any]:
    """A payload that has to be an object."""
    if not isinstance(payload, dict):
        raise missing_or_invalid()
    return payload


def objects(payload: Mapping[str, Any], name: str) -> list[dict[str, Any]] | None:
    """A list of sub-objects; None when it is not sent or null.

    PHP writes lists as objects with the keys "0", "1" …, and one client a single entry without its list.

    Raises:
        BadRequestError: it is something else.
    """
    sent = payload.get(name)
    if sent is None or sent == "":
        return None
    if isinstance(sent, dict):
        sent = list(sent.values()) if all(key.isdigit() for key in sent) else [sent]
    if not isinstance(sent, list) or not all(isinstance(item, dict) for item in sent):
        raise missing_or_invalid()
    return sent


def read(payload: Mapping[str, Any], fields: Iterable[Field], zone: ZoneInfo) -> dict[str, Any]:
    """The values of those fields that a payload holds, by wire name; others are not among the answer.

    Texts as they are, ids and whole numbers as int, quantities as float, money as Decimal in major units
    (scale it with `minor`), dates as "YYYY-MM-DD", datetimes as Unix seconds, booleans as 0 or 1,
    enumerations as one of their values, tags as a list of texts. Null is None, as are 0 and "" where the
    type is not a text; a boolean that is null counts as not sent, because booleans are never null. Fields
    with `parts` are left to `objects`.

    Args:
        zone: the account's time zone, for datetimes without an offset.

    Raises:
        BadRequestError: a value is not of its field's type.
    """
    found: dict[str, Any] = {}
    for item in fields:
        if item.name in payload and item.type is not FieldType.OBJECTS:
            value = value_of(payload[item.name], item, zone)
            if value is not _SKIP:
                found[item.name] = value
    return found


def value_of(sent: Any, item: Field, zone: ZoneInfo) -> Any:
    """One value as `read` gives it. Raises BadRequestError where it is not of the field's type."""
    if item.type.never_null and (sent is None or sent == ""):
        return _SKIP
    with refused():
        return item.type.read(sent, item, zone)


@contextmanager
def refused() -> Iterator[None]:
    """Refuses the request where a value in it makes no sense (a ValueError)."""
    try:
        yield
    except ValueError as error:
        raise missing_or_invalid() from error


def text(sent: Mapping[str, Any], name: str) -> str:
    """A text without blanks around it; "" when it is not sent or null."""
    with refused():
        return (sent_text(sent.get(name)) or "").strip()


def whole(sent: Mapping[str, Any], name: str) -> int:
    """A whole number, such as an id; 0 when it is not sent, null or ""."""
    with refused():
        return sent_whole(sent.get(name) or 0)


def yes(sent: Mapping[str, Any], name: str) -> bool:
    """Whether a flag is set; not when it is not sent, null or ""."""
    value = sent.get(name)
    with refused():
        return value is not None and value != "" and bool(flag(str(value)))


def minor(amount: Decimal, unit: int) -> int:
    """An amount in units of which `unit` make a major one; half a unit is rounded away from zero."""
    return int((amount * unit).to_integral_value("ROUND_HALF_UP"))
