"""What a record's page is made of: lines of styled text, and the entries that a cursor stands on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from cotui.catalog.field import Field
from cotui.safety.text import is_plain
from cotui.tui.base.cells import cell_len, fit

#: text and the name of its style: one of `STYLES`, one of the tones, or "" for the view's own
Run: TypeAlias = tuple[str, str]

#: how parts of a page look
STYLES = ("title", "group", "label", "link", "meaning", "note", "column")


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line: its runs together are exactly as wide as the page, or as the column that they stand in."""

    runs: tuple[Run, ...]
    #: index of the entry that the line belongs to; -1 for headings and notes
    entry: int = -1
    #: the line at its right, where the page has a second column there
    beside: PageLine | None = None

    @property
    def parts(self) -> tuple[PageLine, ...]:
        """The line of each column, from the left."""
        return (self,) if self.beside is None else (self, *self.beside.parts)

    @property
    def text(self) -> str:
        return "".join(text for part in self.parts for text, _ in part.runs)


@dataclass(slots=True)
class Entry:
    """A value that can be selected.

    Attributes:
        name: its place in the record, e.g. "balance" or "line_items[2].descrip".
        label: what people call it.
        meaning: one line about it; "" when nothing is known.
        field: the field of the catalogue; None for keys that it doesn't know.
        source: what copying it gives, or what makes it; None for what is never copied.
        reference: resource and key of the record that it points to.
        opens: Enter shows or hides what lies below it.
        first: index of its first line.
        last: index of its last line.
        column: which of the columns it stands in, from the left.
    """

    name: str
    label: str
    meaning: str
    field: Field | None
    source: str | Callable[[], str] | None
    reference: tuple[str, int | str] | None = None
    opens: bool = False
    first: int = 0
    last: int = 0
    column: int = 0

    @property
    def copies(self) -> str | None:
        """What copying it gives; None for what is never copied."""
        return self.source() if callable(self.source) else self.source


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How a page is to be built.

    Attributes:
        width: cells that a line has.
        show_empty: show fields that hold nothing.
        opened: names of the entries whose parts are shown below them.
        today: the account's date, for "due in 5 days".
        follows: whether records of a resource, by its id, can be opened from here.
        names: what the customer with a number is called; None where that is not known.
        people: what others are called whose numbers it has, by the names of the fields.
        words: what the account calls the value of a key, by the key's name; "" where that is not known.
        titled: its first line says what the record is called; else something above the page does.
        empty_key: the key that shows fields without a value and hides them; "" where there is none.
        meanings: the meaning of a field stands beside its value where there is room.
    """

    width: int
    show_empty: bool = False
    opened: Collection[str] = ()
    today: date | None = None
    follows: Callable[[str], bool] = lambda resource_id: bool(resource_id)
    names: Callable[[int | str], str | None] = lambda _: None
    people: Mapping[str, str] = field(default_factory=dict)
    words: Callable[[str, object], str] = lambda _key, _value: ""
    titled: bool = True
    empty_key: str = ""
    meanings: bool = True


#: lines of a page; what does not find room is said on the last one
MOST_LINES = 5_000


@dataclass(slots=True)
class RecordPage:
    """Lines from top to bottom, entries in the same order."""

    width: int
    lines: list[PageLine] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def add_line(self, *runs: Run, entry: int = -1) -> None:
        """Add a line; the last run is cut or padded so that the line has the page's width."""
        if (
            len(runs) == 1 and len(runs[0][0]) <= self.width and is_plain(runs[0][0])
        ):  # most lines of a long page
            self.lines.append(PageLine(((runs[0][0].ljust(self.width), runs[0][1]),), entry))
            return
        *first, (text, style) = runs
        used = sum(cell_len(part) for part, _ in first)
        if used >= self.width > 0 and first:  # a terminal a few cells wide: what comes first is all there is
            first, text, style = [], "".join(part for part, _ in runs), first[0][1]
            used = 0
        kept = tuple(run for run in first if run[0])
        self.lines.append(PageLine((*kept, (fit(text, max(0, self.width - used)), style)), entry))

    @property
    def full(self) -> bool:
        return len(self.lines) >= MOST_LINES

    def add_blank(self) -> None:
        """Add an empty line, unless the page is empty or ends in one."""
        if self.lines and self.lines[-1].text.strip():
            self.add_line(("", ""))

    def open_entry(self, entry: Entry) -> int:
        """Start an entry on the next line; the lines up to `close_entry` are its own."""
        entry.first = entry.last = len(self.lines)
        self.entries.append(entry)
        return len(self.entries) - 1

    def close_entry(self, index: int) -> None:
        self.entries[index].last = max(self.entries[index].first, len(self.lines) - 1)
