"""Marking rows of a list by key: one, a range, all that are loaded, all that match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cotui.api import ApiError, Priority, Reading, Record, RecordWindow, read_all
from cotui.tui.lists.selection import Selection, marked
from cotui.tui.lists.table_rows import MatchingRows

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.worker import Worker

    from cotui.tui.lists.list_screen import ListScreen


class SelectionKeys:
    """The marks of one list and what its keys do to them. Made when the first of these keys is pressed."""

    def __init__(self, screen: ListScreen) -> None:
        self.marks = Selection()
        self._screen = screen
        self._table = screen.table
        self._table.marked = self.marks
        self._reader: Worker[None] | None = None

    @property
    def reading(self) -> bool:
        """Whether rows are being read in order to be marked."""
        return self._reader is not None and self._reader.is_running

    def do(self, what: str) -> None:
        """What a key asks for; the names are those of `MARK_BINDINGS`."""
        match what:
            case "toggle":
                self._toggle()
            case "range":
                self._range()
            case "down" | "up":
                self._extend(1 if what == "down" else -1)
            case "all":
                self._all()
            case "none":
                self.clear()
        self._screen.show_hints()

    def remove(self, refs: Iterable[int | str | None]) -> None:
        self.marks.remove(refs)
        self._table.refresh()
        self._screen.show_hints()

    def clear(self, why: str = "") -> None:
        self._stop_reading()
        number = len(self.marks)
        self.marks.clear()
        self._table.refresh()
        self._screen.show_hints()
        if number:
            self._screen.say(f"{number:,} unmarked{why}")

    def hints(self, hints: Iterable[tuple[str, Binding]]) -> Iterator[tuple[str, Binding]]:
        """The keys of the list; first what can be done to the marked rows, and how many they are."""
        if not self.marks:
            yield from hints
            return
        keys = {active.binding.action: active.binding for active in self._screen.active_bindings.values()}
        for action, before in (("act", f"{len(self.marks):,} marked: "), ("mark('none')", "")):
            if action in keys:
                yield f"{before}{self._screen.app.get_key_display(keys[action])}", keys[action]
        yield from ((key, binding) for key, binding in hints if binding.action != "act")

    def step_back(self) -> bool:
        """Esc: stop reading, else unmark all; False when there is nothing of either."""
        if self.reading:
            self._stop_reading()
            self._screen.say(f"stopped: {len(self.marks):,} are marked")
            return True
        if not self.marks:
            return False
        self.clear()
        return True

    def _toggle(self) -> None:
        record, table = self._table.record, self._table
        if record is None or record.ref is None:
            self._screen.say("this row is not here yet", "warning")
            return
        if record.ref in self.marks:
            self.marks.remove([record.ref])
        elif self._add([record]):
            return
        table.repaint_row(table.cursor)
        table.move_to(table.cursor + 1)

    def _extend(self, step: int) -> None:
        """Mark the row under the cursor and the next one."""
        table = self._table
        self._add([record for record in (table.record,) if record is not None])
        table.repaint_row(table.cursor)
        table.move_to(table.cursor + step)
        self._add([record for record in (table.record,) if record is not None])
        table.repaint_row(table.cursor)

    def _range(self) -> None:
        table, last = self._table, self.marks.last
        if last is None:
            self._add([record for record in (table.record,) if record is not None])
            table.repaint_row(table.cursor)
            self._screen.say("marked: V on another row marks all from here to there")
            return
        rows = table.rows
        begin = rows.index_of(last) if rows is not None else None
        if rows is None or begin is None:
            self._screen.say("the last mark is not among the loaded rows: space marks a new one", "warning")
            return
        step = 1 if table.cursor >= begin else -1
        between = [rows.row(index) for index in range(begin, table.cursor + step, step)]
        here = [record for record in between if record is not None]
        if len(here) < len(between):
            missing = len(between) - len(here)
            self._screen.say(
                f"nothing was marked: {missing:,} of the rows in between are not loaded yet", "warning"
            )
            return
        if not self._add(here):
            self._screen.say(f"{len(self.marks):,} marked")
        table.refresh()

    def _add(self, records: Sequence[Record]) -> int:
        """Mark records; how many found no room, which is said."""
        resource = self._screen.listing.resource
        left_out = self.marks.add(marked(resource, record) for record in records if record.ref is not None)
        if left_out:
            self._screen.say(
                f"{self.marks.limit:,} are marked, which is the most at once: {left_out:,} were not",
                "warning",
            )
        return left_out

    def _all(self) -> None:
        """All rows that are here; those that are on the server as well when all of these are marked already."""
        window, rows = self._screen.window, self._table.rows
        if window is None or rows is None or self.reading:
            return
        if isinstance(rows, MatchingRows):
            here = [record for index in range(rows.length) if (record := rows.row(index)) is not None]
        else:
            here = [record for _, record in window.loaded()]
        if not here:
            self._screen.say("there are no rows here to mark", "warning")
            return
        new = [record for record in here if record.ref not in self.marks]
        rest = "" if isinstance(rows, MatchingRows) else self._rest(window, len(here))
        if new or not rest:
            left_out = self._add(new)
            self._table.refresh()
            if not left_out:
                kind = (
                    "found rows"
                    if isinstance(rows, MatchingRows)
                    else "loaded rows"
                    if rest
                    else "that match"
                )
                self._screen.say(f"{len(self.marks):,} marked: all {kind}{rest}")
        elif self.marks.full:
            self._screen.say(f"{len(self.marks):,} are marked, which is the most at once", "warning")
        else:
            self._reader = self._screen.run_worker(
                self._read_all, group="marking", exclusive=True, exit_on_error=True
            )

    def _rest(self, window: RecordWindow, here: int) -> str:
        """What another press would mark; "" when all that matches is here."""
        total = window.total
        if total is not None and here >= total:
            return ""
        limit = self.marks.limit
        if total is None:
            return f" · A again marks all that match, {limit:,} at most"
        return f" · A again marks {'all ' if total <= limit else f'{limit:,} of the '}{total:,} that match"

    async def _read_all(self) -> None:
        """Mark all that match, in their order. Only ids and names are kept."""
        screen, marks = self._screen, self.marks
        reading = read_all(screen.listing.source(screen.applied), priority=Priority.EXPORT)
        screen.say("reading rows to mark · esc stops")
        try:
            async for rows in reading:
                marks.add(
                    marked(screen.listing.resource, record) for record in rows if record.ref is not None
                )
                self._table.refresh()
                screen.show_hints()
                if marks.full:
                    break
                most = marks.limit if reading.total is None else min(reading.total, marks.limit)
                screen.say(f"reading rows to mark: {len(marks):,} of {most:,} · esc stops")
        except ApiError as error:
            screen.say(f"{error.what}: {len(marks):,} are marked so far · A reads on", "error")
        else:
            self._say_read(reading)

    def _say_read(self, reading: Reading) -> None:
        total, number = reading.total, len(self.marks)
        if self.marks.full and (total is None or number < total):
            of = "" if total is None else f" of {total:,}"
            self._screen.say(f"{number:,}{of} are marked, which is the most at once", "warning")
        elif reading.missing:
            self._screen.say(
                f"{number:,} are marked, others may be missing: {reading.missing} · A reads again", "warning"
            )
        else:
            self._screen.say(f"{number:,} marked: all that match")

    def _stop_reading(self) -> None:
        if self._reader is not None and self.reading:
            self._reader.cancel()
        self._reader = None
