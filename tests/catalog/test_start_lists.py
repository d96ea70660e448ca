"""The lists on the number keys are those that come first in the catalogue."""

from __future__ import annotations

from cotui.catalog import RESOURCES
from cotui.catalog.start_lists import START_LISTS, tab_texts


def test_their_order_is_that_of_the_objects() -> None:
    assert list(START_LISTS.values()) == list(RESOURCES)[: len(START_LISTS)]
    assert [RESOURCES[id_].place for id_ in START_LISTS.values()] == [1, 2, 3, 4, 5, 6]


def test_names_are_the_objects_in_the_plural() -> None:
    assert list(START_LISTS) == [RESOURCES[id_].plural.lower() for id_ in START_LISTS.values()]


def test_the_top_line_has_their_names_as_far_as_there_is_room() -> None:
    full = "  1 Customers  2 Users  3 Invoices  4 Reports  5 Payments  6 Subscriptions"
    narrow = " 1 Customers 2 Users 3 Invoices 4 Reports 5 Payments 6 Subs"
    shortest = " 1 Cust 2 Users 3 Inv 4 Rep 5 Pay 6 Subs"
    for room in range(200):
        found = "".join(tab_texts(room))
        assert len(tab_texts(room)) == len(START_LISTS)
        wanted = next((text for text in (full, narrow, shortest) if len(text) <= room), " 1 2 3 4 5 6")
        assert found == wanted


def test_keys_of_the_users_own_stand_there() -> None:
    assert "".join(tab_texts(200, "123PQ6")).endswith("  P Reports  Q Payments  6 Subscriptions")
    assert tab_texts(1, "123PQ6") == (" 1", " 2", " 3", " P", " Q", " 6")
