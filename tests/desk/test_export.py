"""Which fields leave cotui, and what a spreadsheet may not run."""

from __future__ import annotations

import pytest

from cotui.api import Record
from cotui.catalog import Field, FieldType
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER
from cotui.catalog.report_columns import infer_columns
from cotui.desk.export import CsvLines, exported_fields, flat, guard, json_values, value_of
from cotui.desk.value_to_copy import value_to_copy

AMOUNT, PHONE, TEXT = (
    Field("x", kind, "X", "what it means") for kind in (FieldType.MONEY, FieldType.PHONE, FieldType.TEXT)
)


@pytest.mark.parametrize("text", ["-945.63", "+5", "-0.5", "12", ""])
def test_numbers_in_fields_of_numbers_need_no_guard(text: str) -> None:
    assert guard(text, AMOUNT) == text
    if text[:1] in "+-" and text:
        assert guard(text, TEXT) == f"'{text}"  # nothing but its column says that it is one


@pytest.mark.parametrize("text", ["a=1", "", "1-2", "(5)", "x@y", "ä=1", "9" * 30])
def test_what_no_spreadsheet_runs_needs_no_guard(text: str) -> None:
    assert guard(text, TEXT) == guard(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\ufeff=1",
        "\u200b\u00ad=1",
        "＝1",
        "＋1",
        "－1+2",
        "＠SUM(A1)",
        "\u22121+2",
        "+A1",
        "-A1+2",
        "+1+cmd|' /C calc'!A0",
        "-1*A1",
        "+",
        "--1",
        "+1 x2",
        "+1\n=2",
        "-2+3",
        "+HYPERLINK(1)",
        "+1/2",
        "-١",
        "+91-9999999999",
        "+1 555-0100",
        "+1 (555) 010-0100",
        "-1,234.50",
        "+ 1",
        "-(5)",
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    for field in (None, AMOUNT, PHONE, TEXT):
        assert guard(text, field) == f"'{text}"


ROW = Record(
    {
        "refund": "-$ 945.63",
        "paid": "Aug 29, 2023",
        "note": "- 5",
        "tags": ["a, b", "c"],
        "refund_unformatted": -945.63,
        "paid_unformatted": "2023-08-29",
    }
)


def test_a_report_s_values_leave_and_not_how_they_are_shown() -> None:
    columns = infer_columns([ROW.raw])
    fields = [field for field in columns if field.listed]
    line = CsvLines()([flat(value_of(ROW, field)) for field in fields], fields)
    assert line == '-945.63,2023-08-29,\'- 5,"""a, b"", c"'
    chosen = {"refund": -945.63, "paid": "2023-08-29", "note": "- 5", "tags": ["a, b", "c"]}
    assert json_values(ROW, fields, whole=False) == chosen
    twins = {name: value for name, value in ROW.raw.items() if name.endswith("_unformatted")}
    assert json_values(ROW, columns, whole=True) == chosen | twins
    assert value_to_copy(ROW, fields[0], CUSTOMER).text == "-945.63"


def test_a_report_s_value_without_its_twin_is_what_came() -> None:
    columns = infer_columns([ROW.raw])
    row = Record({"refund": "n/a", "refund_unformatted": None})
    assert value_of(row, columns[0]) == "n/a"
    assert json_values(row, columns, whole=True)["refund"] == "n/a"


def test_numbers_leave_with_all_their_digits() -> None:
    assert CsvLines()([1e-7, 1e16, -0.1, 5]) == "0.0000001,10000000000000000,-0.1,5"


def test_each_format_has_its_own_fields() -> None:
    table = [field.name for field in exported_fields(CUSTOMER, "table")]
    assert table == [column.field for column in CUSTOMER.columns]
    assert list(exported_fields(CUSTOMER, "jsonl")) == list(CUSTOMER.fields)
    flat = exported_fields(CUSTOMER, "csv")
    assert all(field.listed and "." not in field.name for field in flat)
    assert all(field.readable for field in exported_fields(CUSTOMER, "csv", single=True))


def test_secrets_leave_in_no_format() -> None:
    secret = next(field.name for field in USER.fields if field.secret)
    record = Record({secret: "hidden", "user_id": 1})
    assert json_values(record, USER.fields, whole=True) == {"user_id": 1}
    assert secret not in [field.name for field in exported_fields(USER, "csv")]


def test_a_line_of_csv_holds_what_it_was_given() -> None:
    line = CsvLines()
    assert line(["=1", 2, "a\rb", 'say "x"', None]) == '\'=1,2,"a\rb","say ""x""",'
    assert line(["again"]) == "again"
