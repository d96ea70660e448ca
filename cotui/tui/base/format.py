"""Values as people read them: one line for a table's cell, several for a record's page.

Everything is taken from `Record.shown`, whose texts are already harmless. Nothing here fails: a value
that is not what its field promises is shown as it is, as compact JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from cotui.catalog.model import Field, FieldType
from cotui.catalog.money import minor_units
from cotui.safety.text import shortened
from cotui.tui.base.cells import Align, fit

if TYPE_CHECKING:
    from cotui.api import Record

__all__ = [
    "HIDDEN",
    "Align",
    "align",
    "cell",
    "cell_of",
    "cell_value",
    "compact_json",
    "fit",
    "full",
    "full_value",
    "is_unset",
    "money",
]

#: a record, or a sub-object of one together with its record's currency
Values: TypeAlias = Mapping[str, Any]

#: stands for a value that is never shown
HIDDEN = "••••"
#: characters of a value that is shown as JSON
_LONGEST_JSON = 10_000

_RIGHT = frozenset({FieldType.ID, FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY})
_TRUE = ("1", "true", "yes")
_FALSE = ("0", "false", "no")


#: how answers spell a no (section 4.3 of the API notes)
_NO = (False, 0, "0", "false", None)


def cell(record: Record, field: Field) -> str:
    """One line for a table: harmless, not yet cut to a width; "" when the field is unset or absent."""
    return cell_of(record.brief, field)


def cell_of(values: Values, field: Field) -> str:
    """As `cell`, from values that need not be harmless: the text then isn't either."""
    value = values.get(field.name)
    if value is None or value == "":
        return ""
    if field.only_while and values.get(field.only_while) in _NO:
        return ""
    return cell_value(value, field, values)


def cell_value(value: Any, field: Field, values: Values) -> str:
    """One line for a value of this field; `values` is the object it stands in (for its currency)."""
    if value is None or value == "":
        return ""
    if field.secret:
        return HIDDEN
    text = _CELLS[field.type](value, field, values)
    return text.replace("\n", "⏎") if "\n" in text else text


def full(record: Record, field: Field, *, today: date | None = None) -> list[str]:
    """The lines of a value on a record's page, not yet wrapped; none when unset or absent.

    Args:
        record: the record.
        field: one of its fields.
        today: the account's date; without it an open due date has no "due in 5 days" beside it.
    """
    values = record.shown
    return full_value(values.get(field.name), field, values, today=today)


def full_value(value: Any, field: Field, values: Values, *, today: date | None = None) -> list[str]:
    """As `full`, for a value of the object `values`."""
    if is_unset(value, field):
        return []
    if field.secret:
        return [f"{HIDDEN} (never shown)"]
    spell = _FULL.get(field.type)
    if spell is not None:
        return spell(value, field, values, today)
    text = _CELLS[field.type](value, field, values)
    return text.split("\n") if text else []


def align(field: Field) -> Align:
    """Numbers stand right, everything else left."""
    return "right" if field.type in _RIGHT else "left"


def is_unset(value: Any, field: Field) -> bool:
    """Whether a value says "nothing here": null, "", an empty list, or 0 in a key.

    The text "null" is a value: a real account holds it in postal codes.
    """
    if value is None or value == "":
        return True
    if field.type is FieldType.ID:
        return value in (0, "0") and value is not False
    return isinstance(value, list | dict) and not value


def money(value: Any, iso: str) -> str:
    """An amount in major units with thousands separators and the currency's decimals.

    Further decimals are kept when they say something (a unit price of 0.0035), not when they are
    the noise of binary fractions. "" when the value is no number.
    """
    number = _number(value)
    if number is None:
        return ""
    places = minor_units(iso)
    if isinstance(number, int):
        return f"{number:,}.{'0' * places}" if places else f"{number:,}"
    text = f"{number:,.{places}f}"
    if abs(number - round(number, places)) > max(5e-7, abs(number) * 1e-12):
        text = f"{number:,.6f}".rstrip("0")
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


def compact_json(value: Any) -> str:
    """A value of unexpected shape as JSON on one line; the value comes from `Record.shown`."""
    import json

    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    except (RecursionError, ValueError):  # nested beyond all measure, or referring to itself
        return "{…}"
    return shortened(text, _LONGEST_JSON)


# -- one function per type -----------------------------------------------------------------------


#: an amount beyond this is none that anybody means
_LARGEST = 10**40


def _number(value: Any) -> int | float | None:
    """The value as a finite number when it is one or spells one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < _LARGEST else None
    if isinstance(value, str):
        try:
            value = float(value) if len(value) < 40 else None
        except ValueError:
            return None
    if not isinstance(value, float) or value - value != 0:  # infinities and NaN
        return None
    return value


def _text(value: Any, field: Field, values: Values) -> str:
    del field, values
    if isinstance(value, str):
        return value
    return compact_json(value)


def _id(value: Any, field: Field, values: Values) -> str:
    return "" if is_unset(value, field) else _text(value, field, values)


def _quantity(value: Any, field: Field, values: Values) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return _text(value, field, values)


def _money(value: Any, field: Field, values: Values) -> str:
    iso = values.get("currency_iso4217")
    return money(value, iso if isinstance(iso, str) else "") or _text(value, field, values)


def _is_date(text: Any) -> bool:
    return (
        isinstance(text, str)
        and len(text) >= 10
        and text[4] == text[7] == "-"
        and (text[:4] + text[5:7] + text[8:10]).isdecimal()
        and (len(text) == 10 or text[10] in "T ")
    )


def _date(value: Any, field: Field, values: Values) -> str:
    return value[:10] if _is_date(value) else _text(value, field, values)


def _datetime(value: Any, field: Field, values: Values) -> str:
    if _is_date(value) and len(value) >= 16 and value[13] == ":":
        return f"{value[:10]} {value[11:16]}"
    return _text(value, field, values)


def _boolean(value: Any, field: Field, values: Values) -> str:
    if value is True or value is False:
        return "yes" if value else "no"
    word = str(value).casefold() if isinstance(value, int | str) else ""
    if word in _TRUE:
        return "yes"
    return "no" if word in _FALSE else _text(value, field, values)


def _enum(value: Any, field: Field, values: Values) -> str:
    text = _text(value, field, values)
    for choice in field.choices:
        if choice.value == text:
            return choice.label
    return text


def _tags(value: Any, field: Field, values: Values) -> str:
    if isinstance(value, list):
        return ", ".join([_text(tag, field, values) for tag in value])
    return _text(value, field, values)


def _objects(value: Any, field: Field, values: Values) -> str:
    """The objects' names, which is what one looks for in a list; their number when they have none."""
    if not isinstance(value, list):
        return _text(value, field, values)
    names = []
    for part in field.parts:
        if part.type is FieldType.TEXT and not part.secret:
            found = [item.get(part.name) for item in value if isinstance(item, dict)]
            names = [name for name in found if isinstance(name, str) and name]
            if names:
                return ", ".join(names)
    return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}" if value else ""


_CELLS: Mapping[FieldType, Callable[[Any, Field, Values], str]] = {
    FieldType.ID: _id,
    FieldType.INTEGER: _quantity,
    FieldType.NUMBER: _quantity,
    FieldType.MONEY: _money,
    FieldType.TEXT: _text,
    FieldType.MULTILINE: _text,
    FieldType.EMAIL: _text,
    FieldType.PHONE: _text,
    FieldType.URL: _text,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.BOOLEAN: _boolean,
    FieldType.ENUM: _enum,
    FieldType.TAGS: _tags,
    FieldType.OBJECTS: _objects,
}


# -- the longer forms of a record's page -----------------------------------------------------------


def _full_money(value: Any, field: Field, values: Values, today: date | None) -> list[str]:
    del today
    iso, symbol = values.get("currency_iso4217"), values.get("currency_symbol")
    iso = iso if isinstance(iso, str) else ""
    symbol = symbol if isinstance(symbol, str) and symbol != iso else ""
    amount = money(value, iso)
    if not amount:
        return _text(value, field, values).split("\n")
    sign, amount = ("-", amount[1:]) if amount[0] == "-" else ("", amount)
    gap = " " if symbol[-1:].isalpha() else ""
    return [f"{sign}{symbol}{gap}{amount} {iso}".rstrip()]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _full_date(value: Any, field: Field, values: Values, today: date | None) -> list[str]:
    text = _date(value, field, values)
    day = _day(text) if _is_date(value) else None
    if day is None:
        return text.split("\n")
    words = [text, _WEEKDAYS[day.weekday()]]
    if field.name == "due_date" and (due := _due(day, values, today)):
        words.append(due)
    return [" · ".join(words)]


def _due(day: date, values: Values, today: date | None) -> str:
    """How late an open amount is, in words; the server's own count goes before the calendar.

    A paid invoice keeps its `days_overdue`, so that number alone says nothing (chargeover-api, 11.2).
    """
    days = _number(values.get("days_overdue"))
    if days and days > 0 and _boolean(values.get("is_overdue"), _FLAG, values) == "yes":
        return f"{days:.0f} {_days(days)} overdue"
    settled = any(_boolean(values.get(name), _FLAG, values) == "yes" for name in ("is_paid", "is_void"))
    if settled or today is None or _number(values.get("balance")) == 0:
        return ""
    left = (day - today).days
    if left == 0:
        return "due today"
    return f"due in {left} {_days(left)}" if left > 0 else f"{-left} {_days(-left)} overdue"


def _days(count: float) -> str:
    return "day" if count == 1 else "days"


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FLAG = Field("", FieldType.BOOLEAN, "", "")


def _full_datetime(value: Any, field: Field, values: Values, today: date | None) -> list[str]:
    del today
    if not _is_date(value) or len(value) < 16 or _day(value) is None:
        return _text(value, field, values).split("\n")
    day, clock = value[:10], value[11:]
    at = max(clock.rfind("+"), clock.rfind("-"))
    if at > 0:
        clock = f"{clock[:at]} {clock[at:]}"
    elif clock.endswith("Z"):
        clock = f"{clock[:-1]} UTC"
    else:  # the older form: no zone, in the account's own time
        clock = f"{clock} account time"
    return [f"{day} {clock} · {_WEEKDAYS[date.fromisoformat(day).weekday()]}"]


def _full_enum(value: Any, field: Field, values: Values, today: date | None) -> list[str]:
    del today
    text, label = _text(value, field, values), _enum(value, field, values)
    return [label if label.casefold() == text.casefold() else f"{label} · {text}"]


def _full_addresses(value: Any, field: Field, values: Values, today: date | None) -> list[str]:
    del today
    text = _text(value, field, values)
    return [part for line in text.split("\n") for word in line.split(",") if (part := word.strip())]


_FULL: Mapping[FieldType, Callable[[Any, Field, Values, date | None], list[str]]] = {
    FieldType.MONEY: _full_money,
    FieldType.DATE: _full_date,
    FieldType.DATETIME: _full_datetime,
    FieldType.ENUM: _full_enum,
    FieldType.EMAIL: _full_addresses,
}
