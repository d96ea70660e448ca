"""Lists of words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cotui.catalog.field import Field, FieldType, Values, sent_text
from cotui.catalog.spelling import said, text_of
from cotui.safety.text import clean

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Tags(FieldType):
    """Typed with commas between them."""

    orderable = False
    verbatim = False
    served = {"type": "array", "items": {"type": "string"}}
    sent = {"type": ["array", "string", "null"], "items": {"type": "string"}}

    def cell(self, value: Any, field: Field, values: Values) -> str:
        return ", ".join(map(text_of, value)) if isinstance(value, list) else text_of(value)

    def to_text(self, value: Any, field: Field) -> str:
        return clean(", ".join(map(said, value)) if isinstance(value, list) else said(value))

    def nothing(self) -> object:
        return []

    def parsed(self, text: str, field: Field, today: date) -> object:
        return list(dict.fromkeys(word for part in text.split(",") if (word := part.strip())))

    def same(self, first: Any, second: Any, field: Field) -> bool:
        return (first or []) == (second or [])

    def read(self, sent: Any, field: Field, zone: ZoneInfo) -> Any:
        if isinstance(sent, str):
            sent = sent.split(",")
        if sent is None:
            return []
        if not isinstance(sent, list):
            raise ValueError("not a list of tags")
        words = [sent_text(item) for item in sent]
        return list(dict.fromkeys(word.strip() for word in words if word and word.strip()))


TYPE = Tags()
