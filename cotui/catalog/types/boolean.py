"""Yes or no: true and false, 1 and 0, or these as text."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import Any

from cotui.catalog.field import Field, FieldType, Values
from cotui.catalog.spelling import said, text_of
from cotui.safety.text import without_unseen

_YES = frozenset({"1", "true", "yes"})
_NO = frozenset({"0", "false", "no"})
#: words that a form takes besides
_TYPED_YES, _TYPED_NO = _YES | {"y", "on"}, _NO | {"n", "off"}
_IN_FILTERS = {"true": "true", "false": "false", "yes": "true", "no": "false", "1": "1", "0": "0"}


class Boolean(FieldType):
    """Shown as yes and no, and filtered by true and false."""

    width = report_width = 5
    rank = 5
    family = "flag"
    expected = "true or false"
    examples = ("true", "false")
    described = "true or false"
    editor = "tick"
    verbatim = False
    nothing = None
    storage = "flag"
    never_null = True
    served = {"type": ["boolean", "integer", "string"]}
    sent = {"type": ["boolean", "integer", "string", "null"]}

    def cell(self, value: Any, field: Field, values: Values) -> str:
        return yes_or_no(value) or text_of(value)

    def fits(self, text: str) -> bool:
        return text.lower() in _IN_FILTERS

    def meant(self, text: str) -> str:
        return _IN_FILTERS.get(text.lower(), text)

    def to_text(self, value: Any, field: Field) -> str:
        word = said(value).casefold()
        return "yes" if word in _TYPED_YES else "no" if word in _TYPED_NO else without_unseen(said(value))

    def parsed(self, text: str, field: Field, today: date) -> object:
        word = text.casefold()
        if word not in _TYPED_YES | _TYPED_NO:
            raise ValueError("yes or no")
        return word in _TYPED_YES

    def same(self, first: Any, second: Any, field: Field) -> bool:
        return (self.to_text(first, field) or "no") == (self.to_text(second, field) or "no")

    def read(self, sent: Any, field: Field, zone: tzinfo) -> Any:
        if isinstance(sent, bool):
            return int(sent)
        if isinstance(sent, int | float | str):
            return flag(str(sent).strip().removesuffix(".0"))
        raise ValueError("neither true nor false")


def yes_or_no(value: Any) -> str:
    """A value of the API as "yes" or "no"; "" when it is neither."""
    if value is True or value is False:
        return "yes" if value else "no"
    word = str(value).casefold() if isinstance(value, int | str) else ""
    return "yes" if word in _YES else "no" if word in _NO else ""


def flag(text: str) -> int:
    """A word of a request as 1 or 0. Raises ValueError where it is neither true nor false."""
    word = text.strip().casefold()
    if word in _YES or word == "y":
        return 1
    if word in _NO or word == "n":
        return 0
    raise ValueError(f"neither true nor false: {text[:40]!r}")
