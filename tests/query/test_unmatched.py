"""What is said of a filter that matched nothing."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES
from cotui.query import parse, unmatched
from tests.query.sample import TODAY

SEEN = {"transaction_method": ["Tokenized", "Visa"], "bill_country": ["Canada", "United States"]}
CARDS = "Visa, MasterCard, American Express, Discover, Paid by Check, ACH/eCheck"


def said(resource: str, text: str, *, seen: bool = True) -> list[str]:
    target = RESOURCES[resource]
    return unmatched(parse(text, target, today=TODAY), target, SEEN if seen else {})


def test_values_that_are_known_are_named() -> None:
    assert said("transaction", "method = bitcoin", seen=False) == [
        f"Known for method: {CARDS}, ….",
        "method ~ bitcoin looks for it inside longer texts.",
    ]
    assert said("transaction", "method = bitcoin")[0] == f"Known for method: {CARDS}, Tokenized, …."
    assert said("customer", "country = Canda")[:2] == [
        "Did you mean country = Canada?",
        "Known for country: Canada, United States.",
    ]


def test_the_value_that_may_be_meant_comes_first() -> None:
    assert said("transaction", "method ~ cheque")[0] == 'Did you mean method = "Paid by Check"?'
    assert said("transaction", "method = mastrcard")[0] == "Did you mean method = MasterCard?"


def test_a_code_that_is_not_documented_is_told() -> None:
    assert said("transaction", "status = declined amount > 9") == [
        "Declined is sent as error-declined: its code is not documented."
    ]


@pytest.mark.parametrize(
    ("resource", "text"),
    [
        ("transaction", "method = visa"),
        ("transaction", "method ~ check"),
        ("transaction", "customer = 465 amount > 5"),
        ("transaction", "method != bitcoin"),
        ("transaction", "method is null"),
        ("customer", "key = A-1"),
        ("customer", "company ~ bluebird"),
        ("invoice", "status = paid"),
    ],
)
def test_nothing_is_said_where_the_value_is_not_to_blame(resource: str, text: str) -> None:
    assert said(resource, text) == []


def test_the_whole_of_a_title_is_told_from_a_part() -> None:
    assert said("customer", "company = bluebird") == ["company ~ bluebird looks for it inside longer texts."]


def test_a_field_of_many_values_is_not_listed() -> None:
    target = RESOURCES["customer"]
    names = {"company": [f"Company {number}" for number in range(30)]}
    found = unmatched(parse("company = 'Compny 7'", target), target, names)
    assert found[0].startswith('Did you mean company = "Company 7"')
    assert not any("Known" in line for line in found)
