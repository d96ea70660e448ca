"""What completion can offer: fields, operators, values and keywords that go with what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from cotui.catalog import Choice, Field, Resource
from cotui.query.fields import filter_spellings, typed_name
from cotui.query.model import FIELD_NAME, Op
from cotui.query.syntax import RESERVED, SIGN_OF, render_value
from cotui.query.values import choice_words
from cotui.query.wire import VALUE_OPERATORS

SuggestionKind = Literal["field", "operator", "value", "keyword"]


class Suggestion(NamedTuple):
    """One offer: `insert` goes into the text, `label` and `detail` are shown."""

    insert: str
    label: str
    kind: SuggestionKind
    detail: str = ""


#: values of one field that are offered at most
MOST_VALUES = 100

_TEXT_OPERATORS = (Op.EQUALS, Op.CONTAINS, Op.NOTEQUALS, Op.IS_NULL, Op.ISNOT_NULL)
_RANGE_OPERATORS = (Op.EQUALS, Op.GTE, Op.LTE, Op.GT, Op.LT, Op.NOTEQUALS, Op.IS_NULL, Op.ISNOT_NULL)
_CHOICE_OPERATORS = (Op.EQUALS, Op.NOTEQUALS, Op.IS_NULL, Op.ISNOT_NULL)
_RANGES = ("key", "number", "time")
# What an operator is called, the word that can be typed for it first.
_OPERATOR_WORDS: dict[Op, tuple[str, ...]] = {
    Op.EQUALS: ("equals", "is"),
    Op.NOTEQUALS: ("is not", "not equals"),
    Op.CONTAINS: ("contains",),
    Op.GT: ("greater than", "after"),
    Op.GTE: ("at least", "since"),
    Op.LT: ("less than", "before"),
    Op.LTE: ("at most", "until"),
    Op.IS_NULL: ("has no value", "is null", "is empty"),
    Op.ISNOT_NULL: ("has a value", "is not null", "is not empty"),
}
_DAYS = (
    ("today", ""),
    ("yesterday", ""),
    ("tomorrow", ""),
    ("-7d", "7 days ago"),
    ("-30d", "30 days ago"),
    ("-3m", "3 months ago"),
    ("-1y", "a year ago"),
)
_PERIODS = tuple(
    (f"{which} {unit}", "") for unit in ("week", "month", "quarter", "year") for which in ("this", "last")
)


def fields(
    partial: str,
    resource: Resource,
    candidates: Iterable[Field],
    more: Iterable[str],
    *,
    keys: bool = False,
) -> list[Suggestion]:
    """Fields whose name, other names or label hold `partial`; the best matches come first.

    Args:
        partial: what is typed of the name.
        candidates: its fields that may be offered.
        more: names that belong to no described field.
        keys: whether a key may be called by the field that says it in words.
    """
    found: list[tuple[int, Suggestion]] = []
    for field in candidates:
        own = [typed_name(field), field.name, *field.aliases]
        spellings = filter_spellings(field, resource) if keys else own
        usable = [item for item in spellings if FIELD_NAME.fullmatch(item) and item.lower() not in RESERVED]
        rank, spelling = _best(partial, usable, field.label)
        if spelling:
            detail = field.label if spelling == field.name else f"{field.label} ({field.name})"
            found.append((rank, Suggestion(spelling, spelling, "field", detail)))
    for name in more:
        rank, spelling = _best(
            partial, [name] if FIELD_NAME.fullmatch(name) and not resource.find(name) else [], name
        )
        if spelling:
            found.append((rank, Suggestion(name, name, "field")))
    return [suggestion for _, suggestion in sorted(found, key=lambda pair: pair[0])]


def _best(partial: str, spellings: Sequence[str], label: str) -> tuple[int, str]:
    """How well `partial` fits (0 is best) and the spelling to insert; "" when it does not."""
    plain = partial.casefold()
    ranked = [(_rank(plain, spelling), spelling) for spelling in spellings]
    rank, spelling = min(ranked, key=lambda pair: pair[0], default=(_NO_MATCH, ""))
    if rank > _BEGINNING and spellings and label.casefold().startswith(plain):
        return _BEGINNING, spellings[0]
    return (rank, spelling) if rank < _NO_MATCH else (_NO_MATCH, "")


_EXACT, _BEGINNING, _WORD_BEGINNING, _INSIDE, _NO_MATCH = range(5)


def _rank(plain: str, text: str) -> int:
    """How well the typed `plain` (in lower case) fits `text`; what is typed in full is what is meant."""
    shown = text.casefold()
    at = shown.find(plain)
    if at < 0:
        return _NO_MATCH
    if at == 0:
        return _EXACT if shown == plain else _BEGINNING
    while at > 0:
        if not shown[at - 1].isalnum():
            return _WORD_BEGINNING
        at = shown.find(plain, at + 1)
    return _INSIDE


def operators(partial: str, field: Field) -> list[Suggestion]:
    """Operators that go with the type of `field` and begin with `partial`, as a sign or as a word."""
    plain = " ".join(partial.lower().split())
    return [
        Suggestion(SIGN_OF[op], SIGN_OF[op], "operator", _OPERATOR_WORDS[op][0])
        for op in _operators_of(field)
        if SIGN_OF[op].startswith(plain) or any(word.startswith(plain) for word in _OPERATOR_WORDS[op])
    ]


def _operators_of(field: Field) -> tuple[Op, ...]:
    if field.choices or field.type.family == "flag":
        return _CHOICE_OPERATORS
    return _RANGE_OPERATORS if field.type.family in _RANGES else _TEXT_OPERATORS


def raw_operators(partial: str) -> list[Suggestion]:
    """ChargeOver's own operators with the colons around them."""
    plain = partial.upper()
    names = [*(f":{name}:" for name in VALUE_OPERATORS), f":{Op.IS_NULL}", f":{Op.ISNOT_NULL}"]
    return [Suggestion(name, name, "operator") for name in names if name.startswith(plain)]


def keywords(partial: str, words: Mapping[str, str]) -> list[Suggestion]:
    """The `words` (with what they do) that begin with `partial`."""
    plain = " ".join(partial.lower().split())
    return [
        Suggestion(word, word, "keyword", detail) for word, detail in words.items() if word.startswith(plain)
    ]


def values(
    partial: str,
    field: Field,
    op: Op,
    known: Iterable[str],
    written: Callable[[str], str] = render_value,
    words: Iterable[tuple[str, str]] = (),
    *,
    raw: bool = False,
) -> list[Suggestion]:
    """Values of `field` that hold `partial`, the best matches first: a value typed in full, those that begin
    with the text, those with a word that does, the rest.

    Args:
        partial: what is typed of the value, without quotation marks.
        field: whose value it is.
        op: the operator before it.
        known: values that were seen in loaded rows.
        written: how a value goes into the text.
        words: what values are called, each with its value.
        raw: whether what is typed is sent as it stands: words for values would find nothing.
    """
    plain = partial.casefold()
    found: list[list[Suggestion]] = [[] for _ in range(_NO_MATCH)]
    labels: set[str] = set()
    for word, insert, detail, others in _candidates(field, op, known, words, raw=raw):
        rank = min([_rank(plain, word), *(_rank(plain, item) for item in others if _begins(plain, item))])
        if rank < _NO_MATCH and word not in labels and len(found[rank]) < MOST_VALUES:
            labels.add(word)
            found[rank].append(Suggestion(insert or written(word), word, "value", detail))
    return [item for group in found for item in group][:MOST_VALUES]


def _begins(plain: str, text: str) -> bool:
    """Whether the typed `plain` is how `text`, or a word in it, begins: with less, another word is not what is meant."""
    return _rank(plain, text) <= _WORD_BEGINNING


def _candidates(
    field: Field, op: Op, known: Iterable[str], words: Iterable[tuple[str, str]], *, raw: bool
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """What is shown, what is inserted ("": the same, in quotation marks where it needs them), the detail, other words."""
    equality = op in (Op.EQUALS, Op.NOTEQUALS)
    listed: set[str] = set()
    if equality and raw:
        for choice in field.words:
            listed.add(choice.value.casefold())
            yield choice.value, "", choice.note or choice.label, (choice.label, *choice.aliases)
    elif equality:
        for choice in field.words:
            listed.add(choice.value.casefold())
            word, *others = choice_words(choice, field)
            others = [item for item in (*others, choice.label) if item != choice.value]
            yield word, "", choice.note or _beside(word, choice), tuple(others)
        for shortcut in field.shortcuts:
            if op is Op.EQUALS or not shortcut.but:
                yield (
                    shortcut.word,
                    shortcut.word,
                    shortcut.note or f"{shortcut.field} = {shortcut.value}",
                    (),
                )
        for word, key in words:
            listed.add(key)
            yield word, "", f"{field.name} = {key}", ()
    if field.type.family == "flag":
        yield from ((word, word, "", ()) for word in field.type.examples)
    if field.type.family == "time" and op is not Op.CONTAINS:
        days = _DAYS if op is not Op.NOTEQUALS or field.type.storage == "day" else ()
        for word, detail in (*days, *(_PERIODS if op is not Op.NOTEQUALS else ())):
            yield word, word, detail, ()
    for value in known:
        if value and value.casefold() not in listed:
            yield value, "", "", ()


def _beside(word: str, choice: Choice) -> str:
    """What else is called so: the label, else the value; "" where both are the word itself."""
    others = (choice.label if word != choice.label.lower() else "", choice.value)
    return next((other for other in others if other and other != word), "")
