"""Names of people and firms can be put together in every language."""

from __future__ import annotations

import pytest

from cotui.safety.text import is_visible
from cotui.sandbox.demo.hostile_rows import FIRST
from cotui.sandbox.demo.names import CULTURES, SHOWCASE, Culture
from cotui.sandbox.demo.places import PLACES


@pytest.mark.parametrize("culture", CULTURES.values(), ids=CULTURES)
def test_every_pattern_of_a_firm_can_be_filled(culture: Culture) -> None:
    for pattern in culture.patterns:
        name = pattern.format(a=culture.words_a[0], b=culture.words_b[0], last=culture.last[0])
        assert "{" not in name
        assert is_visible(name)
    for words in (culture.first, culture.last, culture.words_a, culture.words_b):
        assert len(words) == len(set(words)) > 1
        assert all(word.strip() == word and "_" not in word for word in words)


def test_the_showcase_ends_where_hostile_customers_begin() -> None:
    assert len(SHOWCASE) == FIRST - 1
    assert {customer.place for customer in SHOWCASE} <= set(PLACES)
    assert len({customer.company for customer in SHOWCASE}) == len(SHOWCASE)
