"""Values that the filter line can offer: those on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from cotui.api import RecordWindow
from cotui.tui.lists.record_table import RecordTable

#: longest value that is offered, and most values of one field
LONGEST = 40
MOST = 50


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
            value = record.raw.get(field.name)  # not as it is shown: what is taken is compared with
            if isinstance(value, str) and 0 < len(value) <= LONGEST:
                found.setdefault(field.name, {})[value] = None
    return {name: sorted(values)[:MOST] for name, values in found.items()}
