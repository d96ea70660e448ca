"""An invoice's lines while they are edited: what each of them becomes, what that costs, and what is sent.

Section 11.1 of the API notes: lines that are sent are all the invoice has afterwards. An entry with nothing but
`line_item_id` keeps that line, one with further fields changes it, one without the id is a new line, and a line
that is left out is removed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from enum import StrEnum
from typing import Any

from cotui.api.records import coerce_id
from cotui.catalog.money import decimal_of, from_minor, to_minor
from cotui.catalog.types.number import json_number

_EXACT = Context(prec=120)


class LineState(StrEnum):
    """What becomes of a line when the invoice is sent, in words."""

    KEPT = "kept"
    CHANGED = "changed"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class LineValues:
    """What can be edited of a line. The texts are as they came: clean them to show them.

    Attributes:
        item_id: the item that is sold.
        item_name: its name; told to people, never sent.
        descrip: what is billed, as printed.
        rate: price of one unit, in major units of the invoice's currency; what is typed has no more digits
            than a JSON number keeps (`read_decimal`).
        quantity: how many units.
    """

    item_id: int | str | None
    item_name: str
    descrip: str
    rate: Decimal
    quantity: Decimal

    def payload(self) -> dict[str, Any]:
        """The values as JSON takes them."""
        return {
            "item_id": self.item_id,
            "descrip": self.descrip,
            "line_rate": json_number(self.rate),
            "line_quantity": json_number(self.quantity),
        }

    def payload_after(self, before: LineValues) -> dict[str, Any]:
        """Only what differs from other values, as JSON takes it."""
        found: dict[str, Any] = {}
        if self.item_id != before.item_id:
            found["item_id"] = self.item_id
        if self.descrip != before.descrip:
            found["descrip"] = self.descrip
        if self.rate != before.rate:
            found["line_rate"] = json_number(self.rate)
        if self.quantity != before.quantity:
            found["line_quantity"] = json_number(self.quantity)
        return found

    def over(self, before: LineValues, now: LineValues) -> LineValues:
        """These values where they differ from those before, others as they are now."""
        own = {
            name: value for name in self.__slots__ if (value := getattr(self, name)) != getattr(before, name)
        }
        return replace(now, **own)

    def subtotal(self, iso: str) -> Decimal:
        """Rate times quantity, rounded to the currency's minor unit; taxes come on top."""
        return from_minor(to_minor(_EXACT.multiply(self.rate, self.quantity), iso), iso)


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line.

    Attributes:
        values: as they are wanted.
        line_item_id: the line's number at ChargeOver, None for a new one.
        stored: the values as they were read, None for a new line.
        removed: it is to go, or, when new, not to come.
    """

    values: LineValues
    line_item_id: int | str | None = None
    stored: LineValues | None = None
    removed: bool = False

    @property
    def changes(self) -> dict[str, Any]:
        """The fields of a stored line that are to change, as they are sent; empty for others."""
        return {} if self.stored is None else self.values.payload_after(self.stored)

    @property
    def state(self) -> LineState:
        """What becomes of it."""
        if self.removed:
            return LineState.REMOVED
        if self.stored is None:
            return LineState.NEW
        return LineState.CHANGED if self.changes else LineState.KEPT


class InvoiceLines:
    """The lines of one invoice under edit. Removed ones keep their place, so that they can be restored."""

    def __init__(self, stored: Sequence[Mapping[str, Any]] = (), iso: str = "") -> None:
        self.iso = iso
        self._lines = [_stored_line(item) for item in stored]

    @property
    def lines(self) -> Sequence[InvoiceLine]:
        """All lines, the removed ones among them, in the order they are shown and sent."""
        return tuple(self._lines)

    def add(self, values: LineValues) -> int:
        """Add a line at the end; returns its index."""
        self._lines.append(InvoiceLine(values))
        return len(self._lines) - 1

    def change(self, index: int, values: LineValues) -> None:
        """Give a line other values; one that was removed comes back with them."""
        self._lines[index] = replace(self._lines[index], values=values, removed=False)

    def remove(self, index: int) -> None:
        self._lines[index] = replace(self._lines[index], removed=True)

    def restore(self, index: int) -> None:
        """Bring a removed line back, with the values it had."""
        self._lines[index] = replace(self._lines[index], removed=False)

    def undo(self, index: int) -> None:
        """Make a stored line again what it was when it was read; a new one is only brought back."""
        line = self._lines[index]
        self._lines[index] = replace(line, values=line.stored or line.values, removed=False)

    def rebase(self, fresh: Sequence[Mapping[str, Any]]) -> bool:
        """Take over what others did to the lines meanwhile, and whether they did anything; what was edited here stays.

        A line that is gone at the server and was changed here becomes a new one.
        """
        now = {line.line_item_id: line for line in map(_stored_line, fresh)}
        moved = False
        stored, new = [], []
        for line in self._lines:
            if line.stored is None:
                new.append(line)
            elif (current := now.pop(line.line_item_id, None)) is None:
                moved = True
                if line.state is LineState.CHANGED:
                    new.append(InvoiceLine(line.values))
            else:
                moved = moved or bool(current.values.payload_after(line.stored))
                values = line.values.over(line.stored, current.values)
                stored.append(replace(line, values=values, stored=current.values))
        moved = moved or bool(now)
        self._lines = [*stored, *now.values(), *new]
        return moved

    def counts(self) -> dict[LineState, int]:
        """How many lines there are of each state that occurs, in the order of `LineState`."""
        states = [line.state for line in self._lines]
        return {state: states.count(state) for state in LineState if state in states}

    @property
    def changed(self) -> bool:
        """Whether anything would be sent for the lines."""
        return any(
            line.state is not LineState.KEPT
            and not (line.state is LineState.REMOVED and line.line_item_id is None)
            for line in self._lines
        )

    @property
    def left(self) -> Sequence[InvoiceLine]:
        """The lines that the invoice has afterwards."""
        return tuple(line for line in self._lines if not line.removed)

    @property
    def total(self) -> Decimal:
        """Before taxes."""
        return sum((line.values.subtotal(self.iso) for line in self.left), Decimal(0))

    def payload(self) -> dict[str, Any]:
        """What is sent for the lines: `line_items`, or nothing where they stay as they are."""
        return {"line_items": [_entry(line) for line in self.left]} if self.changed else {}


def _entry(line: InvoiceLine) -> dict[str, Any]:
    if line.stored is None:
        return line.values.payload()
    return {"line_item_id": line.line_item_id, **line.changes}


def _stored_line(item: Mapping[str, Any]) -> InvoiceLine:
    values = LineValues(
        item_id=coerce_id(item.get("item_id")),
        item_name=_text(item.get("item_name")),
        descrip=_text(item.get("descrip")),
        rate=decimal_of(item.get("line_rate")),
        quantity=decimal_of(item.get("line_quantity")),
    )
    return InvoiceLine(values, coerce_id(item.get("line_item_id")), values)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
