"""Bodies of write requests, read as tolerantly as existing clients need.

They send numbers as strings, null for what is unset, 0 for "no such record", whole fetched objects with their
read-only fields, and for "nothing" no body at all, `""`, `[]` or `{}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from cotui.catalog import Field, FieldType
from cotui.sandbox.database import query_values
from cotui.sandbox.errors import BadRequestError, missing_or_invalid

#: A body's JSON value: an object, or (for some actions) an array; {} when there is none.
Payload = Any

#: Largest amount of money, rate or quantity that is taken: sums of very many of them still fit 64 bits.
LARGEST = 10**10
_LARGEST_ID = 2**63 - 1
#: Years 2 to 9998: one day before or after them is still a date in every time zone.
_FIRST_MOMENT, _LAST_MOMENT = -62_104_060_800, 253_370_764_800
_WHOLE = re.compile(r"[+-]?\d{1,20}(?:\.0*)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,3})?", re.ASCII)
_TEXTS = frozenset(
    {FieldType.TEXT, FieldType.MULTILINE, FieldType.EMAIL, FieldType.PHONE, FieldType.URL}
)  # fmt: skip
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
    """A payload that has to be an object.

    Raises:
        BadRequestError: it is an array.
    """
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
    """One value as `read` gives it.

    Raises:
        BadRequestError: it is not of the field's type.
    """
    kind = item.type
    try:
        if kind in _TEXTS:
            return text(sent)
        if kind is FieldType.BOOLEAN:
            return _SKIP if sent is None or sent == "" else _boolean(sent)
        if kind is FieldType.TAGS:
            return _tags(sent)
        if sent is None or sent == "":
            return None
        if kind is FieldType.ID:
            return whole(sent) or None
        if kind is FieldType.INTEGER:
            return whole(sent)
        if kind is FieldType.NUMBER:
            return float(number(sent))
        if kind is FieldType.MONEY:
            return number(sent)
        if not isinstance(sent, str):
            raise ValueError("not a text")
        if kind is FieldType.DATE:
            return query_values.day(sent)
        if kind is FieldType.DATETIME:
            return _moment(sent, zone)
        return _choice(sent, item)
    except ValueError as error:
        raise missing_or_invalid() from error


def text(sent: Any) -> str | None:
    """A text; numbers are taken as they print, booleans as 1 and 0.

    Raises:
        ValueError: it is an object or array, or holds NUL.
    """
    if sent is None:
        return None
    if isinstance(sent, bool):
        return "1" if sent else "0"
    if isinstance(sent, int | float):
        return str(sent)
    if not isinstance(sent, str) or "\x00" in sent:
        raise ValueError("not a text")
    return sent


def whole(sent: Any) -> int:
    """A whole number from 0, as a number or as text.

    Raises:
        ValueError: it is something else, or more than SQLite holds.
    """
    if isinstance(sent, bool):
        raise ValueError("not a whole number")
    if isinstance(sent, float) and sent.is_integer() and abs(sent) < 2**53:
        sent = int(sent)
    if isinstance(sent, str) and _WHOLE.fullmatch(sent.strip()):
        sent = int(Decimal(sent.strip()))
    if not isinstance(sent, int) or not 0 <= sent <= _LARGEST_ID:
        raise ValueError("not a whole number")
    return sent


def number(sent: Any) -> Decimal:
    """A number, as a number or as text; floats as the decimal number that they print as.

    Raises:
        ValueError: it is something else, or larger than `LARGEST`.
    """
    if isinstance(sent, bool) or not isinstance(sent, int | float | str):
        raise ValueError("not a number")
    written = str(sent).strip()
    if not _NUMBER.fullmatch(written):
        raise ValueError("not a number")
    value = Decimal(written)
    if abs(value) > LARGEST:
        raise ValueError("too large")
    return value


def minor(amount: Decimal, unit: int) -> int:
    """An amount in units of which `unit` make a major one; half a unit is rounded away from zero."""
    return int((amount * unit).to_integral_value("ROUND_HALF_UP"))


def _boolean(sent: Any) -> int:
    if isinstance(sent, bool):
        return int(sent)
    if isinstance(sent, int | float | str):
        return query_values.boolean(str(sent).strip().removesuffix(".0"))
    raise ValueError("neither true nor false")


def _moment(sent: str, zone: ZoneInfo) -> int:
    """Unix seconds that every time zone can show."""
    seconds = query_values.moment(sent, zone)
    if not _FIRST_MOMENT <= seconds <= _LAST_MOMENT:
        raise ValueError("out of range")
    return seconds


def _choice(sent: str, item: Field) -> str:
    wanted = sent.strip().casefold()
    for choice in item.choices:
        if choice.value.casefold() == wanted:
            return choice.value
    raise ValueError("not one of the choices")


def _tags(sent: Any) -> list[str]:
    if isinstance(sent, str):
        sent = sent.split(",")
    if sent is None:
        return []
    if not isinstance(sent, list):
        raise ValueError("not a list of tags")
    words = [text(item) for item in sent]
    return list(dict.fromkeys(word.strip() for word in words if word and word.strip()))
