"""E-mail addresses: one, or several separated by commas."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from cotui.catalog.field import Field, FieldType, Values
from cotui.catalog.spelling import text_of

_ADDRESS = r"[^@\s,]+@[^@\s,]+"


class Email(FieldType):
    """On a page each address has a line."""

    width = report_width = 26
    grows = True
    rank = 2
    searched = True

    def full(self, value: Any, field: Field, values: Values, today: date | None) -> list[str]:
        words = text_of(value).replace("\n", ",").split(",")
        return [part for word in words if (part := word.strip())]

    def parsed(self, text: str, field: Field, today: date) -> object:
        for part in text.split(","):
            if not re.fullmatch(_ADDRESS, part.strip()):
                raise ValueError("an e-mail address such as jane@example.com; several are parted by commas")
        return text


TYPE = Email()
