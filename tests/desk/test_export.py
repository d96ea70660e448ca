"""Which fields leave cotui, and what a spreadsheet may not run."""

from __future__ import annotations

import pytest

from cotui.api import Record
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER
from cotui.desk.export import CsvLines, exported_fields, guard, json_values


@pytest.mark.parametrize(
    "text",
    [
        "+1 555-0100",
        "+1 (555) 010-0100",
        "+493012345",
        "-5",
        "-1,234.50",
        "+ 1",
        "a=1",
        "",
        "1-2",
        "-(5)",
    ],
)
def test_numbers_and_phone_numbers_need_no_guard(text: str) -> None:
    assert guard(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
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
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guard(text) == f"'{text}"


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
