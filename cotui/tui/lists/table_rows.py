"""What a `RecordTable` looks through, and the lines it shows where a row is not here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from cotui.api import ApiError, Change, Record

#: lines of a message in place of the rows: text and component class ("" for the table's own style)
Notice = Sequence[tuple[str, str]]


class Rows(Protocol):
    """What the table needs of `RecordWindow`; narrowed rows offer the same."""

    @property
    def length(self) -> int: ...
    @property
    def adrift(self) -> bool: ...
    def row(self, index: int) -> Record | None: ...
    def error_at(self, index: int) -> ApiError | None: ...
    def index_of(self, record_id: int | str) -> int | None: ...
    def repeats(self, index: int) -> int | None: ...
    def view(self, first: int, last: int) -> None: ...
    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]: ...


def missing_words(rows: Rows, index: int) -> str:
    """Why a row is not here: it failed, it is listed elsewhere, or it is on its way."""
    error = rows.error_at(index)
    if error is not None:
        return f" row {index + 1:,} is not here: {error.what} · r tries again"
    twin = rows.repeats(index)
    if twin is None:
        return " …"
    return f" the record of row {twin + 1:,}: the list changed, r reads it again"
