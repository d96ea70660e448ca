"""Names of customers in a list: which are on the screen, and what happens when they come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextvars import copy_context
from typing import TYPE_CHECKING

from cotui.desk.names import Ref, customers_in, names_customer
from cotui.tui.engine.timers import later_in

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.catalog import Field
    from cotui.desk.names_on_screen import NamesOnScreen
    from cotui.tui.lists.list_screen import ListScreen
    from cotui.tui.lists.table_columns import TableColumn


class ListNames:
    """Has a table show names for numbers of customers, asking for those that nobody knows yet."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen
        self._asker: NamesOnScreen | None = None
        self._looking = False
        #: all fields of the rows that stand for customers, whether there are columns of them or not
        self._numbers: list[Field] = []
        #: the column of names for which it was said what it can be ordered by
        self._offered: Field | None = None

    def begin(self) -> None:
        """The screen has its columns: follow what its rows stand for, where they stand for customers."""
        table = self._screen.table
        resource = self._screen.listing.resource
        self._numbers = [field for field in resource.fields if names_customer(field, resource)]
        if not self._numbers or self._screen.cotui.session.api is None:
            return
        if self._asker is not None:
            self.look()  # another column has names as well
            return
        from cotui.desk.names_on_screen import NamesOnScreen

        names = self._screen.cotui.customer_names
        table.names = names.shown
        self._asker = NamesOnScreen(
            self._screen.cotui.api,
            names,
            self._visible,
            lambda asking: self._screen.run_worker(self._asked(asking), group="names"),
            later=later_in(copy_context()),
        )
        self._screen.at_end(self._asker.close)
        self._screen.at_end(names.on_learned(self._learned))
        self.look()

    def look(self) -> None:
        """Other rows are on the screen: ask for their names when they have been painted."""
        if self._asker is not None and not self._looking:
            self._looking = True
            self._screen.call_after_refresh(self._painted)

    def look_beside(self) -> None:
        """Another record is shown beside the list, which may have no column for whose it is."""
        if self._asker is not None and self._screen.cotui.customer_names.missing(self._beside()):
            self.look()

    def _painted(self) -> None:
        self._looking = False
        if self._asker is not None and self._screen.living and self._screen.is_current:
            self._asker.look()

    async def _asked(self, asking: Callable[[], Awaitable[None]]) -> None:
        await asking()
        if refused := self._screen.cotui.customer_names.untold_refusal():
            # with what is told at the start, which may come later than this
            self._screen.cotui.session.news.add(f"{refused}: their numbers are shown instead")

    def explains_order(self, column: TableColumn) -> bool:
        """Whether it was said what a column of names can be ordered by; asked for again, it is ordered by numbers."""
        if not column.named or column.field.customer_where[0] or self._offered is column.field:
            self._offered = None
            return False
        self._offered = column.field
        what = self._screen.listing.resource.plural.casefold()
        self._screen.say(
            f"ChargeOver orders {what} by the customer's number, not by the name: o again does that · "
            "f finds a name in the loaded rows",
            "warning",
        )
        return True

    @property
    def _fields(self) -> list[Field]:
        return [column.field for column in self._screen.table.columns if column.named]

    def _visible(self) -> list[Ref]:
        table = self._screen.table
        if table.rows is None:
            return []
        records = (table.rows.row(index) for index in range(*table.visible_range))
        found = customers_in(records, self._fields, self._screen.listing.resource)
        return list(dict.fromkeys((*found, *self._beside())))

    def _beside(self) -> Iterator[Ref]:
        record = self._screen.table.record if self._screen.has_class("previewing") else None
        return customers_in((record,), self._numbers, self._screen.listing.resource)

    def _learned(self, refs: frozenset[Ref]) -> None:
        if not self._screen.living:
            return
        fields, resource = self._fields, self._screen.listing.resource

        def concerned(record: Record) -> bool:
            return any(ref in refs for ref in customers_in((record,), fields, resource))

        self._screen.table.repaint_rows(concerned)
