"""Invoice lines of the demo: what a line costs, and how it is stored.

Most of a stored line is the same for very many lines: item, currency, rate, tax, cycle. Each such kind is
written once, to a table that is gone when the demo is made, and lines are inserted from there.
"""

from __future__ import annotations

from typing import Final

from cotui.catalog.money import quotient
from cotui.sandbox.database.schema import RATE_SCALE
from cotui.sandbox.demo.account import ITEMS, Item, Money, line_rate, tierset_id
from cotui.sandbox.demo.rows import Row, by_number, inserting, names

#: Rate in millionths and name of a tax; (0, "") for none.
Tax = tuple[int, str]
#: package_line_id or 0, number of its kind, quantity, money without tax, tax, descrip (0: the item's).
Line = tuple[int, int, float, int, int, str | int]
#: Indexes in a Line.
TOTAL: Final = 3
TAX: Final = 4

BY_ID = {item.item_id: item for item in ITEMS}
_KIND = (
    "item_id item_name item_accounting_sku item_units item_type tierset_id paycycle line_rate tax_name "
    "is_usage is_base is_recurring is_latefee is_taxed"
)
_KIND_COLUMNS = f"number default_descrip {_KIND}"
LINE_TABLES = {
    "demo_kinds": inserting("demo_kinds", _KIND_COLUMNS),
    "invoice_lines": by_number(
        f"INSERT INTO invoice_lines (line_item_id, invoice_id, package_line_id, {names(_KIND)}, "  # noqa: S608 - our own names
        "line_quantity, line_usage, line_total, tax_taxable, tax_taxed, tax_total, descrip) "
        f"SELECT ?1, ?2, nullif(?3, 0), {names(_KIND)}, ?5, iif(is_usage, ?5, 0), ?6, iif(is_taxed, ?6, 0), "
        "iif(is_taxed, ?6, 0), ?7, coalesce(nullif(?8, 0), default_descrip) FROM given, demo_kinds WHERE number = ?4"
    ),
}
#: Runs before and after the demo's rows are written.
PREPARE = (
    f"CREATE TEMP TABLE demo_kinds ({names(_KIND_COLUMNS).replace('number', 'number INTEGER PRIMARY KEY')})"
)
FINISH = "DROP TABLE temp.demo_kinds"


class LineKind:
    """What is the same for many lines.

    Args:
        months: length of the cycle that the price covers.
    """

    __slots__ = ("factor", "number", "ppm")

    def __init__(self, number: int, item: Item, money: Money, tax: Tax, months: int) -> None:
        self.number = number
        #: rate times minor units in a major one
        self.factor = line_rate(item, money) * months * money.unit
        self.ppm = tax[0] if item.taxed else 0

    def line(self, quarters: int, package_line_id: int = 0, descrip: str | int = 0) -> Line:
        """A line over a quantity in quarters of a unit."""
        total = quotient(self.factor * quarters, 4 * RATE_SCALE)
        ppm = self.ppm
        return (
            package_line_id,
            self.number,
            quarters / 4 if quarters % 4 else quarters // 4,
            total,
            quotient(total * ppm, 1_000_000) if ppm else 0,
            descrip,
        )


class Prices:
    """The kinds of lines in one currency and with one tax, made when they are first needed.

    Args:
        rows: gets the kinds, for `demo_kinds`.
        kinds: all kinds there are, with any currency and tax.
    """

    def __init__(self, money: Money, tax: Tax, kinds: list[LineKind], rows: list[Row]) -> None:
        self._money = money
        self._tax = tax
        self._kinds = kinds
        self._rows = rows
        self._once: dict[int, LineKind] = {}
        self._recurring: dict[tuple[int, str], LineKind] = {}

    def once(self, item: Item) -> LineKind:
        """A line that no subscription makes."""
        kind = self._once.get(item.item_id)
        if kind is None:
            kind = self._once[item.item_id] = self._add(item, None, 1)
        return kind

    def recurring(self, item: Item, paycycle: str, months: int) -> LineKind:
        """A line of a subscription with such a cycle."""
        key = (item.item_id, paycycle)
        kind = self._recurring.get(key)
        if kind is None:
            kind = self._recurring[key] = self._add(item, paycycle, months)
        return kind

    def _add(self, item: Item, paycycle: str | None, months: int) -> LineKind:
        money = self._money
        kind = LineKind(len(self._kinds) + 1, item, money, self._tax, months)
        self._kinds.append(kind)
        self._rows.append(
            (
                kind.number,
                item.descrip,
                item.item_id,
                item.name,
                item.sku,
                item.units,
                item.item_type,
                tierset_id(item.item_id, money.currency_id) if paycycle else None,
                paycycle,
                line_rate(item, money) * months,
                self._tax[1] if kind.ppm else None,
                int(item.kind == "usage"),
                int(item.kind == "base"),
                int(paycycle is not None),
                int(item.kind == "latefee"),
                1 if kind.ppm else 0,
            )
        )
        return kind


class PriceBook:
    """The prices of all currencies and taxes.

    Args:
        rows: gets the kinds, for `demo_kinds`, before a line can be of them.
    """

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows
        self._kinds: list[LineKind] = []
        self._prices: dict[tuple[int, Tax], Prices] = {}

    def prices(self, money: Money, tax: Tax) -> Prices:
        """Those in a currency with a tax."""
        key = (money.currency_id, tax)
        found = self._prices.get(key)
        if found is None:
            found = self._prices[key] = Prices(money, tax, self._kinds, self._rows)
        return found
