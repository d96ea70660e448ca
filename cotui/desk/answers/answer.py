"""What an answer about an object is: what is read for it, and what is said of that. Each object's file makes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from cotui.api import Record
from cotui.desk.answers.page import Page, Ref
from cotui.desk.answers.parts import Part, Section
from cotui.desk.answers.values import Currencies


class Situation(NamedTuple):
    """All that an answer is made of: what was read, and when.

    Attributes:
        ref: the record that is asked about.
        row: it as a list had it; None where it was not in one.
        sections: what is known of each part, by name; parts that were not asked for yet are not among them.
        today: the day in the account.
        as_of: when the oldest part was read; None before any was.
        requests: how many it took.
        reading: something is on its way.
    """

    ref: Ref
    row: Record | None
    sections: Mapping[str, Section]
    today: date
    as_of: datetime | None = None
    requests: int = 0
    reading: bool = False

    def section(self, part: Part) -> Section:
        """What is known of a part: that it is on its way, where nothing is."""
        return self.sections.get(part.name) or Section(part)

    def rows(self, *names: str) -> list[Record]:
        """The rows of some parts, as far as they came."""
        return [row for name in names if name in self.sections for row in self.sections[name].rows]

    @property
    def currencies(self) -> Currencies:
        """Which currencies the amounts of all that came are in."""
        own = [] if self.row is None else [self.row.raw]
        return Currencies([*(row.raw for section in self.sections.values() for row in section.rows), *own])

    @property
    def complete(self) -> bool:
        """Whether all parts are here, and none of them is cut."""
        return not self.reading and all(section.state == "complete" for section in self.sections.values())


class Answer(NamedTuple):
    """How one object is asked about.

    Attributes:
        main: the name of the part that is the record itself.
        parts: what can be read at once, what is asked first at the beginning; given the key and the row, if there is one.
        more: what else can be read now that these are here; what was read already may be among it.
        page: what is said.
        json: the same as JSON, without what all answers have.
    """

    main: str
    parts: Callable[[Ref, Record | None], Sequence[Part]]
    more: Callable[[Situation], Sequence[Part]]
    page: Callable[[Situation], Page]
    json: Callable[[Situation], dict[str, Any]]
