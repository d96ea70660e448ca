"""What is read to answer about an invoice, and what that says: pure functions of what was read."""

from __future__ import annotations

from typing import NamedTuple

from cotui.api import Record
from cotui.catalog import RESOURCES
from cotui.desk.amounts import Amount, sums
from cotui.desk.answers.answer import Situation
from cotui.desk.answers.customer_parts import (
    MOST_SINGLE,
    SINGLE,
    customer_of,
    customer_part,
    equals,
    notes_of,
    of_customer,
)
from cotui.desk.answers.invoice_lines import lines_of
from cotui.desk.answers.invoices import (
    InvoiceLine,
    Scheduled,
    Why,
    declines_of,
    invoice_line,
    schedule_of,
    why_open,
)
from cotui.desk.answers.page import Ref
from cotui.desk.answers.parts import Part
from cotui.desk.answers.payments import PaymentLine, payment_line
from cotui.desk.answers.values import Values, ref_in
from cotui.query import Order, Query


class AppliedHere(NamedTuple):
    """A transaction, and what of it lies on this invoice; None where that is not told."""

    line: PaymentLine
    amount: Amount | None


class InvoiceFacts(NamedTuple):
    """What is known of an invoice; None is not known.

    Attributes:
        invoice: as its own record, or a list, tells.
        customer: whose it is.
        lines: with what each comes to.
        applied: what lies on it, the last first.
        declines: the attempts to pay it that failed, the last first, as far as it can be told that they were for it.
        schedule: the payments that are planned for it.
    """

    invoice: InvoiceLine | None
    customer: Ref | None
    lines: list[tuple[Values, Amount | None]] | None
    applied: tuple[AppliedHere, ...]
    declines: tuple[PaymentLine, ...]
    schedule: list[Scheduled] | None
    why: Why


def invoice_parts(ref: Ref, row: Record | None) -> list[Part]:
    """What can be read at once."""
    found = [Part("invoice", RESOURCES["invoice"], ref)]
    if isinstance(ref, int):
        found += _by_number(ref)
    if row is not None:
        found += _around(ref_in(row.raw, "customer_id"), ref_in(row.raw, "package_id"))
    return found


def _by_number(ref: Ref) -> list[Part]:
    paid = Query((equals("applied_to.invoice_id", ref),), (Order("transaction_id", True),))
    return [
        Part("payments", RESOURCES["transaction"], query=paid, expand="applied_to"),
        notes_of("invoice", ref),
    ]


def _around(customer: Ref | None, package: Ref | None) -> list[Part]:
    found = []
    if customer is not None:
        failed = Query(
            (equals("customer_id", customer), equals("gateway_status", 0)), (Order("transaction_id", True),)
        )
        found += [
            customer_part(customer),
            Part("declines", RESOURCES["transaction"], query=failed, mine=of_customer(customer)),
        ]
    if package is not None:
        found.append(Part("subscription", RESOURCES["package"], package))
    return found


def more_of_invoice(now: Situation) -> list[Part]:
    """What its own record leads to, and the transactions whose rows don't tell what lies where."""
    own = now.sections.get("invoice")
    record = own.record if own is not None else None
    found: list[Part] = []
    if record is not None:
        if record.ref is not None:
            found += _by_number(record.ref)
        found += _around(customer_of(now, "invoice"), ref_in(record.raw, "package_id"))
    untold = [row.ref for row in now.rows("payments") if not isinstance(row.raw.get("applied_to"), list)]
    found += (
        Part(f"{SINGLE}{ref}", RESOURCES["transaction"], ref)
        for ref in untold[:MOST_SINGLE]
        if ref is not None
    )
    return found


def invoice_facts(now: Situation) -> InvoiceFacts:
    """What was read of an invoice, put together."""
    currencies = now.currencies
    own = now.sections.get("invoice")
    single = own.record if own is not None else None
    record = single or now.row
    invoice = None if record is None else invoice_line(record, currencies, now.today)
    number = invoice.ref if invoice is not None else now.ref
    paid = []
    for row in now.rows("payments"):
        alone = now.sections.get(f"{SINGLE}{row.ref}")
        line = payment_line((alone.record if alone is not None else None) or row, currencies)
        here = None
        if line.invoices is not None:
            found = sums(part.amount for part in line.invoices if part.invoice == number)
            here = found[0] if len(found) == 1 and not found[0].at_least else None
        paid.append(AppliedHere(line, here))
    declines: list[PaymentLine] = []
    schedule = schedule_of(single, currencies) if single is not None else None
    if invoice is not None:
        failed = [payment_line(row, currencies) for row in now.rows("declines")]
        declines = declines_of(invoice, failed)
    return InvoiceFacts(
        invoice,
        customer_of(now, "invoice"),
        lines_of(single, currencies),
        tuple(one for one in paid if one.line.status != "declined"),
        tuple(declines),
        schedule,
        why_open(invoice, schedule, declines) if invoice is not None else Why(None, ""),
    )
