"""Which columns of a table are on the screen, and how wide each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Literal, NamedTuple

from cotui.catalog import Column, Field, More, Resource
from cotui.catalog.field import CURRENCY
from cotui.desk.names import names_customer
from cotui.tui.base.cells import cell_len

#: cells between two columns, and before the first
GAP = 2
MARGIN = 1
#: no text column gets narrower than this
NARROWEST = 8
#: nor is one made narrower by hand
LEAST = 3
#: what a column of customers' names is called
COMPANY = "Company"
#: cells that a name likes to have, which may come later than its row
NAME = 24
#: cells that it gets where there is room left over
LONG_NAME = 36
#: cells of a name where others need the room
SHORT_NAME = 20
#: cells of one for which a column would go that is never dropped else
_LEAST_NAME = 6
#: cells in which a status word and the first words of its reason can be read: "Declined: insufficient…"
REASON = 24
#: cells of a text that is left to a list beside which something else stands
BESIDE = 16
#: columns with a `drop` up to this go only when the names are cut
_NEAR = 2
#: cells of a heading that its column is as wide as
_HEADING = 24
#: cells of the arrow at the heading that is ordered by
_ARROW = 2


class Need(NamedTuple):
    """Cells that the rows need of a column.

    Attributes:
        cells: for the widest value.
        decimals: those of them from the decimal point on.
        short: for the widest word without what explains it in brackets, which can be cut; 0 where nothing does.
    """

    cells: int
    decimals: int = 0
    short: int = 0

    @property
    def least(self) -> int:
        """Cells of what can't be cut."""
        return self.short or self.cells


class TableColumn(NamedTuple):
    """One column of a `RecordTable`: the field it shows and the room it would like."""

    field: Field
    heading: str
    width: int
    drop: int = 0
    grows: bool = False
    #: how status words are coloured, see `Resource.tones`
    tones: Mapping[str, str] = dataclass_field(default_factory=dict, compare=False)
    #: a text that is never cut
    whole: bool = False
    #: what stands behind the value, and its field
    more: tuple[Field, More] | None = None
    #: what is shown where rows lack the field
    instead: Field | None = None
    #: shows the names of the customers whose keys the rows have
    named: bool = False
    #: least cells that it is worth having in; 0 where that follows from its type
    least: int = 0
    #: cells that its widest value takes, where that is more than `width`
    most: int = 0
    #: cells that numbers have from their decimal point on
    decimals: int = 0

    @property
    def cuttable(self) -> bool:
        """Its values can be cut: a text can, a number, a date or a status word can't, nor what is explained behind it."""
        explained = self.more is not None and not self.more[1].kept
        return self.named or (self.field.type.grows and not self.whole and not explained)

    @property
    def align(self) -> Literal["left", "right"]:
        """Right for numbers, else left."""
        return "left" if self.named else self.field.type.align

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
    width = max(field.type.width, min(len(label), _HEADING))
    made = TableColumn(field, label, width, drop=drop, grows=field.type.grows, tones=resource.tones)
    return _of_its_kind(resource, made)


def _from_catalogue(resource: Resource, column: Column) -> TableColumn:
    field, more = resource.field(column.field), column.more
    made = TableColumn(
        field,
        column.heading,
        column.width,
        min(column.drop, 1) if names_customer(field, resource) else column.drop,
        column.grows,
        resource.tones,
        whole=column.whole,
        more=None if more is None else (resource.field(more.field), more),
        instead=resource.field(column.instead) if column.instead else None,
    )
    return _of_its_kind(resource, made)


def _of_its_kind(resource: Resource, column: TableColumn) -> TableColumn:
    """A column of the keys of other customers as one of their names, and of currencies as one that is never cut."""
    field = column.field
    if field.name == CURRENCY:
        return column._replace(whole=True)
    if not names_customer(field, resource):
        return column
    heading = COMPANY if column.heading == "Customer" else column.heading
    return column._replace(heading=heading, width=max(column.width, NAME), named=True)


def fitted(
    columns: Iterable[TableColumn],
    needs: Mapping[str, Need],
    by_hand: Mapping[str, int],
    ordered: Sequence[str] = (),
) -> list[TableColumn]:
    """The columns with the room that their rows need, or that was set by hand, instead of what the catalogue gives.

    Args:
        needs: by field name; a column without a need keeps the catalogue's width, and so do names, which come later.
        by_hand: cells by field name.
        ordered: names of the fields ordered by, whose headings have an arrow.
    """
    cells = _ARROW + (len(ordered) > 1)
    arrows = dict.fromkeys(ordered, cells)
    return [
        _fitted(
            column,
            needs.get(column.field.name),
            by_hand.get(column.field.name, 0),
            arrows.get(column.field.name, 0),
        )
        for column in columns
    ]


def _fitted(column: TableColumn, need: Need | None, by_hand: int, arrow: int) -> TableColumn:
    heading = min(cell_len(column.heading), _HEADING) + arrow
    if need is not None:
        column = column._replace(decimals=need.decimals)
    if by_hand:
        size = by_hand if column.cuttable or need is None else max(by_hand, need.least)
        return column._replace(width=size, least=size, grows=False)
    if column.named:
        return column._replace(most=max(LONG_NAME, column.width))
    if need is None:
        return column
    cells = max(heading, need.cells)
    if not column.cuttable:
        least = max(heading, need.least)
        return column._replace(width=least, least=least, most=cells)
    return column._replace(width=min(cells, column.width), least=min(cells, _narrowest(column)), most=cells)


def room_beside(columns: Sequence[TableColumn], *, amounts: bool) -> int:
    """Cells that a list needs where something stands beside it: for what is never dropped.

    Args:
        amounts: for all its amounts too, and what is more important than those, without cutting names for it.
    """
    last = max((column.drop for column in columns if column.field.type.pointed), default=0) if amounts else 0
    kept = [column for column in columns if column.drop <= last] or list(columns[:1])
    if not amounts:
        return _room(max(_narrowest(column), min(column.width, BESIDE)) for column in kept)
    return _room(
        max(column.width, _reason(column)) if not column.drop else _narrowest(column) for column in kept
    )


def place(columns: Sequence[TableColumn], width: int, *, keep: int | None = None) -> list[PlacedColumn]:
    """Fit the columns into `width` cells.

    Text columns first give up to 40 % of their wish, those that are never dropped last; then columns with the highest
    `drop` go, the rightmost of equals. Column `keep` stays whatever happens. Room left over goes to texts that are
    cut, then to the growing column with the lowest `drop`. A column that alone is too wide is cut.
    """
    if not columns or width <= 0:
        return []
    whole = columns
    columns, widths = _with_reason(columns, width, keep)
    kept = list(widths)
    spare = width - _room(widths.values())
    by_worth = sorted(kept, key=lambda i: columns[i].drop)
    cut = sorted(
        by_worth, key=lambda i: columns[i].named
    )  # what is known to be cut, before names that may be
    wishes = [(i, columns[i].width) for i in by_worth] + [(i, whole[i].width) for i in by_worth]
    for i, wish in wishes + [(i, columns[i].most) for i in cut]:
        more = max(0, min(spare, wish - widths[i]))
        widths[i] += more
        spare -= more
    growing = [i for i in kept if columns[i].grows]
    if growing:
        widths[min(growing, key=lambda i: (columns[i].drop, i))] += spare
    placed, left = [], MARGIN
    for i in kept:
        size = max(1, min(widths[i], width - left))
        placed.append(PlacedColumn(i, columns[i], size, left))
        left += size + GAP
    return placed


def _with_reason(
    columns: Sequence[TableColumn], width: int, keep: int | None
) -> tuple[Sequence[TableColumn], dict[int, int]]:
    """The columns, and those of them that find room, with enough of it for a reason to be read if that costs little.

    What it may cost is the end of names, and the columns that go `before` it, see `catalog.model.More`.
    """
    plain = _those_with_room(columns, width, keep)
    at = next((i for i in plain if _reason(columns[i])), None)
    if at is None:
        return columns, plain
    least = {at: _reason(columns[at])}
    least.update((i, SHORT_NAME) for i in plain if columns[i].named and columns[i].most)
    told = [
        column._replace(width=least[i], least=least[i]) if i in least else column
        for i, column in enumerate(columns)
    ]
    more = columns[at].more
    assert more is not None  # else it had no reason
    before = {i for i in plain if columns[i].drop >= more[1].before and i != keep}
    # other texts are rather cut than left out, but what goes before the reason goes before they are
    for gone, text in ((set[int](), BESIDE), (before, 0)):
        widths = {i: max(_narrowest(told[i]), min(told[i].width, text)) for i in plain if i not in gone}
        if _room(widths.values()) <= width:
            return told, widths
    return columns, plain


def _reason(column: TableColumn) -> int:
    """Cells in which the reason behind a status can be read; 0 where there is none, or none that others go before."""
    if column.more is None or not column.more[1].before or column.most <= column.width:
        return 0
    return min(column.most, max(REASON, column.width))


def _those_with_room(columns: Sequence[TableColumn], width: int, keep: int | None) -> dict[int, int]:
    """The columns that find room, by index, with the least cells that each is worth having in.

    The texts that are never dropped give way in steps: to what other texts begin with before columns go that are
    nearly as important, and to next to nothing before such columns go as are never dropped else.
    """
    widths = {i: _narrowest(column) for i, column in enumerate(columns)}
    least = {i: size for i, size in widths.items() if columns[i].cuttable and not columns[i].drop}
    widths.update({i: max(size, columns[i].width) for i, size in least.items()})
    steps = [
        (_NEAR, least),
        (0, {i: min(size, NARROWEST) for i, size in least.items()}),
        (0, {i: min(size, _LEAST_NAME) for i, size in least.items()}),
    ]
    room = _room(widths.values())
    for i in sorted(widths, key=lambda i: (columns[i].drop, i), reverse=True):
        while steps and room > width and columns[i].drop <= steps[0][0]:
            widths.update({k: size for k, size in steps.pop(0)[1].items() if k in widths})
            room = _room(widths.values())
        if room <= width or len(widths) == 1:
            break
        if i != keep:
            room -= widths.pop(i) + GAP
    return widths


def _narrowest(column: TableColumn) -> int:
    """The least room a column is worth having in: text can be cut, a number or date can't."""
    if column.least:
        return column.least
    if column.cuttable:
        return max(NARROWEST, column.width * 6 // 10)
    return column.width


def _room(widths: Iterable[int]) -> int:
    """Cells that columns of these widths take together."""
    return MARGIN - GAP + sum(width + GAP for width in widths)
