"""What stands in a field of a form, and the JSON value it means: there and back without rounding anything."""

from __future__ import annotations

from cotui.catalog import RESOURCES
from cotui.catalog.field import Field


def to_text(field: Field, value: object) -> str:
    """A value of the API as the text of its field; what is not of the field's type is shown as it is, secrets as ""."""
    return "" if value is None or value == "" or field.secret else field.type.to_text(value, field)


def is_reference(field: Field) -> bool:
    """Whether a field points to a record that can be looked for."""
    return field.type.family == "key" and field.references in RESOURCES


def label_of(field: Field) -> str:
    """What a field is called in a form, where a key shows the name of its record instead of the number."""
    return field.label.removesuffix(" ID") if is_reference(field) or field.named_by else field.label
