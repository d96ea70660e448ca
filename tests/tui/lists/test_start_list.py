"""Which list is opened first, and what it asks for: whatever is remembered of another day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import httpx
import pytest

from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.start_lists import START_LISTS
from cotui.query import QueryError
from cotui.settings import ScreenState, StateStore
from cotui.tui.lists.start_list import first_call, first_list, listing_of, read_filter, remembered_filter
from tests.api.support import api_with

API = api_with(lambda _: httpx.Response(500))


def today() -> date:
    return date(2026, 3, 16)


@pytest.mark.parametrize(
    ("last", "wanted", "chosen", "first"),
    [
        ("invoices", "", "last", "invoices"),
        ("invoices", "users", "last", "users"),
        ("invoices", "", "reports", "reports"),
        ("", "", "last", "customers"),
        ("\x1b[2J", "", "last", "customers"),
        ("invoices", "no such list", "last", "customers"),
        ("invoices", "", "no such list", "customers"),
    ],
)
def test_what_is_named_comes_before_what_is_set_and_that_before_the_last_one(
    tmp_path: Path, last: str, wanted: str, chosen: str, first: str
) -> None:
    state = StateStore(tmp_path / "state.json")
    state.account("acme").last_screen = last
    assert first_list(state, "acme", wanted, chosen) == first
    assert first_list(state, "another", "", "last") == "customers"


@pytest.mark.parametrize("name", START_LISTS)
def test_every_list_on_a_number_key_knows_its_first_request(name: str) -> None:
    listing = listing_of(API, name)
    assert listing.key == name
    assert first_call(API, listing, ScreenState(), today, {}).method == "GET"


def test_a_filter_is_only_remembered_where_the_server_filters() -> None:
    memory = ScreenState(filter="company = Acme")
    assert remembered_filter(listing_of(API, "customers"), memory) == "company = Acme"
    assert remembered_filter(listing_of(API, "reports"), memory) == ""


def test_the_first_request_has_the_remembered_filter_unless_it_cannot_be_read_any_more() -> None:
    listing = listing_of(API, "customers")
    asked = [
        first_call(API, listing, ScreenState(filter=text), today, {})
        for text in ("company = Acme", "", "gone ==")
    ]
    assert "Acme" in asked[0].target("")
    assert asked[1].target("") == asked[2].target("")
    assert "where" not in asked[1].target("")


def test_a_filter_of_blanks_is_none() -> None:
    assert not read_filter(" \t", CUSTOMER, today, {}).conditions
    with pytest.raises(QueryError):
        read_filter("company = ", CUSTOMER, today, {})
