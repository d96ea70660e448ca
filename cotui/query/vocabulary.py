"""An account's own words for keys: its currency 1 is "USD", and which number that is shows in rows only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from cotui.catalog import Field, Resource
from cotui.catalog.types.integer import is_whole
from cotui.query.errors import in_line

#: by wire name of a key: what people call its values, and the values
Words = Mapping[str, Mapping[str, str]]
NO_WORDS: Words = MappingProxyType({})

#: behind a key's wire name: further words for its values, understood where they are typed but never offered
OTHERS = "/others"

#: words of one key that are looked at; a vocabulary is small, or it is none
MOST_WORDS = 1_000
#: characters of one
LONGEST_WORD = 100


def learned(rows: Iterable[Mapping[str, object]], resource: Resource) -> dict[str, dict[str, str]]:
    """The words that `rows` of `resource` teach, e.g. ``{"currency_id": {"USD": "1"}}``.

    Only keys that can be filtered by and are named in the same row (`Field.named_by`) have words. A word
    that stands for two keys keeps the first one seen.
    """
    keys = [(item.name, item.named_by) for item in resource.filterable if item.named_by]
    words: dict[str, dict[str, str]] = {}
    for row in rows:
        for key, name in keys:
            value, word = row.get(key), row.get(name)
            known = words.setdefault(key, {})
            if (
                isinstance(word, str)
                and 0 < len(word) <= LONGEST_WORD
                and _is_key(value)
                and len(known) < MOST_WORDS
            ):
                known.setdefault(word, str(value))
    return {key: known for key, known in words.items() if known}


def _is_key(value: object) -> bool:
    if isinstance(value, str):
        return is_whole(value)
    return isinstance(value, int) and not isinstance(value, bool)


def words_of(field: Field, words: Words) -> Iterator[tuple[str, str]]:
    """The words for the values of `field` that can be typed, each with its value."""
    if field.type.family == "key":
        for word, key in (words.get(field.name) or {}).items():
            # A number always means itself, whatever it is the name of.
            if word.strip() and is_whole(key) and not is_whole(word.strip()):
                yield word, key


def keys_named(text: str, field: Field, words: Words) -> list[str]:
    """The values of `field` that `text` names: one, several where capitals alone tell them apart, or none."""
    pairs = list(words_of(field, words))
    exact = [key for word, key in pairs if word == text]
    plain = text.casefold()
    found = exact or list(dict.fromkeys(key for word, key in pairs if word.casefold() == plain))
    return found or ([] if field.name.endswith(OTHERS) else _others_named(text, field, words))


def _others_named(text: str, field: Field, words: Words) -> list[str]:
    return keys_named(text, field._replace(name=field.name + OTHERS), words)


def shown_words(field: Field, words: Words) -> list[str]:
    """The words for the values of `field` for a message, in alphabetical order."""
    return sorted(
        {in_line(word) for word, _ in words_of(field, words)}, key=lambda word: (word.casefold(), word)
    )
