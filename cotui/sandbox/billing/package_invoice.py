"""The invoice of a subscription's cycle: made from its lines, with the usage that was noted since the last one.

Not carried out: prorating of lines that came or went within a cycle; a line is billed for whole cycles.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cotui.catalog.types.number import LARGEST
from cotui.sandbox.billing import mail
from cotui.sandbox.billing.cycles import days_after, later, next_after, run_of
from cotui.sandbox.billing.package_money import (
    Line,
    lines_in_force,
    percent_off,
    refresh_mrr,
    replaced_lines_in_use,
)
from cotui.sandbox.billing.prices import Cost, copied_item
from cotui.sandbox.billing.taxes import Tax, tax_of, taxed
from cotui.sandbox.billing.totals import refresh_invoice, refresh_totals
from cotui.sandbox.database.schema import RATE_SCALE
from cotui.sandbox.database.served_values import ADDRESSES
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid

_NOTHING = "This package does not have any line items to invoice."
#: kinds of usage of which not the sum counts
_LARGEST_COUNTS, _LATEST_COUNTS = "max", "lat"


class NothingToInvoiceError(BadRequestError):
    """A subscription has no line that is still billed."""


def make_invoice(context: WriteContext, package: Mapping[str, Any], day: date) -> int:
    """Bills a subscription (a row of its table) for its next cycle; answers the invoice.

    Args:
        day: date of the invoice.

    Raises:
        NothingToInvoiceError: it has no lines, or the last one has just been billed for the last time.
        BadRequestError: its discounts are more than all else.
    """
    package_id, customer_id = package["package_id"], package["customer_id"]
    customer = context.row("customers", "customer_id", customer_id) or {}
    lines = [*replaced_lines_in_use(context, package_id), *lines_in_force(context, package_id)]
    if not lines:
        raise NothingToInvoiceError(_NOTHING)
    last, index = context.connection.execute(
        "SELECT max(date), coalesce(max(invoice_index), 0) FROM invoices WHERE package_id = ?", (package_id,)
    ).fetchone()
    own_address = any(package[name] for name in ADDRESSES)
    address = {name: (package if own_address else customer)[name] for name in ADDRESSES}
    terms_days = context.lookups.terms_of(package["terms_id"]).days
    end = later(day, package["paycycle"]) - timedelta(days=1)
    invoice_id = context.insert(
        "invoices",
        {
            **address,
            "refnumber": "",
            "invoice_index": index + 1,
            "package_id": package_id,
            "customer_id": customer_id,
            "brand_id": package["brand_id"],
            "currency_id": package["currency_id"],
            "class_id": package["class_id"],
            "admin_id": package["admin_id"],
            "terms_id": package["terms_id"],
            "paycycle": package["paycycle"],
            "token": context.token(),
            "date": day.isoformat(),
            "due_date": (day + timedelta(days=terms_days)).isoformat(),
            "cycle_this_date": day.isoformat(),
            "cycle_pre_from_date": day.isoformat(),
            "cycle_pre_to_date": end.isoformat(),
            "cycle_post_from_date": last,
            "cycle_post_to_date": (day - timedelta(days=1)).isoformat() if last else None,
            **context.written,
        },
    )
    context.update("invoices", "invoice_id", invoice_id, {"refnumber": str(invoice_id)})
    tax = None
    if not customer["no_taxes"]:
        tax = tax_of(context.connection, address["bill_country"], address["bill_state"])
    writer = _Lines(context, package, invoice_id, day, tax)
    writer.write(lines)
    if not writer.written:
        raise NothingToInvoiceError(_NOTHING)
    refresh_invoice(context.connection, invoice_id, context.today)
    invoice = context.row("invoices", "invoice_id", invoice_id) or {}
    if invoice["total"] < 0:
        raise BadRequestError("The total of an invoice cannot be negative.")
    refresh_totals(context.connection, customer_id)
    advance(context, package, day)
    refresh_mrr(context, customer_id)
    if customer["invoice_delivery"] == "email":
        subject, body = mail.invoice_template(context, invoice)
        context.email(
            to=mail.contact(context, customer_id), subject=subject, body=body, cause="package.invoice"
        )
    else:
        mail.letter(context, invoice)
    return invoice_id


def advance(context: WriteContext, package: Mapping[str, Any], day: date) -> None:
    """Moves a subscription to its next cycle: the one after that of a day, which was billed or left out."""
    zone, paycycle = context.clock.zone, package["paycycle"]
    scheduled = day
    if package["next_invoice_datetime"] is not None:
        scheduled = datetime.fromtimestamp(package["next_invoice_datetime"], zone).date()
    anchor = scheduled
    if package["start_datetime"] is not None:
        start = datetime.fromtimestamp(package["start_datetime"], zone).date()
        # a month that was too short must not move the day for good
        if start < scheduled and next_after(start, paycycle, scheduled - timedelta(days=1)) == scheduled:
            anchor = start
    following = next_after(anchor, paycycle, max(day, scheduled))
    values: dict[str, Any] = {"next_invoice_datetime": run_of(following, zone), "mod_datetime": context.now}
    if package["package_status_str"] == "active-trial" and not _in_trial(context, package["package_id"]):
        values["package_status_str"] = "active-current"
    context.update("packages", "package_id", package["package_id"], values)


def _in_trial(context: WriteContext, package_id: int) -> bool:
    lines = context.connection.execute(
        "SELECT subscribe_datetime, trial_days FROM package_lines WHERE package_id = ? AND is_replaced = 0"
        " AND subscribe_datetime IS NOT NULL",
        (package_id,),
    ).fetchall()
    return bool(lines) and all(_is_free(context, *line) for line in lines)


def _is_free(context: WriteContext, since: int | None, trial_days: int) -> bool:
    """Whether a line that was subscribed to at a moment is still on trial."""
    return days_after(since or 0, trial_days, context.clock.zone) > context.now


class _Lines:
    """Writes the lines of one invoice."""

    def __init__(
        self, context: WriteContext, package: Mapping[str, Any], invoice_id: int, day: date, tax: Tax | None
    ) -> None:
        self._context = context
        self._paycycle = package["paycycle"]
        self._invoice_id = invoice_id
        self._day = day
        self._tax = tax
        self._unit = context.lookups.currency(package["currency_id"]).unit
        self._subtotal = 0
        #: how many lines the invoice has got
        self.written = 0

    def write(self, lines: list[Line]) -> None:
        for line in lines:
            if not (line.is_discount and line.prices.percent):
                self._line(line)
        # of what all others come to
        subtotal = self._subtotal
        for line in lines:
            if line.is_discount and line.prices.percent:
                off = percent_off(line, subtotal)
                self._put(
                    line, Cost(off * RATE_SCALE // self._unit, Decimal(1)), {"is_recurring": 1}, total=off
                )

    def _line(self, line: Line) -> None:
        row, recurs = line.row, self._recurrences(line)
        if row["expire_recurs"] and recurs >= row["expire_recurs"]:
            number = row["line_item_id"]
            self._context.update(
                "package_lines", "line_item_id", number, {"expire_datetime": self._context.now}
            )
            return
        if line.prices.setup and not recurs and row["origin_line_id"] is None:
            cost = Cost(line.prices.setup, Decimal(1))
            self._put(line, cost, {"is_setup": 1, "descrip": f"{line.item['name']}: set-up fee"})
        is_free = _is_free(self._context, row["subscribe_datetime"], row["trial_days"])
        values: dict[str, Any] = {
            "number_of_recurs_this": recurs + 1,
            "number_of_recurs_line": recurs + 1,
            "is_free": int(is_free),
            "is_recurring": 1,
        }
        quantity = line.quantity
        if line.item["is_usage"]:
            used, period = self._use(row["line_item_id"])
            values |= {"is_usage": 1, "line_usage": float(used), **period}
            quantity = max(Decimal(0), used - Decimal(str(row["trial_units"])))
        else:
            values["is_base"] = int(not line.is_discount)
        cost = line.cost(quantity, self._paycycle)
        self._put(line, Cost(0, cost.quantity) if is_free else cost, values)

    def _recurrences(self, line: Line) -> int:
        """How often a line was billed before."""
        return int(
            self._context.connection.execute(
                # through the few invoices of the subscription: lines have no index by their origin
                "SELECT count(*) FROM invoices i CROSS JOIN invoice_lines l ON l.invoice_id = i.invoice_id"
                " WHERE i.package_id = ? AND i.stage <> 1 AND l.package_line_id = ? AND l.is_recurring = 1",
                (line.row["package_id"], line.row["line_item_id"]),
            ).fetchone()[0]
        )

    def _use(self, line_item_id: int) -> tuple[Decimal, dict[str, Any]]:
        """What was used of a line and not billed yet; from now on it is."""
        rows = self._context.connection.execute(
            'SELECT usage_id, usage_value, type, "from", "to" FROM usages'
            " WHERE line_item_id = ? AND invoice_id IS NULL ORDER BY usage_id",
            (line_item_id,),
        ).fetchall()
        values: dict[str, list[Decimal]] = {}
        for number, value, kind, _, _ in rows:
            values.setdefault(kind, []).append(Decimal(str(value)))
            self._context.update("usages", "usage_id", number, {"invoice_id": self._invoice_id})
        largest, latest = values.pop(_LARGEST_COUNTS, []), values.pop(_LATEST_COUNTS, [])
        total = sum((value for added in values.values() for value in added), Decimal(0))
        total += max(largest, default=Decimal(0)) + (latest[-1] if latest else Decimal(0))
        moments = [moment for row in rows for moment in row[3:] if moment is not None]
        period: dict[str, Any] = {}
        if moments:
            zone = self._context.clock.zone
            for name, moment in (("usage_from", min(moments)), ("usage_to", max(moments))):
                period[name] = datetime.fromtimestamp(moment, zone).date().isoformat()
        return total, period

    def _put(self, line: Line, cost: Cost, values: Mapping[str, Any], total: int | None = None) -> None:
        if abs(cost.rate * cost.quantity) > LARGEST * RATE_SCALE:
            raise missing_or_invalid()
        total = cost.minor(self._unit) if total is None else total
        item = line.item
        self._subtotal += total
        self.written += 1
        self._context.insert(
            "invoice_lines",
            {
                "invoice_id": self._invoice_id,
                **copied_item(item),
                "tierset_id": line.prices.tierset_id,
                "package_line_id": line.row["line_item_id"],
                "paycycle": self._paycycle,
                "descrip": line.row["descrip"] or item["description"] or item["name"],
                "line_rate": cost.rate,
                "line_quantity": float(cost.quantity),
                "line_total": total,
                **taxed(self._tax, item, total),
                **{name: line.row[name] for name in ("custom_1", "custom_2", "custom_3")},
                **values,
            },
        )
