"""Which columns of a table are on the screen, and how wide each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Literal, NamedTuple

from cotui.catalog import Column, Field, Resource
from cotui.desk.names import names_customer

#: cells between two columns, and before the first
GAP = 2
MARGIN = 1
#: no text column gets narrower than this
NARROWEST = 8
#: what a column of customers is called, which has their names; how wide it would like to be, and has to be
COMPANY = "Company"
COMPANY_WIDTH = 26
COMPANY_NARROWEST = len("(customer 450)")


class TableColumn(NamedTuple):
    """One column of a `RecordTable`: the field it shows and the room it would like."""

    field: Field
    heading: str
    width: int
    drop: int = 0
    grows: bool = False
    #: how status words are coloured, see `Resource.tones`
    tones: Mapping[str, str] = dataclass_field(default_factory=dict, compare=False)
    #: it shows names of customers, for which the rows have numbers
    company: bool = False

    @property
    def align(self) -> Literal["left", "right"]:
        """Right for numbers, else left."""
        return "left" if self.company else self.field.type.align


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column as it stands on the screen: its index in the table and its width in cells."""

    index: int
    column: TableColumn
    width: int
    left: int


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
    if names_customer(field, resource):
        return _company(resource, field, label_among(resource, field), drop)
    label = label_among(resource, field)
    width = max(field.type.width, min(len(label), 24))
    return TableColumn(field, label, width, drop=drop, grows=field.type.grows, tones=resource.tones)


def _from_catalogue(resource: Resource, column: Column) -> TableColumn:
    field = resource.field(column.field)
    if names_customer(field, resource):
        return _company(resource, field, COMPANY, min(column.drop, 1))
    return TableColumn(field, column.heading, column.width, column.drop, column.grows, resource.tones)


def _company(resource: Resource, field: Field, heading: str, drop: int) -> TableColumn:
    """Who it is about, which stays where little else finds room: whatever object refers to customers has such a column."""
    return TableColumn(field, heading, COMPANY_WIDTH, drop, True, resource.tones, company=True)


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
    if column.company:
        return COMPANY_NARROWEST
    if column.field.type.grows:
        return min(column.width, max(NARROWEST, column.width * 6 // 10))
    return column.width


def _room(widths: Iterable[int]) -> int:
    """Cells that columns of these widths take together."""
    return MARGIN - GAP + sum(width + GAP for width in widths)
