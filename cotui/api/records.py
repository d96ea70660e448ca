"""Rows as they came from the server, beside their cleaned form for the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cotui.api.clean import Room
from cotui.api.shown import Shown
from cotui.catalog.model import key_of

#: most rows of a list, and of a report, in one answer (section 5.3 of the API notes)
MAX_PAGE = 500
MAX_REPORT_PAGE = 1000
#: characters of a text, and parts of a value, that a line has room for
_BRIEF = 500


class Record:
    """One object or one row of a report.

    `raw` is what the server sent, for copying, exporting and computing; `shown` is what may be put on
    a screen. Rows of reports have no primary key, so their `id` is None.
    """

    __slots__ = ("_brief", "_primary_key", "_shown", "raw")

    def __init__(self, raw: Mapping[str, Any], primary_key: str = "") -> None:
        self.raw = raw
        self._primary_key = primary_key
        self._shown: Shown | None = None
        self._brief: Shown | None = None

    @property
    def id(self) -> int | str | None:
        """The primary key as an integer where it is one, else as it came; None when there is none."""
        return coerce_id(self.raw.get(self._primary_key)) if self._primary_key else None

    @property
    def ref(self) -> int | str | None:
        """What the record can be asked for by; None where its primary key cannot be one, whatever it is."""
        return key_of(self.raw.get(self._primary_key)) if self._primary_key else None

    @property
    def shown(self) -> Shown:
        """The values with everything cleaned that could steer a terminal; each is made when first asked for.

        There is room for a page: what is longer ends in words that say so.
        """
        if self._shown is None:
            self._shown = Shown(self.raw)
        return self._shown

    @property
    def brief(self) -> Shown:
        """The same for a line of a table: a text is no longer than any line."""
        if self._brief is None:
            self._brief = Shown(self.raw, Room(_BRIEF, 20 * _BRIEF, _BRIEF))
        return self._brief

    def with_values(self, values: Mapping[str, Any]) -> Record:
        """The same with other values beside its own."""
        return Record({**self.raw, **values}, self._primary_key)

    def __repr__(self) -> str:
        # Values stay out of logs and tracebacks: they are customers' data.
        return f"Record({self._primary_key or 'row'}={self.id!r}, {len(self.raw)} fields)"


def content_of(row: Record) -> int:
    """A number made of what a row holds, to compare rows by that have no key. It means nothing to another process."""
    return hash(repr(row.raw))


@dataclass(slots=True)
class Page:
    """Some rows of a result, in order.

    Attributes:
        rows: the rows; fewer than were asked for at the end of the result.
        total: rows in the whole result where the answer says so beyond doubt, else None.
    """

    rows: Sequence[Record]
    total: int | None = None


def coerce_id(value: object) -> int | str | None:
    """A key as an integer, since some answers send `"2688"` for 2688.

    What is no number is kept as it is (section 19 of the API notes); null, "" and booleans are no key.
    """
    if value is None or isinstance(value, bool) or value == "":
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else str(value)
    if isinstance(value, str):
        text = value.strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else value
    return None
