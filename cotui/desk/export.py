"""What leaves cotui of a record: which fields, and their values for JSON and for spreadsheets, which run formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from cotui.desk.json_text import json_text

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.catalog import Field, Resource

FORMATS: Final = ("table", "json", "jsonl", "csv")

_FORMULA = re.compile(r"[=+\-@\t\r]")
#: a number or a phone number: nothing in it can name a cell or a function
_NUMBER = re.compile(r"[+-] ?\(?\d[\d .,()-]*\Z", re.ASCII)


def exported_fields(resource: Resource, form: str, *, single: bool = False) -> Sequence[Field]:
    """The fields that a format has where nobody names any: the table's columns, else all that a row has.

    Args:
        form: one of `FORMATS`.
        single: one whole record, which has more fields than its row in a list.
    """
    if form == "table" and not single:
        return [resource.field(column.field) for column in resource.columns]
    if form in ("json", "jsonl"):
        return resource.fields
    wanted = (field for field in resource.fields if not field.secret and "." not in field.name)
    return [field for field in wanted if (field.readable if single else field.listed)]


def json_values(record: Record, fields: Sequence[Field], *, whole: bool) -> Mapping[str, Any]:
    """What JSON holds of a record: the fields, or the whole of it but secrets."""
    if not whole:
        return {field.name: record.raw.get(field.name) for field in fields}
    hidden = {field.name for field in fields if field.secret}
    return {name: value for name, value in record.raw.items() if name not in hidden} if hidden else record.raw


def guard(text: str) -> str:
    """A text that spreadsheets would run as a formula, behind an apostrophe.

    Numbers and phone numbers stay as they are, with their sign.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


class CsvLines:
    """Makes lines of CSV out of values, without their ends. What a spreadsheet would run is guarded."""

    def __init__(self) -> None:
        import csv
        import io

        self._line = io.StringIO(newline="")
        # older versions of the module quote a lone carriage return only if lines end in one
        self._csv = csv.writer(self._line, lineterminator="\r\n")

    def __call__(self, values: Iterable[object]) -> str:
        self._csv.writerow([guard(value) if isinstance(value, str) else value for value in values])
        line = self._line.getvalue().removesuffix("\r\n")
        self._line.seek(0)
        self._line.truncate()
        return line


def flat(value: object) -> str | int | float:
    """A value for one field of CSV."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value - value != 0:  # what JSON has no number for
            return json_text(value)[1:-1]
        case str() | int() | float():
            return value
        case list() if all(isinstance(item, str | int | float) for item in value):
            return ", ".join(str(item) for item in value)
        case _:
            return json_text(value)
