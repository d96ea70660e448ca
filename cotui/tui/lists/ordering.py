"""What the key that orders a list by a column asks for, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cotui.query import Order

if TYPE_CHECKING:
    from cotui.api import RecordWindow
    from cotui.catalog import Field
    from cotui.tui.lists.list_names import ListNames
    from cotui.tui.lists.list_screen import ListScreen
    from cotui.tui.lists.mixed_amounts import MixedAmounts
    from cotui.tui.lists.table_columns import TableColumn


class ColumnOrder:
    """The orders that a key goes through: ascending, descending, and the third time the default one again."""

    def __init__(
        self,
        screen: ListScreen,
        window: Callable[[], RecordWindow | None],
        names: ListNames,
        amounts: MixedAmounts,
    ) -> None:
        self._screen = screen
        self._window = window
        self._names = names
        self._amounts = amounts
        #: fields of which it was said how texts are ordered
        self._told: set[str] = set()

    def after(self, column: TableColumn, shown: tuple[tuple[str, bool], ...]) -> tuple[Order, ...] | None:
        """The order that comes after the present one, of no keys for the default; None where it was said why there is none.

        `shown`: what the rows are ordered by now, as `RecordTable.order`.
        """
        field, order = column.field, self._screen.applied.order
        listing = self._screen.listing
        if not (field.orders and (listing.filterable or listing.orders_here)):
            self._screen.say(f"ChargeOver can't order by {field.label}", "warning")
            return None
        first = (order[0].field, order[0].descending) if order else None
        if (first is None or first[0] != field.name) and self._names.explains_order(column):
            return None
        if (instead := self._amounts.next_order(field, self._window())) is not None:
            return instead
        if first == (field.name, True):
            return ()
        self._tell_of_texts(field)
        return (Order(field.name, shown[:1] == ((field.name, False),)),)

    def _tell_of_texts(self, field: Field) -> None:
        """Say once that numbers which are texts to ChargeOver stand in the order of texts."""
        listing, window = self._screen.listing, self._window()
        if field.type.family != "text" or listing.orders_here or window is None or field.name in self._told:
            return
        values = [row.raw.get(field.name) for _, row in window.loaded()]
        # a zero in front makes them all as long as each other, in which case both orders are one
        numbers = [
            value for value in values if isinstance(value, str) and value.isdecimal() and value[0] != "0"
        ]
        if 2 * len(numbers) > len(values):
            self._told.add(field.name)
            own = listing.resource.find(listing.resource.primary_key)
            instead = " · order by id: by ChargeOver's own number" if own is not None and own.orders else ""
            self._screen.say(f"ChargeOver orders {field.label} as text: 1, 10, 2{instead}")
