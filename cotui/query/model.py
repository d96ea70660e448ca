"""What a filter means: conditions that all have to hold, and the order of the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

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


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one field. `value` is plain text: escapes exist on the wire only.

    Raises:
        ValueError: the field's name is malformed, or a value is given to a test for null.
    """

    field: str
    op: Op
    value: str = ""

    def __post_init__(self) -> None:
        _check_name(self.field)
        if self.value and not self.op.takes_value:
            raise ValueError(f"{self.op} takes no value")


@dataclass(frozen=True, slots=True)
class Order:
    """One key of the order.

    Raises:
        ValueError: the field's name is malformed.
    """

    field: str
    descending: bool = False

    def __post_init__(self) -> None:
        _check_name(self.field)


class Wire(NamedTuple):
    """The query parameters `where` and `order` before percent-encoding; "" means: do not send it."""

    where: str
    order: str


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions, all of which hold, and order keys, the first of which weighs most."""

    conditions: tuple[Condition, ...] = ()
    order: tuple[Order, ...] = ()

    def ordered_by(self, field: str, descending: bool = False) -> Query:
        """The same conditions in the order of one field (wire name)."""
        return replace(self, order=(Order(field, descending),))
