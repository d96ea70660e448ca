"""What is copied of a row: one value, or the record's id."""

from __future__ import annotations

from typing import NamedTuple

from cotui.api import Record
from cotui.catalog import Field, Resource


class Copied(NamedTuple):
    """A text and what it is; without a text `what` says why there is nothing to copy."""

    text: str
    what: str


def value_to_copy(record: Record, field: Field | None, resource: Resource) -> Copied:
    """What is copied of a row: the value of a field, its id where no field is chosen."""
    value: object
    if field is not None:
        if field.secret:
            return Copied("", f"{field.label} is never copied")
        from cotui.desk.export import value_of  # nothing is copied before the first screen

        value, what = value_of(record, field), field.label
    elif record.id is None:  # a report's row
        return Copied("", "→ chooses the column to copy")
    else:
        value, what = record.id, f"{resource.label} id"
    if value is None or value == "":
        return Copied("", f"{what} is empty: nothing was copied")
    return Copied(str(value), what)
