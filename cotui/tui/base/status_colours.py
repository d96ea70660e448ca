"""Which status words stand out: the colour is never the only sign, the word is always there too."""

from __future__ import annotations

from collections.abc import Mapping

from cotui.api import Record
from cotui.catalog import Field

#: value of a `…_status_str` field -> tone
_TONES: Mapping[str, str] = {
    "active-overdue": "bad",
    "open-overdue": "bad",
    "open-collections": "bad",
    "open-unpaid": "warn",
    "closed-paid": "good",
    "closed-void": "faint",
    "inactive-manual": "faint",
    "inactive-activity": "faint",
}

TONES = ("good", "warn", "bad", "faint")


def tone(record: Record, field: Field) -> str:
    """How this field of a record is coloured: one of `TONES`, or "" for like the rest."""
    prefix, found, _ = field.name.rpartition("_status_")
    if not found:
        return ""
    value = record.raw.get(f"{prefix}_status_str")
    return _TONES.get(value, "") if isinstance(value, str) else ""
