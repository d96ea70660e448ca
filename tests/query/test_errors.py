"""Every refusal says what is wrong, where, and what to do."""

from __future__ import annotations

import pytest

from cotui.catalog.model import Resource
from cotui.query import LONGEST, QueryError, parse
from tests.query.sample import BILL, REPORT, TODAY


def refusal(text: str, resource: Resource = BILL) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(text, resource, today=TODAY)
    return caught.value


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        # The part between the bars is what the error points at.
        ("company = a |or| company = b", "no OR"),
        ("company = a ||||| company = b", "no OR"),
        ("|(|company = a)", "parentheses"),
        ("company = a |(|company = b)", "parentheses"),
        ('company = "a" |)|', "parentheses"),
        ("|not| company = a", "“not”"),
        ("company = a |not| company = b", "“not”"),
        ("company |in| (a, b)", "lists"),
        ("company |not in| (a, b)", "lists"),
        ("company |in| [a]", "lists"),
        ("company |in| a", "period"),
        ("company |like| a%", "company ~ text"),
        ("company |starts with| a", "company ~ text"),
        ("company |!~| a", "absence"),
        ("company |does not contain| a", "absence"),
        ("date |between| 2026-01-01 and 2026-02-01", "date >= first"),
        ("date != |2026-03|", "no OR"),
        ("date != |this week|", "no OR"),
        ("created != |today|", "no OR"),
        ("|compani| = a", "Did you mean company"),
        ("|contry| = a", "Did you mean country"),
        ("|acme|", "company ~ acme"),
        ("|total| > 5", "cannot be filtered by “total”"),
        ("|bill_státus| = x", "no field"),
        ("order by |memo|", "cannot be ordered by “memo”"),
        ("order by |nonsense|", "no field"),
        ("order by company|:SIDEWAYS|", "asc or desc"),
        ("order by||", "name of a field"),
        ("company = a and||", "has to follow “and”"),
        ("company||", "operator has to follow"),
        ("company |bigger| a", "not an operator"),
        ("company|:Canada|", "company = value"),
        ("company|:WRONG:x|", "company = value"),
        ("company =||", "value has to follow"),
        ("company =|| and balance > 5", "value has to follow"),
        ("company =|| country = x", "value has to follow"),
        ("company = |=| x", "quotation marks"),
        ("|=| x", "name of a field"),
        ('company = |"abc|', "not closed"),
        ("company = |'abc|", "not closed"),
        (r'company = "ab|\q|c"', "escape"),
        (r'company = "ab|\u|12"', "escape"),
        ('company = "a"|b|', "closing quotation mark"),
        ("company = Acme, |Inc|", "put the whole value in quotation marks"),
        ("company = Johnson and |Johnson|", "put the whole value in quotation marks"),
        ('company = Big |"Mac"|', "quotation marks"),
        ("company = Wine company |of| the World", "quotation marks"),
        ("company = Wine company||", "quotation marks"),
        ("date = |31.3.2026|", "2026-03-31"),
        ("date = |2026-02-30|", "no day"),
        ("date = |2026-13|", "no day"),
        ("date = |-99999y|", "no day"),
        ("date = |0000|", "no day"),
        ("date:EQUALS:|soon|", "2026-03-31"),
        ("created > |soon|", "14:30"),
        ('created > |"2026-01-01 25:00"|', "14:30"),
        ("id = |x|", "whole number"),
        ("id = |1.5|", "whole number"),
        ("line_count = |¹|", "whole number"),
        ("balance > |$5|", "without currency sign"),
        ("balance > |1e5|", "12.50"),
        ('balance = |""|', "12.50"),
        ("sent = |maybe|", "true or false"),
        ("status = |vague|", "unpaid, overdue"),
        ("status = |done|", "several"),
        ("company = |\ud800|", "cannot be sent"),
    ],
)
def test_message_and_position(marked: str, words: str) -> None:
    if marked == "company = a ||||| company = b":
        start, end, text = 12, 14, "company = a || company = b"
    else:
        start = marked.index("|")
        end = marked.index("|", start + 1) - 1
        text = marked.replace("|", "")
    error = refusal(text)
    assert (error.start, error.end) == (start, end), error.message
    assert words in error.message
    assert str(error) == error.message


def test_unknown_field_names_the_filterable_ones() -> None:
    error = refusal("contry = x")
    assert error.expected[0] == "country"
    assert {"company", "line_items.item_id"} <= set(error.expected)
    assert "total" not in error.expected
    # The message names those that are asked for most, by the names people type.
    assert error.message == (
        "Bills have no field “contry”. Did you mean country or company? "
        "Bills can be filtered by id, company, country, email, date, created, status, sent, … (tab shows all)."
    )


def test_order_names_the_orderable_ones() -> None:
    error = refusal("order by memo")
    assert "total" in error.expected
    assert "line_items.item_id" not in error.expected


def test_expected_words_of_an_enumeration_can_be_typed() -> None:
    for word in refusal("status = vague").expected:
        assert parse(f"status = {word}", BILL, today=TODAY).conditions


def test_messages_hold_nothing_invisible_and_stay_short() -> None:
    for text in (
        "\x1b[31m\u202e = 1",
        "company = \u202e ) x" * 2,
        "x" * 9000,
        "company " + "y" * 9000,
        "date = \x00",
    ):
        message = refusal(text).message
        assert message.isprintable()
        assert len(message) < 500


def test_malformed_names_are_refused_in_reports() -> None:
    error = refusal("größe = 1", REPORT)
    assert (error.start, error.end) == (0, 5)


def test_a_pasted_megabyte_is_refused() -> None:
    error = refusal("x" * 1_000_000)
    assert (error.start, error.end) == (LONGEST, 1_000_000)
    assert "1,000,000" in error.message
