"""What can stand at the cursor: decides which part of the filter is being typed and asks for offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from cotui.catalog import Field, Resource
from cotui.query import suggest, syntax
from cotui.query.fields import find_target
from cotui.query.lexer import Clause, Form, Keyword, Literal, OrderKey, SyntaxProblem, scan
from cotui.query.model import Op
from cotui.query.parser import LONGEST, query_string
from cotui.query.rendering import raw_value
from cotui.query.suggest import Suggestion
from cotui.query.vocabulary import NO_WORDS, Words, words_of

_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
_ORDER_BY = {"order by": "order of the rows"}
_DIRECTIONS = {"desc": "largest, latest or last first", "asc": "smallest, earliest or first first"}


class Completion(NamedTuple):
    """Offers for the characters `start` to `end` (not included), each of which replaces all of them."""

    start: int
    end: int
    suggestions: tuple[Suggestion, ...] = ()


def complete(
    text: str,
    cursor: int,
    resource: Resource,
    *,
    known: Mapping[str, Sequence[str]] = _NOTHING,
    words: Words = NO_WORDS,
) -> Completion:
    """Offers for what is being typed at `cursor`.

    An insert at the very end of the text brings a blank along, so that the next thing can be typed
    or completed at once. Never raises.

    Args:
        text: the filter as typed so far.
        cursor: offset in it; what lies beyond the ends counts as the ends.
        known: values that were seen in loaded rows, by wire name of the field.
        words: what the account calls the values of keys, as `parse` is given them.
    """
    at = max(0, min(cursor, len(text)))
    if len(text) > LONGEST or query_string(text) is not None:
        return Completion(at, at)
    found = _Completer(text, at, resource, known, words).complete()
    if found.end < len(text):
        return found
    spaced = tuple(item._replace(insert=item.insert + _blank(item)) for item in found.suggestions)
    return found._replace(suggestions=spaced)


def _blank(suggestion: Suggestion) -> str:
    # ":EQUALS:" is followed by its value at once; a blank there would be harmless, but looks wrong.
    return "" if suggestion.insert.endswith(":") else " "


class _Completer:
    def __init__(
        self, text: str, cursor: int, resource: Resource, known: Mapping[str, Sequence[str]], words: Words
    ) -> None:
        self.text = text
        self.cursor = cursor
        self.resource = resource
        self.known = known
        self.words = words
        self.head = text[:cursor]
        self.items = list(scan(self.head, resource))
        self.ordered = any(isinstance(item, OrderKey) for item in self.items)

    def complete(self) -> Completion:
        if not self.items:
            return self._field(self.cursor)
        last = self.items[-1]
        gap = self.head[last.end :]
        if isinstance(last, OrderKey):
            return self._after_order_key(last, gap)
        if isinstance(last, Clause):
            return self._continued(last, gap) if "," not in gap else self._field(self.cursor)
        if isinstance(last, SyntaxProblem) and last.start == last.end:
            return self._order_name(self.cursor) if gap else Completion(self.cursor, self.cursor)
        if gap or isinstance(last, Keyword):
            return self._field(self.cursor)
        return Completion(self.cursor, self.cursor)

    def _field(self, start: int) -> Completion:
        partial = self.head[start:]
        open_fields = self.resource.open_fields
        candidates = self.resource.fields if open_fields else tuple(self.resource.filters)
        offers = suggest.fields(partial, self.resource, candidates, self._names_seen(), keys=True)
        offers += suggest.keywords(partial, self._order_words())
        return self._offer(start, self._word_end(start), offers)

    def _order_words(self) -> Mapping[str, str]:
        return {} if self.ordered else _ORDER_BY

    def _order_name(self, start: int) -> Completion:
        open_fields = self.resource.open_fields
        candidates = self.resource.fields if open_fields else tuple(self.resource.orders)
        offers = suggest.fields(self.head[start:], self.resource, candidates, self._names_seen())
        return self._offer(start, self._word_end(start), offers)

    def _names_seen(self) -> Iterable[str]:
        """Names of columns where no column is described yet."""
        return self.known if self.resource.open_fields and not self.resource.fields else ()

    def _after_order_key(self, last: OrderKey, gap: str) -> Completion:
        if not gap:
            if last.direction_start is None:
                return self._order_name(last.start)
            return self._direction(last.direction_start)
        if "," in gap:
            return self._order_name(self.cursor)
        return self._direction(self.cursor) if last.direction_start is None else self._field(self.cursor)

    def _direction(self, start: int) -> Completion:
        return self._offer(start, self._word_end(start), suggest.keywords(self.head[start:], _DIRECTIONS))

    def _word_end(self, start: int) -> int:
        """Where the word that begins at `start` ends in the whole text, behind the cursor too."""
        found = syntax.WORD.match(self.text, start)
        return max(self.cursor, found.end() if found else start)

    def _continued(self, last: Clause, gap: str) -> Completion:
        if last.operator is None:
            return self._without_operator(last, gap)
        field = self._target(last)
        if last.value is None:
            return self._without_value(last, field, gap)
        phrase = self.head[last.operator.start :]
        if last.value.form is Form.BARE and _is_operator_beginning(phrase):
            return self._operator(last.operator.start, field)
        offers = self._value(last, last.value, field)
        if gap and (last.value.form is Form.QUOTED or not offers.suggestions):
            return self._field(self.cursor)
        if not offers.suggestions and last.value.form is not Form.QUOTED:
            return self._next_condition(last.value)
        return offers

    def _next_condition(self, value: Literal) -> Completion:
        """The value may have ended before its last word, which then begins the next condition."""
        words = self.head[value.start :].split()
        if len(words) > 1:
            if len(words) > 2 and "order by".startswith(" ".join(words[-2:]).lower()):
                start = self.head.rindex(words[-2], value.start)
                return self._offer(start, self.cursor, suggest.keywords("order b", self._order_words()))
            return self._field(self.cursor - len(words[-1]))
        return Completion(self.cursor, self.cursor)

    def _without_operator(self, last: Clause, gap: str) -> Completion:
        name = last.name
        if not gap and last.end == name.end:
            return self._name_or_direction(last)
        if self.text[name.end : name.end + 1] == ":":
            partial = self.head[name.end :]
            return self._offer(name.end, self.cursor, suggest.raw_operators(partial))
        typed = " ".join(self.head[name.start :].lower().split())
        if "order by".startswith(typed) and not self.resource.find(name.text):
            return self._offer(name.start, self.cursor, suggest.keywords(typed, self._order_words()))
        start = self.cursor if gap else self.head.index(self.head[name.end :].lstrip(), name.end)
        if gap and last.end > name.end:
            return Completion(self.cursor, self.cursor)
        return self._operator(start, self._target(last))

    def _name_or_direction(self, last: Clause) -> Completion:
        before = self.items[-2] if len(self.items) > 1 else None
        if isinstance(before, OrderKey) and before.direction_start is None:
            direction = self._direction(last.start)
            if direction.suggestions:
                return direction
        return self._field(last.start)

    def _without_value(self, last: Clause, field: Field | None, gap: str) -> Completion:
        operator = last.operator
        if operator is None or operator.op is None:
            return Completion(self.cursor, self.cursor)
        if not operator.op.takes_value:
            return self._field(self.cursor) if gap else self._operator(operator.start, field)
        phrase = self.head[operator.start :]
        if not gap and (operator.word in ("<", ">") or operator.word[0].isalpha()):
            return self._operator(operator.start, field)
        if operator.word != "in" and _is_operator_beginning(phrase) and gap and operator.word[0].isalpha():
            return self._operator(operator.start, field)
        return self._value(last, None, field)

    def _operator(self, start: int, field: Field | None) -> Completion:
        offers = suggest.operators(self.head[start:], field) if field else []
        end = self._word_end(start) if self.head[start:].isalpha() else self.cursor
        return self._offer(start, end, offers)

    def _value(self, last: Clause, typed: Literal | None, field: Field | None) -> Completion:
        if last.operator is None or field is None:
            return Completion(self.cursor, self.cursor)
        start = typed.start if typed else self.cursor
        partial = self.head[start:]
        written: Callable[[str], str] = syntax.render_value
        if typed and typed.form is Form.RAW:
            partial, written = typed.text, raw_value
        elif partial[:1] in syntax.QUOTES:
            partial, written = (partial[1:] if last.problem else typed.text if typed else ""), syntax.quote
        seen = self.known.get(field.name, ())
        # ChargeOver's own grammar knows keys only.
        raw = written is raw_value
        words = () if raw else words_of(field, self.words)
        offers = suggest.values(partial, field, last.operator.op or Op.EQUALS, seen, written, words, raw=raw)
        return self._offer(start, self._value_end(last.operator.start, start), offers)

    def _value_end(self, operator_start: int, start: int) -> int:
        for item in scan(self.text, self.resource):
            if item.start > self.cursor:
                break
            if isinstance(item, Clause) and item.operator and item.operator.start == operator_start:
                value = item.value
                return max(self.cursor, value.end) if value and value.start <= start else self.cursor
        return self.cursor

    def _target(self, clause: Clause) -> Field | None:
        target = find_target(clause.name.text, self.resource, raw=clause.raw)
        return target.field if target else None

    @staticmethod
    def _offer(start: int, end: int, offers: Sequence[Suggestion]) -> Completion:
        return Completion(start, end, tuple(offers))


def _is_operator_beginning(phrase: str) -> bool:
    """Whether `phrase` begins an operator of several words, such as `is no` for `is not null`."""
    plain = " ".join(phrase.lower().split())
    return any(word.startswith(plain) and word != plain for word in ("is null", "is not null"))
