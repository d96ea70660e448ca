"""What `y` copies from a list: the value of the chosen column, or the record's id."""

from __future__ import annotations

from typing import NamedTuple

from cotui.catalog import Resource
from cotui.tui.lists.record_table import RecordTable


class Copied(NamedTuple):
    """A text and what it is; without a text `what` says why there is nothing to copy."""

    text: str
    what: str


def value_to_copy(table: RecordTable, resource: Resource) -> Copied | None:
    """What is copied from the row under the cursor; None when the row is not here."""
    record = table.record
    if record is None:
        return None
    value: object
    if table.selected_column is not None:
        field = table.columns[table.selected_column].field
        if field.secret:
            return Copied("", f"{field.label} is never copied")
        value, what = record.raw.get(field.name), field.label
    elif record.id is None:  # a report's row
        return Copied("", "→ chooses the column to copy")
    else:
        value, what = record.id, f"{resource.label} id"
    if value is None or value == "":
        return Copied("", f"{what} is empty: nothing was copied")
    return Copied(str(value), what)
