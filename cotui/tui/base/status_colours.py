"""Which status words stand out: the colour is never the only sign, the word is always there too."""

from __future__ import annotations

from collections.abc import Mapping

from cotui.api import Record
from cotui.catalog import Field

TONES = ("good", "warn", "bad", "faint")


def tone(tones: Mapping[str, str], record: Record, field: Field) -> str:
    """How this field of a record is coloured: one of `TONES`, or "" for like the rest.

    Args:
        tones: of the record's object, by status word (see `Resource.tones`).
        field: one of its fields; the status word has a colour, in both forms (`…_status_str` and `…_status_name`).
            What stands beside it has none: neither the state nor the number is late.
    """
    prefix, found, form = field.name.rpartition("_status_")
    if not found or form not in ("str", "name"):
        return ""
    value = record.raw.get(f"{prefix}_status_str")
    return tones.get(value, "") if isinstance(value, str) else ""
