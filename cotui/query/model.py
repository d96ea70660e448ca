"""What a filter means: conditions that all have to hold, and the order of the answer.

Named tuples, as in the catalogue: every start defines them, and a dataclass costs five times as much to define.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple, Self

#: a field as the wire spells it; dots lead to related objects ("line_items.item_id")
FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")


class Op(StrEnum):
    """The nine operators of ChargeOver's `where`, as they are sent."""

    EQUALS = "EQUALS"
    NOTEQUALS = "NOTEQUALS"
    GT = "GT"
    LT = "LT"
    GTE = "GTE"
    LTE = "LTE"
    CONTAINS = "CONTAINS"
    IS_NULL = "IS:NULL"
    ISNOT_NULL = "ISNOT:NULL"

    @property
    def takes_value(self) -> bool:
        """Whether a value follows; false for the two tests for null."""
        return self not in (Op.IS_NULL, Op.ISNOT_NULL)


def _check_name(name: str) -> None:
    if not FIELD_NAME.fullmatch(name):
        raise ValueError(f"not a field name: {name!r}")


class _Condition(NamedTuple):
    field: str
    op: Op
    value: str


class Condition(_Condition):
    """One test of one field. `value` is plain text: escapes exist on the wire only.

    Raises:
        ValueError: the field's name is malformed, or a value is given to a test for null.
    """

    __slots__ = ()

    def __new__(cls, field: str, op: Op, value: str = "") -> Self:
        _check_name(field)
        if value and not op.takes_value:
            raise ValueError(f"{op} takes no value")
        return super().__new__(cls, field, op, value)


class _Order(NamedTuple):
    field: str
    descending: bool


class Order(_Order):
    """One key of the order.

    Raises:
        ValueError: the field's name is malformed.
    """

    __slots__ = ()

    def __new__(cls, field: str, descending: bool = False) -> Self:
        _check_name(field)
        return super().__new__(cls, field, descending)


class Wire(NamedTuple):
    """The query parameters `where` and `order` before percent-encoding; "" means: do not send it."""

    where: str
    order: str


class Query(NamedTuple):
    """Conditions, all of which hold, and order keys, the first of which weighs most."""

    conditions: tuple[Condition, ...] = ()
    order: tuple[Order, ...] = ()

    def ordered_by(self, field: str, descending: bool = False) -> Query:
        """The same conditions in the order of one field (wire name)."""
        return self._replace(order=(Order(field, descending),))
