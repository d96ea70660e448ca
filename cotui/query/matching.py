"""What a query means for rows that are here: which of them fulfil it, and in which order they come.

Rows are compared as ChargeOver compares them, as far as that is known, and where nothing is said as MySQL does: a value
that is not set fulfils no condition but that it is not set; of texts, capitals, accents and blanks at the end make no
difference; keys and amounts are numbers.

Two questions are asked. Where a list is filtered and ordered here, each row needs an answer: `fulfils`, `ordered`. Where a
server was asked, it may have ignored the query, and rows of strangers must not pass; but what depends on its time zone
or its collation is no proof of that. So `holds` and `in_order` answer None where a row leaves any doubt.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import groupby, pairwise
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
_NO: Final = frozenset({"0", "false", "no"})
#: digits that a number has at most: more take long, and no key or amount has as many
_LONGEST_NUMBER: Final = 40
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?)?")
#: how far a day in another time zone may be from the day here
_ZONES: Final = timedelta(days=1)


def fulfils(row: Row, condition: Condition, resource: Resource) -> bool:
    """Whether a row of this object fulfils a condition.

    Raises:
        KeyError: the object has no such field.
    """
    field = resource.field(condition.field)
    value = row.get(field.name)
    unset = field.type.is_unset(value)
    if not condition.op.takes_value:
        return unset is (condition.op is Op.IS_NULL)
    if unset:
        return False
    if condition.op is Op.CONTAINS:
        return folded(condition.value) in folded(text_of(value))
    return _COMPARED[condition.op](_key(value, field), _key(condition.value, field))


def holds(row: Row, condition: Condition, resource: Resource) -> bool | None:
    """As `fulfils`, for a row that a server sent for this condition; None where that can't be told from the row."""
    field = resource.find(condition.field)
    if field is None or field.name not in row:  # among others, what exists for filtering only
        return None
    return None if _doubtful(row[field.name], condition, field) else fulfils(row, condition, resource)


def ordered(
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


def in_order(rows: Sequence[Row], order: Sequence[Order], resource: Resource) -> bool | None:
    """Whether rows come in an order; None where they don't tell.

    How texts follow on each other is not known, for collations differ; but before a second key those that are alike
    stand together. A row that lacks a key, as answers of some accounts do, stands somewhere all the same: it says
    nothing of that key, nor of those after it.
    """
    if not order or (field := resource.find(order[0].field)) is None:
        return None
    rows = [row for row in rows if field.name in row]
    first = _one_after_the_other(rows, order[0], field)
    if first is False or len(order) < 2:
        return first
    groups = [
        (own, list(group)) for own, group in groupby(rows, lambda row: folded(text_of(row.get(field.name))))
    ]
    if len({own for own, _ in groups}) < len(groups):
        return False
    verdicts = [first, *(in_order(group, order[1:], resource) for _, group in groups)]
    if False in verdicts:
        return False
    return True if True in verdicts or len(groups) > 1 else None


def folded(text: str) -> str:
    """A text as MySQL compares it: without regard to case, accents and blanks at its end."""
    parts = unicodedata.normalize("NFKD", text.rstrip())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def _doubtful(value: Any, condition: Condition, field: Field) -> bool:
    """Whether a server may know better than this value tells."""
    op, family = condition.op, field.type.family
    unset = field.type.is_unset(value)
    if not op.takes_value:  # "" and 0 are how answers spell null as well
        return value is not None and (unset or value in ("", 0, "0"))
    if isinstance(value, list | dict) or (op is Op.CONTAINS and not isinstance(value, str)):
        return True
    if op is Op.CONTAINS:
        return False
    compares = op not in (Op.EQUALS, Op.NOTEQUALS)
    if unset:
        return op is not Op.EQUALS or family == "flag" or field.type.is_unset(condition.value)
    match family:
        case "flag":
            return not {text_of(value).casefold(), condition.value.casefold()} <= _YES | _NO
        case "key":
            return compares and None in (_number(text_of(value)), _number(condition.value))
        case "number":
            return None in (_number(text_of(value)), _number(condition.value))
        case "time":
            one, other = _day(value), _day(condition.value)
            if one is None or other is None:
                return True
            return field.type.storage == "moment" and abs(one - other) <= _ZONES
    return compares


def _one_after_the_other(rows: Sequence[Row], order: Order, field: Field) -> bool | None:
    """Whether rows come in the order of one key; None where they don't tell."""
    rank = {"key": _amount, "number": _amount, "time": _day}.get(field.type.family)
    if rank is None:
        return None
    ranked: list[Any] = [found for row in rows if (found := rank(row.get(field.name))) is not None]
    slack = _ZONES if field.type.storage == "moment" else None
    pairs = ((second, first) if order.descending else (first, second) for first, second in pairwise(ranked))
    for first, second in pairs:
        if first > second if slack is None else first - second > slack:
            return False
    return True if len(set(ranked)) > 1 else None


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
            return (1, Decimal(0), folded(text)) if number is None else (0, number, "")
        case "time":
            return 1, Decimal(0), _moment(text)
    return 1, Decimal(0), folded(text)


def _amount(value: object) -> Decimal | None:
    return None if isinstance(value, bool) else _number(text_of(value))


def _number(text: str) -> Decimal | None:
    if len(text) > _LONGEST_NUMBER:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(text_of(value).strip()[:10])
    except ValueError:
        return None


def _moment(text: str) -> str:
    """A day or moment as the account's clock shows it, in one spelling; a day alone is its beginning."""
    found = _MOMENT.match(text)
    if found is None:
        return folded(text)
    return f"{found[1]} {found[2] or '00:00'}{found[3] or ':00'}"
