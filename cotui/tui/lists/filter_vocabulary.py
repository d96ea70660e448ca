"""What loaded rows teach the filter line: values to offer, and what the account calls the values of keys."""

from __future__ import annotations

from collections.abc import Sequence

from cotui.api import Record, RecordWindow
from cotui.catalog import Resource
from cotui.tui.lists.record_table import RecordTable

#: longest value that is offered, and most values of one field
LONGEST = 40
MOST = 50


class FilterVocabulary:
    """Remembers what rows taught, whatever the rows are filtered by later."""

    def __init__(self) -> None:
        #: by key: the account's word for each value (`currency = USD` for its currency_id)
        self.words: dict[str, dict[str, str]] = {}
        self._taught_by: RecordWindow | None = None

    def learn(self, window: RecordWindow, rows: Sequence[Record], resource: Resource) -> None:
        """Take in the first rows of a window; its later ones teach the same."""
        if self._taught_by is not window and rows:
            from cotui.query import learned

            self._taught_by = window
            for key, words in learned((row.shown for row in rows), resource).items():
                self.words.setdefault(key, {}).update(words)


def values_on_screen(table: RecordTable, window: RecordWindow | None) -> dict[str, Sequence[str]]:
    """Distinct short values of the rows on the screen, by wire name of the field."""
    found: dict[str, dict[str, None]] = {}
    fields = [column.field for column in table.columns if column.field.filterable]
    first, last = table.visible_range
    for index in range(first, last):
        record = window.row(index) if window is not None else None
        if record is None:
            continue
        for field in fields:
            value = record.shown.get(field.name)
            if isinstance(value, str) and 0 < len(value) <= LONGEST:
                found.setdefault(field.name, {})[value] = None
    return {name: sorted(values)[:MOST] for name, values in found.items()}
