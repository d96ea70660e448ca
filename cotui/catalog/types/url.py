"""Addresses of web pages."""

from __future__ import annotations

import re
from datetime import date

from cotui.catalog.field import Field, FieldType

_URL = r"(?i:https?://[^\s/]+\S*)"


class Url(FieldType):
    """Long, and of little use to the eye."""

    width = report_width = 30
    rank = 7
    orderable = False

    def parsed(self, text: str, field: Field, today: date) -> object:
        if not re.fullmatch(_URL, text):
            raise ValueError("a web address such as https://example.com/page")
        return text


TYPE = Url()
