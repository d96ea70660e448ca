"""Columns of reports are inferred from rows of any kind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog import FieldType
from cotui.catalog.report_columns import TWIN, heading, infer_columns, short_headings
from cotui.catalog.report_table import report_resource


def types(*rows: dict[str, Any]) -> dict[str, FieldType]:
    return {field.name: field.type for field in infer_columns(rows)}


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        ([1, 2], FieldType.INTEGER),
        ([1, 2.5], FieldType.NUMBER),
        (["3.5", 4, ""], FieldType.NUMBER),
        (["12", "7"], FieldType.INTEGER),
        (["00501", "12345"], FieldType.TEXT),
        (["x6667", 56], FieldType.TEXT),
        (["2017-09-14", None], FieldType.DATE),
        (["2017-09-14 10:11:12", "2026-03-10T01:01:49-05:00"], FieldType.DATETIME),
        (["2017-09-14", "Sep 14, 2017"], FieldType.TEXT),
        ([True, False], FieldType.BOOLEAN),
        ([True, 1], FieldType.TEXT),
        (["a@example.com"], FieldType.EMAIL),
        (["a@" + "a." * 50_000 + " "], FieldType.TEXT),
        (["https://example.com/x"], FieldType.URL),
        (["one\ntwo"], FieldType.MULTILINE),
        ([["a", "b"]], FieldType.TAGS),
        ([[{"invoice_id": 1}]], FieldType.OBJECTS),
        ([{"odd": 1}], FieldType.TEXT),
        (["²"], FieldType.TEXT),
        ([None, ""], FieldType.TEXT),
    ],
)
def test_a_column_has_the_narrowest_type_of_its_values(values: list[Any], type_: FieldType) -> None:
    assert types(*({"column": value} for value in values)) == {"column": type_}


def test_keys_and_check_numbers_are_no_quantities() -> None:
    assert types({"tenant_tenant_id": 4, "invoice_invoice_id": "12"}) == {
        "tenant_tenant_id": FieldType.ID,
        "invoice_invoice_id": FieldType.ID,
    }
    assert types({"tenant_bill_postcode": "12345", "transaction_gateway_transid": "56"}) == {
        "tenant_bill_postcode": FieldType.TEXT,
        "transaction_gateway_transid": FieldType.TEXT,
    }


def test_a_twin_gives_the_type_and_is_not_shown() -> None:
    rows = [
        {
            "d": "Sep 14, 2017",
            f"d{TWIN}": "2017-09-14",
            "m": "$ 50.00",
            f"m{TWIN}": 50,
            "p": "5 %",
            f"p{TWIN}": 5,
        },
        {"d": "", f"d{TWIN}": None, "m": "¥ 1,000", f"m{TWIN}": "1000", "p": "6.5 %", f"p{TWIN}": 6.5},
    ]
    fields = {field.name: field for field in infer_columns(rows)}
    assert list(fields) == ["d", f"d{TWIN}", "m", f"m{TWIN}", "p", f"p{TWIN}"]
    assert fields["d"].type is FieldType.DATE
    assert fields["m"].type is FieldType.MONEY
    assert fields["p"].type is FieldType.NUMBER
    assert fields["m"].raw == f"m{TWIN}"
    assert fields[f"m{TWIN}"].type is FieldType.NUMBER
    assert [field.name for field in fields.values() if field.listed] == ["d", "m", "p"]


def test_a_twin_alone_is_a_column_and_order_of_rows_is_kept() -> None:
    fields = infer_columns([{f"a{TWIN}": 1}, {"b": "x", f"a{TWIN}": 2}])
    assert [(field.name, field.listed) for field in fields] == [(f"a{TWIN}", True), ("b", True)]


def test_no_rows_have_no_columns() -> None:
    assert infer_columns([]) == ()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("transaction_transaction_date", "Transaction date"),
        ("tenant_tenant_id", "Customer ID"),
        ("tenant_superuser_email", "Customer contact e-mail"),
        ("invoice_invoice_id", "Invoice ID"),
        ("balance", "Balance"),
        ("currency_iso4217", "Currency code"),
        ("Total Due", "Total Due"),
        ("customer_customer", "Customer customer"),
        ("__", "__"),
    ],
)
def test_headings_are_words(name: str, shown: str) -> None:
    assert heading(name) == shown


def test_headings_that_would_be_equal_stay_whole() -> None:
    fields = infer_columns([{"invoice_invoice_date": "x", "invoice_date": "y"}])
    assert [field.label for field in fields] == ["invoice_invoice_date", "invoice_date"]


json_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.lists(st.integers(), max_size=2),
)
names = st.one_of(
    st.text(min_size=0, max_size=8), st.sampled_from(["a", "a_unformatted", "A", "tenant_tenant_id"])
)


@given(st.lists(st.dictionaries(names, json_values, max_size=5), max_size=5))
def test_any_rows_give_a_usable_resource(rows: list[dict[str, Any]]) -> None:
    fields = infer_columns(rows)
    assert {field.name for field in fields} == {name for row in rows for name in row}
    resource = report_resource(1, "Any", fields)
    assert len(resource.columns) == len([field for field in fields if field.listed])


def test_above_columns_the_object_is_left_out_where_they_can_be_told_apart() -> None:
    names = "transaction_transaction_date transaction_method transaction_transaction_id tenant_company currency_iso4217"
    found = short_headings(
        infer_columns([{**dict.fromkeys(names.split(), "x"), "transaction_transaction_id": 1}])
    )
    assert list(found.values()) == ["Date", "Method", "Transaction ID", "Company", "Currency code"]
    both = short_headings(infer_columns([{"invoice_date": "x", "transaction_date": "x", "invoice_total": 1}]))
    assert list(both.values()) == ["Invoice date", "Transaction date", "Total"]
