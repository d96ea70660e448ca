"""Sub-objects of a record (an invoice's lines, its schedule) as a small table inside the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from cotui.api.clean import LeftOut
from cotui.catalog.field import Field, FieldType
from cotui.catalog.types.objects import has_prices
from cotui.tui.base.cells import cell_len, fit
from cotui.tui.base.format import cell_value
from cotui.tui.records.record_page import Entry

if TYPE_CHECKING:
    from cotui.api.shown import Shown
    from cotui.catalog import Resource
    from cotui.tui.records.record_page import PageOptions, RecordPage

GAP = 2
WIDEST_TEXT = 48
#: the widest text column is cut down to this before a column is left out
NARROWEST_TEXT = 12
MOST_COLUMNS = 8
#: sub-objects that are shown of one field
MOST_ITEMS = 500
#: names of their parts that are told apart
MOST_PARTS = 100
#: stands for a value that is not there
UNSET = "—"

# What says most about a sub-object comes first; keys and web addresses fill what room is left. Of the
# texts the first two (what it is, what it is called) say most.
TELLING_TEXTS = 2
#: the rank of what is charged, and that of random keys
PRICE, LEAST_TELLING = 1, 9
#: from this rank on a column says little
LITTLE = 5
_CURRENCY = ("currency_iso4217", "currency_symbol")


class PageUnderWay(Protocol):
    """The page under construction that the table stands in; see `PageBuilder`."""

    resource: Resource
    options: PageOptions
    page: RecordPage
    shown: Shown
    unfinished: int

    def raw_of(self, name: str) -> Any: ...

    def reference(self, field: Field, raw: Any) -> tuple[str, int | str] | None: ...

    def add_value(
        self, field: Field, value: Any, raw: Any, name: str, values: Mapping[str, Any], indent: int = 0
    ) -> None: ...


def add_objects(builder: PageUnderWay, field: Field) -> None:
    """Add a field's sub-objects: a heading, column names, one line each, and the parts of opened ones."""
    page, raw_values = builder.page, builder.raw_of(field.name)
    values = [item for item in builder.shown[field.name][:MOST_ITEMS] if not isinstance(item, LeftOut)]
    if not values:
        builder.unfinished += len(raw_values)
        return
    currency = {name: builder.shown[name] for name in _CURRENCY if name in builder.shown}
    items = [item if isinstance(item, dict) else {"": item} for item in values]
    contexts = [{**currency, **item} for item in items]
    parts = _all_parts(field, items)
    columns = _choose(_telling(parts, items, builder), contexts, items, builder.options.width - 3)
    more = any(_has_more(item, parts, columns) for item in items)
    leading = [part for part in parts if part.references]
    page.add_blank()
    heading = f" {field.label} ({len(raw_values):,})"
    page.add_line((heading, "group"), (" · enter shows all of a line" if more else "", "note"))
    page.add_line((_row([part.label for part, _ in columns], columns), "column"))
    for number, (item, context) in enumerate(zip(items, contexts, strict=True)):
        raw = raw_values[number] if isinstance(raw_values[number], dict) else {"": raw_values[number]}
        raw = dict(zip(item, raw.values(), strict=False))  # what there was no room for has one name for all
        name = f"{field.name}[{number}]"
        texts = [cell_value(item.get(part.name), part, context) for part, _ in columns]
        references = (builder.reference(part, raw.get(part.name)) for part in leading)
        reference = next((found for found in references if found is not None), None)
        opens = _has_more(item, parts, columns)
        opened = opens and name in builder.options.opened
        copies = "\t".join(texts)
        entry = Entry(name, f"{field.label} {number + 1}", field.meaning, field, copies, reference, opens)
        index = page.open_entry(entry)
        mark = "▾" if opened else "▸" if opens else " "
        line = _row(texts, columns)
        page.add_line((mark + (line if line.strip() else f"   {UNSET}")[1:], ""), entry=index)
        page.close_entry(index)
        if opened:
            for part in parts:
                if part.name in item and not part.type.is_unset(item[part.name]):
                    place = f"{name}.{part.name}"
                    builder.add_value(part, item[part.name], raw.get(part.name), place, context, indent=2)
    if len(items) < len(raw_values):
        left = len(raw_values) - len(items)
        page.add_line((f"   … {left:,} more than a page has room for; Y copies all", "note"))


def _all_parts(field: Field, items: Sequence[Mapping[str, Any]]) -> list[Field]:
    """The parts that the catalogue knows, and a field for every other key that occurs."""
    parts = list(field.parts)
    known = {part.name for part in parts}
    for item in items:
        for name in item:
            if name not in known and len(parts) < MOST_PARTS:
                known.add(name)
                parts.append(Field(name, FieldType.MULTILINE, name, "not in ChargeOver's documentation"))
    return parts


def _telling(
    parts: Sequence[Field], items: Sequence[Mapping[str, Any]], builder: PageUnderWay
) -> Sequence[Field]:
    """The parts worth a column: not the record's own key again, not nothing or zero throughout; else all there are."""
    own = builder.resource.primary_key
    key = str(builder.shown.get(own))

    def says(part: Field) -> bool:
        values = [item.get(part.name) for item in items]
        repeats = part.name == own and all(str(value) == key for value in values)
        return not repeats and any(
            not part.type.is_unset(value) and value not in (0, "0") for value in values
        )

    shown = [part for part in parts if not part.secret]
    return [part for part in shown if says(part)] or [
        part for part in shown if any(not part.type.is_unset(item.get(part.name)) for item in items)
    ]


def _has_more(item: Mapping[str, Any], parts: Sequence[Field], columns: Sequence[tuple[Field, int]]) -> bool:
    """Whether an object has values that its line doesn't show in full."""
    widths = {part.name: width for part, width in columns}
    for part in parts:
        value = item.get(part.name)
        if part.type.is_unset(value):
            continue
        width = widths.get(part.name)
        if width is None:
            return True
        if isinstance(value, str) and (cell_len(value) > width or "\n" in value):
            return True
    return False


def _choose(
    parts: Sequence[Field],
    contexts: Sequence[Mapping[str, Any]],
    items: Sequence[Mapping[str, Any]],
    room: int,
) -> list[tuple[Field, int]]:
    """The columns that fit, with their widths; the most telling stay, in the catalogue's order."""
    widths: dict[str, int] = {}
    for part in parts:
        texts = [
            cell_value(item.get(part.name), part, context)
            for item, context in zip(items, contexts, strict=True)
        ]
        widest = max(cell_len(text) for text in (part.label, *texts))
        widths[part.name] = min(widest, WIDEST_TEXT)
    random = {part.name: LEAST_TELLING for part in parts if part.name.endswith("token")}
    texts_of = [part.name for part in parts if part.type.rank == 0 and part.name not in random]
    ranks = {part.name: part.type.rank for part in parts} | dict.fromkeys(texts_of[TELLING_TEXTS:], LITTLE)
    ranks |= random | {part.name: PRICE for part in parts if has_prices(part)}
    ranked = sorted(parts, key=lambda part: (part.deprecated, ranks[part.name]))
    chosen: dict[str, int] = {}
    for telling in (True, False):  # what says little gets the room that is left when the rest has its own
        for part in ranked:
            if (ranks[part.name] < LITTLE) is telling and len(chosen) < MOST_COLUMNS:
                left = room - _used(chosen) - (GAP if chosen else 0)
                least = (
                    min(widths[part.name], NARROWEST_TEXT) if part.type.align == "left" else widths[part.name]
                )
                if least <= left:
                    chosen[part.name] = least
                elif not chosen:
                    chosen[part.name] = max(1, room)
        for part in ranked:
            if part.name in chosen:
                left = room - _used(chosen)
                chosen[part.name] += max(0, min(left, widths[part.name] - chosen[part.name]))
    # Keys say little: they stand last.
    ordered = sorted(parts, key=lambda part: part.type.family == "key")
    return [(part, chosen[part.name]) for part in ordered if part.name in chosen]


def _used(columns: Mapping[str, int]) -> int:
    return sum(columns.values()) + GAP * (len(columns) - 1) if columns else 0


def _row(texts: Sequence[str], columns: Sequence[tuple[Field, int]]) -> str:
    cells = [fit(text, width, part.type.align) for text, (part, width) in zip(texts, columns, strict=True)]
    return "   " + (" " * GAP).join(cells)
