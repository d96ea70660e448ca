"""Records marked in a list, known by their ids: what scrolls, moves or is read again stays marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from textual.binding import Binding

from cotui.catalog.money import decimal_of
from cotui.desk.names import customer_for
from cotui.tui.actions.menu_entries import many_actions
from cotui.tui.base.action_target import ActionTarget

if TYPE_CHECKING:
    from decimal import Decimal

    from textual.screen import Screen

    from cotui.api import Record
    from cotui.catalog import Resource

#: most records that can be marked at once: forty calls of 25
LIMIT: Final = 1000

#: keys of a list whose records can be acted on together; `[keys]` knows them by these names
MARK_BINDINGS: Final = (
    Binding("space", "mark('toggle')", "Mark", show=False, id="mark.toggle"),
    Binding("V", "mark('range')", "Mark from the last mark to here", show=False, id="mark.range"),
    Binding("shift+down", "mark('down')", "Mark and go down", show=False, id="mark.down"),
    Binding("shift+up", "mark('up')", "Mark and go up", show=False, id="mark.up"),
    Binding("A", "mark('all')", "Mark all", show=False, id="mark.all"),
    Binding("U", "mark('none')", "Unmark all", show=False, id="mark.none"),
)


class SelectedRecord(NamedTuple):
    """What is kept of a marked record; its words are as they came: clean them to show them."""

    ref: int | str
    #: what names it to people
    name: str
    #: it in words: "Jane Doe, user 12"
    words: str
    #: where ChargeOver writes to, "" where its row does not tell
    email: str = ""
    #: what is due of it, in major units of its currency; None where its row does not tell
    balance: Decimal | None = None
    currency: str = ""
    #: the customer it belongs to
    customer: int | str | None = None


def marked(resource: Resource, record: Record) -> SelectedRecord:
    """What is kept of a record that has an id."""

    target = ActionTarget(resource, record)
    row = record.raw
    due = row.get("balance")
    iso = row.get("currency_iso4217")
    return SelectedRecord(
        target.ref,
        target.name,
        target.words,
        target.email,
        decimal_of(due) if due is not None else None,
        iso if isinstance(iso, str) else "",
        customer_for(resource, record),
    )


class Selection(Collection[int | str]):
    """The ids that are marked, in the order in which they were, `LIMIT` at most."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        #: the record marked last, from which a range begins; None when it was unmarked
        self.last: int | str | None = None
        self._marked: dict[int | str, SelectedRecord] = {}

    def __contains__(self, ref: object) -> bool:
        return ref in self._marked

    def __len__(self) -> int:
        return len(self._marked)

    def __iter__(self) -> Iterator[int | str]:
        return iter(self._marked)

    @property
    def full(self) -> bool:
        """Whether there is room for no more."""
        return len(self._marked) >= self.limit

    def find(self, ref: int | str) -> SelectedRecord | None:
        """What is kept of a record, None when it is not marked."""
        return self._marked.get(ref)

    def add(self, records: Iterable[SelectedRecord]) -> int:
        """Mark records; how many of them found no room."""
        left_out = 0
        for item in records:
            if item.ref in self._marked or not self.full:
                self._marked.setdefault(item.ref, item)
                self.last = item.ref
            else:
                left_out += 1
        return left_out

    def remove(self, refs: Iterable[int | str | None]) -> None:
        for ref in refs:
            if ref is not None:
                self._marked.pop(ref, None)
        if self.last not in self._marked:
            self.last = None

    def clear(self) -> None:
        self._marked.clear()
        self.last = None


def bind_marks(screen: Screen[Any], resource: Resource, *, read_only: bool) -> None:
    """Give a list the keys that mark rows; none where nothing can be done to many, as in a read-only session."""
    if read_only or not many_actions(resource):
        return
    for binding in MARK_BINDINGS:
        screen._bindings.key_to_bindings.setdefault(binding.key, []).append(binding)
