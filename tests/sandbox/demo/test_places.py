"""Places that the demo's customers live in can be written and paid in."""

from __future__ import annotations

import re

import pytest

from cotui.sandbox.demo.account import BY_ISO
from cotui.sandbox.demo.names import CULTURES
from cotui.sandbox.demo.places import PLACES, WEIGHTED, Place


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_place_is_complete(place: Place) -> None:
    assert place.currency in BY_ISO
    assert place.culture in CULTURES
    assert bool(place.tax_name) == (place.tax_ppm > 0)
    assert 0 <= place.tax_ppm < 300_000
    assert all(city and postcode for city, _, postcode in place.cities)
    assert all("{n}" in street for street in place.streets)


@pytest.mark.parametrize("key", ["us", "usa", "us2", "ca"])
def test_numbers_of_telephones_are_nobody_s(key: str) -> None:
    """North America keeps 555-01## for stories."""
    assert "555" in re.sub("[^0-9]", "", PLACES[key].phone)


def test_every_place_has_its_share_and_one_country_several_spellings() -> None:
    assert set(WEIGHTED) == set(PLACES)
    assert {"United States", "USA", "US"} <= {place.country for place in PLACES.values()}
    assert {place.currency for place in PLACES.values()} == set(BY_ISO)
