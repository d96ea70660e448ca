"""A record as JSON: what the server sent, indented, with everything a terminal could act on escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from cotui.api.clean import MAX_TEXTS, Room, fitting_value
from cotui.api.shown import MAX_FIELDS
from cotui.catalog import Field, Resource
from cotui.safety.text import json_visible
from cotui.tui.base.cells import wrap
from cotui.tui.base.format import HIDDEN
from cotui.tui.records.record_page import Entry, RecordPage

if TYPE_CHECKING:
    from cotui.api import Record

INDENT = 2


def record_json(resource: Resource, record: Record) -> str:
    """The whole record as JSON text, for copying; secret values are replaced by a mark."""
    return _dump(_masked(record.raw, resource.fields))


def build_json_page(resource: Resource, record: Record, width: int) -> RecordPage:
    """The record as JSON, one entry for each member of the object."""
    page = RecordPage(width)
    page.add_line((" {", "faint"))
    room, total, done = (
        Room(texts=MAX_TEXTS // 2),
        len(record.raw),
        0,
    )  # an escape is longer than its character
    for done, (name, value) in enumerate(record.raw.items(), start=1):
        if page.full or done > MAX_FIELDS:
            done -= 1
            break
        field = _find(resource, name)
        text = _dump(_mask(fitting_value(value, room), field))
        name = _dump(room.cut(name))
        secret = field is not None and field.secret
        plain = name[1:-1]
        entry = Entry(
            plain,
            field.label if field is not None else plain,
            field.meaning if field is not None else "",
            field,
            None if secret else partial(_copied, value, field),
        )
        index = page.open_entry(entry)
        _add_lines(page, f"{name}: {text}{',' if done < total else ''}", index)
        page.close_entry(index)
    if done < total:
        page.add_line((f" … {total - done:,} more fields than a page has room for; Y copies all", "note"))
    page.add_line((" }", "faint"))
    return page


def _add_lines(page: RecordPage, text: str, entry: int) -> None:
    width, lines = page.width, text.split("\n")
    for number, line in enumerate(lines):
        if page.full:
            page.add_line(
                (f" … {len(lines) - number:,} more lines than a page has room for", "note"), entry=entry
            )
            return
        lead = " " * (1 + INDENT + len(line) - len(line.lstrip(" ")))
        if len(lead) > width // 2:
            lead = " "
        for part in wrap(line.lstrip(" "), width - len(lead)):
            page.add_line((f"{lead}{part}", ""), entry=entry)


def _find(resource: Resource, name: str) -> Field | None:
    field = resource.find(name)
    return field if field is not None and field.name == name else None


def _masked(values: Mapping[str, Any], fields: tuple[Field, ...]) -> dict[str, Any]:
    """The values with those of secret fields replaced, in sub-objects too."""
    known = {field.name: field for field in fields}
    return {name: _mask(value, known.get(name)) for name, value in values.items()}


def _mask(value: Any, field: Field | None) -> Any:
    if field is not None and field.secret:
        return HIDDEN
    if field is not None and field.parts and isinstance(value, list):
        return [_masked(item, field.parts) if isinstance(item, dict) else item for item in value]
    return value


def _copied(value: Any, field: Field | None) -> str:
    return _dump(_mask(value, field), indent=None)


def _dump(value: Any, indent: int | None = INDENT) -> str:
    encoder = json.JSONEncoder(ensure_ascii=False, indent=indent, default=str)
    try:
        text = "".join(encoder.iterencode(value))  # step by step: it may be large
    except (RecursionError, ValueError):  # nested deeper than any object of ChargeOver's
        return '"…"'
    return json_visible(text)
