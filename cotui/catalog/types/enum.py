"""One of a few values that the field's choices explain."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import Any

from cotui.catalog.field import Field, FieldType, Values
from cotui.catalog.spelling import said, text_of
from cotui.safety.text import without_unseen


class Enum(FieldType):
    """Shown and typed as the choice's label; a value that is no choice as it is."""

    width = 14
    rank = 2
    family = "choice"
    editor = "choice"
    verbatim = False
    nothing = None
    served = {"type": ["string", "integer", "null"]}

    def cell(self, value: Any, field: Field, values: Values) -> str:
        text = text_of(value)
        for choice in field.choices:
            if choice.value == text:
                return choice.label
        return text

    def code(self, value: Any, field: Field) -> str:
        text = text_of(value)
        known = next((choice.label for choice in field.choices if choice.value == text), text)
        return "" if known.casefold() == text.casefold() else text

    def to_text(self, value: Any, field: Field) -> str:
        text = text_of(value)
        return next((item.label for item in field.choices if item.value == text), without_unseen(said(value)))

    def parsed(self, text: str, field: Field, today: date) -> object:
        word = text.casefold()
        # what `to_text` says comes first: a label is its own choice's, whatever another one is called besides
        for choice in field.choices:
            if word == choice.label.casefold():
                return choice.value
        for choice in field.choices:
            if word in (choice.value.casefold(), *map(str.casefold, choice.aliases)):
                return choice.value
        raise ValueError("one of: " + ", ".join(choice.label for choice in field.choices))

    def read(self, sent: Any, field: Field, zone: tzinfo) -> Any:
        if sent is None or sent == "":
            return None
        wanted = sent.strip().casefold() if isinstance(sent, str) else None
        for choice in field.choices:
            if choice.value.casefold() == wanted:
                return choice.value
        raise ValueError("not one of the choices")
