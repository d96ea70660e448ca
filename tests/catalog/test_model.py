"""Keys, relations and names of resources."""

from __future__ import annotations

import pytest

from cotui.api import Record
from cotui.catalog import Field, FieldType, Resource
from cotui.catalog.model import key_of
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER


def test_a_relation_finds_its_key_however_it_is_written() -> None:
    relation = next(item for item in USER.relations if item.name == "customer")
    assert relation.source({"customer_id": 44}) == 44
    assert (
        relation.source({"customers": [{"customer_id": "44", "company": "x"}, {"customer_id": "45"}]}) == 44
    )
    assert relation.source({"customer_id": None, "customers": []}) is None
    assert relation.source({"customer_id": 0, "customers": ["odd"]}) is None
    assert relation.source({"customer_id": True, "customers": {"customer_id": 1}}) is None
    assert relation.source({"customer_id": "abc"}) == "abc"


@pytest.mark.parametrize(
    "value",
    ["", " ", ".", "..", "token:", "token:x", "external_key:1", "a/b", "../invoice/1", "%2e%2e", "a b", "a?b", "a#b", "a\nb",
     "a\x00", "é", "１２", "9" * 5000, "x" * 65, 0, -1, 2**63, 10**5000, 1.5, float("nan"), float("inf"), True, False, None,
     [1], {"id": 1}, [], {}, b"1"],
    ids=lambda value: ascii(value)[:20] if not isinstance(value, int) or abs(value) < 10**20 else "huge",
)  # fmt: skip
def test_what_is_no_key_leads_nowhere(value: object) -> None:
    """It would be another path, or another kind of reference, than the one who shows it means."""
    relation = next(item for item in USER.relations if item.name == "customer")
    assert key_of(value) is None
    assert relation.source({"customer_id": value}) is None
    assert Record({"user_id": value}, "user_id").ref is None


@pytest.mark.parametrize(
    ("value", "key"),
    [(7, 7), ("7", 7), (" 7 ", 7), (7.0, 7), ("007", 7), ("abc", "abc"), ("a.b-c_1", "a.b-c_1")],
)
def test_what_is_a_key(value: object, key: int | str) -> None:
    assert key_of(value) == key


def test_a_name_taken_twice_is_refused() -> None:
    twice = Field("company", FieldType.TEXT, "Name", "Again.", aliases=("ID",))
    with pytest.raises(ValueError, match="taken twice"):
        Resource("x", "X", "Xs", "x", "customer_id", (*CUSTOMER.fields[:1], twice), (), "", "company")
