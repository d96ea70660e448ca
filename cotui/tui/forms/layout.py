"""Where the fields of a form stand: a heading per group, a line per field, three for texts of several lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from cotui.catalog.field import Field
from cotui.tui.base.cells import cell_len
from cotui.tui.forms.draft import Draft, label_of

#: lines of a text that has several
TEXT_LINES: Final = 3
#: cells that labels take at most
WIDEST_LABEL: Final = 24


@dataclass(slots=True)
class FormLayout:
    """The fields in the order they are shown in, and the lines they stand on.

    Attributes:
        fields: those that are shown.
        more: those that are shown on demand.
        lines: per line of the form a heading, or the index of a field and which of its lines it is.
        label_width: cells of the widest label, within limits.
    """

    fields: list[Field] = field(default_factory=list)
    more: list[Field] = field(default_factory=list)
    lines: list[str | tuple[int, int]] = field(default_factory=list)
    label_width: int = 0
    _tops: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, draft: Draft) -> FormLayout:
        """The fields of a draft. Old ones, and the account's own twenty, are shown where they hold something."""
        shown: list[Field] = []
        more: list[Field] = []
        for item in draft.fields.values():
            custom = is_custom(item)
            if not (item.deprecated or custom) or draft.text(item.name) or item.name in draft.required:
                shown.append(item)
            elif custom:
                more.append(item)
        rows = cls(more=more)
        widest = max((cell_len(label_of(item)) + 1 for item in (*shown, *more)), default=0)
        rows.label_width = min(WIDEST_LABEL, widest)
        rows._place(shown)
        return rows

    def show_more(self) -> str:
        """Show the rest; gives the name of the first of it, "" when there is none."""
        if not self.more:
            return ""
        first = self.more[0].name
        shown, self.more = [*self.fields, *self.more], []
        self._place(shown)
        return first

    def index(self, name: str) -> int | None:
        return next((at for at, item in enumerate(self.fields) if item.name == name), None)

    def top(self, index: int) -> int:
        return self._tops[index]

    def group_start(self, index: int, step: int) -> int:
        """The first field of the group after that of a field, or of the one before; stays within the form."""
        starts = [
            at for at, item in enumerate(self.fields) if at == 0 or item.group != self.fields[at - 1].group
        ]
        if step > 0:
            return next((at for at in starts if at > index), len(self.fields) - 1)
        return next((at for at in reversed(starts) if at < index), 0)

    def _place(self, fields: Iterable[Field]) -> None:
        by_group: dict[str, list[Field]] = {}
        for item in fields:
            by_group.setdefault(item.group, []).append(item)
        self.fields = [item for group in by_group.values() for item in group]
        self.lines, self._tops = [], []
        self.lines.extend(self._lines())

    def _lines(self) -> Iterator[str | tuple[int, int]]:
        count, group = 0, ""
        for index, item in enumerate(self.fields):
            if item.group != group:
                group = item.group
                count += 1
                yield group
            self._tops.append(count)
            for part in range(height(item)):
                count += 1
                yield index, part


def height(item: Field) -> int:
    return TEXT_LINES if item.type.editor == "lines" and not item.secret else 1


def is_custom(item: Field) -> bool:
    """Whether the account decides what a field means: custom_1 and its like."""
    prefix, _, number = item.name.rpartition("_")
    return prefix == "custom" and number.isdigit()
