"""Answers as sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cotui.desk.amounts import Amount
from cotui.desk.answers.page import NOT_KNOWN, Count, Fact, Page, Row, State, Table
from cotui.desk.answers.spoken import fact_said, sentences, table_said

USD = Amount("USD", Decimal("1913.56"))


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (
            Fact("owes", "Owes", USD.text, "of that 65.13 overdue", "bad", (USD,)),
            "Owes 1,913.56 USD, of that 65.13 overdue.",
        ),
        (Fact("why", "Why", "invoice 7: never charged"), "Why: invoice 7: never charged."),
        (Fact("pays_by", "Pays by", "Visa x4444", "terms Net 30"), "Pays by Visa x4444, terms Net 30."),
        (Fact("pays_by", "Pays by", NOT_KNOWN), "Pays by: not known."),
        (Fact("why", "Why", 'declined: "No money."'), 'Why: declined: "No money."'),
    ],
)
def test_facts(fact: Fact, said: str) -> None:
    assert fact_said(fact) == said


def table(state: State, count: Count | None, trouble: str = "", rows: int = 0) -> Table:
    made = tuple(Row("invoice", n, (), None, "", f"Invoice {n}") for n in range(rows))
    return Table("a", "Payments", "transactions", (), made, count, state, trouble)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (table("complete", Count(14)), "Payments, 14."),
        (table("complete", Count(0)), "Payments, none."),
        (table("reading", None), "Payments, reading."),
        (table("refused", None, "these keys may not"), "Payments, not known. These keys may not."),
        (table("failed", None, "no answer"), "Payments, not known. No answer."),
        (table("partial", Count(5), "2 of 5 came"), "Payments, 5. 2 of 5 came."),
        (
            table("partial", Count(0, exact=False), "some may be missing"),
            "Payments, at least 0. Some may be missing.",
        ),
    ],
)
def test_six_looks_in_words(found: Table, said: str) -> None:
    assert table_said(found) == said


def test_a_page() -> None:
    page = Page("customer", 1, "A", "customer 1", (), (table("complete", Count(3), rows=3),))
    assert [one.text for one in sentences(page, most=2)] == [
        "A, customer 1.",
        "",
        "Payments, 3.",
        "1 of 3. Invoice 0.",
        "2 of 3. Invoice 1.",
        "And 1 more.",
    ]
    assert [one.inside for one in sentences(page)][-1]
    alone = page._replace(tables=(table("complete", Count(1), rows=1),))
    assert [one.text for one in sentences(alone)][-1] == "Invoice 0."
