"""Values from the server with every text in them made displayable; see `cotui.safety.text` for which texts are.

The raw value stays available beside the cleaned one for copying and export (`cotui.api.records`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from cotui.safety.text import SUBSTITUTE, clean, clean_multiline

#: a decoded JSON value
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

#: containers nested deeper than this are not followed; no object of ChargeOver's is more than 5 deep
MAX_DEPTH = 64

_DEEPER = f"{SUBSTITUTE} nested more than {MAX_DEPTH} deep"


def clean_value(value: Json, *, multiline: bool = True) -> Json:
    """A decoded JSON value with every string in it cleaned, names of members included.

    Args:
        value: what the JSON decoder returned.
        multiline: keep line breaks in values (names never keep them). `clean` turns the one form
            into the other: ``clean(clean_multiline(text))`` is one line.

    Returns:
        The value itself where nothing needed cleaning, else a copy of the containers concerned.
        Members whose names are equal after cleaning are all kept, under names made different.
        What is nested deeper than `MAX_DEPTH` is replaced by a text that says so.
    """
    return _clean_value(value, clean_multiline if multiline else clean, MAX_DEPTH)


def _clean_value(value: Json, cleaned: Callable[[str], str], depth: int) -> Json:
    if isinstance(value, str):
        return cleaned(value)
    if not isinstance(value, dict | list):
        return value
    if depth == 0:
        return _DEEPER
    if isinstance(value, list):
        items = [_clean_value(item, cleaned, depth - 1) for item in value]
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    members: dict[str, Json] = {}
    changed = False
    for name, old in value.items():
        new_name = clean(name)
        while new_name in members:
            new_name += SUBSTITUTE
        new = _clean_value(old, cleaned, depth - 1)
        changed = changed or new is not old or new_name != name
        members[new_name] = new
    return members if changed else value
