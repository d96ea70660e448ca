"""Queries: what they refuse, and how they are changed."""

from __future__ import annotations

import pytest

from cotui.query import Condition, Op, Order, Query


def test_names_and_null_tests_are_checked() -> None:
    with pytest.raises(ValueError, match="field name"):
        Condition("a:b", Op.EQUALS, "1")
    with pytest.raises(ValueError, match="field name"):
        Order("a,b")
    with pytest.raises(ValueError, match="takes no value"):
        Condition("a", Op.IS_NULL, "1")


def test_changing_a_query_makes_another() -> None:
    query = Query((Condition("a", Op.EQUALS, "1"),))
    ordered = query.ordered_by("b", descending=True).ordered_by("c")
    assert ordered == Query(query.conditions, (Order("c"),))
