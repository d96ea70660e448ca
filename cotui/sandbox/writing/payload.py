"""Bodies of write requests, read as tolerantly as existing clients need.

They send numbers as strings, null for what is unset, 0 for "no such record", whole fetched objects with their
read-only fields, and for "nothing" no body at all, `""`, `[]` or `{}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Context, Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from cotui.catalog import Field, FieldType
from cotui.catalog.field import Choice, sent_text
from cotui.catalog.money import rounded
from cotui.catalog.types.boolean import flag
from cotui.catalog.types.integer import sent_whole
from cotui.sandbox.database.schema import RATE_SCALE
from cotui.sandbox.errors import BadRequestError, invalid_value, missing_or_invalid, not_json, shown

#: A body's JSON value: an object, or (for some actions) an array; {} when there is none.
Payload = Any

#: Marks the absence of a value where null is one.
_SKIP = object()
#: Digits that a JSON number keeps, which clients read and compute as a double.
_DOUBLE = Context(prec=15)


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
        raise not_json(error, body) from error
    return normalized(sent)


def normalized(sent: Any) -> Payload:
    """A JSON value as writers and actions get it: {} for the ways to say "nothing".

    Raises:
        BadRequestError: it is neither an object nor an array.
    """
    if sent is None or sent == "" or sent == []:
        return {}
    if not isinstance(sent, dict | list):
        raise missing_or_invalid("body", f"neither an object nor a list: {shown(sent)}")
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
        raise missing_or_invalid("body", "it is a list where an object belongs")
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
        raise missing_or_invalid(name, "not a list of objects")
    return sent


@contextmanager
def in_line(number: int, of: Sequence[Any]) -> Iterator[None]:
    """Says of a refusal in which of several lines it is.

    Args:
        number: the line's place, from 0.
    """
    try:
        yield
    except BadRequestError as error:
        if len(of) < 2:
            raise
        raise BadRequestError(f"{error}, in line {number + 1}") from error


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
    with refused(item.name, sent, secret=item.secret, choices=item.choices):
        return item.type.read(sent, item, zone)


@contextmanager
def refused(
    name: str, sent: object, *, secret: bool = False, choices: Sequence[Choice] = ()
) -> Iterator[None]:
    """Refuses the request where reading a value of it raises a ValueError.

    Args:
        name: the parameter, as on the wire.
        sent: its value, which the message repeats.
        secret: it does not.
        choices: what it can be.
    """
    try:
        yield
    except ValueError as error:
        fault = error
        if choices and isinstance(sent, str):
            fault = ValueError(f"not one of {', '.join(choice.value for choice in choices)}")
        raise invalid_value(name, sent, fault, secret=secret) from error


def text(sent: Mapping[str, Any], name: str, *, secret: bool = False) -> str:
    """A text without blanks around it; "" when it is not sent or null."""
    value = sent.get(name)
    with refused(name, value, secret=secret):
        return (sent_text(value) or "").strip()


def whole(sent: Mapping[str, Any], name: str) -> int:
    """A whole number, such as an id; 0 when it is not sent, null or ""."""
    value = sent.get(name)
    with refused(name, value):
        return sent_whole(value or 0)


def yes(sent: Mapping[str, Any], name: str) -> bool:
    """Whether a flag is set; not when it is not sent, null or ""."""
    value = sent.get(name)
    with refused(name, value):
        return value is not None and value != "" and bool(flag(str(value)))


def minor(amount: Decimal, unit: int, name: str) -> int:
    """An amount of money in minor units, of which `unit` make a major one.

    Binary fractions that clients have computed with, such as 29.849999999999998, are taken for the amount that they
    miss by less than they can tell apart.

    Raises:
        BadRequestError: it is finer than its currency.
    """
    found = _DOUBLE.multiply(amount, unit)
    if found != found.to_integral_value():
        decimals = len(str(unit)) - 1
        raise missing_or_invalid(name, f"{amount} is finer than its currency, which has {decimals} decimals")
    return int(found)


def rate(amount: Decimal, name: str) -> int:
    """A price of a unit as it is stored; one with more digits than anybody wrote, such as a third, is rounded.

    Raises:
        BadRequestError: it is finer than prices are kept.
    """
    exact = amount * RATE_SCALE
    found = rounded(exact)
    written = len(amount.normalize().as_tuple().digits) <= _DOUBLE.prec
    if exact and (found == 0 or (written and found != exact)):
        raise missing_or_invalid(name, f"{amount} is finer than prices are kept: at most 8 decimals")
    return found
