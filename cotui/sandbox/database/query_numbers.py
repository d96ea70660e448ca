"""Numbers among query parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cotui.sandbox.errors import missing_or_invalid, shown

_DIGITS = re.compile(r"\d+", re.ASCII)
#: What longer numbers are cut to; larger than any offset that matters, and SQLite takes it.
_LARGEST = 10**18


def whole_number(parameters: Mapping[str, str], name: str, default: int) -> int:
    """A count among the query parameters; the default when it is absent or empty.

    Raises:
        BadRequestError: it is not a whole number from 0.
    """
    text = parameters.get(name, "").strip()
    if not text:
        return default
    if not _DIGITS.fullmatch(text):
        raise missing_or_invalid(name, f"not a whole number from 0: {shown(text)}")
    return int(text) if len(text) <= 18 else _LARGEST
