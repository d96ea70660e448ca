"""All fields of a record below its answer: folded by group, and nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cotui.catalog.field import CURRENCY, Field
from cotui.tui.base.cells import cell_len, fit
from cotui.tui.pages.answer_entry import ALL_FIELDS, GROUP
from cotui.tui.records.record_lines import OTHER, PageBuilder
from cotui.tui.records.record_page import Entry, PageOptions, RecordPage

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.catalog import Resource

#: forms of a status beside its name, which says the same in words
_FORMS: Final = ("id", "str", "state")
#: what else tells the currency
_CURRENCY_TOO: Final = ("currency_id", "currency_symbol")
#: a group without a heading is the first one
_UNNAMED: Final = "Record"
_FOLDED, _OPEN = "▸", "▾"


class FoldedFields(PageBuilder):
    """Adds the fields to a page that has something above them; a group is opened and closed by enter.

    Args:
        page: what they are added to.
        opened: names of entries that are open, of groups as well.
    """

    def __init__(self, resource: Resource, record: Record, options: PageOptions, page: RecordPage) -> None:
        super().__init__(resource, record, options)
        self.page = page

    def add(self) -> None:
        """Add the head, the groups, and the fields of those that are open."""
        groups = {name: fields for name, fields in self.groups().items() if fields}
        number = sum(map(len, groups.values()))
        if not number:
            return
        self.measure_labels(groups)
        everything = {_name(name) for name in groups} <= set(self.options.opened)
        entry = Entry(ALL_FIELDS, "All fields", "all groups at once", None, None, opens=True)
        index = self.page.open_entry(entry)
        mark = _OPEN if everything else _FOLDED
        key = f"   {self.options.empty_key}: empty ones too" if self._more_to_show else ""
        self.page.add_line((f"  {mark} All fields", "group"), (f" {number}", ""), (key, "link"), entry=index)
        self.page.close_entry(index)
        widest = max(cell_len(name or _UNNAMED) for name in groups)
        for name, fields in groups.items():
            self._add_folded(name, fields, widest)
        if everything or self.options.show_empty:
            self.add_hidden_note()

    @property
    def _more_to_show(self) -> bool:
        return bool(self.options.empty_key and self.empty + self.absent and not self.options.show_empty)

    def _add_folded(self, name: str, fields: Sequence[Field], widest: int) -> None:
        opened = _name(name) in self.options.opened
        title = name or _UNNAMED
        entry = Entry(_name(name), title, "", None, None, opens=True)
        index = self.page.open_entry(entry)
        head = f"    {_OPEN if opened else _FOLDED} {fit(title, widest)}"
        words = "" if opened else ", ".join(field.label for field in fields)
        self.page.add_line((head, "group" if opened else ""), (f"  {words}", "faint"), entry=index)
        self.page.close_entry(index)
        if opened:
            self.add_fields(fields)

    def is_shown(self, field: Field) -> bool:
        return not self._said_elsewhere(field) and super().is_shown(field)

    def _said_elsewhere(self, field: Field) -> bool:
        """Whether another field says the same: the name of a status, the currency, the name behind a key."""
        if self.options.show_empty:  # all there is was asked for
            return False
        prefix, status, form = field.name.rpartition("_status_")
        if status:
            return form in _FORMS and bool(self.shown.get(f"{prefix}_status_name"))
        if field.name in _CURRENCY_TOO and self.shown.get(CURRENCY):
            return True
        return field.name != CURRENCY and any(
            other.named_by == field.name and self.shown.get(other.name) not in (None, "", 0)
            for other in self.resource.fields
        )


def _name(group: str) -> str:
    """The entry of a group."""
    return f"{GROUP}{group or _UNNAMED}"


def groups_of(resource: Resource, record: Record) -> set[str]:
    """The entries of all groups that a record may have."""
    names = {_name(field.group) for field in resource.fields}
    return {*names, _name(OTHER)} if any(resource.find(name) is None for name in record.raw) else names


def group_of(resource: Resource, name: str) -> str:
    """The entry of the group that a field, by its place in the record, stands in."""
    field = resource.find(name.partition("[")[0].partition(".")[0])
    return _name(field.group if field is not None else OTHER)
