"""Which columns of a table are on the screen, and how wide each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Literal, NamedTuple

from cotui.api import Record
from cotui.catalog import Column, Field, More, Resource
from cotui.tui.base.cells import cell_len, fit
from cotui.tui.base.format import cell, tone

#: cells between two columns, and before the first
GAP = 2
MARGIN = 1
#: no text column gets narrower than this
NARROWEST = 8


class TableColumn(NamedTuple):
    """One column of a `RecordTable`: the field it shows and the room it would like."""

    field: Field
    heading: str
    width: int
    drop: int = 0
    grows: bool = False
    #: how status words are coloured, see `Resource.tones`
    tones: Mapping[str, str] = dataclass_field(default_factory=dict, compare=False)
    #: what stands behind the value, and its field
    more: tuple[Field, More] | None = None
    #: what is shown where rows lack the field
    instead: Field | None = None

    @property
    def align(self) -> Literal["left", "right"]:
        """Right for numbers, else left."""
        return self.field.type.align

    @property
    def fields(self) -> list[Field]:
        """All fields whose values may stand in it."""
        more = self.more[0] if self.more is not None else None
        return [field for field in (self.field, more, self.instead) if field is not None]


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column as it stands on the screen: its index in the table and its width in cells."""

    index: int
    column: TableColumn
    width: int
    left: int


def shown(record: Record, column: TableColumn, width: int) -> tuple[str, str]:
    """What stands in a column of a record's line, and its tone; see `format.cell` and `format.tone`.

    It may be longer than `width`, in which it is cut at the end.
    """
    field = column.field
    text, tint = cell(record, field), tone(column.tones, record, field)
    if field.type.family == "time" and width < len(text):
        text = text[:10]  # a moment, where there is room for its day only
    if column.instead is not None and not (text and tint):
        text = text or cell(record, column.instead)
        tint = tint or tone(column.tones, record, column.instead)
    if column.more is None or not text:
        return text, tint
    other, how = column.more
    more = cell(record, other) if how.tone in ("", tint) else ""
    if other.type.family == "time":
        more = more[:10]
    if not more.strip("- "):  # ChargeOver writes "-" for a message that says nothing
        return text, tint
    more = f"{how.between}{more}"
    room = width - cell_len(more)
    if how.kept and room > 1 and cell_len(text) > room:
        text = fit(text, room)
    return text + more, tint


def default_columns(resource: Resource) -> tuple[TableColumn, ...]:
    """The catalogue's default columns of a resource."""
    return tuple(_from_catalogue(resource, column) for column in resource.columns)


def chosen_columns(resource: Resource, names: Sequence[str]) -> tuple[TableColumn, ...]:
    """The columns a user chose, by field name; names the catalogue no longer knows are left out."""
    known = {column.field: column for column in resource.columns}
    columns = []
    for name in names:
        if name in known:
            columns.append(_from_catalogue(resource, known[name]))
        elif (field := resource.find(name)) is not None and field.listed:
            columns.append(column_for(resource, field, drop=len(columns)))
    return tuple(columns) or default_columns(resource)


def label_among(resource: Resource, field: Field) -> str:
    """What a field is called beside all others of a list: "State (Status)" where another one is called "State"."""
    alike = sum(item.label == field.label for item in resource.fields if item.listed)
    return f"{field.label} ({field.group})" if alike > 1 and field.group else field.label


def column_for(resource: Resource, field: Field, *, drop: int = 0) -> TableColumn:
    """A column for a field that the catalogue gives none, as wide as its type usually needs."""
    label = label_among(resource, field)
    width = max(field.type.width, min(len(label), 24))
    return TableColumn(field, label, width, drop=drop, grows=field.type.grows, tones=resource.tones)


def _from_catalogue(resource: Resource, column: Column) -> TableColumn:
    more = column.more
    return TableColumn(
        resource.field(column.field),
        column.heading,
        column.width,
        column.drop,
        column.grows,
        resource.tones,
        None if more is None else (resource.field(more.field), more),
        resource.field(column.instead) if column.instead else None,
    )


def place(columns: Sequence[TableColumn], width: int, *, keep: int | None = None) -> list[PlacedColumn]:
    """Fit the columns into `width` cells.

    Text columns first give up to 40 % of their wish; then columns with the highest `drop` go, the
    rightmost of equals; column `keep` stays whatever happens. Room left over goes to the growing
    column with the widest wish. A column that alone is too wide is cut.
    """
    if not columns or width <= 0:
        return []
    widths = {i: _narrowest(column) for i, column in enumerate(columns)}
    room = _room(widths.values())
    for i in sorted(widths, key=lambda i: (columns[i].drop, i), reverse=True):
        if room <= width or len(widths) == 1:
            break
        if i != keep:
            room -= widths.pop(i) + GAP
    kept = list(widths)
    spare = width - _room(widths.values())
    for i in sorted(kept, key=lambda i: columns[i].drop):
        more = max(0, min(spare, columns[i].width - widths[i]))
        widths[i] += more
        spare -= more
    growing = [i for i in kept if columns[i].grows]
    if growing:
        widths[max(growing, key=lambda i: (columns[i].width, -i))] += spare
    placed, left = [], MARGIN
    for i in kept:
        size = max(1, min(widths[i], width - left))
        placed.append(PlacedColumn(i, columns[i], size, left))
        left += size + GAP
    return placed


def _narrowest(column: TableColumn) -> int:
    """The least room a column is worth having in: text can be cut, a number or date can't."""
    if column.field.type.grows:
        return max(NARROWEST, column.width * 6 // 10)
    return column.width


def _room(widths: Iterable[int]) -> int:
    """Cells that columns of these widths take together."""
    return MARGIN - GAP + sum(width + GAP for width in widths)
