"""Rows narrowed on this side: those already loaded that hold a text. Not a filter of the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cotui.api import ApiError, Change, Record, RecordWindow
from cotui.catalog import Field
from cotui.tui.base.format import cell


class MatchingRows:
    """The loaded rows of a window in which any of the shown columns holds `text`, in any case."""

    def __init__(self, window: RecordWindow, fields: Sequence[Field], text: str) -> None:
        wanted = text.casefold()
        loaded = list(window.loaded())
        #: how many rows were looked through
        self.searched = len(loaded)
        found = [
            (index, record)
            for index, record in loaded
            if any(wanted in cell(record, field).casefold() for field in fields)
        ]
        self._records = [record for _, record in found]
        #: index of each row in the whole result
        self.places = [index for index, _ in found]
        self._by_id = {
            record.id: number for number, record in enumerate(self._records) if record.id is not None
        }

    @property
    def length(self) -> int:
        """Rows found."""
        return len(self._records)

    @property
    def adrift(self) -> bool:
        """What was found stays where it is."""
        return False

    def row(self, index: int) -> Record | None:
        """The row at a place among those found."""
        return self._records[index] if 0 <= index < len(self._records) else None

    def error_at(self, index: int) -> ApiError | None:
        """Nothing that was found can be missing."""
        del index
        return None

    def index_of(self, record_id: int | str) -> int | None:
        """Where a record stands among those found."""
        return self._by_id.get(record_id)

    def repeats(self, index: int) -> int | None:
        """Every record is listed once."""
        del index
        return None

    def view(self, first: int, last: int) -> None:
        """All of it is here."""

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Rows that were found do not change."""
        del callback
        return lambda: None
