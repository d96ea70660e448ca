"""What a query means for rows that are here: which of them fulfil it, and in which order they come.

As ChargeOver compares, as far as that is known, and where nothing is said as SQL does: a value that is not set fulfils
no condition but that it is not set, texts are compared without regard to capitals, keys and amounts as numbers.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from cotui.catalog.field import Field
from cotui.catalog.model import Resource
from cotui.catalog.spelling import text_of
from cotui.query.model import Condition, Op, Order

Row = Mapping[str, Any]
#: what two values are compared by: numbers among themselves, texts among themselves
_Key = tuple[int, Decimal, str]

_COMPARED: Final[Mapping[Op, Callable[[_Key, _Key], bool]]] = {
    Op.EQUALS: operator.eq,
    Op.NOTEQUALS: operator.ne,
    Op.GT: operator.gt,
    Op.LT: operator.lt,
    Op.GTE: operator.ge,
    Op.LTE: operator.le,
}
_YES: Final = frozenset({"1", "true", "yes"})
#: digits that a number has at most: more take long, and no key or amount has as many
_LONGEST_NUMBER: Final = 40
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?)?")


def fulfils(row: Row, condition: Condition, resource: Resource) -> bool:
    """Whether a row of this object fulfils a condition.

    Raises:
        KeyError: the object has no such field.
    """
    field = resource.field(condition.field)
    value = row.get(field.name)
    unset = field.type.is_unset(value)
    if condition.op in (Op.IS_NULL, Op.ISNOT_NULL):
        return unset is (condition.op is Op.IS_NULL)
    if unset:
        return False
    if condition.op is Op.CONTAINS:
        return condition.value.casefold() in text_of(value).casefold()
    return _COMPARED[condition.op](_key(value, field), _key(condition.value, field))


def in_order(
    rows: Sequence[Any], order: Sequence[Order], resource: Resource, row_of: Callable[[Any], Row]
) -> list[Any]:
    """The rows in an order, those that are not set first where it ascends; what is equal stays as it came.

    Args:
        row_of: the values of one.
    """
    found = list(rows)
    for key in reversed(order):
        field = resource.field(key.field)
        found.sort(key=lambda one, field=field: _place(row_of(one), field), reverse=key.descending)  # type: ignore[misc]
    return found


def _place(row: Row, field: Field) -> tuple[bool, _Key]:
    value = row.get(field.name)
    if field.type.is_unset(value):
        return False, (0, Decimal(0), "")
    return True, _key(value, field)


def _key(value: object, field: Field) -> _Key:
    text = text_of(value).strip()
    match field.type.family:
        case "flag":
            return 0, Decimal(text.casefold() in _YES), ""
        case "number" | "key":
            number = _number(text)
            return (1, Decimal(0), text.casefold()) if number is None else (0, number, "")
        case "time":
            return 1, Decimal(0), _moment(text)
    return 1, Decimal(0), text.casefold()


def _number(text: str) -> Decimal | None:
    if len(text) > _LONGEST_NUMBER:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _moment(text: str) -> str:
    """A day or moment as the account's clock shows it, in one spelling; a day alone is its beginning."""
    found = _MOMENT.match(text)
    if found is None:
        return text.casefold()
    return f"{found[1]} {found[2] or '00:00'}{found[3] or ':00'}"
