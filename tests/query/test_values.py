"""What a typed value means for its field."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES
from cotui.query import parse
from cotui.query.errors import QueryError
from cotui.query.fields import Target, find_target
from cotui.query.lexer import Form, Literal, Name, Operator
from cotui.query.model import Condition, Op
from cotui.query.values import Context, choice_words, conditions_for, matching_choices
from tests.query.sample import BILL, REPORT, STATUS, TODAY, WORDS

CONTEXT = Context(BILL, TODAY, WORDS)


def meant(
    name: str, op: Op, text: str, form: Form = Form.BARE, context: Context = CONTEXT, word: str = "="
) -> list[Condition]:
    target = find_target(name, context.resource)
    assert isinstance(target, Target)
    at = len(name)
    operator = Operator(at, at + 1, word, op)
    value = Literal(at + 2, at + 2 + len(text), text, form)
    return list(conditions_for(Name(0, at, name), target, operator, value, context))


@pytest.mark.parametrize(
    ("op", "sent"),
    [
        (Op.EQUALS, [("GTE", "2026-10-01"), ("LTE", "2026-10-31")]),
        (Op.GT, [("GT", "2026-10-31")]),
        (Op.GTE, [("GTE", "2026-10-01")]),
        (Op.LT, [("LT", "2026-10-01")]),
        (Op.LTE, [("LTE", "2026-10-31")]),
    ],
)
def test_a_period_is_compared_with_its_first_or_last_day(op: Op, sent: list[tuple[str, str]]) -> None:
    assert [(item.op, item.value) for item in meant("date", op, "last month")] == sent


def test_a_single_day_is_one_condition_and_a_moment_s_day_two() -> None:
    assert meant("date", Op.EQUALS, "today") == [Condition("date", Op.EQUALS, "2026-11-22")]
    first, last = meant("created", Op.EQUALS, "today")
    assert (first.op, last.op) == (Op.GTE, Op.LTE)
    assert first.value.startswith("2026-11-22")
    assert last.value.startswith("2026-11-22")


def test_not_in_a_period_cannot_be_asked() -> None:
    with pytest.raises(QueryError):
        meant("date", Op.NOTEQUALS, "last month")
    assert meant("date", Op.NOTEQUALS, "today") == [Condition("date", Op.NOTEQUALS, "2026-11-22")]


def test_words_of_an_enumeration_and_of_a_state() -> None:
    assert meant("status", Op.EQUALS, "late") == [Condition("bill_status_str", Op.EQUALS, "open-overdue")]
    assert meant("status", Op.EQUALS, "Over-Due") == [Condition("bill_status_str", Op.EQUALS, "open-overdue")]
    assert meant("status", Op.EQUALS, "open") == [Condition("bill_status_state", Op.EQUALS, "o")]


def test_in_quotation_marks_a_value_is_itself() -> None:
    quoted = meant("status", Op.EQUALS, "null", Form.QUOTED)
    assert quoted == [Condition("bill_status_str", Op.EQUALS, "null")]
    assert meant("company", Op.EQUALS, "null") == [Condition("company", Op.IS_NULL)]
    assert meant("company", Op.EQUALS, "null", Form.QUOTED) == [Condition("company", Op.EQUALS, "null")]


def test_words_that_people_read_mean_the_same_in_quotation_marks() -> None:
    for word in ("late", "open"):
        assert meant("status", Op.EQUALS, word, Form.QUOTED) == meant("status", Op.EQUALS, word)


def test_a_word_that_could_mean_several_is_refused_with_all_of_them() -> None:
    with pytest.raises(QueryError, match="could mean several") as refused:
        meant("status", Op.EQUALS, "done")
    assert refused.value.expected == ("paid", "void")


def test_a_slip_is_answered_with_the_nearest_word() -> None:
    with pytest.raises(QueryError, match=r"Did you mean unpaid") as refused:
        meant("status", Op.EQUALS, "unpiad")
    assert refused.value.expected[0] == "unpaid"
    assert (refused.value.start, refused.value.end) == (8, 14)


def test_a_key_goes_by_the_account_s_own_word() -> None:
    assert meant("currency", Op.EQUALS, "usd") == [Condition("currency_id", Op.EQUALS, "1")]
    assert meant("currency", Op.EQUALS, "EUR") == [Condition("currency_id", Op.EQUALS, "4")]
    with pytest.raises(QueryError, match="could be 3 or 4: type the number"):
        meant("currency", Op.EQUALS, "Eur")


def test_in_chargeover_s_own_grammar_nothing_is_read_into_a_value_unless_the_name_is_ours() -> None:
    assert meant("bill_status_str", Op.EQUALS, "late", Form.RAW) == [
        Condition("bill_status_str", Op.EQUALS, "late")
    ]
    assert meant("status", Op.EQUALS, "late", Form.RAW) == [
        Condition("bill_status_str", Op.EQUALS, "open-overdue")
    ]


def test_what_does_not_fit_is_refused_except_where_the_type_is_a_guess() -> None:
    with pytest.raises(QueryError, match="takes"):
        meant("balance", Op.GT, "much")
    with pytest.raises(QueryError, match="looks for text"):
        meant("balance", Op.CONTAINS, "5")
    assert meant("invoice_date", Op.EQUALS, "soon", context=Context(REPORT, TODAY, {}))[0].value == "soon"


def test_in_goes_with_periods_only() -> None:
    assert len(meant("date", Op.EQUALS, "last month", word="in")) == 2
    with pytest.raises(QueryError, match="goes with dates"):
        meant("company", Op.EQUALS, "Acme", word="in")


def test_half_a_character_cannot_be_sent() -> None:
    with pytest.raises(QueryError, match="half of a character"):
        meant("company", Op.EQUALS, "a\ud800")


def test_choices_are_found_by_value_label_and_other_words() -> None:
    assert [choice.value for choice in matching_choices(STATUS, "OVER due")] == ["open-overdue"]
    assert [choice.value for choice in matching_choices(STATUS, "done")] == ["closed-paid", "closed-void"]
    field = BILL.field("status")
    assert choice_words(STATUS[2], field) == ("paid", "closed-paid"), "“done” means another one too"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("check", "Paid by Check"),
        ("cheque", "Paid by Check"),
        ("Paid by check", "Paid by Check"),
        ("ach", "ACH/eCheck"),
        ("bank account", "ACH/eCheck"),
        ("amex", "American Express"),
        # what is not known may be the account's own
        ("cash", "cash"),
        ('"check"', "check"),
        ('"paid by check"', "Paid by Check"),
    ],
)
def test_words_for_ways_of_paying(typed: str, sent: str) -> None:
    (condition,) = parse(f"method = {typed}", RESOURCES["transaction"]).conditions
    assert condition == Condition("transaction_method", Op.EQUALS, sent)


@pytest.mark.parametrize("typed", ["card", "credit card"])
def test_a_word_for_several_values_says_so(typed: str) -> None:
    with pytest.raises(QueryError, match="Visa, MasterCard, American Express, Discover") as caught:
        parse(f"method = {typed}", RESOURCES["transaction"])
    assert caught.value.instead == ("Visa", "MasterCard", '"American Express"', "Discover")


def test_a_status_of_payments_that_is_none_is_refused() -> None:
    with pytest.raises(QueryError, match=r"Did you mean declined\? It is one of success, pending") as caught:
        parse("status = declind", RESOURCES["transaction"])
    assert caught.value.instead == ("declined",)
    # another account's code
    (condition,) = parse('status = "error-odd"', RESOURCES["transaction"]).conditions
    assert condition.value == "error-odd"
