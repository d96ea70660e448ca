"""Fields of one type, and what is done with their values."""

from __future__ import annotations

from datetime import date
from typing import Any

from cotui.api import Record
from cotui.catalog import Field, FieldType
from cotui.tui.base.format import cell, full
from cotui.tui.forms.draft import to_text

TODAY = date(2026, 3, 16)


def made(kind: FieldType, name: str = "x", **more: Any) -> Field:
    return Field(name, kind, name.capitalize(), "what it means", **more)


def shown(kind: FieldType, value: Any, /, **others: Any) -> str:
    """The value in a table."""
    return cell(Record({"x": value, **others}), made(kind))


def in_full(kind: FieldType, value: Any, /, **others: Any) -> list[str]:
    """The value on a page."""
    return full(Record({"x": value, **others}), made(kind))


def typed(kind: FieldType, text: str, **more: Any) -> object:
    """What a text in a form means."""
    return kind.to_value(text, made(kind, **more), TODAY)


def same(kind: FieldType, first: object, second: object) -> bool:
    return kind.same(first, second, made(kind))


def there_and_back(kind: FieldType, text: str) -> str:
    """A text of a form, read and written again."""
    return to_text(made(kind), typed(kind, text))
