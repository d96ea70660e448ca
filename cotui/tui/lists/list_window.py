"""The window that the table of a list looks through: opened, read again, and waited for by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from cotui.api import Change, NarrowedSource, PageSource, Record, RecordWindow, TriedSource
from cotui.tui.lists.list_screen import OF_A_ROW, ListScreen

#: actions that lead to another row or column, and those for which no row is needed
AMONG_ROWS: Final = frozenset({"move", "page", "jump", "column", "order"})
OF_NO_ROW: Final = frozenset({"act('create')", "mark('all')", "mark('none')"})
#: longest value that the filter line offers, and most values of one field
LONGEST_VALUE: Final = 40
MOST_VALUES: Final = 50


class ListWindow:
    """The rows of a list screen, which it follows until the screen is left; `changed` hears of every change."""

    def __init__(self, screen: ListScreen, changed: Callable[[Change], None]) -> None:
        self._screen = screen
        self._changed = changed
        self._unsubscribe: Callable[[], None] = lambda: None
        #: None before the first rows are asked for
        self.rows: RecordWindow | None = None
        #: where they come from
        self.source: PageSource | None = None
        #: whether they come in another order than was asked for
        self.reordered = False
        self._seen: dict[str, Sequence[str]] = {}
        screen.at_end(self._close)

    def open(self) -> None:
        """Ask for the rows that the screen's filter means now."""
        screen = self._screen
        self._seen = self.values_seen()
        self._close()
        self.source = screen.listing.source(screen.applied)
        self.reordered = False
        if isinstance(self.source, NarrowedSource | TriedSource):
            self.source.tell = self._told
        self.rows = RecordWindow(self.source, page_size=screen.listing.page_size)
        self._unsubscribe = self.rows.subscribe(self._changed)
        screen.table.start_over()
        screen.table.set_rows(self.rows)
        self.rows.start()

    def _told(self, words: str, order: bool) -> None:
        if order and not self.reordered:
            self.reordered = True
            self._screen.call_later(self._screen.order_refused)
        if self._screen.living:
            self._screen.say(words, "warning")

    def _close(self) -> None:
        self._unsubscribe()
        if self.rows is not None:
            self._screen.let_go(self.rows.aclose)

    @property
    def first_rows(self) -> list[Record]:
        """Those at the top that are here, as far as they tell what the list is about."""
        rows = self.rows
        found = (rows.row(index) for index in range(min(50, rows.length))) if rows is not None else ()
        return [row for row in found if row is not None]

    @property
    def words(self) -> str:
        """What was done to the rows here, because ChargeOver does not do it; "" where it does, or nothing was."""
        return self.source.words if isinstance(self.source, NarrowedSource | TriedSource) else ""

    def refresh(self, *, quiet: bool = False) -> None:
        """Read the rows again; the cursor stays on its record. `quiet` says only what went wrong."""
        if self.rows is not None:
            self._screen.run_worker(self._refresh(self.rows, quiet), group="refresh", exclusive=True)

    async def _refresh(self, rows: RecordWindow, quiet: bool) -> None:
        screen, table = self._screen, self._screen.table
        keep = table.record.id if table.record is not None else None
        offset = table.cursor - table.scroll_offset.y
        if isinstance(self.source, NarrowedSource | TriedSource):
            self.source.renew()
        index = await rows.refresh(keep)
        if rows is not self.rows or table.rows is not rows:
            return
        if index is not None:
            table.move_to(index, top=index - offset)
        table.forget_lines()
        screen.rows_read()
        error = rows.error_at(table.cursor) or rows.count_error
        if error is not None:
            screen.say(f"{error.what}: the rows shown are from before · r tries again", "error")
        elif rows.state == "ready" and not quiet:
            gone = keep is not None and index is None
            screen.say("refreshed: the record under the cursor is not where it was" if gone else "refreshed")

    def waits_for(self, key: str) -> bool:
        """Whether a key is meant for a row that is on its way."""
        rows, table = self.rows, self._screen.table
        if self._screen.focused not in (table, None) or table.rows is not rows or rows is None:
            return False
        at = table.cursor
        loading = rows.state == "loading"
        if not loading and (at >= rows.length or rows.row(at) is not None):
            return False
        if rows.error_at(at) is not None or rows.repeats(at) is not None:
            return False
        active = self._screen.active_bindings.get(key)
        if active is None or active.binding.action in OF_NO_ROW:
            return False
        action = active.binding.action.partition("(")[0]
        # among rows that are not here one can move, once it is known how many there are
        return action in OF_A_ROW or (loading and action in AMONG_ROWS)

    @property
    def order(self) -> tuple[tuple[str, bool], ...]:
        """The fields that the rows are ordered by, the first first, and whether each descends."""
        if (asked := self._screen.applied.order) and not self.reordered:
            return tuple((key.field, key.descending) for key in asked)
        name, _, direction = self._screen.listing.resource.default_order.partition(":")
        return ((name, direction == "DESC"),) if name else ()

    def unmatched(self) -> Sequence[str]:
        """What may be wrong with the filter, where nothing matches it."""
        query = self._screen.applied
        if self.rows is None or self.rows.state != "ready" or self.rows.length or not query.conditions:
            return ()
        from cotui.query import unmatched

        return unmatched(query, self._screen.listing.resource, self.values_seen())

    def values_seen(self) -> dict[str, Sequence[str]]:
        """The same with those of rows that were on the screen before: a filter that matches nothing leaves none."""
        found = dict(self._seen)
        for name, values in self.values_on_screen().items():
            found[name] = list(dict.fromkeys((*values, *found.get(name, ()))))[:MOST_VALUES]
        return found

    def values_on_screen(self) -> dict[str, Sequence[str]]:
        """Distinct short values of the rows on the screen, by wire name of the field, for the filter line."""
        found: dict[str, dict[str, None]] = {}
        fields = [column.field for column in self._screen.table.columns if column.field.filters]
        for index in range(*self._screen.table.visible_range):
            record = self.rows.row(index) if self.rows is not None else None
            if record is None:
                continue
            for field in fields:
                value = record.raw.get(field.name)  # not as it is shown: what is taken is compared with
                if isinstance(value, str) and 0 < len(value) <= LONGEST_VALUE:
                    found.setdefault(field.name, {})[value] = None
        return {name: sorted(values)[:MOST_VALUES] for name, values in found.items()}
