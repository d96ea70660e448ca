"""What a typed value means for its field: words of enumerations, dates in words, checked types."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from cotui.catalog import RESOURCES, Choice, Field, Resource, Shortcut
from cotui.catalog.dates import EXAMPLES, CalendarRangeError, Period, read_period
from cotui.query.errors import PERIOD_NOT, QueryError, excerpt, in_line
from cotui.query.field_suggestions import listed, searching
from cotui.query.fields import Target
from cotui.query.lexer import Form, Literal, Name, Operator
from cotui.query.model import Condition, Op
from cotui.query.syntax import quote
from cotui.query.vocabulary import Words, keys_named, shown_words
from cotui.safety.text import visible

_MOST_SHOWN = 3
#: no word of an enumeration is longer
_LONGEST_WORD = 64
#: how much a word is like another one that it may be a slip of, from 0 to 1
_LIKENESS = 0.7


class Context(NamedTuple):
    """What typed text is read against."""

    resource: Resource
    #: the day that relative dates count from
    today: date
    #: the account's own words for keys
    words: Words


def conditions_for(
    name: Name, target: Target, operator: Operator, value: Literal, context: Context
) -> tuple[Condition, ...]:
    """The conditions that `name operator value` stands for: one, or two for a period.

    Raises:
        QueryError: the value does not fit the field, or the operator does not fit either of them.
    """
    field = target.field
    op = operator.op or Op.EQUALS
    if value.form is Form.RAW and name.text.casefold() != field.name.casefold():
        # An alias exists in the typed language only, so the rest is read that way too.
        value = value._replace(form=Form.BARE)
    if any("\ud800" <= char <= "\udfff" for char in value.text):
        raise QueryError("This text holds half of a character and cannot be sent.", value.start, value.end)
    if operator.word in ("in", "is in") and (field.type.family != "time" or op is not Op.EQUALS):
        message = f"“in” takes a period and goes with dates. Write {in_line(name.text)} = value."
        raise QueryError(message, operator.start, operator.end, ("=",))
    if op is Op.CONTAINS:
        if target.strict and field.type.described and not field.choices and value.form is not Form.RAW:
            raise _no_text(name, field, operator, value, context)
        return (Condition(field.name, op, value.text),)
    equality = op in (Op.EQUALS, Op.NOTEQUALS)
    if equality and value.form is Form.BARE and value.text.lower() == "null":
        return (Condition(field.name, Op.IS_NULL if op is Op.EQUALS else Op.ISNOT_NULL),)
    if field.type.family == "time":
        return _temporal(name, target, op, value, context)
    if (field.words or field.shortcuts) and value.form is not Form.RAW:
        return _enumerated(name, target, op, value)
    if target.strict and not field.type.fits(value.text):
        if equality and value.form is not Form.RAW:
            return (Condition(field.name, op, _key(name, field, value, context)),)
        raise _mismatch(name, field, value)
    if target.strict and equality and value.form is not Form.RAW and (why := field.type.fault(value.text)):
        raise QueryError(f"{in_line(name.text)} takes {visible(why)}.", value.start, value.end)
    text = field.type.meant(value.text) if value.form is Form.BARE else value.text
    return (Condition(field.name, op, text),)


def _mismatch(name: Name, field: Field, value: Literal) -> QueryError:
    message = f"{in_line(name.text)} takes {field.type.expected}, not {excerpt(value.text)}."
    return QueryError(message, value.start, value.end, field.type.examples)


def _no_text(name: Name, field: Field, operator: Operator, value: Literal, context: Context) -> QueryError:
    typed = in_line(name.text)
    message = f"{typed} is {field.type.described}, and ~ looks for text."
    if field.type.family == "time":
        try:
            known = read_period(value.text, context.today) is not None
        except CalendarRangeError:
            known = False
        message += f" Write {typed} in {in_line(value.text) if known else 'this month'}."
    elif field.type.fits(value.text) or keys_named(value.text, field, context.words):
        message += f" Write {typed} = {in_line(value.text)}."
    elif field.named_by:
        holding = [
            word for word in shown_words(field, context.words) if value.text.casefold() in word.casefold()
        ]
        message += f" Write {typed} = {holding[0] if holding else 'value'}."
    elif field.references:
        message += searching(field, value.text, context.resource)
    return QueryError(message, operator.start, operator.end, ("=",))


def _key(name: Name, field: Field, value: Literal, context: Context) -> str:
    """The key that the account calls `value`."""
    keys = keys_named(value.text, field, context.words)
    if len(keys) == 1:
        return keys[0]
    typed = in_line(name.text)
    if keys:
        message = (
            f"{typed} {excerpt(value.text)} could be {' or '.join(keys[:_MOST_SHOWN])}: type the number."
        )
        raise QueryError(message, value.start, value.end, tuple(keys))
    words = shown_words(field, context.words)
    if not words and not field.named_by:
        problem = _mismatch(name, field, value)
        message = problem.message + searching(field, value.text, context.resource)
        raise QueryError(message, value.start, value.end, problem.expected)
    wire = "" if field.name == typed else f" ({field.name})"
    wanted = f"{typed} takes a whole number{wire}, not {excerpt(value.text)}"
    if not words:
        message = f"{wanted}; records show it as “{field.label}”."
        raise QueryError(message, value.start, value.end, unlearned=True)
    listable = field.references in RESOURCES
    told = "the account has" if listable else "this list has shown"
    message = f"{wanted}; {told}: {listed(words)}."
    raise QueryError(message, value.start, value.end, tuple(words), unlearned=listable)


def _temporal(name: Name, target: Target, op: Op, value: Literal, context: Context) -> tuple[Condition, ...]:
    field = target.field
    literal = (Condition(field.name, op, value.text),)
    # Quoted and raw text stands for itself as far as it can; unquoted dates mean whole days.
    if value.form is not Form.BARE and (not target.strict or field.type.fits(value.text)):
        return literal
    try:
        period = read_period(value.text, context.today)
    except CalendarRangeError as error:
        message = f"The calendar has no day {excerpt(value.text)}."
        raise QueryError(message, value.start, value.end, EXAMPLES) from error
    if period is None:
        if target.strict and not field.type.fits(value.text):
            raise _mismatch(name, field, value)
        return literal
    return _compared(name, field, op, period, value)


def _compared(name: Name, field: Field, op: Op, period: Period, value: Literal) -> tuple[Condition, ...]:
    """`field op period`: later than a period is after its last day, and so on."""
    low, high = field.type.bounds(period.first, period.last)
    if op in (Op.GT, Op.LTE):
        return (Condition(field.name, op, high),)
    if op in (Op.GTE, Op.LT) or low == high:
        return (Condition(field.name, op, low),)
    if op is Op.NOTEQUALS:
        raise QueryError(PERIOD_NOT.format(field=in_line(name.text)), value.start, value.end)
    return (Condition(field.name, Op.GTE, low), Condition(field.name, Op.LTE, high))


def _enumerated(name: Name, target: Target, op: Op, value: Literal) -> tuple[Condition, ...]:
    field = target.field
    found = matching_choices(field.words, value.text)
    if any(choice.value == value.text for choice in found):
        return (Condition(field.name, op, value.text),)
    # in quotation marks too: such a word is never a value itself, so that it would only find nothing
    for shortcut in field.shortcuts:
        if plain(shortcut.word) == plain(value.text):
            return _short(name, field, op, shortcut, value)
    if value.form is Form.QUOTED and field.known:
        # these are only the values that are known: what is quoted may be one of the account's own
        found = [choice for choice in found if plain(choice.value) == plain(value.text)]
    if len(found) == 1:
        return (Condition(field.name, op, found[0].value),)
    if found and target.strict and value.form is Form.BARE:
        raise _no_choice(name, field, found, value)
    if value.form is Form.QUOTED or field.type.family != "choice" or not target.strict:
        if target.strict and not field.type.fits(value.text):
            raise _mismatch(name, field, value)
        return (Condition(field.name, op, value.text),)
    raise _no_choice(name, field, found, value)


def _short(name: Name, field: Field, op: Op, shortcut: Shortcut, value: Literal) -> tuple[Condition, ...]:
    """What a shortcut stands for: one condition, or two that cannot be turned round together."""
    meant = Condition(shortcut.field, op, shortcut.value)
    if not shortcut.but:
        return (meant,)
    if op is not Op.EQUALS:
        message = (
            f"“{shortcut.word}” is several words of {in_line(name.text)} at once, and ChargeOver knows no OR: "
            f"write {in_line(name.text)} = {shortcut.word}, or != with one of the words."
        )
        raise QueryError(message, value.start, value.end)
    return (meant, Condition(field.name, Op.NOTEQUALS, shortcut.but))


def _no_choice(name: Name, field: Field, found: list[Choice], value: Literal) -> QueryError:
    from difflib import get_close_matches  # only here: most filters have no mistake

    words = [choice_words(choice, field)[0] for choice in found or field.words]
    words += [shortcut.word for shortcut in field.shortcuts if not found]
    typed = in_line(name.text)
    if found:
        message = f"{typed} {excerpt(value.text)} could mean several: {listed(words)}. Ask for one at a time."
        return QueryError(message, value.start, value.end, tuple(words), instead=_written(words))
    near = get_close_matches(value.text[:_LONGEST_WORD].casefold(), words, n=2, cutoff=_LIKENESS)
    guess = f" Did you mean {' or '.join(near)}?" if near else ""
    message = f"{typed} is never {excerpt(value.text)}.{guess} It is one of {listed(words)}."
    message += " In quotation marks it is sent as it stands."
    expected = tuple(dict.fromkeys((*near, *words)))
    return QueryError(message, value.start, value.end, expected, instead=_written(near))


def _written(words: Iterable[str]) -> tuple[str, ...]:
    """Words as they are typed behind an operator, together where they mean a value together."""
    return tuple(quote(word) if " " in word else word for word in words)


def matching_choices(choices: Iterable[Choice], word: str) -> list[Choice]:
    """The choices whose value, label or other word is `word`; the value itself comes before the rest."""
    wanted = plain(word)
    options = list(choices)
    return [choice for choice in options if choice.value == word] or [
        choice for choice in options if wanted in map(plain, (choice.value, choice.label, *choice.aliases))
    ]


def choice_words(choice: Choice, field: Field) -> tuple[str, ...]:
    """The words to type for a choice of `field`, best first.

    A label of one word is what lists show; a longer one comes behind the other words; last comes the value. Where
    others than the choices are possible, the value itself is what lists show.
    """
    if field.known:
        return tuple(dict.fromkeys((choice.value, *choice.aliases)))
    label = choice.label.lower()
    taken = {plain(shortcut.word) for shortcut in field.shortcuts}
    words = dict.fromkeys((*choice.aliases, label) if " " in label else (label, *choice.aliases))
    clear = (
        word for word in words if plain(word) not in taken and matching_choices(field.words, word) == [choice]
    )
    return (*clear, choice.value)


def plain(word: str) -> str:
    """A word as it is compared with others."""
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split())
