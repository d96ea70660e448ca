"""Find in the rows of a list that are loaded: the line for the text, and the rows that hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from cotui.api import RecordWindow
from cotui.tui.base.inputs import TypedLine
from cotui.tui.base.line import TextLine
from cotui.tui.lists.notices import nothing_found_notice
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.lists.table_rows import MatchingRows


class _FindLine(TypedLine):
    """A text that counts from its first letter on: when it is kept, nothing in it is unfinished."""

    @property
    def typed(self) -> bool:
        """Whether it is being typed."""
        return self.has_focus and bool(self.value)


class FindBar(Horizontal):
    """A line that is there only while something is searched for."""

    DEFAULT_CSS = """
    FindBar { height: 1; background: $warning-muted; color: $text-warning; display: none; }
    FindBar > TextLine { width: auto; padding: 0 1; background: $warning-muted; color: $text-warning; }
    FindBar > Input, FindBar > Input:focus { width: 1fr; background: $warning-muted; color: $foreground; }
    """
    help_heading = "Find"
    BINDINGS = [
        Binding("escape", "close(False)", "All rows again", id="find.close"),
        Binding("enter", "close(True)", "Keep", id="find.keep", priority=True),
    ]

    @dataclass
    class Changed(Message):
        """Another text is searched for; none: all rows again."""

        text: str

    @dataclass
    class Closed(Message):
        """The line has gone; `keep` when the narrowed rows stay."""

        keep: bool

    def __init__(self) -> None:
        super().__init__()
        self._entry = _FindLine(max_length=200, select_on_focus=False)

    @property
    def text(self) -> str:
        """What is searched for; "" where nothing is."""
        return self._entry.value if self.display else ""

    def compose(self) -> ComposeResult:
        yield TextLine("find in loaded rows only")
        yield self._entry

    def open(self) -> None:
        self.display = True
        self._entry.focus()

    def close(self, *, keep: bool) -> None:
        """Give the keys back; without `keep` the text is forgotten and all rows are shown."""
        if not keep:
            with self.prevent(Input.Changed):
                self._entry.value = ""
            self.display = False
        self.post_message(self.Closed(keep))

    def action_close(self, keep: bool) -> None:
        self.close(keep=keep and bool(self._entry.value))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))


class FindInRows:
    """Which of a list's loaded rows its table shows."""

    def __init__(self, table: RecordTable, bar: FindBar, window: Callable[[], RecordWindow | None]) -> None:
        self._table, self._bar, self._window = table, bar, window
        #: cursor and top line before rows were narrowed
        self._before = (0, 0)

    @property
    def narrowed(self) -> MatchingRows | None:
        """The rows that were found, None while all are shown."""
        rows = self._table.rows
        return rows if isinstance(rows, MatchingRows) else None

    @property
    def kept(self) -> bool:
        """Whether something is searched for, be its rows here or not."""
        return bool(self._bar.text)

    def open(self) -> None:
        self._remember_place()
        self._bar.open()

    def _remember_place(self) -> None:
        if self.narrowed is None:
            self._before = (self._table.cursor, self._table.scroll_offset.y)

    def follow(self) -> None:
        """Find the same text in rows that came since: another filter's, or the same read again."""
        table = self._table
        window = self._window()
        if not self.kept or window is None or not (window.length or self.narrowed):
            return
        self._remember_place()
        keep = table.record.id if self.narrowed is not None and table.record is not None else None
        self.find(self._bar.text)
        if (
            keep is not None
            and (index := table.rows.index_of(keep) if table.rows is not None else None) is not None
        ):
            table.move_to(index)

    def find(self, text: str) -> None:
        """Show the loaded rows with this text; all rows without one."""
        table, window = self._table, self._window()
        if window is None:
            return
        if not text or not window.length:
            cursor, top = self._place()
            table.set_rows(window, cursor=cursor, top=top)
            return
        narrowed = MatchingRows(window, [column.field for column in table.columns], text, table.text_of)
        table.set_rows(narrowed)
        table.set_notice(() if narrowed.length else nothing_found_notice(narrowed.searched, text))

    def _place(self) -> tuple[int, int]:
        """Cursor and top line among all rows: on what was found, else where they were before."""
        table, rows = self._table, self.narrowed
        if rows is None or not rows.length:
            return self._before
        cursor = rows.places[table.cursor]
        return cursor, max(0, cursor - table.size.height // 2)
