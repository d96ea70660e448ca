"""Where the columns of a table stand, and what a width that was set by hand may not do."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.catalog.objects.invoice import INVOICE
from cotui.tui.lists.column_layout import ColumnLayout
from cotui.tui.lists.table_columns import default_columns
from tests.tui.support import FixedRows


def row(_: int) -> dict[str, Any]:
    return {
        "refnumber": "4965",
        "customer_id": 7,
        "total": 4015.63,
        "balance": 4015.63,
        "currency_iso4217": "EUR",
    }


def layout(width: int, **by_hand: int) -> ColumnLayout:
    made = ColumnLayout()
    made.set(default_columns(INVOICE), (), by_hand)
    made.measure(FixedRows(3, row, "invoice_id"), 0, 3)
    made.place(width)
    return made


def names(made: ColumnLayout) -> list[str]:
    return [item.column.field.name for item in made.placed]


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("by_hand", [{"customer_id": 70}, {"customer_id": 40, "total": 40}, {"balance": 90}])
def test_a_width_of_a_wide_terminal_takes_no_column_from_a_narrow_one(
    width: int, by_hand: dict[str, int]
) -> None:
    plain, kept = layout(width), layout(width, **by_hand)
    assert set(names(plain)) <= set(names(kept))
    for item in kept.placed:
        wanted = by_hand.get(item.column.field.name)
        assert wanted is None or item.width <= wanted


def test_on_a_wide_terminal_it_is_what_was_set() -> None:
    made = layout(250, customer_id=70)
    assert next(item.width for item in made.placed if item.column.field.name == "customer_id") == 70


def test_columns_without_room_are_known() -> None:
    made = layout(50)
    assert len(made.hidden_names) == made.hidden > 0
    assert not set(made.hidden_names) & set(names(made))
