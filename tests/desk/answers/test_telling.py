"""Tables and facts say what is missing, in their places."""

from __future__ import annotations

from decimal import Decimal

from cotui.desk.amounts import Amount
from cotui.desk.answers.answer import Situation
from cotui.desk.answers.page import NOT_KNOWN, READING, Count, Row
from cotui.desk.answers.parts import Piece, assembled
from cotui.desk.answers.telling import (
    Shape,
    amounts_fact,
    counted,
    missing_words,
    section_of,
    table,
    unknown_fact,
)
from tests.desk.answers.situations import FAILED, REFUSED, TODAY
from tests.desk.answers.test_parts import PART, rows

WHOLE = assembled(PART, [rows(1, 2), Piece(2)])
CUT = assembled(PART, [rows(1, 2), Piece(5)])
KEPT_BACK = assembled(PART, [Piece(REFUSED, 0, 100)])
BROKEN = assembled(PART, [Piece(FAILED, 0, 100)])
COMING = assembled(PART, [])
SHAPE = Shape("invoices", "Invoices", "invoices", ())


def test_tables_of_one_part_and_of_several() -> None:
    row = Row("invoice", 1, ())
    found = table(SHAPE, [WHOLE], [row])
    assert (found.state, found.count, found.rows, found.trouble) == ("complete", Count(2), (row,), "")
    several = table(SHAPE, [WHOLE, KEPT_BACK], [])
    assert (several.state, several.count) == ("partial", Count(2, exact=False))
    assert several.trouble == "these keys may not read payments"
    assert several.error is REFUSED
    assert table(SHAPE, [KEPT_BACK], []).state == "refused"
    assert table(SHAPE, [WHOLE, COMING], []).state == "reading"
    assert table(SHAPE, [BROKEN, KEPT_BACK], []).state == "refused"
    assert counted([KEPT_BACK]) is None


def test_facts_that_are_amounts() -> None:
    zero = Amount("USD", Decimal(0))
    nothing = amounts_fact("owes", "Owes", [], zero)
    assert (nothing.value, nothing.tone, nothing.amounts) == ("0.00 USD", "quiet", (zero,))
    some = amounts_fact("owes", "Owes", [Amount("USD", Decimal(5), at_least=True)], zero, "rest", "bad")
    assert (some.value, some.rest, some.tone) == ("at least 5.00 USD", "rest", "bad")


def test_facts_that_nobody_knows() -> None:
    assert unknown_fact("a", "A", [None]).value == READING
    assert unknown_fact("a", "A", [WHOLE, COMING]).value == READING
    kept = unknown_fact("a", "A", [WHOLE, KEPT_BACK], "more")
    assert (kept.value, kept.rest) == (NOT_KNOWN, "these keys may not read payments; more")
    assert unknown_fact("a", "A", [WHOLE]).rest == "the account does not tell"


def test_what_is_missing() -> None:
    now = Situation(1, None, {"a": WHOLE, "b": CUT, "c": BROKEN, "d": COMING}, TODAY)
    assert missing_words(now, {"b": "Bills"}) == ("Bills: 2 of 5 came.", "C: the server failed.")
    assert section_of(now, "a", "invoice") is WHOLE
    assert section_of(now, "none", "invoice").state == "reading"
