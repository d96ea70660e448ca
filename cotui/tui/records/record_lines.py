"""Lays out one record as a page: groups of fields, small tables of sub-objects, unknown keys."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from cotui.api.clean import LeftOut
from cotui.catalog.field import Field, FieldType
from cotui.catalog.model import Resource, key_of
from cotui.desk.names import customer_of, names_customer
from cotui.safety.text import clean
from cotui.tui.base.cells import cell_len, cut, fit, widest, wrap
from cotui.tui.base.format import cell, full_value, is_idle, tone
from cotui.tui.records.record_objects import UNSET, add_objects
from cotui.tui.records.record_page import MOST_LINES, Entry, PageOptions, RecordPage, Run

if TYPE_CHECKING:
    from cotui.api import Record

ABSENT = "not in this answer"
OTHER = "Other fields"
#: from this width on the meaning of each field stands beside its value
MEANINGS_FROM = 100
#: cells that a value gets at least before its meaning stands beside it
VALUE_WIDTH = 44
WIDEST_LABEL = 26


def build_page(resource: Resource, record: Record, options: PageOptions) -> RecordPage:
    """The page of a record; every text on it comes from `record.shown` or the catalogue."""
    return PageBuilder(resource, record, options).build()


def title_of(resource: Resource, record: Record) -> tuple[str, str]:
    """What a record is called, "" where it has no name but its number, and what it is: "Customer 12", "Refund 7"."""
    field = resource.find(resource.title_field)
    name = cell(record, field) if field is not None else ""
    key = record.shown.get(resource.primary_key)
    label = resource.label_of(record.raw)
    what = f"{label} {key}" if isinstance(key, int | str) and key != "" else label
    return ("" if name == str(key) else name), what


def copy_text(value: Any) -> str:
    """What copying a value gives: what the server sent, not how it is displayed."""
    if isinstance(value, str):
        return value
    try:
        return "".join(_COMPACT.iterencode(value))  # step by step: it may be large
    except (RecursionError, ValueError):
        return "{…}"


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


class PageBuilder:
    def __init__(self, resource: Resource, record: Record, options: PageOptions) -> None:
        self.resource, self.record, self.options = resource, record, options
        self.page = RecordPage(options.width)
        self.shown = record.shown
        self.empty = self.absent = self.unfinished = 0
        self.label_width = 0

    def build(self) -> RecordPage:
        groups = self.groups()
        self.measure_labels(groups)
        self._add_title()
        self.add_head()
        for name, fields in groups.items():
            self.add_group(name, fields)
        self.add_hidden_note()
        return self.page

    def add_head(self) -> None:
        """Add what stands between the title and the fields."""

    def measure_labels(self, groups: Mapping[str, Sequence[Field]]) -> None:
        """Find room for the labels of these fields."""
        labels = [cell_len(field.label) for fields in groups.values() for field in fields]
        self.label_width = min(max(labels, default=0), WIDEST_LABEL, max(6, self.options.width * 2 // 5))

    def groups(self) -> dict[str, list[Field]]:
        """The fields to show by heading, the catalogue's groups first, and a count of those left out."""
        groups: dict[str, list[Field]] = {}
        known = set()
        for field in self.resource.fields:
            if "." in field.name:  # exists for filtering only
                continue
            known.add(field.name)
            if self.is_shown(field):
                groups.setdefault(field.group, []).append(field)
        others = [_unknown(name, value) for name, value in self.shown.items() if name not in known]
        if found := [field for field in others if self.is_shown(field)]:
            groups[OTHER] = found
        return groups

    def is_shown(self, field: Field) -> bool:
        if field.name not in self.shown:
            if field.readable:
                self.absent += 1
            return field.readable and self.options.show_empty
        if field.type.is_unset(self.shown[field.name]) or is_idle(field, self.shown):
            self.empty += 1
            return self.options.show_empty
        return True

    def _add_title(self) -> None:
        if not self.options.titled:
            return
        name, what = title_of(self.resource, self.record)
        if not name:
            self.page.add_line((f" {what}", "title"))
            return
        room = self.options.width - cell_len(what) - 5
        if room < 8:
            self.page.add_line((f" {name}", "title"))
        else:
            name = name if cell_len(name) <= room else fit(name, room)
            self.page.add_line((f" {name}", "title"), (f" · {what}", "meaning"))

    def add_group(self, name: str, fields: Sequence[Field]) -> None:
        page = self.page
        tables = [field for field in fields if self.is_table(field)]
        if name and len(tables) < len(fields):  # a table has a heading of its own
            page.add_blank()
            page.add_line((f" {name}", "group"))
        self.add_fields(fields)

    def add_fields(self, fields: Sequence[Field]) -> None:
        """Add the fields of a group, its tables behind the others."""
        tables = [field for field in fields if self.is_table(field)]
        for field in fields:
            if field not in tables:
                self.add_field(field)
        for field in tables:
            add_objects(self, field)

    def is_table(self, field: Field) -> bool:
        value = self.shown.get(field.name)
        return (
            field.type is FieldType.OBJECTS and isinstance(value, list) and bool(value) and not field.secret
        )

    def raw_of(self, name: str) -> Any:
        """What the server sent as the value of a name that is shown."""
        return self.record.raw[self.shown.name_of(name)]

    def add_field(self, field: Field) -> None:
        if field.name in self.shown:
            self.add_value(field, self.shown[field.name], self.raw_of(field.name), field.name, self.shown)
        else:
            self.add_row(Entry(field.name, field.label, field.meaning, field, None), [ABSENT], "faint")

    def add_value(
        self, field: Field, value: Any, raw: Any, name: str, values: Mapping[str, Any], indent: int = 0
    ) -> None:
        """Add the row of one value; `values` is the object it stands in, `name` its place in the record."""
        if self.page.full:
            self.unfinished += 1
            return
        lines = full_value(value, field, values, today=self.options.today)
        if is_idle(field, values) and lines:
            lines = [f"{UNSET} (the server counts {lines[0]})"]
        copies = None if field.secret or not lines else partial(copy_text, raw)
        reference = self.reference(field, raw)
        entry = Entry(name, field.label, field.meaning, field, copies, reference)
        style = tone(self.resource.tones, self.record, field) if values is self.shown else ""
        if lines and field.name == "due_date" and lines[0].endswith("overdue"):
            style = "bad"
        if lines and (name := self._name_of(field, raw, values)):
            lines = [
                *lines[:-1],
                f"{lines[-1]} · {cut(name, max(8, self._room(indent) - cell_len(lines[-1]) - 5))}",
            ]
        if reference is not None:
            style = style or "link"
            lines = [*lines[:-1], f"{lines[-1]} →"]
        self.add_row(entry, lines or [UNSET], style or ("" if lines else "faint"), indent)

    def _name_of(self, field: Field, raw: Any, values: Mapping[str, Any]) -> str:
        """What a key stands for is called, somebody or a currency; "" where it is no key, or that is not known."""
        if names_customer(field, self.resource):
            number = customer_of({**values, field.name: raw}, field)
            return "" if number is None else self.options.names(number) or ""
        if field.name in self.options.people:
            return self.options.people[field.name]
        key = key_of(raw) if field.type is FieldType.ID else None
        if key is None:
            return ""
        said = values.get(field.named_by) if field.named_by else None
        return said if isinstance(said, str) and said else clean(self.options.words(field.name, key))

    def _room(self, indent: int) -> int:
        """Cells for a value beside its label."""
        return max(2, self.options.width - (1 + indent) - max(4, self.label_width - indent) - 2)

    def reference(self, field: Field, raw: Any) -> tuple[str, int | str] | None:
        """The record that a key points to, when it can be opened and is not this one."""
        key = key_of(raw)
        if not field.references or key is None:
            return None
        target = (field.references, key)
        if target == (self.resource.id, self.record.ref) or not self.options.follows(field.references):
            return None
        return target

    def add_row(self, entry: Entry, lines: Sequence[str], style: str, indent: int = 0) -> None:
        """Add label, value and, where there is room, the meaning."""
        page, width = self.page, self.options.width
        margin = " " * (1 + indent)
        label_width = max(4, self.label_width - indent)
        room = self._room(indent)
        longest = widest(lines, room // 2)
        value_width = 0
        if self.options.meanings and width >= MEANINGS_FROM and entry.meaning and longest <= room // 2:
            value_width = max(min(VALUE_WIDTH, room // 2), longest)
        wrapped = [part for line in lines for part in wrap(line, room)]
        left = max(1, MOST_LINES - len(page.lines))
        if len(wrapped) > left:
            wrapped[left - 1 :] = [f"… {len(wrapped) - left + 1:,} more lines than a page has room for"]
        number = page.open_entry(entry)
        for at, text in enumerate(wrapped):
            label = f"{margin}{fit(entry.label if at == 0 else '', label_width)}  "
            runs: list[Run] = [(label, "label")]
            if value_width and at == 0:
                runs += [(f"{fit(text, value_width)}  ", style), (entry.meaning, "meaning")]
            else:
                runs.append((text, style))
            page.add_line(*runs, entry=number)
        page.close_entry(number)

    def add_hidden_note(self) -> None:
        parts = []
        if self.empty:
            parts.append(f"{_fields(self.empty)} without a value")
        if self.absent:
            parts.append(f"{self.absent if parts else _fields(self.absent)} {ABSENT}")
        if parts and (key := self.options.empty_key):
            parts[0] = f"{key} {'hides' if self.options.show_empty else 'shows'} {parts[0]}"
        if self.shown.left_out:
            parts.append(f"{self.shown.left_out:,} more fields than a page has room for")
        if self.unfinished:
            parts.append(f"{self.unfinished:,} more values than a page has room for")
        if parts:
            self.page.add_blank()
            for text in wrap(" · ".join(parts), max(2, self.options.width - 1)):
                self.page.add_line((f" {text}", "note"))


def _fields(number: int) -> str:
    return f"{number:,} field" if number == 1 else f"{number:,} fields"


def _unknown(name: str, value: Any) -> Field:
    """A field for a key that the catalogue doesn't know: shown as it came."""
    objects = (
        isinstance(value, list) and bool(value) and all(isinstance(item, dict | LeftOut) for item in value)
    )
    kind = FieldType.OBJECTS if objects else FieldType.MULTILINE
    return Field(name, kind, name, "not in ChargeOver's documentation; shown as it came")
