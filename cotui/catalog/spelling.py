"""Values of any shape as text, whatever their field promises."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from cotui.safety.text import shortened

#: characters of a value that is shown as JSON
_LONGEST_JSON = 10_000
#: an amount beyond this is none that anybody means
_LARGEST = 10**40
#: a number as people write it, without exponent
PLAIN_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"


def text_of(value: Any) -> str:
    """A text as it is, anything else as compact JSON."""
    return value if isinstance(value, str) else compact_json(value)


def compact_json(value: Any) -> str:
    """A value of unexpected shape as JSON on one line; as harmless as the texts in it."""
    import json

    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    except (RecursionError, ValueError):  # nested beyond all measure, or referring to itself
        return "{…}"
    return shortened(text, _LONGEST_JSON)


def finite(value: Any) -> int | float | None:
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


def said(value: Any) -> str:
    """A value as it stands in a field of a form: numbers in full, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return number_text(value) if isinstance(value, int | float) else text_of(value)


def number_text(value: Any) -> str:
    """A number with the digits it was written with, never in scientific notation."""
    if isinstance(value, str):
        value = value.strip()
    if value is None or isinstance(value, bool) or not re.fullmatch(PLAIN_NUMBER, written := _plain(value)):
        return "" if value is None else str(value)
    number = Decimal(written)
    return f"{number.normalize():f}" if number else "0"


def _plain(value: Any) -> str:
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) and value - value == 0 else str(value)
