"""Rows narrowed on this side: those already loaded that hold a text. Not a filter of the server."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cotui.api import ApiError, Change, Record, RecordWindow
from cotui.catalog import Field
from cotui.tui.base.format import cell

#: an amount however it is written: 1913.56, 1,913.56, $1,913.56
_AMOUNT = re.compile(r"[-+]?\W?\s?\d[\d,' ]*(\.\d*)?", re.ASCII)
_SPACERS = re.compile(r"[^\d.-]")


def _plain(amount: str) -> str:
    return _SPACERS.sub("", amount)


def _holds(shown: str, field: Field, wanted: str, amount: str) -> bool:
    """Whether a cell holds a text; a number also however its thousands are written."""
    if wanted in shown.casefold():
        return True
    return bool(amount) and field.type.align == "right" and amount in _plain(shown)


class MatchingRows:
    """The loaded rows of a window in which any of the shown columns holds `text`, in any case."""

    def __init__(self, window: RecordWindow, fields: Sequence[Field], text: str) -> None:
        wanted = text.casefold()
        amount = _plain(text) if _AMOUNT.fullmatch(text.strip()) else ""
        loaded = list(window.loaded())
        #: how many rows were looked through
        self.searched = len(loaded)
        found = [
            (index, record)
            for index, record in loaded
            if any(_holds(cell(record, field), field, wanted, amount) for field in fields)
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
