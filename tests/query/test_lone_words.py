"""Words that stand alone in a filter get advice that can be followed, or none."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES
from cotui.catalog.model import Resource
from cotui.query import QueryError, parse
from tests.query.sample import TODAY

WORDS = {"currency_id": {"EUR": "2"}}


def refusal(resource: str, text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(text, RESOURCES[resource], today=TODAY, words=WORDS)
    return caught.value


@pytest.mark.parametrize(
    ("resource", "typed", "instead"),
    [
        ("customer", "bluebird", ["company ~ bluebird"]),
        ("customer", "bluebird coffee roasters", ['company ~ "bluebird coffee roasters"']),
        # a street is a part of many names, and a field's other name
        ("customer", "beacon street pharmacy", ['company ~ "beacon street pharmacy"']),
        ("customer", "4549", ["id = 4549", "company ~ 4549"]),
        ("customer", "rosa@bluebird.example", ["email ~ rosa@bluebird.example"]),
        ("customer", "active", ["status = active"]),
        # by the heading of the column
        ("invoice", "4549", ["number = 4549"]),
        ("invoice", "INV-7", ["number ~ INV-7"]),
        # a word for a status, although there is such a field, which ChargeOver does not filter by
        ("invoice", "overdue", ["status = overdue"]),
        ("invoice", "EUR", ["currency = EUR"]),
        ("package", "monthly", ["cycle = monthly"]),
        ("user", "keith", ["first_name ~ keith", "last_name ~ keith"]),
        ("user", "keith palmer", ["first_name ~ keith last_name ~ palmer"]),
        ("transaction", "cheque", ['method = "Paid by Check"']),
        ("transaction", "declined", ["status = declined"]),
        ("transaction", "465", ["id = 465"]),
        ("transaction", "1", ["id = 1"]),
        ("transaction", "265.63", ["amount = 265.63"]),
        # the number of a payment is no text to look into
        ("transaction", "bluebird", []),
        ("usage", "bluebird", []),
        # what comes near to a field is no other spelling of it
        ("customer", "balance > 5", []),
        ("invoice", "due > today", []),
        # a slip comes first
        ("transaction", "amout > 5", ["amount"]),
        ("invoice", "statsu", ["status"]),
    ],
)
def test_what_a_lone_word_may_mean(resource: str, typed: str, instead: list[str]) -> None:
    assert list(refusal(resource, typed).instead) == instead


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=lambda resource: resource.id)
@pytest.mark.parametrize("typed", ["bluebird", "4549", "blue bird", "12.50", "a@b.example", "1", "x\\y"])
def test_what_is_advised_is_never_refused(resource: Resource, typed: str) -> None:
    try:
        parse(typed, resource, today=TODAY)
    except QueryError as error:
        for condition in error.instead:
            parse(condition, resource, today=TODAY)


def test_it_is_put_in_the_place_of_all_the_words() -> None:
    error = refusal("customer", "bluebird coffee status = active")
    assert (error.start, error.end) == (0, len("bluebird coffee"))
    assert error.message.startswith("Customers have no field “bluebird coffee”. To search for it: company ~")


def test_payments_are_not_asked_for_by_the_name_of_a_company() -> None:
    there = "In Customers, company ~ bluebird finds it. Then $ shows its payments."
    assert there in refusal("transaction", "bluebird").message
    assert there in refusal("transaction", "customer = bluebird").message
    assert "~ bluebird finds it. Then i shows its invoices." in refusal("invoice", "bluebird").message


@pytest.mark.parametrize(
    ("resource", "typed", "words", "instead"),
    [
        ("transaction", "customer = 465 cheque", "cheque", ['method = "Paid by Check"']),
        ("transaction", "customer = 465 by cheque", "by cheque", []),
        ("transaction", "date in last month declined", "declined", ["status = declined"]),
        ("invoice", "status = overdue maple ridge", "maple ridge", ['number ~ "maple ridge"']),
        ("customer", "created > -30d bluebird", "bluebird", ["company ~ bluebird"]),
    ],
)
def test_a_word_behind_a_value_that_is_right_is_a_word_of_its_own(
    resource: str, typed: str, words: str, instead: list[str]
) -> None:
    error = refusal(resource, typed)
    assert typed[error.start : error.end] == words
    assert list(error.instead) == instead


@pytest.mark.parametrize(
    ("resource", "typed", "early"),
    [
        ("invoice", "total > 1 000", "not “1 000”"),
        ("invoice", "status = past duee", "is never “past duee”"),
        ("invoice", "customer = maple ridge", "not “maple ridge”"),
        # of a text the whole is the value
        ("transaction", "method = credit card", "method “credit card” could mean several: Visa, MasterCard"),
    ],
)
def test_a_value_that_is_wrong_as_a_whole_is_called_so(resource: str, typed: str, early: str) -> None:
    assert early in refusal(resource, typed).message
