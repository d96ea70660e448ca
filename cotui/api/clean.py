"""Values from the server with every text in them made displayable, and no more of them than a screen can take.

Which texts may be shown is decided by `cotui.safety.text`. The raw value stays available beside the cleaned one for
copying and export (`cotui.api.records`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from cotui.safety.text import SUBSTITUTE, clean, clean_multiline, is_plain, shortened

#: a decoded JSON value
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

#: containers nested deeper than this are not followed; no object of ChargeOver's is more than 5 deep
MAX_DEPTH = 64
#: characters of one text; a page of print has 3,000
MAX_TEXT = 20_000
#: characters of all texts of one record, as long as they are plain; others count `_DEAR` times
MAX_TEXTS = 120_000
#: members of lists and objects within one record
MAX_PARTS = 10_000
#: digits of a number
MAX_DIGITS = 400
_LARGEST = 10**MAX_DIGITS
#: how many times longer it takes to clean and measure a character of a text that is more than printable ASCII
_DEAR = 10
_MORE = "…"

_DEEPER = f"{SUBSTITUTE} nested more than {MAX_DEPTH} deep"


class LeftOut(str):
    """Stands, in words, for what is left out of a list or an object: in the place of the first of it."""

    __slots__ = ()


class Room:
    """What is left of the room for one record: whoever uses it up finds the rest cut, in words.

    Args:
        text: characters of one text.
        texts: characters of all of them.
        parts: members of lists and objects.
    """

    __slots__ = ("parts", "text", "texts")

    def __init__(self, text: int = MAX_TEXT, texts: int = MAX_TEXTS, parts: int = MAX_PARTS) -> None:
        self.text = text
        self.texts = texts
        self.parts = parts

    def cut(self, text: str) -> str:
        """The text, or as much of it as there is room for and how much is missing."""
        # what there is no room for is not even looked at: there may be megabytes of it
        head = text[: min(self.text, max(0, self.texts))]
        weight = 1 if is_plain(head.replace("\n", "")) else _DEAR
        most = min(self.text, max(0, self.texts) // weight)
        self.texts -= min(len(text), most) * weight
        return shortened(text, most)


def clean_value(value: Json, *, multiline: bool = True, room: Room | None = None) -> Json:
    """A decoded JSON value with every string in it cleaned, names of members included.

    Args:
        value: what the JSON decoder returned.
        multiline: keep line breaks in values (names never keep them). `clean` turns the one form
            into the other: ``clean(clean_multiline(text))`` is one line.
        room: how much of it there is room for; that of a record when None.

    Returns:
        The value itself where nothing needed cleaning, else a copy of the containers concerned.
        Members whose names are equal after cleaning are all kept, under names made different.
        What is nested deeper than `MAX_DEPTH`, or finds no room, is replaced by a text that says so.
    """
    way = _Way(clean_multiline if multiline else clean, clean_name, room or Room())
    return way.through(value, MAX_DEPTH)


def fitting_value(value: Json, room: Room) -> Json:
    """As much of a value as there is room for, its texts as they came."""
    return _Way(_same, _same, room).through(value, MAX_DEPTH)


def _same(text: str) -> str:
    return text


def clean_name(name: str) -> str:
    """The name of a member."""
    return (
        name if len(name) < 200 and is_plain(name) else clean(f"{name[:200]}…" if len(name) > 200 else name)
    )


class _Way:
    """Goes through a value and everything in it."""

    def __init__(self, text: Callable[[str], str], name: Callable[[str], str], room: Room) -> None:
        self._text = text
        self._name = name
        self._room = room

    def through(self, value: Json, depth: int) -> Json:
        if isinstance(value, str):
            return self._text(self._room.cut(value))
        if isinstance(value, int) and not -_LARGEST < value < _LARGEST:
            return f"{SUBSTITUTE} a number of more than {MAX_DIGITS} digits"
        if not isinstance(value, dict | list):
            return value
        if depth == 0:
            return _DEEPER
        return self._list(value, depth) if isinstance(value, list) else self._object(value, depth)

    def _object(self, value: dict[str, Json], depth: int) -> Json:
        members: dict[str, Json] = {}
        changed = False
        for name, old in value.items():
            if self._room.parts <= 0:
                left = len(value) - len(members)
                members[_free(_MORE, members)] = LeftOut(
                    f"{left:,} more {'field' if left == 1 else 'fields'}"
                )
                return members
            self._room.parts -= 1
            new_name = _free(self._name(name), members)
            new = self.through(old, depth - 1)
            changed = changed or new is not old or new_name != name
            members[new_name] = new
        return members if changed else value

    def _list(self, value: list[Json], depth: int) -> Json:
        items: list[Json] = []
        changed = False
        for old in value:
            if self._room.parts <= 0:
                return [*items, LeftOut(f"{_MORE} {len(value) - len(items):,} more")]
            self._room.parts -= 1
            new = self.through(old, depth - 1)
            changed = changed or new is not old
            items.append(new)
        return items if changed else value


def _free(name: str, taken: dict[str, Json]) -> str:
    while name in taken:
        name += SUBSTITUTE
    return name
