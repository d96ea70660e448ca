"""Credit cards: pages `querying-for-credit-cards` and `store-a-credit-card`."""

from __future__ import annotations

from cotui.catalog.objects.creditcard import CREDITCARD
from tests.catalog.objects.facts import otherwise, requests, values, where

FIELDS = {
    "LGC": "name address city state postcode country expdate expdate_year expdate_month",
    "LG": "type type_name mask_number expdate_formatted url_updatelink write_datetime write_ipaddr",
}


def test_where_it_is() -> None:
    assert where(CREDITCARD) == ("/api/v3/creditcard", "creditcard_id", "creditcard_id:ASC")


def test_what_is_stored_and_what_comes_back() -> None:
    assert otherwise(CREDITCARD.fields, FIELDS) == {}
    assert CREDITCARD.field("customer_id").filterable


def test_the_number_is_sent_and_never_read() -> None:
    number = CREDITCARD.field("number")
    assert (number.creatable, number.secret) == (True, True)
    assert not any((number.listed, number.readable, number.filterable))


def test_kinds_and_forgetting() -> None:
    assert values(CREDITCARD, "type") == "visa mast disc amex"
    assert requests(CREDITCARD) == {"delete": "DELETE /creditcard/7"}
