"""How much room the loaded rows of a table need, column by column.

Most values are told to be no wider than others by a look: what is shown of a value is made only where it may be wider
than all before it. Room only grows, and only where rows come into view that were not looked at: then all the rows that
are here beside them are, so that going through them changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from cotui.api import Record
from cotui.catalog.field import CURRENCY
from cotui.catalog.money import minor_units
from cotui.tui.base.cells import widest
from cotui.tui.base.format import cell, is_idle
from cotui.tui.lists.column_text import DAY, parts
from cotui.tui.lists.table_columns import Need, TableColumn
from cotui.tui.lists.table_rows import TableRows

#: cells that are counted of a value; it is cut where there is more of it
MOST = 60
#: decimals, with their point, that others below them leave room for
MOST_DECIMALS = 8
#: different words of a column that are remembered as looked at
_MOST_WORDS = 200


class _Measure:
    """What one column needs so far."""

    __slots__ = (
        "_column", "_decimals", "_explained", "_field", "_fields", "_kinds", "_longest", "_most", "_plain", "_short",
        "_whole", "_words",
    )  # fmt: skip

    def __init__(self, column: TableColumn) -> None:
        self._column = column
        self._field = field = column.field
        self._fields = column.fields
        self._plain = not (field.choices or field.type.pointed)
        #: words stand first, and what explains them behind
        self._explained = bool(field.choices) or (column.more is not None and not column.cuttable)
        self._whole = self._decimals = self._short = 0
        self._longest = 0
        self._most = {False: 0, True: 0}
        self._words: set[object] = set()
        self._kinds: set[int] = set()

    @property
    def need(self) -> Need:
        return Need(min(MOST, self._whole + self._decimals), self._decimals, self._short)

    def look(self, record: Record) -> None:
        field, raw = self._field, record.raw
        if len(self._fields) > 1:
            self._look_at_all(record)
            return
        value = raw.get(field.name)
        if value is None or value == "" or (field.only_while and is_idle(field, raw)):
            return
        kind = type(value)
        if kind is str and self._plain:
            plain = value.isascii()
            if plain and len(value) <= self._longest:
                return
            self._longest = max(self._longest, len(value) if plain else 0)
        elif (kind is int or kind is float) and not field.choices:
            if self._holds(value, raw):
                return
        elif kind is str or kind is int or kind is bool:
            if value in self._words:
                return
            if len(self._words) < _MOST_WORDS:
                self._words.add(value)
        text = cell(record, field)
        self._take(text[:DAY] if field.type.family == "time" and self._column.width < len(text) else text)

    def _look_at_all(self, record: Record) -> None:
        """Look at a column that has several values of a row; what stands behind the first one can be cut."""
        values = hash(tuple(map(str, map(record.raw.get, (field.name for field in self._fields)))))
        if values in self._words:
            return
        if len(self._words) < _MOST_WORDS:
            self._words.add(values)
        text, more, _ = parts(record, self._column)
        self._take(text, more)

    def _holds(self, value: float, raw: Mapping[str, object]) -> bool:
        """Whether a number is shown in no more cells than those before it: it has no more digits, and a usual form."""
        if value - value != 0:  # infinite, or no number at all
            return False
        if self._field.type.pointed:
            iso = raw.get(CURRENCY)
            places = minor_units(iso) if isinstance(iso, str) else 2
            usual = round(value, places) == value
        else:
            places, usual = 0, value == int(value)
        known = abs(value) < self._most[value < 0] and usual and places in self._kinds
        if not known and usual:
            self._kinds.add(places)
            digits = len(str(abs(int(value))))
            self._most[value < 0] = max(self._most[value < 0], 10**digits)
        return known

    def _take(self, text: str, more: str = "") -> None:
        decimals = decimals_of(text) if self._field.type.pointed else 0
        if decimals > MOST_DECIMALS:
            decimals = 0
        self._decimals = max(self._decimals, decimals)
        if self._explained:
            word, bracket, _ = text.partition(" (")
            self._short = max(self._short, min(MOST, widest([word], MOST)) + bool(bracket or more))
        self._whole = max(self._whole, min(MOST, widest([text + more], MOST)) - decimals)


def decimals_of(amount: str) -> int:
    """Cells of an amount from its decimal point on; 0 where it has none, or ends in something else than digits."""
    _, point, decimals = amount.rpartition(".")
    return 1 + len(decimals) if point and decimals.isdecimal() else 0


class ContentWidths:
    """What the columns of a table need for the rows that were looked at."""

    def __init__(self) -> None:
        self._measures: dict[str, _Measure] = {}
        #: the rows that were looked at: the first index and that behind the last one
        self._seen = (0, 0)
        self._over = True

    @property
    def needs(self) -> dict[str, Need]:
        """By field name; of columns of which nothing is known there is none."""
        return {name: measure.need for name, measure in self._measures.items()}

    def start_over(self) -> None:
        """Other rows or columns: what is known holds until some of them are looked at."""
        self._over = True
        self._seen = (0, 0)

    def changed(self, start: int, stop: int) -> None:
        """Other rows stand there than those that were looked at."""
        low, high = self._seen
        if start <= low < stop:
            low = min(stop, high)
        elif low < start < high:
            high = start
        self._seen = (low, high)

    def look(self, rows: TableRows, columns: Sequence[TableColumn], first: int, stop: int) -> bool:
        """Look at rows that come into view, and at those beside them; whether any column needs more room than before."""
        low, high = self._seen
        if low <= first and stop <= high:
            return False
        begin, end = rows.loaded_around(first, stop)
        if begin >= end or (self._over and all(rows.row(index) is None for index in range(begin, end))):
            return False
        before = self.needs
        if self._over:
            self._measures = {column.field.name: _Measure(column) for column in columns}
            self._over = False
        measures = list(self._measures.values())
        if not (low < high and begin <= high and low <= end):
            low = high = begin
        for index in chain(range(begin, low), range(max(begin, high), end)):
            record = rows.row(index)
            if record is not None:
                for measure in measures:
                    measure.look(record)
        self._seen = (min(begin, low), max(end, high))
        return self.needs != before
