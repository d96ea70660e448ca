"""Invoice lines of the demo: what a line costs, and the row that is stored for it."""

from __future__ import annotations

from cotui.sandbox.demo_account import CURRENCIES, ITEMS, Item, Money, line_rate, tierset_id
from cotui.sandbox.schema import RATE_SCALE

#: Columns of `Tail`; a stored line is (line_item_id, invoice_id, package_line_id) and a tail.
LINE_COLUMNS = (
    "item_id item_name item_accounting_sku item_units item_type tierset_id paycycle descrip "
    "line_rate line_quantity line_usage line_total tax_taxable tax_taxed tax_total tax_name "
    "is_usage is_base is_recurring is_latefee is_taxed"
)
Tail = tuple[object, ...]
#: One line of an invoice: the subscription's line it comes from, if any, and its tail.
Line = tuple[int | None, Tail]

_NAMES = LINE_COLUMNS.split()
TOTAL = _NAMES.index("line_total")
TAX = _NAMES.index("tax_total")
IS_USAGE = _NAMES.index("is_usage")
IS_BASE = _NAMES.index("is_base")

BY_ID = {item.item_id: item for item in ITEMS}
#: (item_id, currency_id) -> millionths of a major unit
RATES = {(item.item_id, money.currency_id): line_rate(item, money) for item in ITEMS for money in CURRENCIES}


def amount(rate: int, quarters: int, unit: int) -> int:
    """Minor units (`unit` of them in a major one) for a rate in millionths and a quantity in quarters.

    Half a minor unit is rounded up.
    """
    scale = 4 * RATE_SCALE
    return (rate * quarters * unit + scale // 2) // scale


def tail(
    item: Item,
    money: Money,
    quarters: int,
    tax: tuple[int, str],
    *,
    paycycle: str | None = None,
    months: int = 1,
    descrip: str | None = None,
) -> Tail:
    """One line without what differs between equal lines.

    Args:
        quarters: the quantity, in quarters of a unit.
        tax: rate in millionths and name; (0, "") for none.
        paycycle: cycle of the subscription it comes from; None for a one-time line.
        months: length of the cycle that the price covers.
    """
    rate = RATES[item.item_id, money.currency_id] * months
    total = amount(rate, quarters, money.unit)
    ppm = tax[0] if item.taxed else 0
    taxable = total if ppm else 0
    is_usage = item.kind == "usage"
    quantity = quarters // 4 if quarters % 4 == 0 else quarters / 4
    return (
        item.item_id,
        item.name,
        item.sku,
        item.units,
        item.item_type,
        tierset_id(item.item_id, money.currency_id) if paycycle else None,
        paycycle,
        descrip if descrip is not None else item.descrip,
        rate,
        quantity,
        quantity if is_usage else 0,
        total,
        taxable,
        taxable,
        (taxable * ppm + 500_000) // 1_000_000,
        tax[1] if ppm else None,
        int(is_usage),
        int(item.kind == "base"),
        int(paycycle is not None),
        int(item.kind == "latefee"),
        1 if ppm else 0,
    )
