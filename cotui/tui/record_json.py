"""A record as JSON: what the server sent, indented, with everything a terminal could act on escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cotui.catalog.model import Field, Resource
from cotui.safety.text import json_visible
from cotui.tui.cells import wrap
from cotui.tui.format import HIDDEN
from cotui.tui.record_page import Entry, Page

if TYPE_CHECKING:
    from cotui.api import Record

INDENT = 2


def record_json(resource: Resource, record: Record) -> str:
    """The whole record as JSON text, for copying; secret values are replaced by a mark."""
    return _dump(_masked(record.raw, resource.fields))


def build_json_page(resource: Resource, record: Record, width: int) -> Page:
    """The record as JSON, one entry for each member of the object."""
    page = Page(width)
    values = _masked(record.raw, resource.fields)
    page.add_line((" {", "faint"))
    for number, (name, value) in enumerate(values.items(), start=1):
        field = _find(resource, name)
        text = _dump(value)
        shown = f"{_dump(name)}: {text}{',' if number < len(values) else ''}"
        secret = field is not None and field.secret
        label = field.label if field is not None else json_visible(name)
        meaning = field.meaning if field is not None else ""
        entry = Entry(
            json_visible(name), label, meaning, field, None if secret else _dump(value, indent=None)
        )
        index = page.open_entry(entry)
        for line in shown.split("\n"):
            lead = " " * (1 + INDENT + len(line) - len(line.lstrip(" ")))
            if len(lead) > width // 2:
                lead = " "
            for part in wrap(line.lstrip(" "), width - len(lead)):
                page.add_line((f"{lead}{part}", "value"), entry=index)
        page.close_entry(index)
    page.add_line((" }", "faint"))
    return page


def _find(resource: Resource, name: str) -> Field | None:
    field = resource.find(name)
    return field if field is not None and field.name == name else None


def _masked(values: Mapping[str, Any], fields: tuple[Field, ...]) -> dict[str, Any]:
    """The values with those of secret fields replaced, in sub-objects too."""
    known = {field.name: field for field in fields}
    masked: dict[str, Any] = {}
    for name, value in values.items():
        field = known.get(name)
        if field is not None and field.secret:
            value = HIDDEN
        elif field is not None and field.parts and isinstance(value, list):
            value = [_masked(item, field.parts) if isinstance(item, dict) else item for item in value]
        masked[name] = value
    return masked


def _dump(value: Any, indent: int | None = INDENT) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    except (RecursionError, ValueError):  # nested deeper than any object of ChargeOver's
        return '"…"'
    return json_visible(text)
