"""One of a few values, shown by its label."""

from __future__ import annotations

import pytest

from cotui.api import Record
from cotui.catalog import Choice, FieldType
from cotui.catalog.choices import DELIVERY
from cotui.tui.base.format import cell, full
from cotui.tui.forms.draft import to_text
from tests.catalog.types.support import made, typed


def test_enumerations_are_shown_by_their_label() -> None:
    field = made(FieldType.ENUM, choices=(Choice("open-overdue", "Overdue"), Choice("7", "Seven")))
    assert cell(Record({"x": "open-overdue"}), field) == "Overdue"
    assert cell(Record({"x": 7}), field) == "Seven"
    assert cell(Record({"x": "new-in-2027"}), field) == "new-in-2027"
    assert full(Record({"x": "open-overdue"}), field) == ["Overdue"]


def test_the_word_of_the_api_is_told_where_another_is_shown() -> None:
    field = made(FieldType.ENUM, choices=(Choice("open-overdue", "Overdue"), Choice("visa", "Visa")))
    assert field.type.code("open-overdue", field) == "open-overdue"
    assert field.type.code("visa", field) == ""
    assert field.type.code("new-in-2027", field) == ""


def test_values_and_names_of_an_enumeration_mean_the_same() -> None:
    one = made(FieldType.ENUM, choices=DELIVERY)
    assert to_text(one, "email") == "By e-mail"
    for text in ("by E-MAIL", "email", "mail"):
        assert typed(FieldType.ENUM, text, choices=DELIVERY) == "email"
    assert to_text(one, "pigeon") == "pigeon"


def test_what_is_no_choice_is_told_in_words() -> None:
    with pytest.raises(ValueError, match="one of: By e-mail, On paper"):
        typed(FieldType.ENUM, "pigeon", choices=DELIVERY)
