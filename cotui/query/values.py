"""What a typed value means for its field: words of enumerations, dates in words, checked types."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from cotui.catalog.model import Choice, Field, FieldType
from cotui.query import explain
from cotui.query.ast import Condition, Op
from cotui.query.dates import EXAMPLES, CalendarRangeError, Period, is_date, is_datetime, read_period
from cotui.query.errors import QueryError, excerpt, in_line
from cotui.query.fields import Target
from cotui.query.parts import Form, Literal, Name, Operator

_INTEGER = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_BOOLEANS = {"true": "true", "false": "false", "yes": "true", "no": "false", "1": "1", "0": "0"}
_TEMPORAL = (FieldType.DATE, FieldType.DATETIME)
_EXPECTED: dict[FieldType, tuple[str, tuple[str, ...]]] = {
    FieldType.ID: ("a whole number", ()),
    FieldType.INTEGER: ("a whole number", ()),
    FieldType.NUMBER: ("a number such as 12 or 12.50", ()),
    FieldType.MONEY: ("an amount such as 12 or 12.50, without currency sign", ()),
    FieldType.DATE: ("a date such as 2026-03-31, today, -30d, this month or 2026-Q1", EXAMPLES),
    FieldType.DATETIME: (
        'a date such as 2026-03-31, today or -30d, or a moment such as "2026-03-31 14:30:00"',
        (*EXAMPLES, '"2026-03-31 14:30:00"'),
    ),
    FieldType.BOOLEAN: ("true or false", ("true", "false")),
}


def conditions_for(
    name: Name, target: Target, operator: Operator, value: Literal, today: date
) -> tuple[Condition, ...]:
    """The conditions that `name operator value` stands for: one, or two for a period.

    Raises:
        QueryError: the value does not fit the field, or the operator does not fit the value.
    """
    field = target.field
    op = operator.op or Op.EQUALS
    if value.form is Form.RAW and name.text.casefold() != field.name.casefold():
        # An alias exists in the typed language only, so the rest is read that way too.
        value = value._replace(form=Form.BARE)
    if any("\ud800" <= char <= "\udfff" for char in value.text):
        raise QueryError("This text holds half of a character and cannot be sent.", value.start, value.end)
    if operator.word in ("in", "is in") and (field.type not in _TEMPORAL or op is not Op.EQUALS):
        message = f"“in” takes a period and goes with dates. Write {in_line(name.text)} = value."
        raise QueryError(message, operator.start, operator.end, ("=",))
    if op is Op.CONTAINS:
        return (Condition(field.name, op, value.text),)
    equality = op in (Op.EQUALS, Op.NOTEQUALS)
    if equality and value.form is Form.BARE and value.text.lower() == "null":
        return (Condition(field.name, Op.IS_NULL if op is Op.EQUALS else Op.ISNOT_NULL),)
    if field.type in _TEMPORAL:
        return _temporal(target, op, value, today)
    if (field.choices or field.shortcuts) and value.form is not Form.RAW:
        return (_enumerated(target, op, value),)
    if target.strict and not _fits(field.type, value.text):
        raise _mismatch(field, value)
    text = value.text
    if field.type is FieldType.BOOLEAN and value.form is Form.BARE:
        text = _BOOLEANS.get(text.lower(), text)
    return (Condition(field.name, op, text),)


def _fits(kind: FieldType, text: str) -> bool:
    if kind in (FieldType.ID, FieldType.INTEGER):
        return bool(_INTEGER.fullmatch(text))
    if kind in (FieldType.NUMBER, FieldType.MONEY):
        return bool(_NUMBER.fullmatch(text))
    if kind is FieldType.BOOLEAN:
        return text.lower() in _BOOLEANS
    if kind is FieldType.DATE:
        return is_date(text)
    return is_datetime(text) if kind is FieldType.DATETIME else True


def _mismatch(field: Field, value: Literal) -> QueryError:
    wanted, examples = _EXPECTED[field.type]
    message = f"{field.name} takes {wanted}; {excerpt(value.text)} is none."
    return QueryError(message, value.start, value.end, examples)


# -- dates ------------------------------------------------------------------------------------


def _temporal(target: Target, op: Op, value: Literal, today: date) -> tuple[Condition, ...]:
    field = target.field
    literal = (Condition(field.name, op, value.text),)
    # Quoted and raw text stands for itself as far as it can; unquoted dates mean whole days.
    if value.form is not Form.BARE and (not target.strict or _fits(field.type, value.text)):
        return literal
    try:
        period = read_period(value.text, today)
    except CalendarRangeError as error:
        message = f"The calendar has no day {excerpt(value.text)}."
        raise QueryError(message, value.start, value.end, EXAMPLES) from error
    if period is None:
        if target.strict and not _fits(field.type, value.text):
            raise _mismatch(field, value)
        return literal
    return _compared(field, op, period, value)


def _compared(field: Field, op: Op, period: Period, value: Literal) -> tuple[Condition, ...]:
    """`field op period`: later than a period is after its last day, and so on."""
    low, high = period.first.isoformat(), period.last.isoformat()
    if field.type is FieldType.DATETIME:
        # Seconds are the finest ChargeOver knows, so this includes all of the last day.
        low, high = f"{low} 00:00:00", f"{high} 23:59:59"
    if op in (Op.GT, Op.LTE):
        return (Condition(field.name, op, high),)
    if op in (Op.GTE, Op.LT) or low == high:
        return (Condition(field.name, op, low),)
    if op is Op.NOTEQUALS:
        raise QueryError(explain.PERIOD_NOT, value.start, value.end)
    return (Condition(field.name, Op.GTE, low), Condition(field.name, Op.LTE, high))


# -- enumerations -----------------------------------------------------------------------------


def _enumerated(target: Target, op: Op, value: Literal) -> Condition:
    field = target.field
    found = matching_choices(field.choices, value.text)
    if any(choice.value == value.text for choice in found):
        return Condition(field.name, op, value.text)
    if value.form is Form.BARE:
        for shortcut in field.shortcuts:
            if _plain(shortcut.word) == _plain(value.text):
                return Condition(shortcut.field, op, shortcut.value)
    if len(found) == 1:
        return Condition(field.name, op, found[0].value)
    if value.form is Form.QUOTED or field.type is not FieldType.ENUM or not target.strict:
        if target.strict and not _fits(field.type, value.text):
            raise _mismatch(field, value)
        return Condition(field.name, op, value.text)
    options = found or field.choices
    words = [choice_words(choice, field)[0] for choice in options]
    words += [shortcut.word for shortcut in field.shortcuts if not found]
    problem = "could mean several values" if found else "is no value of it that cotui knows"
    message = f"{field.name} is one of {', '.join(words)}; {excerpt(value.text)} {problem}."
    if not found:
        message += " In quotation marks it is sent as it stands."
    raise QueryError(message, value.start, value.end, tuple(words))


def matching_choices(choices: Iterable[Choice], word: str) -> list[Choice]:
    """The choices whose value, label or other word is `word`; the value itself comes before the rest."""
    plain = _plain(word)
    options = list(choices)
    return [choice for choice in options if choice.value == word] or [
        choice for choice in options if plain in map(_plain, (choice.value, choice.label, *choice.aliases))
    ]


def choice_words(choice: Choice, field: Field) -> tuple[str, ...]:
    """The words to type for a choice of `field`, best first: other words, the label, the value."""
    taken = {_plain(shortcut.word) for shortcut in field.shortcuts}
    words = [word for word in (*choice.aliases, choice.label.lower()) if _plain(word) not in taken]
    return (*(word for word in words if matching_choices(field.choices, word) == [choice]), choice.value)


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split())
