"""Which field a name means, and which name people type for a field."""

from __future__ import annotations

import pytest

from cotui.catalog import FieldType
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.query.fields import (
    columns_ending,
    filter_name,
    filter_spellings,
    find_order,
    find_target,
    key_of,
    naming_field,
    typed_name,
)
from tests.query.sample import BILL, REPORT, UNSEEN


@pytest.mark.parametrize(
    ("typed", "wire"),
    [
        ("country", "bill_country"),
        ("COUNTRY", "bill_country"),
        ("bill_country", "bill_country"),
        # what says a key in words filters by the key
        ("currency", "currency_id"),
        ("currency_iso4217", "currency_id"),
        ("total", None),
        ("nonsense", None),
    ],
)
def test_a_name_filters_by_a_field(typed: str, wire: str | None) -> None:
    target = find_target(typed, BILL)
    assert (target and target.field.name) == wire
    assert target is None or target.strict


def test_a_name_orders_by_the_very_field_that_it_means() -> None:
    assert find_order("currency", BILL) == "currency_iso4217"
    assert find_order("total", BILL) == "total"
    assert find_order("item", BILL) is None
    assert find_order("nonsense", BILL) is None


def test_columns_of_reports_are_called_by_the_end_of_their_names() -> None:
    target = find_target("date", REPORT)
    assert target is not None
    assert (target.field.name, target.strict) == ("invoice_date", False)
    assert find_order("date", REPORT) == "invoice_date"
    assert find_target("other", REPORT) is None
    assert find_target("oice_date", REPORT) is None, "whole words only"


def test_in_chargeover_s_own_grammar_a_column_is_sent_as_it_stands() -> None:
    target = find_target("other", REPORT, raw=True)
    assert target is not None
    assert target.field.name == "other"
    assert find_order("name", REPORT, raw=True) == "name"


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("invoice_date", FieldType.DATE),
        ("date", FieldType.DATE),
        ("void_datetime", FieldType.DATETIME),
        ("invoice_date_unformatted", FieldType.DATE),
        ("updated", FieldType.TEXT),
        ("candidate", FieldType.TEXT),
    ],
)
def test_before_a_row_was_seen_the_type_of_a_column_is_guessed(name: str, type_: FieldType) -> None:
    target = find_target(name, UNSEEN)
    assert target is not None
    assert target.field.type is type_


def test_what_is_no_name_is_no_column() -> None:
    for name in ("a b", "a;b", "", "1", "a..b"):
        assert find_target(name, UNSEEN) is None
        assert find_order(name, UNSEEN) is None


def test_a_shorter_word_is_typed_unless_people_call_the_field_so() -> None:
    assert typed_name(CUSTOMER.field("bill_country")) == "country"
    assert typed_name(CUSTOMER.field("customer_id")) == "id"
    assert typed_name(CUSTOMER.field("company")) == "company"
    assert typed_name(CUSTOMER.field("external_key")) == "external_key"


def test_a_key_and_what_names_it() -> None:
    key, name = INVOICE.field("currency_id"), INVOICE.field("currency_iso4217")
    assert naming_field(key, INVOICE) is name
    assert key_of(name, INVOICE) is key
    assert naming_field(INVOICE.field("customer_id"), INVOICE) is None
    assert key_of(INVOICE.field("total"), INVOICE) is None


def test_names_that_filter_are_there_once_the_best_first() -> None:
    spellings = filter_spellings(INVOICE.field("currency_id"), INVOICE)
    assert spellings[0] == filter_name(INVOICE.field("currency_id"), INVOICE) == "currency"
    assert {"currency_id", "currency_iso4217", "cur"} <= set(spellings)
    assert len(spellings) == len(set(spellings))


def test_ends_of_names_are_whole_words_and_dotted_ones_count() -> None:
    assert [field.name for field in columns_ending("item_id", BILL)] == ["line_items.item_id"]
    assert [field.name for field in columns_ending("COUNTRY", BILL)] == ["bill_country"]
    assert columns_ending("company", BILL) == [], "the whole name is no end of it"
