"""What stands in a field of a form, and the JSON value it means: there and back without rounding anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

from cotui.catalog import RESOURCES, Field, FieldType
from cotui.query.dates import CalendarRangeError, is_datetime, read_period
from cotui.safety.text import clean, clean_multiline, has_controls

_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_ADDRESS = re.compile(r"[^@\s,]+@[^@\s,]+")
_URL = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
#: digits that a JSON number, read as a double, keeps
_MOST_DIGITS: Final = 15

_YES: Final = frozenset({"yes", "true", "1", "y", "on"})
_NO: Final = frozenset({"no", "false", "0", "n", "off"})


def to_text(field: Field, value: object) -> str:
    """A value of the API as the text of its field: clean, so that what is seen is what would be sent.

    What is not of the field's type is shown as it is. Secrets give "".
    """
    if value is None or value == "" or field.secret:
        return ""
    kind = field.type
    if kind is FieldType.ID and value in (0, "0"):
        return ""  # how some answers write an unset key (section 4.3 of the API notes)
    if kind is FieldType.BOOLEAN:
        word = _said(value).casefold()
        return "yes" if word in _YES else "no" if word in _NO else clean(_said(value))
    if kind is FieldType.ENUM:
        return next((item.label for item in field.choices if item.value == value), clean(_said(value)))
    if kind is FieldType.TAGS and isinstance(value, list):
        return clean(", ".join(_said(item) for item in value))
    if kind in (FieldType.MONEY, FieldType.NUMBER, FieldType.INTEGER):
        return clean(_number_text(value))
    return clean_multiline(_said(value)) if kind is FieldType.MULTILINE else clean(_said(value))


def to_value(field: Field, text: str, *, today: date) -> object:
    """The JSON value that the text of a field means; nothing typed is what the API takes for "none".

    Texts clear with "", keys, numbers and dates with null, tags with an empty list (sections 4.3 and 9 to 11
    of the API notes, and what the sandbox takes).

    Args:
        field: whose value it is.
        text: what stands in the field.
        today: the account's date, for `today` and `+30d`.

    Raises:
        ValueError: it makes no sense there; the message says what would, in words for people.
    """
    if field.type is FieldType.MULTILINE:
        _check_signs(text, keep="\n\t")
        return text
    typed = text.strip()
    if not typed:
        return _NOTHING.get(field.type, "")
    _check_signs(typed)
    read = _READERS.get(field.type)
    return typed if read is None else read(field, typed, today)


def is_reference(field: Field) -> bool:
    """Whether a field points to a record that can be looked for."""
    return field.type is FieldType.ID and field.references in RESOURCES


def label_of(field: Field) -> str:
    """What a field is called in a form, where a key shows the name of its record instead of the number."""
    return field.label.removesuffix(" ID") if is_reference(field) or field.named_by else field.label


def same(field: Field, first: object, second: object) -> bool:
    """Whether two values of the API say the same: null is "", an unset key 0, a no false or "0"."""
    if field.type is FieldType.BOOLEAN:
        return (to_text(field, first) or "no") == (to_text(field, second) or "no")
    if field.type is FieldType.TAGS:
        return (first or []) == (second or [])
    if field.type in (FieldType.MONEY, FieldType.NUMBER, FieldType.INTEGER):
        return _number_text(first) == _number_text(second)
    if field.type is FieldType.ID:
        return to_text(field, first) == to_text(field, second)
    return _said(first) == _said(second)


def read_decimal(text: str) -> Decimal:
    """An amount, rate or quantity as it was typed, exactly.

    Raises:
        ValueError: it is no number, or has more digits than a JSON number keeps.
    """
    typed = text.strip()
    if not _NUMBER.fullmatch(typed):
        comma = ": the decimals stand behind a point, and thousands are not parted" if "," in typed else ""
        raise ValueError(f"a number such as 12 or 12.50{comma}")
    number = Decimal(typed)
    if len(number.normalize().as_tuple().digits) > _MOST_DIGITS or abs(number) >= 10**_MOST_DIGITS:
        raise ValueError(f"a number of at most {_MOST_DIGITS} digits")
    return number


def json_number(number: Decimal) -> int | float:
    """A number from `read_decimal` as the JSON number that is written with the same digits."""
    return int(number) if number == number.to_integral_value() else float(number)


def resolved(field: Field, text: str, *, today: date) -> str:
    """What a word typed for a date stands for, such as "2026-04-15, Wednesday"; "" where there is nothing to say."""
    if field.type is not FieldType.DATE or not text.strip():
        return ""
    try:
        value = to_value(field, text, today=today)
    except ValueError:
        return ""
    day = date.fromisoformat(str(value))
    return f"{value}, {_WEEKDAYS[day.weekday()]}"


# -- one reader per type ---------------------------------------------------------------------------

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _whole(_field: Field, text: str, _today: date) -> object:
    if not _INTEGER.fullmatch(text):
        raise ValueError("a whole number such as 12")
    return int(text)


def _key(_field: Field, text: str, _today: date) -> object:
    if not _INTEGER.fullmatch(text) or int(text) < 1:
        raise ValueError("the number of a record, such as 12")
    return int(text)


def _number(_field: Field, text: str, _today: date) -> object:
    return json_number(read_decimal(text))


def _date(_field: Field, text: str, today: date) -> object:
    try:
        period = read_period(text, today)
    except CalendarRangeError as error:
        raise ValueError("a day that the calendar has") from error
    if period is None:
        raise ValueError("a date such as 2026-03-31, today, +30d or next month")
    return period.first.isoformat()


def _datetime(_field: Field, text: str, today: date) -> object:
    if is_datetime(text):
        return text
    try:
        return _date(_field, text, today)
    except ValueError as error:
        raise ValueError("a time such as 2026-03-31 14:30:00, or a date") from error


def _boolean(_field: Field, text: str, _today: date) -> object:
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValueError("yes or no")
    return word in _YES


def _enum(field: Field, text: str, _today: date) -> object:
    word = text.casefold()
    for choice in field.choices:
        if word in (choice.value.casefold(), choice.label.casefold(), *map(str.casefold, choice.aliases)):
            return choice.value
    raise ValueError("one of: " + ", ".join(choice.label for choice in field.choices))


def _addresses(_field: Field, text: str, _today: date) -> object:
    for part in text.split(","):
        if not _ADDRESS.fullmatch(part.strip()):
            raise ValueError("an e-mail address such as jane@example.com; several are parted by commas")
    return text


def _url(_field: Field, text: str, _today: date) -> object:
    if not _URL.fullmatch(text):
        raise ValueError("a web address such as https://example.com/page")
    return text


def _tags(_field: Field, text: str, _today: date) -> object:
    return list(dict.fromkeys(word for part in text.split(",") if (word := part.strip())))


_READERS: Final[dict[FieldType, Callable[[Field, str, date], object]]] = {
    FieldType.ID: _key,
    FieldType.INTEGER: _whole,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _number,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.BOOLEAN: _boolean,
    FieldType.ENUM: _enum,
    FieldType.EMAIL: _addresses,
    FieldType.URL: _url,
    FieldType.TAGS: _tags,
}
_NOTHING: Final[dict[FieldType, object]] = {
    FieldType.ID: None,
    FieldType.INTEGER: None,
    FieldType.NUMBER: None,
    FieldType.MONEY: None,
    FieldType.DATE: None,
    FieldType.DATETIME: None,
    FieldType.BOOLEAN: None,
    FieldType.ENUM: None,
    FieldType.TAGS: [],
}


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else _number_text(value)
    from cotui.tui.base.format import compact_json

    return compact_json(value)


def _number_text(value: object) -> str:
    """A number with the digits it was written with, never in scientific notation."""
    if isinstance(value, str):
        value = value.strip()
    if value is None or isinstance(value, bool) or not _NUMBER.fullmatch(written := _plain(value)):
        return "" if value is None else str(value)
    number = Decimal(written)
    return f"{number.normalize():f}" if number else "0"


def _plain(value: object) -> str:
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) and value - value == 0 else str(value)


def _check_signs(text: str, keep: str = "") -> None:
    """No control characters: they came by some accident, and nobody could see them."""
    if has_controls(text, keep):
        raise ValueError("a text without control characters")
