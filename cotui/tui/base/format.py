"""Values as people read them: one line for a table's cell, several for a record's page, and their colour.

Everything is taken from `Record.shown`, whose texts are already harmless. Nothing here fails: a value
that is not what its field promises is shown as it is, as compact JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cotui.catalog.field import Field, Values

if TYPE_CHECKING:
    from cotui.api import Record


#: stands for a value that is never shown
HIDDEN = "••••"
#: how answers spell a no (section 4.3 of the API notes)
_NO = (False, 0, "0", "false", None)


def clock_time(moment: datetime) -> str:
    """When something was read, as the clock beside the screen has it: the account may be elsewhere."""
    return f"{moment.astimezone():%H:%M:%S}"


def cell(record: Record, field: Field) -> str:
    """One line for a table: harmless, not yet cut to a width; "" when the field is unset or absent."""
    return cell_of(record.brief, field)


def cell_of(values: Values, field: Field) -> str:
    """As `cell`, from values that need not be harmless: the text then isn't either."""
    value = values.get(field.name)
    if value is None or value == "":
        return ""
    if is_idle(field, values):
        return ""
    return cell_value(value, field, values)


def is_idle(field: Field, values: Values) -> bool:
    """Whether a value says nothing now, such as the days that an invoice was late which has been paid since."""
    return bool(field.only_while) and values.get(field.only_while) in _NO


def cell_value(value: Any, field: Field, values: Values) -> str:
    """One line for a value of this field; `values` is the object it stands in (for its currency)."""
    if value is None or value == "":
        return ""
    if field.secret:
        return HIDDEN
    text = field.type.cell(value, field, values)
    return text.replace("\n", "⏎") if "\n" in text else text


def full(record: Record, field: Field, *, today: date | None = None) -> list[str]:
    """The lines of a value on a record's page, not yet wrapped; none when unset. `today` adds "due in 5 days"."""
    values = record.shown
    return full_value(values.get(field.name), field, values, today=today)


def full_value(value: Any, field: Field, values: Values, *, today: date | None = None) -> list[str]:
    """As `full`, for a value of the object `values`."""
    if field.type.is_unset(value):
        return []
    if field.secret:
        return [f"{HIDDEN} (never shown)"]
    return field.type.full(value, field, values, today)


#: colours of status words; they are never the only sign, the word is always there too
TONES = ("good", "warn", "bad", "faint")


def tone(tones: Mapping[str, str], record: Record, field: Field) -> str:
    """How this field of a record is coloured: one of `TONES`, or "" for like the rest.

    `tones` (see `Resource.tones`) gives the colour by `…_status_str`. Only the status word has one, in both forms
    (`…_status_str` and `…_status_name`): neither the state nor the number beside it is late. Other fields have one
    where `tones` names them with their value.
    """
    if not tones:
        return ""
    prefix, found, form = field.name.rpartition("_status_")
    if not found or form not in ("str", "name"):
        return tones.get(f"{field.name}:{record.raw.get(field.name)}", "")
    value = record.raw.get(f"{prefix}_status_str")
    return (tones.get(value) or tones.get(value.partition("-")[0], "")) if isinstance(value, str) else ""
