"""What the cursor of an answer page stands on besides fields: a fact, the head of a table, a row of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cotui.desk.answers.page import Row, Table
from cotui.tui.records.record_page import Entry

#: parts of a page beside its tables, which are called by their names
FACTS: Final = "facts"
FIELDS: Final = "fields"
#: names of the head of all fields, and before the name of one of their groups: no field is called like that
ALL_FIELDS: Final = "fields:"
GROUP: Final = "fields:"

#: how a tone of an answer is called among the styles of a page
STYLE_OF: Final = {"good": "good", "waiting": "warn", "bad": "bad", "quiet": "faint", "": ""}


@dataclass(slots=True)
class AnswerEntry(Entry):
    """A fact, or the head or a row of a table.

    Attributes:
        part: `FACTS`, or the table's name.
        table: the table; None for a fact.
        row: the row; None for a fact and for a table's head.
    """

    part: str = FACTS
    table: Table | None = None
    row: Row | None = None


def part_of(entry: Entry) -> str:
    """Which part of the page an entry stands in: `FACTS`, `FIELDS`, or the name of a table."""
    return entry.part if isinstance(entry, AnswerEntry) else FIELDS
