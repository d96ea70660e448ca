"""What subscriptions earn: their lines' costs and the recurring revenue of their customer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cotui.catalog.money import rounded
from cotui.sandbox.billing.cycles import months
from cotui.sandbox.billing.package_status import ENDED, SUSPENDED
from cotui.sandbox.billing.prices import PASSED_THROUGH, Cost, Prices, cost, prices_of
from cotui.sandbox.database.clock import tomorrow
from cotui.sandbox.database.write_context import WriteContext


@dataclass(frozen=True)
class Line:
    """A line of a subscription that is billed: its row, its item's row and its prices."""

    row: dict[str, Any]
    item: dict[str, Any]
    prices: Prices

    @property
    def is_discount(self) -> bool:
        """Takes off what the others cost."""
        return bool(self.item["item_type"] == "discount")

    @property
    def is_metered(self) -> bool:
        """Billed by what was used: its item says so, or its price does."""
        return bool(self.item["is_usage"]) or self.prices.pricemodel == PASSED_THROUGH

    @property
    def quantity(self) -> Decimal:
        """Units of the line, as the subscription says."""
        return Decimal(str(self.row["line_quantity"]))

    def cost(self, quantity: Decimal, paycycle: str) -> Cost:
        """What it costs in one cycle."""
        return cost(
            self.prices,
            quantity,
            paycycle,
            metered=self.is_metered,
            discount=self.is_discount,
        )


def lines_in_force(context: WriteContext, package_id: int) -> list[Line]:
    """The lines of a subscription that are neither replaced nor canceled, in their order."""
    numbers = context.connection.execute(
        "SELECT line_item_id FROM package_lines WHERE package_id = ? AND is_replaced = 0"
        " AND (cancel_datetime IS NULL OR cancel_datetime > ?)"
        " AND (expire_datetime IS NULL OR expire_datetime > ?)"
        " ORDER BY coalesce(origin_line_id, line_item_id), line_item_id",
        (package_id, context.now, context.now),
    ).fetchall()
    return _lines(context, [number for (number,) in numbers])


def replaced_lines_in_use(context: WriteContext, package_id: int) -> list[Line]:
    """The metered lines that others took the place of, and whose usage is still to be billed."""
    numbers = context.connection.execute(
        "SELECT line_item_id FROM package_lines WHERE package_id = ? AND is_replaced = 1 AND line_item_id IN"
        " (SELECT line_item_id FROM usages WHERE invoice_id IS NULL) ORDER BY line_item_id",
        (package_id,),
    ).fetchall()
    lines = _lines(context, [number for (number,) in numbers])
    return [line for line in lines if line.is_metered]


def _lines(context: WriteContext, numbers: Iterable[int]) -> list[Line]:
    rows = [row for number in numbers if (row := context.row("package_lines", "line_item_id", number))]
    prices = prices_of(context, (row["tierset_id"] for row in rows))
    return [
        Line(row, item, prices.get(row["tierset_id"], Prices()))
        for row in rows
        if (item := context.row("items", "item_id", row["item_id"]))
    ]


def percent_off(line: Line, subtotal: int) -> int:
    """What a discount by percentage takes off, in the units of the subtotal; 0 or less."""
    if not line.is_discount:
        return 0
    return -rounded(Fraction(abs(line.prices.percent)) * subtotal / 100)


def refresh_mrr(context: WriteContext, customer_id: int) -> None:
    """Computes the recurring revenue per month of a customer again, and of its subscriptions, of those in force.

    Trials earn nothing yet, and what is metered is not known before.
    """
    total = 0
    packages = context.connection.execute(
        "SELECT package_id, paycycle, currency_id, mrr, package_status_str IN ('active-current', 'active-overdue')"  # noqa: S608 - our own names
        f" AND NOT {SUSPENDED} AND NOT {ENDED} FROM packages t WHERE customer_id = :customer",
        {"customer": customer_id, "tomorrow": tomorrow(context.today, context.clock.zone)},
    ).fetchall()
    for package_id, paycycle, currency_id, before, in_force in packages:
        mrr = _mrr(context, package_id, paycycle, currency_id) if in_force else 0
        total += mrr
        if mrr != before:
            context.update("packages", "package_id", package_id, {"mrr": mrr})
    context.update("customers", "customer_id", customer_id, {"mrr": total})


def _mrr(context: WriteContext, package_id: int, paycycle: str, currency_id: int) -> int:
    unit = context.lookups.currency(currency_id).unit
    lines = [line for line in lines_in_force(context, package_id) if not line.is_metered]
    subtotal = sum(line.cost(line.quantity, paycycle).minor(unit) for line in lines)
    subtotal += sum(percent_off(line, subtotal) for line in lines)
    return rounded(subtotal / months(paycycle))
