"""Lines of invoices: new ones, changed ones, and the list of them that an update sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cotui.catalog.invoice_lines import LINE_ITEMS
from cotui.catalog.types.number import LARGEST
from cotui.sandbox.billing.prices import copied_item
from cotui.sandbox.billing.taxes import Tax, taxed
from cotui.sandbox.database.schema import RATE_SCALE
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.writing.payload import minor, read, required, whole
from cotui.sandbox.writing.references import resolve

_REFERENCE = frozenset({"item_external_key", "item_token"})
_WRITTEN = tuple(
    item for item in LINE_ITEMS if item.creatable and not item.references and item.name not in _REFERENCE
)


@dataclass
class LineWriter:
    """Writes the lines of one invoice; amounts of the invoice itself are the caller's.

    Attributes:
        tax: what lines of taxable items bear; None for none.
    """

    context: WriteContext
    invoice_id: int
    currency_id: int
    tax: Tax | None
    _items: dict[int, dict[str, Any]] = field(default_factory=dict)

    def add(self, sent: Mapping[str, Any]) -> None:
        """Adds a line."""
        item_id = resolve(self.context, sent, "item")
        if item_id is None:
            raise required("item_id")
        item = self._item(item_id)
        values = self._read(sent)
        rate = values.pop("line_rate", None)
        quantity = values.pop("line_quantity", None) or 1.0
        if rate is None:
            rate = self._price(item_id)
        if values.get("descrip") is None:
            values["descrip"] = item["description"] or item["name"]
        self.context.insert(
            "invoice_lines",
            {
                "invoice_id": self.invoice_id,
                **values,
                **copied_item(item),
                **self._amounts(item, rate, quantity),
            },
        )

    def replace(self, sent: Sequence[Mapping[str, Any]], *, frozen: bool = False) -> None:
        """Makes a list that an update sends the invoice's lines: known ones are kept, with the fields that
        are sent changed, unknown ones are new, and those left out are removed.

        Args:
            frozen: the lines may be sent, but must be as they are.
        """
        left = self._stored()
        new = []
        for line in sent:
            number = whole(line, "line_item_id")
            if not number:
                new.append(line)
            elif number not in left:
                raise BadRequestError(f"Missing or invalid parameter: line_item_id {number}")
            else:
                changes = self._changes(line, left.pop(number))
                if changes and frozen:
                    raise _frozen()
                self.context.update("invoice_lines", "line_item_id", number, changes)
        if frozen and (new or left):
            raise _frozen()
        for number in left:
            self.context.delete("invoice_lines", "line_item_id", number)
        for line in new:
            self.add(line)

    def _changes(self, sent: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
        """What changes in a line, as columns; amounts only where one of them has to."""
        values = self._read(sent)
        item_id = resolve(self.context, sent, "item", together=True) or stored["item_id"]
        rate = stored["line_rate"] if (given := values.pop("line_rate", None)) is None else given
        quantity = values.pop("line_quantity", None)
        if quantity is None:
            quantity = stored["line_quantity"]
        found = {name: value for name, value in values.items() if value != stored[name]}
        if item_id != stored["item_id"]:
            found |= copied_item(self._item(item_id))
        if (item_id, rate, quantity) != (stored["item_id"], stored["line_rate"], stored["line_quantity"]):
            found |= self._amounts(self._item(item_id), rate, quantity)
        return found

    def _stored(self) -> dict[int, dict[str, Any]]:
        cursor = self.context.connection.execute(
            "SELECT * FROM invoice_lines WHERE invoice_id = ? ORDER BY line_item_id", (self.invoice_id,)
        )
        names = [column[0] for column in cursor.description]
        lines = [dict(zip(names, row, strict=True)) for row in cursor]
        return {line["line_item_id"]: line for line in lines}

    def _read(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """A line's own columns; the rate in millionths."""
        values = read(sent, _WRITTEN, self.context.clock.zone)
        if values.get("line_rate") is not None:
            values["line_rate"] = minor(values["line_rate"], RATE_SCALE)
        quantity = values.get("line_quantity")
        if quantity is not None and quantity < 0:
            raise missing_or_invalid()
        return values

    def _item(self, item_id: int) -> dict[str, Any]:
        if item_id not in self._items:
            self._items[item_id] = self.context.known_row("items", "item_id", item_id)
        return self._items[item_id]

    def _price(self, item_id: int) -> int:
        """The item's own price in the invoice's currency, for lines without a rate; 0 when it has none."""
        row = self.context.connection.execute(
            "SELECT base FROM tiersets WHERE item_id = ? AND currency_id = ? AND is_custom = 0"
            " ORDER BY tierset_id LIMIT 1",
            (item_id, self.currency_id),
        ).fetchone()
        return 0 if row is None else int(row[0])

    def _amounts(self, item: Mapping[str, Any], rate: int, quantity: float) -> dict[str, Any]:
        unit = self.context.lookups.currency(self.currency_id).unit
        exact = Decimal(rate).scaleb(-6) * Decimal(repr(quantity))
        if abs(exact) > LARGEST:
            raise missing_or_invalid()
        total = minor(exact, unit)
        return {
            "line_rate": rate,
            "line_quantity": quantity,
            "line_total": total,
            **taxed(self.tax, item, total),
        }


def _frozen() -> BadRequestError:
    return BadRequestError("The line items of a void invoice cannot be changed.")
