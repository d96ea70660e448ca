"""Values as JSON that is JSON wherever it goes: in any encoding, to any reader, on any terminal."""

from __future__ import annotations

import codecs
import json
from typing import Any

from cotui.safety.text import json_visible

#: encodings that have every character
_UNICODE = ("utf-8", "utf-16", "utf-32")


def has_every_character(encoding: str | None) -> bool:
    """Whether an encoding is one of Unicode's; one that isn't may even have other characters in the places of ASCII's."""
    try:
        return encoding is None or codecs.lookup(encoding).name.startswith(_UNICODE)
    except LookupError:
        return False


def json_text(value: Any, encoding: str | None = None, *, indent: int | None = None) -> str:
    """JSON with escapes for everything that a terminal could take as an order, or that the encoding may lack.

    Numbers that JSON doesn't have, such as NaN, are texts.

    Args:
        value: what is made of lists, mappings, texts, numbers.
        encoding: Python's name of what the text is written in; None for one that has every character.
        indent: as `json.dumps` has it; None for everything on one line.
    """
    ascii_only = not has_every_character(encoding)
    try:
        text = json.dumps(value, ensure_ascii=ascii_only, indent=indent, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=ascii_only, indent=indent, allow_nan=False)
    return json_visible(text)


def _finite(value: Any) -> Any:
    """The same, with texts for the numbers that JSON doesn't have."""
    if isinstance(value, float) and value - value != 0:
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {_finite(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value
