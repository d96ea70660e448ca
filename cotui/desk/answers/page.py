"""The answer about one record, as it is said: facts first, then small tables. Pure data, the same for screen and commands.

All texts are harmless already and on one line each; what is cut to a width is cut by whoever shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from cotui.desk.amounts import AT_LEAST, Amount

if TYPE_CHECKING:
    from cotui.api import ApiError, Record

Ref = int | str
#: how a word is coloured: good, waiting or bad as it stands for the record, quiet for what hardly counts, "" like the rest
Tone = Literal["", "good", "waiting", "bad", "quiet"]
#: what is known of a part of a page: it is being read, all of it is here, some of it, it may not be read, it failed
State = Literal["reading", "complete", "partial", "refused", "failed"]

#: instead of a value that is being read, and of one that could not be had
READING: Final = "reading"
NOT_KNOWN: Final = "not known"


class Count(NamedTuple):
    """How many there are.

    Attributes:
        value: as many, or at least as many.
        exact: whether there are no more.
    """

    value: int
    exact: bool = True

    @property
    def text(self) -> str:
        return f"{'' if self.exact else AT_LEAST}{self.value:,}"


class Fact(NamedTuple):
    """One line of the answer.

    Attributes:
        name: what it is, for programs and tests ("owes", "last_paid"); each once in a page.
        label: what it is, for people ("Owes").
        value: the amounts, one after the other, or other words where it is about no amount; `READING` and `NOT_KNOWN` where
            that is so. Screens align what is an amount: see `amounts`.
        rest: what is said of it besides ("of that 65.13 overdue since 2026-10-31, 30 days"), "" for nothing.
        amounts: the amounts of `value`, by currency; none where it is no amount, or not known.
        tone: of `value`, or of `rest` where `value` is empty.
    """

    name: str
    label: str
    value: str
    rest: str = ""
    tone: Tone = ""
    amounts: tuple[Amount, ...] = ()


class Column(NamedTuple):
    """A column of a table, without its amounts, which stand at the right of all.

    Attributes:
        name: of the value, for programs.
        label: its head.
        drop: columns of the highest number give way first where there is little room; those of 0 never do.
        right: its values stand at the right, as numbers do.
    """

    name: str
    label: str
    drop: int = 0
    right: bool = False


class Row(NamedTuple):
    """One line of a table.

    Attributes:
        resource_id: the object it opens as; "" where it opens as nothing (lines of an invoice).
        ref: the record's key.
        cells: a text for each column of its table.
        amount: what stands at the right; None for nothing, or where it is not known.
        tone: of the cell that tells how it stands (`Table.status`).
        said: the line as a sentence, for commands and screen readers.
        record: as it was read, for what acts on it and what copies it; None for what is no record of its own.
    """

    resource_id: str
    ref: Ref | None
    cells: tuple[str, ...]
    amount: Amount | None = None
    tone: Tone = ""
    said: str = ""
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A small table of what belongs to a record.

    Attributes:
        name: "open_invoices", "payments" …; each once in a page, and the same in JSON.
        title: "Open invoices".
        relation: the relation of the catalogue that lists all of them, "" where none does.
        columns: the columns; their number is that of each row's cells.
        rows: those that were read, the most important first.
        count: how many there are in all; None where nobody knows.
        state: what is known of it.
        trouble: what is missing and why, in words; "" where nothing is.
        total: what they come to by currency, where that says something.
        status: the column whose cells have the row's tone; -1 for none.
        none: what stands there where there are none ("none").
        error: why it could not be read.
    """

    name: str
    title: str
    relation: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    count: Count | None = None
    state: State = "complete"
    trouble: str = ""
    total: tuple[Amount, ...] = ()
    status: int = -1
    none: str = "none"
    error: ApiError | None = None


class Page(NamedTuple):
    """All that is said of one record.

    Attributes:
        resource_id: its object.
        ref: its key.
        title: its name ("Northwind Analytics, Inc."), or what it is called ("Invoice 4301"); stays when scrolled.
        subtitle: what stands beside the title ("customer 1, active since 2024-03-02").
        facts: the answer, what is asked first at the top.
        tables: what belongs to it.
        as_of: when the oldest part was read; None before any came.
        requests: requests that were needed.
        complete: all parts are here, and none of them is cut.
        missing: what is not here, a sentence each; empty where `complete`.
        record: itself, as it was read; None before it came. Its fields follow the tables.
    """

    resource_id: str
    ref: Ref
    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    as_of: datetime | None = None
    requests: int = 0
    complete: bool = False
    missing: tuple[str, ...] = ()
    record: Record | None = None

    def fact(self, name: str) -> Fact | None:
        """The fact of that name; None where the page has none."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def table(self, name: str) -> Table | None:
        """The table of that name; None where the page has none."""
        return next((table for table in self.tables if table.name == name), None)
