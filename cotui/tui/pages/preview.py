"""The record under the cursor beside its list: the answer in short, from what the row tells, and then its fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cotui.desk.answers.answer import Situation
from cotui.desk.answers.objects import ANSWERS
from cotui.desk.answers.page import NOT_KNOWN, READING, Fact
from cotui.tui.pages.fact_lines import add_facts
from cotui.tui.records.record_lines import PageBuilder
from cotui.tui.records.record_page import RecordPage
from cotui.tui.records.record_view import RecordView

#: stands where a row tells nothing
_UNTOLD = (READING, NOT_KNOWN)

if TYPE_CHECKING:
    from datetime import date

    from cotui.api import Record
    from cotui.catalog import Resource


def told_by(resource: Resource, record: Record, today: date) -> tuple[Fact, ...]:
    """The facts of an answer that a row of a list tells, without anything being read; none for other objects."""
    answer = ANSWERS.get(resource.id)
    if answer is None or record.ref is None:
        return ()
    page = answer.page(Situation(record.ref, record, {}, today, reading=True))
    told = (fact._replace(rest=_told(fact.rest)) for fact in page.facts)
    return tuple(fact for fact in told if fact.value not in _UNTOLD and (fact.value or fact.rest))


def _told(rest: str) -> str:
    """The words of a fact without those that would have to be read for."""
    return "; ".join(part for part in rest.split("; ") if not part.endswith(_UNTOLD))


class _Short(PageBuilder):
    """The page of a record below the answer in short."""

    def add_head(self) -> None:
        if self.options.today is None:
            return
        if facts := told_by(self.resource, self.record, self.options.today):
            self.page.add_blank()
            add_facts(self.page, facts)


class PreviewView(RecordView):
    """Shows a row of a list, its answer first."""

    def make_page(self, width: int) -> RecordPage:
        if self.resource is None or self.record is None or self.raw:
            return super().make_page(width)
        return _Short(self.resource, self.record, replace(self.options(width), meanings=False)).build()
