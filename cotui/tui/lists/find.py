"""Find in the loaded rows of a list: narrow them, and go back to where the cursor was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cotui.tui.lists.local_matches import MatchingRows
from cotui.tui.lists.notices import nothing_found_notice

if TYPE_CHECKING:
    from cotui.tui.lists.list_screen import ListScreen


class FindInRows:
    """Which of a list's loaded rows are shown."""

    def __init__(self, screen: ListScreen) -> None:
        self._screen = screen
        #: cursor and top line before rows were narrowed
        self._before = (0, 0)

    @property
    def narrowed(self) -> MatchingRows | None:
        """The rows that were found, None while all are shown."""
        rows = self._screen.table.rows
        return rows if isinstance(rows, MatchingRows) else None

    def open(self) -> None:
        """Ask for the text."""
        table = self._screen.table
        if self.narrowed is None:
            self._before = (table.cursor, table.scroll_offset.y)
        self._screen.find_bar.open()

    def find(self, text: str) -> None:
        """Show the loaded rows with this text; all rows without one."""
        table, window = self._screen.table, self._screen.window
        if window is None:
            return
        if not text:
            cursor, top = self._place()
            table.set_rows(window, cursor=cursor, top=top)
            return
        narrowed = MatchingRows(window, [column.field for column in table.columns], text)
        table.set_rows(narrowed)
        table.set_notice(() if narrowed.length else nothing_found_notice(narrowed.searched, text))

    def _place(self) -> tuple[int, int]:
        """Cursor and top line among all rows: on what was found, else where they were before."""
        table, rows = self._screen.table, self.narrowed
        if rows is None or not rows.length:
            return self._before
        cursor = rows.places[table.cursor]
        return cursor, max(0, cursor - table.size.height // 2)
