"""Every key of every recorded or documented answer is known to the catalogue, with a fitting type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cotui.catalog import RESOURCES, Field, FieldType
from cotui.catalog.report_columns import infer_columns

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures"
#: answers about an object, by the first part of the file's name
OBJECTS = ("customer", "user", "invoice", "transaction", "item")

pytestmark = pytest.mark.skipif(
    not FIXTURES.is_dir(), reason="the recorded answers are not beside the project"
)


def answers() -> Iterator[tuple[str, str]]:
    for path in sorted(FIXTURES.glob("*.json")):
        name = path.name.split("_")[0]
        if name in OBJECTS:
            yield name, path.name
    yield "report", "report_list__docs_rest.json"


def rows_of(file: str) -> list[dict[str, Any]]:
    response = json.loads((FIXTURES / file).read_text())["response"]
    rows = response if isinstance(response, list) else [response]
    return [row for row in rows if isinstance(row, dict) and set(row) != {"id"}]


def known(fields: tuple[Field, ...], row: dict[str, Any], where: str) -> None:
    by_name = {field.name: field for field in fields}
    for key, value in row.items():
        # `email` and `phone` of customers are of 2012; the words mean the main contact's now.
        if where == "customer" and key in ("email", "phone"):
            continue
        assert key in by_name, f"{where}.{key}"
        field = by_name[key]
        assert (field.type is FieldType.OBJECTS) == (isinstance(value, list) and bool(field.parts)), (
            f"{where}.{key}"
        )
        if field.type is FieldType.OBJECTS:
            for part in value:
                known(field.parts, part, f"{where}.{key}")
        elif field.type in (FieldType.MONEY, FieldType.NUMBER):
            assert value is None or float(value) is not None
        elif field.type in (FieldType.DATE, FieldType.DATETIME):
            assert value is None or str(value)[:4].isdigit(), f"{where}.{key}"
        elif field.type is FieldType.BOOLEAN:
            assert value in (True, False, 0, 1, "0", "1"), f"{where}.{key}"
        elif field.type is FieldType.ENUM and value is not None:
            assert str(value) in {choice.value for choice in field.choices}, f"{where}.{key} {value}"


@pytest.mark.parametrize(("name", "file"), list(answers()), ids=lambda value: str(value))
def test_every_key_is_known(name: str, file: str) -> None:
    for row in rows_of(file):
        known(RESOURCES[name].fields, row, name)


@pytest.mark.parametrize(
    ("name", "file"), [(name, file) for name, file in answers() if "list" in file or "query" in file]
)
def test_what_list_rows_carry_is_marked_so(name: str, file: str) -> None:
    for row in rows_of(file):
        for key in row:
            field = RESOURCES[name].find(key)
            assert field is not None
            assert field.listed, key


def test_the_columns_of_the_documented_report() -> None:
    response = json.loads((FIXTURES / "report_data__docs_rest.json").read_text())["response"]
    fields = infer_columns(response["_report"])
    assert [(field.name, field.type, field.label) for field in fields if field.listed] == [
        ("transaction_transaction_date", FieldType.DATE, "Transaction date"),
        ("transaction_transaction_method", FieldType.TEXT, "Transaction method"),
        ("transaction_transaction_detail", FieldType.TEXT, "Transaction detail"),
        ("transaction_amount", FieldType.MONEY, "Transaction amount"),
        ("transaction_gateway_transid", FieldType.TEXT, "Transaction gateway transaction ID"),
        ("transaction_transaction_type", FieldType.TEXT, "Transaction type"),
    ]
