"""What a table shows rows of: a window over a whole result, or those of its loaded rows that hold a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from cotui.api import ApiError, Change, Record, RecordWindow
from cotui.catalog import Field
from cotui.tui.base.format import cell
from cotui.tui.lists.typed_values import typed


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


class MatchingRows:
    """The loaded rows of a window in which any of the shown columns holds `text`.

    In any case, and amounts and days however they are written. `shown` gives what a column has of a row.
    """

    def __init__(
        self,
        window: RecordWindow,
        fields: Sequence[Field],
        text: str,
        shown: Callable[[Record, Field], str] = cell,
    ) -> None:
        wanted = typed(text)
        loaded = list(window.loaded())
        #: how many rows were looked through
        self.searched = len(loaded)
        found = [
            (index, record)
            for index, record in loaded
            if any(
                wanted.in_cell(shown(record, field), number=field.type.align == "right") for field in fields
            )
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
