"""E-mail addresses: one, or several separated by commas."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from cotui.catalog.field import Field, FieldType, Values
from cotui.catalog.spelling import text_of
from cotui.safety.text import is_visible

_LOCAL = r"[^@\s,;:<>()\[\]\\\"]+"
_DOMAIN = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*"


class Email(FieldType):
    """On a page each address has a line."""

    width = report_width = 26
    grows = True
    rank = 2
    searched = True

    def full(self, value: Any, field: Field, values: Values, today: date | None) -> list[str]:
        words = text_of(value).replace("\n", ",").split(",")
        return [part for word in words if (part := word.strip())]

    def fault(self, text: str) -> str:
        # signs that nobody sees are there only where their escapes were typed: whoever does so means them
        return self._fault_of(text) if text.strip() and is_visible(text) else ""

    def parsed(self, text: str, field: Field, today: date) -> object:
        if why := self._fault_of(text):
            raise ValueError(why)
        return text

    @staticmethod
    def _fault_of(text: str) -> str:
        for part in text.split(","):
            if why := _fault(part.strip()):
                return f"an e-mail address such as jane@example.com; several are parted by commas: {why}"
        return ""


def _fault(address: str) -> str:
    """Why nobody can be written to at an address; "" where somebody can, as far as its form tells."""
    local, at, domain = address.rpartition("@")
    if not address:
        return "a comma has none before or behind it"
    if ";" in address:
        return f"“{address}” has a semicolon"
    if not at or not local:
        return f"“{address}” has {'no @' if not at else 'nothing before its @'}"
    if not re.fullmatch(_LOCAL, local):
        found = re.sub(_LOCAL, "", local)[:1]
        return f"“{address}” has {'a blank' if found.isspace() else f'“{found}”'} before its @"
    return "" if re.fullmatch(_DOMAIN, domain) else f"“{address}” has no host's name behind its @"
