"""Lists that are ordered by an amount while their amounts are of several currencies.

ChargeOver compares the bare numbers then: 40,920 yen stand above 3,632.75 dollars. Ordered by currency first the
amounts of each stand together. That an order may have two keys is documented nowhere: it is tried as other orders are
(`cotui.api.paging.tried_query`), and where it was not done the list goes back to the order by amount.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import cotui.query as language
from cotui.api.abilities import ordering
from cotui.catalog import Field
from cotui.catalog.field import CURRENCY
from cotui.query import Order, Query

if TYPE_CHECKING:
    from cotui.api import RecordWindow
    from cotui.tui.lists.list_screen import ListScreen


class MixedAmounts:
    """Says what an order by amount is worth, and which order says more.

    Args:
        reorder: has the rows of the same conditions asked for in another order.
    """

    def __init__(self, screen: ListScreen, reorder: Callable[[tuple[Order, ...]], None]) -> None:
        self._screen = screen
        self._reorder = reorder
        #: the currencies that rows of these conditions had
        self._currencies: set[str] = set()
        self._conditions: object = None
        #: the window whose first rows were judged
        self._judged: object = None
        #: what is to be said before the rest
        self._note = ""
        #: the field by which rows came to be ordered after they were by currency
        self._left = ""
        #: the order that it was before it was by currency
        self._from: tuple[Order, ...] = ()

    def look_at(self, window: RecordWindow) -> None:
        """Judge the first rows of a window, when they have come or were refused."""
        if window.state == "loading" or window is self._judged:
            return
        self._judged = window
        if window.state == "failed":
            return
        order = self._screen.applied.order
        amount = self._amount_of(order)
        self._learn(window)
        if amount is None:
            self._left = ""
            return
        if len(order) > 1:
            if self._known(order) is False:
                self._note = "ChargeOver does not order by currency first · "
                self._reorder(order[1:2])
        elif len(self._currencies) > 1:
            self._screen.say(self._note + self._words(amount), "warning")
            self._note = ""

    def next_order(self, field: Field, window: RecordWindow | None) -> tuple[Order, ...] | None:
        """The order to go on to from the one by this field; none at all for the default, None for the usual one.

        From the ascending one it goes on by currency, and from there to the descending one.
        """
        order, wanted = self._screen.applied.order, by_currency(field)
        if order == wanted:
            self._left = field.name
            return wanted[1:] if self._from != wanted[1:] else ()
        if window is not None:
            self._learn(window)
        if order not in (wanted[1:], (Order(field.name, False),)) or not self._offered(field):
            return None
        self._from = order
        return wanted

    def _learn(self, window: RecordWindow) -> None:
        conditions = self._screen.applied.conditions
        if conditions != self._conditions:
            self._conditions, self._currencies = conditions, set()
        found = (row.raw.get(CURRENCY) for _, row in window.loaded())
        self._currencies.update(code for code in found if isinstance(code, str) and code)

    def _offered(self, field: Field) -> bool:
        """Whether amounts of this field are of several currencies, and their key goes on to an order by currency."""
        currency = self._screen.listing.resource.find(CURRENCY)
        if not field.type.pointed or len(self._currencies) < 2 or currency is None or not currency.orders:
            return False
        left = self._left == field.name and self._screen.applied.order == by_currency(field)[1:]
        return not left and self._known(by_currency(field)) is not False

    def _amount_of(self, order: tuple[Order, ...]) -> Field | None:
        """The amount that rows are ordered by, at once or within each currency."""
        at = 1 if len(order) > 1 and order[0].field == CURRENCY else 0
        field = self._screen.listing.resource.find(order[at].field) if order else None
        return field if field is not None and field.type.pointed else None

    def _words(self, field: Field) -> str:
        said = "ordered by bare numbers of several currencies"  # how many, only all rows would tell
        if not self._offered(field):
            return said
        better = language.render(Query(order=by_currency(field)), self._screen.listing.resource)
        column = self._screen.table.column_to_order_by
        # the key is about the selected column, which is another where the order was typed
        key = "o: " if column is not None and column.field.name == field.name else "better: "
        return f"{said} · {key}{better}"

    def _known(self, order: tuple[Order, ...]) -> bool | None:
        """Whether the account orders so; None where that was not tried."""
        fact = ordering(self._screen.listing.resource.id, *(key.field for key in order))
        return self._screen.cotui.api.abilities.can(fact)


def by_currency(field: Field) -> tuple[Order, ...]:
    """By currency, and within each the largest amount first."""
    return (Order(CURRENCY, False), Order(field.name, True))
