"""The columns of a list: which were chosen, and how wide they were made, is remembered for the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cotui.tui.lists.table_columns import chosen_columns

if TYPE_CHECKING:
    from cotui.settings import ScreenState
    from cotui.tui.lists.list_screen import ListScreen
    from cotui.tui.lists.record_table import RecordTable


class ListColumns:
    """Between the table of a list and what is remembered of its columns.

    Args:
        shown: to be called when the table has its columns.
    """

    def __init__(self, screen: ListScreen, shown: Callable[[], None]) -> None:
        self._screen = screen
        self._shown = shown

    @property
    def _memory(self) -> ScreenState:
        return self._screen.cotui.memory(self._screen.listing.key)

    def show(self, order: tuple[tuple[str, bool], ...]) -> None:
        """Give the table its columns; `order` has the fields ordered by and whether each descends."""
        memory = self._memory
        columns = chosen_columns(self._screen.listing.resource, memory.columns)
        self._screen.table.set_columns(columns, order, memory.widths)
        self._shown()

    def choose(self) -> None:
        """Ask which columns are to be shown."""
        from cotui.tui.lists.columns_dialog import ColumnsDialog

        screen = self._screen
        shown = tuple(column.field.name for column in screen.table.columns)
        dialog = ColumnsDialog(screen.listing.resource, shown, hidden=screen.table.hidden_columns)
        screen.open_screen(dialog, self._chosen)

    def _chosen(self, names: tuple[str, ...] | None) -> None:
        if names is None:
            return
        memory, resource = self._memory, self._screen.listing.resource
        memory.columns = list(names)
        if names == tuple(column.field for column in resource.columns):
            memory.columns, memory.widths = [], {}
        self.show(self._screen.table.order)
        self._screen.table.forget_lines()

    def resize(self, wanted: RecordTable.WidthWanted) -> None:
        """Make a column as wide as was asked for, or say why not."""
        heading, table = wanted.column.heading, self._screen.table
        if wanted.cells < wanted.least:
            why = "" if wanted.column.cuttable else ": its values are never cut"
            self._screen.say(f"{heading} can't be narrower than {wanted.least} cells{why}", "warning")
            return
        widths, name = self._memory.widths, wanted.column.field.name
        before, kept = table.width_of(wanted.column), dict(widths)
        widths[name] = wanted.cells
        self.show(table.order)
        table.forget_lines()
        if wanted.cells > (now := table.width_of(wanted.column)) >= before:
            if now == before:
                self._memory.widths = kept  # there may be one for a wider terminal
                self.show(table.order)
            self._screen.say(f"{heading} can't be wider here: another column would go", "warning")

    def drop_widths(self) -> None:
        """Give columns back the widths that they have by themselves."""
        self._memory.widths = {}
        self.show(self._screen.table.order)
        self._screen.table.forget_lines()
        self._screen.say("columns have their own widths again")
