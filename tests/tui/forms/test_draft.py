"""What has been typed into a form, and what of it is sent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog.editing import creation, editing
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.forms.draft import Draft, FormProblem

TODAY = date(2026, 3, 16)
_edit, _create = editing(CUSTOMER), creation(CUSTOMER)
assert _edit is not None
assert _create is not None
EDIT, CREATE = _edit.payload, _create.payload
STORED = {
    "company": "Acme",
    "external_key": "a1",
    "class_id": 3,
    "no_taxes": "0",
    "tags": ["a", "b"],
    "invoice_delivery": "email",
    "bill_city": "Cork\x1b[2J",
    "superuser_email": None,
}


def draft(**texts: str) -> Draft:
    made = Draft(EDIT, STORED, required=("company",), changed_only=True, today=TODAY)
    for name, text in texts.items():
        made.set_text(name, text)
    return made


def test_nothing_touched_sends_nothing() -> None:
    assert draft().payload() == {}
    assert not draft().edited


def test_only_what_changed_is_sent() -> None:
    assert draft(company="Acme, Inc.", bill_city="Cork[2J").payload() == {"company": "Acme, Inc."}
    assert draft(tags="b, a").payload() == {"tags": ["b", "a"]}
    assert draft(invoice_delivery="On paper", no_taxes="yes").payload() == {
        "invoice_delivery": "print",
        "no_taxes": True,
    }


def test_clearing_sends_what_the_api_takes_for_nothing() -> None:
    assert draft(external_key="", class_id="", tags="").payload() == {
        "external_key": "",
        "class_id": None,
        "tags": [],
    }


@given(st.data())
def test_what_is_set_back_is_not_changed(data: st.DataObject) -> None:
    made = draft()
    names = data.draw(st.lists(st.sampled_from(sorted(made.fields)), unique=True))
    for name in names:
        made.set_text(name, data.draw(st.text(max_size=5)))
    for name in names:
        made.set_text(name, draft().text(name))
    assert made.payload() == {}
    assert not made.edited


def test_hostile_values_are_sent_without_what_nobody_sees() -> None:
    made = draft()
    assert made.text("bill_city") == "Cork[2J"
    assert made.disguised("bill_city")
    assert made.value("bill_city") == "Cork\x1b[2J"
    made.set_text("bill_city", "Cork[2")
    assert made.payload() == {"bill_city": "Cork[2"}


def test_what_makes_no_sense_is_told_in_the_order_of_the_form() -> None:
    made = draft(superuser_email="jane", company=" ")
    assert [problem.where for problem in made.problems()] == ["company", "superuser_email"]
    with pytest.raises(FormProblem, match="Company is needed"):
        made.payload()


def test_a_needed_field_that_was_empty_before_blocks_no_other_change() -> None:
    made = Draft(EDIT, {**STORED, "company": ""}, required=("company",), changed_only=True, today=TODAY)
    made.set_text("bill_city", "Cork")
    assert made.payload() == {"bill_city": "Cork"}


def test_a_new_record_sends_what_was_given_and_no_more() -> None:
    made = Draft(CREATE, {"currency_id": 2}, required=("company",), changed_only=False, today=TODAY)
    with pytest.raises(FormProblem):
        made.payload()
    made.set_text("company", "Acme")
    made.set_text("superuser_name", "Jane Doe")
    made.set_text("no_taxes", "yes")
    made.set_text("no_taxes", "")
    assert made.payload() == {"company": "Acme", "superuser_name": "Jane Doe", "currency_id": 2}


def test_a_record_that_moved_on() -> None:
    made = draft(company="Mine")
    fresh = {**STORED, "company": "Theirs", "external_key": "a2", "class_id": "3"}
    assert made.moved(fresh) == ["company", "external_key"]
    made.rebase("external_key", "a2", keep=False)
    made.rebase("company", "Theirs", keep=True)
    assert (made.text("external_key"), made.text("company")) == ("a2", "Mine")
    assert made.payload() == {"company": "Mine"}
    made.set_text("company", "Theirs")
    assert made.payload() == {}
