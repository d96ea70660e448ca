"""Rows as they came from the server, beside their cleaned form for the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from cotui.api.clean import clean_value
from cotui.catalog.model import key_of

#: most rows of a list, and of a report, in one answer (section 5.3 of the API notes)
MAX_PAGE = 500
MAX_REPORT_PAGE = 1000


class Record:
    """One object or one row of a report.

    `raw` is what the server sent, for copying, exporting and computing; `shown` is what may be put on
    a screen. Rows of reports have no primary key, so their `id` is None.
    """

    __slots__ = ("_primary_key", "_shown", "raw")

    def __init__(self, raw: Mapping[str, Any], primary_key: str = "") -> None:
        self.raw = raw
        self._primary_key = primary_key
        self._shown: Mapping[str, Any] | None = None

    @property
    def id(self) -> int | str | None:
        """The primary key as an integer where it is one, else as it came; None when there is none."""
        return coerce_id(self.raw.get(self._primary_key)) if self._primary_key else None

    @property
    def ref(self) -> int | str | None:
        """What the record can be asked for by; None where its primary key cannot be one, whatever it is."""
        return key_of(self.raw.get(self._primary_key)) if self._primary_key else None

    @property
    def shown(self) -> Mapping[str, Any]:
        """The values with everything cleaned that could steer a terminal; made when first asked for."""
        if self._shown is None:
            raw = self.raw if isinstance(self.raw, dict) else dict(self.raw)
            self._shown = cast("Mapping[str, Any]", clean_value(raw))
        return self._shown

    def __repr__(self) -> str:
        # Values stay out of logs and tracebacks: they are customers' data.
        return f"Record({self._primary_key or 'row'}={self.id!r}, {len(self.raw)} fields)"


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
