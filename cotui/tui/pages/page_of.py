"""Which page a record of an object has: an answer, or its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cotui.desk.answers.objects import ANSWERS

if TYPE_CHECKING:
    from cotui.catalog import Resource
    from cotui.tui.records.record import RecordScreen


def page_of(resource: Resource) -> type[RecordScreen]:
    """The screen that shows one record of an object."""
    if resource.id in ANSWERS:
        from cotui.tui.pages.answer_screen import AnswerScreen

        return AnswerScreen
    from cotui.tui.records.record import RecordScreen

    return RecordScreen
