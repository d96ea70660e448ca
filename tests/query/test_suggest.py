"""Offers that go with what is typed, the best match first."""

from __future__ import annotations

from cotui.catalog import Field
from cotui.query.model import Op
from cotui.query.suggest import MOST_VALUES, Suggestion, fields, keywords, operators, raw_operators, values
from tests.query.sample import BILL, WORDS


def inserted(found: list[Suggestion]) -> list[str]:
    return [suggestion.insert for suggestion in found]


def offered(partial: str, *more: str) -> list[str]:
    return inserted(fields(partial, BILL, BILL.filterable, more, keys=True))


def field(name: str) -> Field:
    return BILL.field(name)


def test_a_name_in_full_comes_before_its_beginning_and_that_before_what_holds_it() -> None:
    assert offered("id")[0] == "id"
    assert offered("count") == ["country", "line_count"]
    assert offered("ountr") == ["country"]
    assert offered("zzz") == []


def test_a_field_is_found_by_its_label_and_called_by_its_name() -> None:
    assert offered("email here") == ["email"]


def test_names_that_no_field_has_are_offered_once() -> None:
    assert offered("sto", "store_number", "company") == ["store_number"]
    assert "no name" not in offered("no", "no name")


def test_a_key_goes_by_the_word_for_it() -> None:
    assert "currency" in offered("curr")
    (found,) = fields("curr", BILL, [field("currency_id")], (), keys=True)
    assert found.detail == "Currency id here (currency_id)"


def test_operators_go_with_the_type() -> None:
    assert inserted(operators("", field("company"))) == ["=", "~", "!=", "is null", "is not null"]
    assert "~" not in inserted(operators("", field("bill_status_str")))
    assert inserted(operators(">", field("date"))) == [">=", ">"]
    assert inserted(operators("", field("is_sent"))) == ["=", "!=", "is null", "is not null"]


def test_operators_are_found_by_their_words() -> None:
    assert inserted(operators("at", field("balance"))) == [">=", "<="]
    assert inserted(operators("IS  not", field("company"))) == ["!=", "is not null"]
    assert inserted(raw_operators(":is")) == [":IS:NULL", ":ISNOT:NULL"]


def test_keywords_begin_with_what_is_typed() -> None:
    words = {"and": "another condition", "order by": "sorts"}
    assert keywords("ORD", words) == [Suggestion("order by", "order by", "keyword", "sorts")]
    assert keywords("der", words) == []


def test_choices_are_offered_by_words_that_mean_one_of_them() -> None:
    found = values("", field("bill_status_str"), Op.EQUALS, ())
    assert inserted(found) == ["unpaid", "overdue", "paid", "void", "open"]
    assert found[-1].detail == "bill_status_state = o"


def test_a_value_that_was_seen_is_quoted_where_it_must_be_and_there_once() -> None:
    found = values("ac", field("company"), Op.EQUALS, ["Acme", "Big Acorn", "Acme", "", "Zoo"])
    assert [(item.label, item.insert) for item in found] == [("Acme", "Acme"), ("Big Acorn", '"Big Acorn"')]


def test_a_value_typed_in_full_comes_first() -> None:
    found = values("ACME", field("company"), Op.EQUALS, ["The Acme", "Acmeist", "Acme"])
    assert [item.label for item in found] == ["Acme", "Acmeist", "The Acme"]


def test_days_and_periods_go_with_comparisons_of_dates() -> None:
    assert "this month" in inserted(values("this", field("date"), Op.EQUALS, ()))
    assert inserted(values("this", field("date"), Op.NOTEQUALS, ())) == []
    assert inserted(values("today", field("write_datetime"), Op.NOTEQUALS, ())) == []
    assert inserted(values("today", field("date"), Op.CONTAINS, ())) == []


def test_words_for_keys_say_the_key() -> None:
    (found,) = values(
        "us", field("currency_id"), Op.EQUALS, ["1"], words=[("USD", WORDS["currency_id"]["USD"])]
    )
    assert (found.insert, found.detail) == ("USD", "currency_id = 1")


def test_very_many_values_are_cut() -> None:
    assert (
        len(values("", field("company"), Op.EQUALS, [f"v{number}" for number in range(500)])) == MOST_VALUES
    )
