"""Whatever a query holds, writing it down and reading it gives the same query."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cotui.query import Condition, Op, Order, Query, from_wire, parse
from tests.query.sample import BILL, REPORT, TODAY, VALUE_OPS, open_queries, queries


@given(queries(BILL))
def test_typed_text_reads_back(query: Query) -> None:
    assert parse(query.render(BILL), BILL, today=TODAY) == query


@given(open_queries)
def test_typed_text_of_a_report_reads_back(query: Query) -> None:
    assert parse(query.render(REPORT), REPORT, today=TODAY) == query


@given(queries(BILL))
def test_typed_text_fits_on_one_line(query: Query) -> None:
    for condition in query.conditions:
        text = Query((condition,)).render(BILL)
        # A word that stands for another value has to be written raw, and there are no such words with breaks.
        assert text.isprintable()


@given(open_queries)
def test_wire_reads_back(query: Query) -> None:
    assert from_wire(*query.to_wire()) == query
    assert from_wire(*query.to_wire(), lenient=True) == query


@given(
    st.sampled_from(["company", "bill_country", "email"]),
    st.sampled_from(VALUE_OPS),
    st.from_regex(r"\w+", fullmatch=True),
)
def test_wire_form_can_be_typed(field: str, op: Op, value: str) -> None:
    query = Query((Condition(field, op, value), Condition("balance", Op.GT, "5")), (Order("date"),))
    where, order = query.to_wire()
    assert parse(f"{where} order: {order}", BILL, today=TODAY) == query
