"""The lists on the number keys are those that come first in the catalogue."""

from __future__ import annotations

from cotui.catalog import RESOURCES
from cotui.catalog.start_lists import START_LISTS


def test_their_order_is_that_of_the_objects() -> None:
    assert list(START_LISTS.values()) == list(RESOURCES)[: len(START_LISTS)]
    assert [RESOURCES[id_].place for id_ in START_LISTS.values()] == [1, 2, 3, 4]


def test_names_are_the_objects_in_the_plural() -> None:
    assert list(START_LISTS) == [RESOURCES[id_].plural.lower() for id_ in START_LISTS.values()]
