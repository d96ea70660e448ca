"""What becomes of the lines of an invoice, in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cotui.tui.invoice_lines.change_words import change_words
from cotui.tui.invoice_lines.lines import InvoiceLines, LineValues

STORED = [
    {
        "line_item_id": n,
        "item_id": n,
        "item_name": f"Item {n}",
        "descrip": descrip,
        "line_rate": 10,
        "line_quantity": 2,
    }
    for n, descrip in ((1, "Support\nin May"), (2, ""), (3, "Hosting"))
]


def test_each_line_that_changes_has_its_words() -> None:
    lines = InvoiceLines(STORED, "USD")
    assert list(change_words(lines)) == []
    first = lines.lines[0].values
    lines.change(0, replace(first, rate=Decimal("1234.5"), quantity=Decimal("0.25"), descrip=""))
    lines.change(1, replace(lines.lines[1].values, item_id=7, item_name="Other"))
    lines.remove(2)
    lines.add(LineValues(9, "Extra", "", Decimal(5), Decimal(1)))
    lines.remove(lines.add(LineValues(9, "Never", "", Decimal(5), Decimal(1))))
    assert list(change_words(lines)) == [
        "Line “Support in May”: Description Support in May → nothing; Rate 10.00 → 1,234.50; Quantity 2 → 0.25",
        "Line “Item 2”: Item Item 2 → Other",
        "Removed: Hosting, 2 × 10.00 USD",
        "New line: Extra, 1 × 5.00 USD",
    ]
