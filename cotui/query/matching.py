"""Whether a row is one that a query asks for, as far as the row tells: a server that ignores a query sends others.

Only what leaves no doubt is called a mismatch. ChargeOver compares texts as MySQL does, without regard to case and
accents, and moments in the account's time zone; what depends on such things is not known here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from cotui.catalog.model import key_of
from cotui.catalog.money import decimal_of
from cotui.query.model import Condition, Op, Order

if TYPE_CHECKING:
    from cotui.catalog import Field, Resource

_YES: Final = ("1", "true", "yes")
_NO: Final = ("0", "false", "no", "")
#: how far a day in another time zone may be from the day here
_ZONES: Final = timedelta(days=1)


def holds(row: Mapping[str, Any], condition: Condition, resource: Resource) -> bool | None:
    """Whether a row fulfils a condition; None where that can't be told from the row."""
    field = resource.find(condition.field)
    if field is None or field.name not in row:  # among others, what exists for filtering only
        return None
    value = row[field.name]
    if not condition.op.takes_value:
        return _is_null(value, wanted=condition.op is Op.IS_NULL)
    if condition.op is Op.NOTEQUALS:
        equal = _equals(value, condition.value, field)
        return None if equal is None else not equal
    if condition.op is Op.EQUALS:
        return _equals(value, condition.value, field)
    if condition.op is Op.CONTAINS:
        if not isinstance(value, str):
            return None
        return folded(condition.value) in folded(value)
    return _compares(value, condition, field)


def in_order(rows: Sequence[Mapping[str, Any]], order: Order, resource: Resource) -> bool | None:
    """Whether rows come in the order of a key; None where they don't tell. Texts don't: collations differ."""
    field = resource.find(order.field)
    if field is None or field.type.family not in ("key", "number", "time"):
        return None
    ranked = [rank for row in rows if (rank := _rank(row.get(field.name), field)) is not None]
    if len(ranked) < 2:
        return None
    slack = _ZONES if field.type.storage == "moment" else None
    pairs = ((second, first) if order.descending else (first, second) for first, second in pairwise(ranked))
    for first, second in pairs:
        if first > second if slack is None else first - second > slack:
            return False
    return True if len(set(ranked)) > 1 else None


def folded(text: str) -> str:
    """A text as MySQL compares it: without regard to case, accents and blanks at its end."""
    parts = unicodedata.normalize("NFKD", text.rstrip())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def _is_null(value: object, *, wanted: bool) -> bool | None:
    if value is None:
        return wanted
    return None if value in ("", 0, "0") else not wanted  # how answers spell null as well


def _equals(value: Any, wanted: str, field: Field) -> bool | None:
    family = field.type.family
    if isinstance(value, list | dict):
        return None
    if family == "key":
        return key_of(value) == key_of(wanted)
    if family == "flag":
        return _flag(value, wanted)
    if family in ("number", "time"):
        one, other = _rank(value, field), _rank(wanted, field)
        if one is None or other is None:
            return False if value is None else None
        if field.type.storage == "moment":
            return False if abs(one - other) > _ZONES else None
        equal: bool = one == other
        return equal
    return folded("" if value is None else str(value)) == folded(wanted)


def _flag(value: Any, wanted: str) -> bool | None:
    found = [
        True if text in _YES else False if text in _NO else None
        for text in ("" if value is None else str(value).casefold(), wanted.casefold())
    ]
    return None if None in found else found[0] == found[1]


def _compares(value: Any, condition: Condition, field: Field) -> bool | None:
    if field.type.family not in ("number", "time", "key"):
        return None
    one, other = _rank(value, field), _rank(condition.value, field)
    if one is None or other is None:
        return None
    if field.type.storage == "moment":
        below = condition.op in (Op.GT, Op.GTE)
        beyond = other - one > _ZONES if below else one - other > _ZONES
        return False if beyond else None if abs(one - other) <= _ZONES else True
    verdict: bool
    match condition.op:
        case Op.GT:
            verdict = one > other
        case Op.LT:
            verdict = one < other
        case Op.GTE:
            verdict = one >= other
        case _:
            verdict = one <= other
    return verdict


def _rank(value: Any, field: Field) -> Any:
    """A value as something that can be compared with others of its field; None where it is none."""
    family = field.type.family
    if family == "key":
        key = key_of(value)
        return key if isinstance(key, int) else None
    if family == "time":
        try:
            return date.fromisoformat(str(value).strip()[:10])
        except ValueError:
            return None
    if value is None or value == "" or isinstance(value, bool | list | dict):
        return None
    found: Decimal | None = decimal_of(value)
    return found
