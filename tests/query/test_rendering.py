"""Whatever a query holds, writing it down and reading it gives the same query."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog.model import Resource
from cotui.query import Condition, Op, Order, Query, from_wire, parse, render, to_wire
from tests.query.sample import (
    BILL,
    REPORT,
    TODAY,
    UNSEEN,
    VALUE_OPS,
    WORDS,
    looked_into,
    open_queries,
    queries,
)


@given(queries(BILL))
def test_typed_text_reads_back(query: Query) -> None:
    assert parse(render(query, BILL), BILL, today=TODAY) == query
    # What the account calls its keys changes nothing about a query that is written down.
    assert parse(render(query, BILL), BILL, today=TODAY, words=WORDS) == query


@given(looked_into(BILL))
def test_looking_into_what_is_no_text_reads_back(query: Query) -> None:
    assert parse(render(query, BILL), BILL, today=TODAY) == query


@given(open_queries, st.sampled_from([REPORT, UNSEEN]))
def test_typed_text_of_a_report_reads_back(query: Query, report: Resource) -> None:
    assert parse(render(query, report), report, today=TODAY) == query


@given(queries(BILL))
def test_typed_text_fits_on_one_line(query: Query) -> None:
    for condition in query.conditions:
        text = render(Query((condition,)), BILL)
        # A word that stands for another value has to be written raw, and there are no such words with breaks.
        assert text.isprintable()


@given(open_queries)
def test_wire_reads_back(query: Query) -> None:
    assert from_wire(*to_wire(query)) == query
    assert from_wire(*to_wire(query), lenient=True) == query


@given(
    st.sampled_from(["company", "bill_country", "email"]),
    st.sampled_from(VALUE_OPS),
    st.from_regex(r"\w+", fullmatch=True),
)
def test_wire_form_can_be_typed(field: str, op: Op, value: str) -> None:
    query = Query((Condition(field, op, value), Condition("balance", Op.GT, "5")), (Order("date"),))
    where, order = to_wire(query)
    assert parse(f"{where} order: {order}", BILL, today=TODAY) == query
