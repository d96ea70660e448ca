"""What a table shows rows of: a window over a whole result, or those of its loaded rows that hold a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from cotui.api import ApiError, Change, Record, RecordWindow
from cotui.catalog import Field
from cotui.tui.base.format import cell


class TableRows(Protocol):
    """What the table needs of a `RecordWindow`."""

    @property
    def length(self) -> int: ...
    @property
    def adrift(self) -> bool: ...
    def row(self, index: int) -> Record | None: ...
    def error_at(self, index: int) -> ApiError | None: ...
    def index_of(self, record_id: int | str) -> int | None: ...
    def repeats(self, index: int) -> int | None: ...
    def loaded_around(self, first: int, stop: int) -> tuple[int, int]: ...
    def view(self, first: int, last: int) -> None: ...
    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]: ...


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
    """The loaded rows of a window in which any of the shown columns holds `text`, in any case.

    `shown` gives what a column has of a row.
    """

    def __init__(
        self,
        window: RecordWindow,
        fields: Sequence[Field],
        text: str,
        shown: Callable[[Record, Field], str] = cell,
    ) -> None:
        wanted = text.casefold()
        amount = _plain(text) if _AMOUNT.fullmatch(text.strip()) else ""
        loaded = list(window.loaded())
        #: how many rows were looked through
        self.searched = len(loaded)
        found = [
            (index, record)
            for index, record in loaded
            if any(_holds(shown(record, field), field, wanted, amount) for field in fields)
        ]
        self._records = [record for _, record in found]
        #: index of each row in the whole result
        self.places = [index for index, _ in found]
        self._by_id = {
            record.id: number for number, record in enumerate(self._records) if record.id is not None
        }

    @property
    def length(self) -> int:
        return len(self._records)

    @property
    def adrift(self) -> bool:
        return False

    def row(self, index: int) -> Record | None:
        return self._records[index] if 0 <= index < len(self._records) else None

    def error_at(self, index: int) -> ApiError | None:
        del index
        return None

    def index_of(self, record_id: int | str) -> int | None:
        return self._by_id.get(record_id)

    def repeats(self, index: int) -> int | None:
        del index
        return None

    def loaded_around(self, first: int, stop: int) -> tuple[int, int]:
        return first, stop

    def view(self, first: int, last: int) -> None:
        pass

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        del callback
        return lambda: None
