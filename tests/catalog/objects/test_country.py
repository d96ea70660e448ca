"""Countries. No newer page is known of them: rows are as official clients read them."""

from __future__ import annotations

from cotui.catalog.objects.country import COUNTRY
from tests.catalog.objects.facts import otherwise, required, undocumented, where

FIELDS = {"LG": "country_id name iso2 iso3 cctld"}


def test_where_it_is() -> None:
    assert where(COUNTRY) == ("/api/v3/country", "country_id", "country_id:ASC")


def test_rows_have_these_and_are_read_only() -> None:
    assert otherwise(COUNTRY.fields, FIELDS) == {}
    assert undocumented(COUNTRY.fields, FIELDS) == set()
    assert required(COUNTRY.fields) == ""


def test_the_name_is_what_addresses_are_written_with() -> None:
    assert COUNTRY.title_field == "name"
