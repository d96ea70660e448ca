"""What the parts of a list screen (find, marks, the pane beside the table) know of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cotui.api import RecordWindow
from cotui.query import Query
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.lists.list_spec import ListSpec
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.lists.selection import SelectedRecord

#: actions on the row under the cursor
OF_A_ROW: Final = frozenset({"open", "copy", "relation", "act", "mark"})


def key_of(screen: FrameScreen[None], action: str) -> str:
    """The key that does something on a screen now, as it is shown; "" where none does."""
    active = screen.active_bindings.values()
    found = (item.binding for item in active if item.enabled and item.binding.action == action)
    return next((screen.app.get_key_display(binding) for binding in found), "")


class ListScreen(FrameScreen[None]):
    """A list of records.

    Attributes:
        listing: what it lists.
        applied: what the rows are filtered and ordered by.
        table: the rows on the screen.
    """

    listing: ListSpec
    applied: Query
    table: RecordTable

    @property
    def window(self) -> RecordWindow | None:
        """All rows; None before they are asked for."""
        raise NotImplementedError

    def marked(self, refs: Iterable[int | str | None]) -> list[SelectedRecord | None]:
        """What is kept of marked records, in the order of their ids; None for those that are not marked."""
        raise NotImplementedError

    def order_refused(self) -> None:
        """The rows come in the object's own order, whatever was asked for."""
        raise NotImplementedError

    def rows_read(self) -> None:
        """The rows were read again, and may be what they were."""
        raise NotImplementedError

    def action_filter(self) -> None:
        """Give the keys to the filter."""
        raise NotImplementedError

    def follow_relation(self, name: str) -> None:
        """Show what belongs to the row under the cursor."""
        raise NotImplementedError

    def unmark(self, refs: Iterable[int | str | None]) -> None:
        """These were dealt with."""
        raise NotImplementedError
