"""Find in the rows of a list that are loaded: the line for the text, and the rows that hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from cotui.tui.base.inputs import TypedLine
from cotui.tui.base.line import TextLine
from cotui.tui.lists.list_screen import ListScreen, key_of
from cotui.tui.lists.notices import nothing_found_notice, rest_words
from cotui.tui.lists.table_rows import MatchingRows

#: pages of the rest of a list after which is looked again: each time all rows that are here are gone through
EACH: Final = 4
#: columns from which there is room for whole sentences beside the text
WIDE: Final = 100


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
    FindBar > #rest { display: none; }
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
        self._where, self._rest = TextLine(), TextLine(id="rest")

    @property
    def text(self) -> str:
        """What is searched for; "" where nothing is."""
        return self._entry.value if self.display else ""

    def compose(self) -> ComposeResult:
        yield self._where
        yield self._entry
        yield self._rest

    def tell(self, where: str, rest: str) -> None:
        """Say in which rows is found, and how the others are had; "" where that is not offered."""
        for line, text in ((self._where, where), (self._rest, rest)):
            if text != line.text:
                line.show(text)
                line.refresh(layout=True)
        self._rest.display = bool(rest)

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

    def __init__(self, screen: ListScreen, bar: FindBar) -> None:
        self._screen, self._bar = screen, bar
        #: cursor and top line before rows were narrowed
        self._before = (0, 0)

    @property
    def narrowed(self) -> MatchingRows | None:
        """The rows that were found, None while all are shown."""
        rows = self._screen.table.rows
        return rows if isinstance(rows, MatchingRows) else None

    @property
    def kept(self) -> bool:
        """Whether something is searched for, be its rows here or not."""
        return bool(self._bar.text)

    def open(self) -> None:
        self._remember_place()
        self._bar.open()
        self.tell()

    @property
    def few(self) -> bool:
        """Whether a text is looked for in a list of so few rows that all of them may be read for that."""
        window = self._screen.window
        return self._bar.display and window is not None and window.rest.few

    @property
    def _rest(self) -> str:
        """How the rows that are not here are had, in as many words as there is room for; "" where that is not offered."""
        window = self._screen.window
        if window is None or not self._bar.display:
            return ""
        return rest_words(window, key_of(self._screen, "load_rest"), wide=self._wide)

    @property
    def _wide(self) -> bool:
        return self._screen.size.width >= WIDE

    def tell(self) -> None:
        """Say beside the text in which rows it is found."""
        if self._screen.window is None or not self._bar.display:
            return
        rest = self._rest
        words = "find in all rows" if self.few and not rest else "find in loaded rows only"
        self._bar.tell(words if self._wide or not rest else "find", rest)

    def load_rest(self) -> None:
        """Read the rows that are not here."""
        window = self._screen.window
        if window is not None and window.rest.few:
            if window.rest.failed:
                window.retry()
            window.rest.load()
            self.tell()

    def _remember_place(self) -> None:
        if self.narrowed is None:
            table = self._screen.table
            self._before = (table.cursor, table.scroll_offset.y)

    def follow(self) -> None:
        """Find the same text in rows that came since: another filter's, or the same read again, or the rest."""
        self.tell()
        table, window = self._screen.table, self._screen.window
        if not self.kept or window is None or not (window.length or self.narrowed):
            return
        if window.rest.under_way and window.rest.requests % EACH:
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
        table, window = self._screen.table, self._screen.window
        if window is None:
            return
        if not text or not window.length:
            cursor, top = self._place()
            table.set_rows(window, cursor=cursor, top=top)
            return
        narrowed = MatchingRows(window, [column.field for column in table.columns], text, table.text_of)
        table.set_rows(narrowed)
        table.set_notice(() if narrowed.length else nothing_found_notice(narrowed.searched, text, self._rest))

    def _place(self) -> tuple[int, int]:
        """Cursor and top line among all rows: on what was found, else where they were before."""
        table, rows = self._screen.table, self.narrowed
        if rows is None or not rows.length:
            return self._before
        cursor = rows.places[table.cursor]
        return cursor, max(0, cursor - table.size.height // 2)
