"""What leaves cotui of a record: which fields, and their values for JSON and for spreadsheets, which run formulas.

Values leave, not what is shown: of a report's column, which ChargeOver formats for reading ("-$ 945.63"), its
unformatted twin (-945.63).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from cotui.catalog.field import TWIN
from cotui.catalog.spelling import PLAIN_NUMBER, number_text
from cotui.desk.json_text import json_text
from cotui.safety.text import without_unseen

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.catalog import Field, Resource

FORMATS: Final = ("table", "json", "jsonl", "csv")

#: what a formula begins with, or a cell that is parted again; of any width, as spreadsheets of the Far East read them
_FORMULA_SIGNS: Final = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
#: what types of fields hold, of which a number needs no guard
_NUMBERS = ("number", "key")


def exported_fields(resource: Resource, form: str, *, single: bool = False) -> Sequence[Field]:
    """The fields that a format has where nobody names any: the table's columns, else all that a row has.

    Args:
        form: one of `FORMATS`.
        single: one whole record, which has more fields than its row in a list.
    """
    if form == "table" and not single:
        names = [(column.field, column.more.field if column.more else "") for column in resource.columns]
        return [resource.field(name) for pair in names for name in pair if name]
    if form in ("json", "jsonl"):
        return resource.fields
    wanted = (field for field in resource.fields if not field.secret and "." not in field.name)
    return [field for field in wanted if (field.readable if single else field.listed)]


def json_values(record: Record, fields: Sequence[Field], *, whole: bool) -> Mapping[str, Any]:
    """What JSON holds of a record: the fields, or the whole of it but secrets."""
    if not whole:
        return {field.name: value_of(record, field) for field in fields}
    hidden = {field.name for field in fields if field.secret}
    raw = record.raw
    if record.id is None and any(name.endswith(TWIN) for name in raw):  # a report's row
        return {
            name: value if (twin := raw.get(name + TWIN)) is None else twin for name, value in raw.items()
        }
    return {name: value for name, value in raw.items() if name not in hidden} if hidden else raw


def value_of(record: Record, field: Field) -> Any:
    """The value of a field, of a report's column unformatted."""
    value = record.raw.get(field.raw) if field.raw else None
    return record.raw.get(field.name) if value is None else value


def guard(text: str, field: Field | None = None) -> str:
    """A text that spreadsheets would run as a formula, behind an apostrophe.

    What kind of field it stands in decides, not how it looks: a number is none in a field of texts. A spreadsheet makes
    a sum of the phone number +91-9999999999.

    Args:
        field: whose value it is; None for one of no type, such as a heading.
    """
    begins = text[:1]
    if begins.isalnum() and begins.isascii():
        return text
    if field is not None and field.type.family in _NUMBERS and re.fullmatch(PLAIN_NUMBER, text):
        return text
    bare = without_unseen(text).lstrip(" ")
    return f"'{text}" if _is_formula(text) or _is_formula(bare) else text


def _is_formula(text: str) -> bool:
    first = text[:1]
    return bool(first) and (first in _FORMULA_SIGNS or (first.isspace() and first != " "))


class CsvLines:
    """Makes lines of CSV out of values, without their ends. What a spreadsheet would run is guarded."""

    def __init__(self) -> None:
        import csv
        import io

        self._line = io.StringIO(newline="")
        # older versions of the module quote a lone carriage return only if lines end in one
        self._csv = csv.writer(self._line, lineterminator="\r\n")

    def __call__(self, values: Iterable[object], fields: Sequence[Field] = ()) -> str:
        """One line.

        Args:
            fields: whose values they are; none for those of no type.
        """
        self._csv.writerow([_cell(*pair) for pair in zip_longest(values, fields)])
        line = self._line.getvalue().removesuffix("\r\n")
        self._line.seek(0)
        self._line.truncate()
        return line


def _cell(value: object, field: Field | None) -> object:
    if isinstance(value, float):
        return number_text(value)
    return guard(value, field) if isinstance(value, str) else value


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
        case list() if all(isinstance(item, str) for item in value):
            from cotui.catalog.types.tags import tags_text

            return tags_text(value)
        case list() if all(isinstance(item, str | int | float) for item in value):
            return ", ".join(str(item) for item in value)
        case _:
            return json_text(value)
