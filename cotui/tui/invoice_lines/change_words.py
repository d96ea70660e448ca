"""What becomes of an invoice's lines, as the question before it is sent says it: a line for each that changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cotui.catalog.money import written
from cotui.tui.invoice_lines.lines import LineState

if TYPE_CHECKING:
    from cotui.tui.invoice_lines.lines import InvoiceLine, InvoiceLines, LineValues


def change_words(lines: InvoiceLines) -> Iterator[str]:
    """A line of words for each line of an invoice that is new, removed or changed; not cleaned."""
    for line in lines.lines:
        if line.state is LineState.NEW:
            yield f"New line: {_words(line.values, lines.iso)}"
        elif line.state is LineState.CHANGED:
            yield f"Line “{_name(line.stored or line.values)}”: {'; '.join(_differences(line, lines.iso))}"
        elif line.state is LineState.REMOVED and line.stored is not None:
            yield f"Removed: {_words(line.stored, lines.iso)}"


def _differences(line: InvoiceLine, iso: str) -> Iterator[str]:
    old, new = line.stored, line.values
    assert old is not None  # only what is stored can change
    if old.item_id != new.item_id:
        yield f"Item {_item(old)} → {_item(new)}"
    if old.descrip != new.descrip:
        yield f"Description {_flat(old.descrip) or 'nothing'} → {_flat(new.descrip) or 'nothing'}"
    if old.rate != new.rate:
        yield f"Rate {written(old.rate, iso)} → {written(new.rate, iso)}"
    if old.quantity != new.quantity:
        yield f"Quantity {old.quantity:f} → {new.quantity:f}"


def _words(values: LineValues, iso: str) -> str:
    return f"{_name(values)}, {values.quantity:f} × {written(values.rate, iso)} {iso}".rstrip()


def _name(values: LineValues) -> str:
    return _flat(values.descrip) or _item(values)


def _item(values: LineValues) -> str:
    return values.item_name or f"no. {values.item_id}"


def _flat(text: str) -> str:
    return " ".join(text.split())
