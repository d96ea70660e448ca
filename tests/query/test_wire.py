"""ChargeOver's grammar, strictly and as existing clients write it."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given

from cotui.query import Condition, Op, Order, Query, QueryError, Wire, escape, from_wire, to_wire, unescape
from tests.query.sample import texts, typed

FIXTURES = Path(__file__).resolve().parents[3] / "shared" / "fixtures"


def test_escapes_are_exactly_three() -> None:
    assert escape("a:b,c\\d;e\n%") == "a\\:b\\,c\\\\d;e\n%"
    assert unescape("a\\:b\\,c\\\\d") == "a:b,c\\d"


@given(texts)
def test_escaping_is_undone(text: str) -> None:
    assert unescape(escape(text)) == text


def test_all_parts() -> None:
    query = Query(
        (
            Condition("a", Op.EQUALS, "x, y: z"),
            Condition("b.c", Op.IS_NULL),
            Condition("d", Op.ISNOT_NULL),
            Condition("e", Op.GTE, ""),
        ),
        (Order("a"), Order("b.c", descending=True)),
    )
    assert to_wire(query) == Wire(r"a:EQUALS:x\, y\: z,b.c:IS:NULL,d:ISNOT:NULL,e:GTE:", "a:ASC,b.c:DESC")
    assert to_wire(Query()) == Wire("", "")


@pytest.mark.parametrize(
    ("where", "order", "start", "end"),
    [
        ("a:EQUALS:1,,b:EQUALS:2", "", 11, 11),
        ("a:EQUALS:1,", "", 11, 11),
        (" ", "", 0, 1),
        ("a:WRONG:1", "", 2, 7),
        ("a:equals:1", "", 2, 8),
        ("a", "", 1, 1),
        ("a:EQUALS", "", 8, 8),
        ("a:EQUALS:1:2", "", 10, 11),
        (r"a:EQUALS:1\x", "", 10, 12),
        ("x:EQUALS:,a:EQUALS:1\\", "", 20, 21),
        ("ä:EQUALS:1", "", 0, 1),
        ("a..b:EQUALS:1", "", 0, 4),
        ("a:IS:NULL:x", "", 2, 4),
        ("", "a", 1, 1),
        ("", "a:ASC,b:desc", 8, 12),
        ("", "a b:ASC", 0, 3),
    ],
)
def test_mistakes_are_located(where: str, order: str, start: int, end: int) -> None:
    with pytest.raises(QueryError) as caught:
        from_wire(where, order)
    assert (caught.value.start, caught.value.end) == (start, end), caught.value.message


@pytest.mark.parametrize(
    ("where", "conditions"),
    [
        ("a:equals:1", [Condition("a", Op.EQUALS, "1")]),
        ("a:NEQUALS:1", [Condition("a", Op.NOTEQUALS, "1")]),
        ("a:is:null", [Condition("a", Op.IS_NULL)]),
        (" a : GT :5", [Condition("a", Op.GT, "5")]),
        ("a:GTE:2015-01-02 03:04:05", [Condition("a", Op.GTE, "2015-01-02 03:04:05")]),
        (r"a:EQUALS:\x\\\,", [Condition("a", Op.EQUALS, "x\\,")]),
        ("a:EQUALS:1\\", [Condition("a", Op.EQUALS, "1\\")]),
        (",a:EQUALS:1,,", [Condition("a", Op.EQUALS, "1")]),
    ],
)
def test_lenient_reading(where: str, conditions: list[Condition]) -> None:
    assert from_wire(where, lenient=True).conditions == tuple(conditions)


def test_lenient_order() -> None:
    order = from_wire("", "a:desc, b ,c:ASC,", lenient=True).order
    assert order == (Order("a", descending=True), Order("b"), Order("c"))


@pytest.mark.parametrize("where", ["a:LIKE:1", "a b:EQUALS:1", "a:EQUALS", ":EQUALS:1"])
def test_lenient_reading_has_limits(where: str) -> None:
    with pytest.raises(QueryError):
        from_wire(where, lenient=True)


@given(typed, typed)
def test_any_text_is_read_or_refused(where: str, order: str) -> None:
    for lenient in (False, True):
        try:
            query = from_wire(where, order, lenient=lenient)
        except QueryError as refused:
            position = (refused.start, refused.end)
        else:
            position = (0, 0)
            assert from_wire(*to_wire(query)) == query
        assert 0 <= position[0] <= position[1] <= max(len(where), len(order))


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


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="recordings are not beside the project")
def test_recorded_requests_are_read() -> None:
    paths = [entry["path"] for entry in json.loads((FIXTURES / "INDEX.json").read_text())["fixtures"]]
    seen = 0
    for path in paths:
        parameters = parse_qs(urlsplit(path).query)
        where, order = parameters.get("where", [""])[0], parameters.get("order", [""])[0]
        if where or order:
            seen += 1
            assert to_wire(from_wire(where, order)) == (where, order)
    assert seen
