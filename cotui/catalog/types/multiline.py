"""Texts of several lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from cotui.catalog.field import Field, FieldType, check_controls
from cotui.catalog.spelling import said
from cotui.safety.text import without_unseen


class Multiline(FieldType):
    """What is typed is kept to the letter, blanks around it too."""

    grows = True
    rank = 0
    orderable = False
    editor = "lines"

    def to_text(self, value: Any, field: Field) -> str:
        return without_unseen(said(value), lines=True)

    def to_value(self, text: str, field: Field, today: date) -> object:
        check_controls(text, keep="\n\t")
        return without_unseen(text, lines=True)

    def same(self, first: Any, second: Any, field: Field) -> bool:
        one, other = (said(item).replace("\r\n", "\n") for item in (first, second))
        return one == other
