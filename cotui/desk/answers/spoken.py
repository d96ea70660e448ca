"""An answer as sentences: what `cotui show` prints, and what a screen reader is read. No columns to hear, no signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from cotui.desk.amounts import spoken
from cotui.desk.answers.page import NOT_KNOWN, READING, Fact, Page, Table

#: rows of a table that are read out
MOST_ROWS: Final = 10
#: facts whose words go on from their label: "Pays by Visa x4444", and not "Pays by: …"
_GOES_ON: Final = ("pays_by", "applied")
#: where a sentence ends already, be it in a quotation
_ENDS: Final = (".", "!", "?", '."', '!"', '?"')


class Sentence(NamedTuple):
    """A sentence, and whether it stands below another as one of several."""

    text: str
    inside: bool = False


def sentences(page: Page, *, most: int = MOST_ROWS) -> Iterator[Sentence]:
    """The answer, sentence by sentence; an empty one parts the tables from what is above.

    Args:
        most: rows of each table.
    """
    yield Sentence(_ended(", ".join(filter(None, (page.title, page.subtitle)))))
    for fact in page.facts:
        yield Sentence(fact_said(fact))
    yield Sentence("")
    for table in page.tables:
        yield Sentence(table_said(table))
        shown = table.rows[:most]
        number = table.count.value if table.count is not None and table.count.exact else len(table.rows)
        for at, row in enumerate(shown, start=1):
            place = f"{at} of {number:,}. " if number > 1 else ""
            yield Sentence(_ended(f"{place}{row.said}"), inside=True)
        if (more := max(number, len(table.rows)) - len(shown)) > 0 and shown:
            yield Sentence(f"And {more:,} more.", inside=True)


def fact_said(fact: Fact) -> str:
    """One line of the answer as a sentence: "Owes 1,913.56 USD, of that 65.13 overdue since 2026-10-31, 30 days"."""
    known = fact.value not in (NOT_KNOWN, READING)
    goes_on = known and (fact.amounts or fact.name in _GOES_ON)
    begin = f"{fact.label} {fact.value}" if goes_on else f"{fact.label}: {fact.value}"
    return _ended(", ".join(filter(None, (begin, fact.rest))))


def table_said(table: Table) -> str:
    """The head of a table as a sentence: "Open invoices, 2, 1,913.56 USD."""
    words = [table.title]
    if table.state == "reading":
        words.append(READING)
    elif table.state in ("refused", "failed"):
        words.append(NOT_KNOWN)
    if table.count is not None and (table.count.value or not table.count.exact):
        words.append(table.count.text)
    elif table.count is not None and table.state == "complete":
        words.append(table.none)
    if table.total:
        words.append(spoken(table.total))
    said = _ended(", ".join(words))
    return f"{said} {_ended(table.trouble[:1].upper() + table.trouble[1:])}" if table.trouble else said


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."
