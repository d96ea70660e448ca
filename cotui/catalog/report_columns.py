"""What the columns of a report are, judged by its rows.

Facts about rows (ChargeOver reports): keys vary by report; values are formatted for reading
("Sep 14, 2017", "$ 50.00"); a formatted column may have a twin `{column}_unformatted` with the raw
value ("2017-09-14", 50); one column may hold a text in one row and a number in the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from cotui.catalog.field import TWIN, Field, FieldType

Value: TypeAlias = object

_GROUP = "Row"

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?\Z")
_INTEGER = re.compile(r"-?\d{1,15}\Z", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?\Z", re.ASCII)
# The length is looked at first: on 10 kB of dots the rest would take seconds.
_EMAIL = re.compile(r"(?=.{3,254}\Z)[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_URL = re.compile(r"https?://\S+\Z", re.IGNORECASE)
#: money is a number and something that is neither digit nor separator, e.g. "$ 50.00" or "50,00 EUR"
_MONEY_SIGN = re.compile(r"[^\d\s.,'()+-]")
_PERCENT = re.compile(r"%\s*\Z")


def infer_columns(rows: Iterable[Mapping[str, Value]]) -> tuple[Field, ...]:
    """The columns found in some rows of a report, in the order they first occur.

    A twin follows its column as a field of its own that is not listed: `Field.raw` of the column names
    it, and it holds what the column is ordered and aligned by. A twin without its column is a column.

    Args:
        rows: rows as received; a hundred are plenty. A row may lack keys that others have.
    """
    values: dict[str, list[Value]] = {}
    for row in rows:
        for name, value in row.items():
            values.setdefault(name, []).append(value)
    headings = _headings(values)
    fields: list[Field] = []
    for name in values:
        base = name.removesuffix(TWIN)
        if base != name and base in values:
            continue
        twin = name + TWIN
        type_ = _type_of(name, values[name], values.get(twin))
        raw = twin if twin in values else ""
        fields.append(_field(name, type_, headings[name], raw=raw))
        if raw:
            fields.append(_field(twin, _raw_type(type_), f"{headings[name]} (raw)", listed=False))
    return tuple(fields)


def _field(name: str, type_: FieldType, label: str, *, listed: bool = True, raw: str = "") -> Field:
    meaning = f"Column {name} of the report."
    return Field(
        name,
        type_,
        label,
        meaning,
        _GROUP,
        listed=listed,
        filterable=True,
        orderable=True,
        raw=raw,
        references=_named_by(name) if type_ is FieldType.ID else "",
    )


# The inner names of objects in the names of columns; "tenant" is a customer.
_OBJECTS = {
    "tenant": "customer",
    "customer": "customer",
    "invoice": "invoice",
    "transaction": "transaction",
    "package": "package",
    "user": "user",
    "item": "item",
}


def _named_by(column: str) -> str:
    """The id of the object whose records a column of keys names; "" where its name does not tell."""
    words = column.casefold().removesuffix("_id").split("_")
    return _OBJECTS.get(words[-1], "")


def other_words(column: str) -> int:
    """How many words of a column's name are none of an object.

    Of several columns with keys of one object the one with the fewest is the row's own: before
    "transaction_parent_transaction_id" it is "transaction_transaction_id".
    """
    words = column.casefold().removesuffix("_id").split("_")
    return sum(word not in _OBJECTS for word in words)


def _type_of(name: str, shown: list[Value], raw: list[Value] | None) -> FieldType:
    if raw is None:
        return _plain_type(name, shown)
    plain = _plain_type("", raw)
    if plain in (FieldType.INTEGER, FieldType.NUMBER):
        texts = [value for value in shown if isinstance(value, str)]
        money = any(_MONEY_SIGN.search(text) and not _PERCENT.search(text) for text in texts)
        return FieldType.MONEY if money else plain
    return plain


def _raw_type(type_: FieldType) -> FieldType:
    return FieldType.NUMBER if type_ is FieldType.MONEY else type_


def _plain_type(name: str, values: list[Value]) -> FieldType:
    """The narrowest type that all values have; empty ones have any."""
    present = [value for value in values if value is not None and value != ""]
    if not present:
        return FieldType.TEXT
    if all(isinstance(value, bool) for value in present):
        return FieldType.BOOLEAN
    if any(isinstance(value, bool) for value in present):
        return FieldType.TEXT
    if all(isinstance(value, int) for value in present):
        return FieldType.ID if name.endswith("_id") else FieldType.INTEGER
    if all(isinstance(value, int | float) for value in present):
        return FieldType.NUMBER
    if all(isinstance(value, list) for value in present):
        return FieldType.OBJECTS if any(_holds_objects(value) for value in present) else FieldType.TAGS
    texts = [str(value) for value in present if isinstance(value, str | int | float)]
    if len(texts) < len(present):
        return FieldType.TEXT
    return _text_type(name, texts)


def _text_type(name: str, texts: list[str]) -> FieldType:
    def all_match(pattern: re.Pattern[str]) -> bool:
        return all(pattern.match(text) for text in texts)

    if name.endswith("_id") and all_match(_INTEGER):
        return FieldType.ID
    # Digits alone make no number: postal codes and check numbers are texts, and "00501" must keep its zeros.
    if all_match(_NUMBER) and not any(_leading_zero(text) for text in texts) and not _is_label(name):
        return FieldType.INTEGER if all_match(_INTEGER) else FieldType.NUMBER
    for pattern, type_ in (
        (_DATE, FieldType.DATE),
        (_DATETIME, FieldType.DATETIME),
        (_EMAIL, FieldType.EMAIL),
        (_URL, FieldType.URL),
    ):
        if all_match(pattern):
            return type_
    return FieldType.MULTILINE if any("\n" in text for text in texts) else FieldType.TEXT


def _holds_objects(value: Value) -> bool:
    return isinstance(value, list) and any(isinstance(item, Mapping) for item in value)


def _leading_zero(text: str) -> bool:
    digits = text.removeprefix("-")
    return len(digits) > 1 and digits[0] == "0" and digits[1] != "."


def _is_label(name: str) -> bool:
    """Whether a column of this name holds names for things even when they consist of digits."""
    return name.endswith(("code", "phone", "key", "number", "detail", "transid", "name", "token", "zip"))


# Words of column names that read better otherwise. "tenant" is ChargeOver's inner name of a customer.
_WORDS = {
    "addr1": "address",
    "addr2": "address 2",
    "addr3": "address 3",
    "arr": "ARR",
    "bill": "billing",
    "datetime": "time",
    "email": "e-mail",
    "id": "ID",
    "ip": "IP",
    "ipaddr": "IP address",
    "iso4217": "code",
    "mod": "modified",
    "mrr": "MRR",
    "num": "number",
    "paymethod": "pay method",
    "postcode": "postal code",
    "qty": "quantity",
    "refnumber": "number",
    "ship": "shipping",
    "sku": "SKU",
    "str": "code",
    "superuser": "contact",
    "tenant": "customer",
    "transid": "transaction ID",
    "url": "link",
    "write": "created",
}


def _headings(names: Iterable[str]) -> dict[str, str]:
    """A heading for each column; where two would be equal, both keep their whole name."""
    short = {name: heading(name) for name in names}
    counts: dict[str, int] = {}
    for text in short.values():
        counts[text] = counts.get(text, 0) + 1
    return {name: text if counts[text] == 1 else name for name, text in short.items()}


def short_headings(columns: Sequence[Field]) -> dict[str, str]:
    """What stands above each column: its label without the object it is of, where it can be told from all others.

    Keys keep it: whose number it is says more than that it is one.
    """
    short = {item.name: _without_object(item) for item in columns}
    counts = Counter(text.casefold() for text in short.values())
    return {
        item.name: short[item.name] if counts[short[item.name].casefold()] == 1 else item.label
        for item in columns
    }


def _without_object(item: Field) -> str:
    first, _, rest = item.label.partition(" ")
    if item.type is FieldType.ID or not rest or item.name.partition("_")[0] not in _OBJECTS:
        return item.label
    return item.label if first == item.name else rest[:1].upper() + rest[1:]


def heading(name: str) -> str:
    """A column's name for people: "transaction_transaction_date" is "Transaction date".

    Names are the inner table's name, then the column's; a table name that the column repeats is said once.
    """
    words = [word for word in name.split("_") if word]
    if len(words) > 2 and words[0] == words[1]:
        words = words[1:]
    text = " ".join(_WORDS.get(word.lower(), word) for word in words)
    return text[:1].upper() + text[1:] if text else name
