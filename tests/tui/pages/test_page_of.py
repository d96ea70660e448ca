"""Which page a record of an object has."""

from __future__ import annotations

from cotui.catalog import RESOURCES
from cotui.desk.answers.objects import ANSWERS
from cotui.tui.pages.answer_screen import AnswerScreen
from cotui.tui.pages.page_of import page_of
from cotui.tui.records.record import RecordScreen


def test_what_can_be_answered_has_an_answer_and_the_others_their_fields() -> None:
    assert {id_ for id_, resource in RESOURCES.items() if page_of(resource) is AnswerScreen} == set(ANSWERS)
    assert page_of(RESOURCES["note"]) is RecordScreen
