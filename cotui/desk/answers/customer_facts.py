"""What is said of a customer, as numbers: pure functions of what was read.

Never a smaller number: what depends on rows that are not here, or that contradict something, is "at least" or not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from cotui.api import Record
from cotui.desk.amounts import Amount, amount_in, number_in, sums
from cotui.desk.answers.answer import Situation
from cotui.desk.answers.customer_parts import CHILD, METHODS, MOST_CHILDREN, SINGLE
from cotui.desk.answers.invoices import InvoiceLine, Why, declines_of, invoice_line, why_open
from cotui.desk.answers.methods import Method, chosen, method_of, with_default
from cotui.desk.answers.page import Count
from cotui.desk.answers.parts import Section
from cotui.desk.answers.payments import PaymentLine, latest, payment_line, unapplied_of
from cotui.desk.answers.subscriptions import SubscriptionLine, next_bill, subscription_line
from cotui.desk.answers.values import Values

Amounts = tuple[Amount, ...]


class Collections(NamedTuple):
    """What is in collections."""

    number: Count
    amounts: Amounts


class CustomerFacts(NamedTuple):
    """What is known of a customer; None is not known, and of a payment or bill also that there is none.

    Attributes:
        values: the customer's own fields, from the record or from a list.
        stated: the balance that the account states.
        owes: what is to pay on the customer's own open invoices, by currency; none where nothing is.
        overdue: that of it whose day has passed.
        oldest: the invoice that is overdue longest.
        open: the open invoices, the one that is due first at the beginning.
        why: why the one that asks most for it is open, with that invoice.
        method: what pays where nothing else is said.
        last_payment: the last one that was made; None where there is none, or where not all payments are here.
        last_read: the last of those that were read.
        children_owe: what customers below it owe, which is none of its own; None where there is none below, or not known.
    """

    values: Values
    stated: Amount | None
    owes: Amounts | None
    overdue: Amounts | None
    oldest: InvoiceLine | None
    collections: Collections | None
    open: tuple[InvoiceLine, ...]
    latest: tuple[InvoiceLine, ...]
    why: tuple[InvoiceLine, Why] | None
    unapplied: Amounts | None
    unused: tuple[PaymentLine, ...]
    payments: tuple[PaymentLine, ...]
    last_payment: PaymentLine | None
    last_read: PaymentLine | None
    last_decline: PaymentLine | None
    methods: tuple[Method, ...]
    method: Method | None
    subscriptions: tuple[SubscriptionLine, ...]
    next: SubscriptionLine | None
    #: whether all subscriptions are here and tell when their next bills are
    bills_known: bool
    #: whether all payments are here and tell when they were and how they ended
    payments_known: bool
    children: int
    children_owe: Amounts | None


def customer_facts(now: Situation) -> CustomerFacts:
    """What was read of a customer, put together. Parts that contradict each other are not believed to be whole."""
    sections, currencies = now.sections, now.currencies
    own = sections.get("customer")
    record = (own.record if own is not None else None) or now.row
    values: Values = record.raw if record is not None else {}
    invoices = sections.get("open_invoices")
    lines = [invoice_line(row, currencies, now.today) for row in now.rows("open_invoices")]
    lines.sort(key=lambda line: (line.due or line.made or now.today, str(line.number)))
    transactions = sections.get("payments")
    payments = [payment_line(_single(now, row), currencies) for row in now.rows("payments")]
    latest_lines = [invoice_line(row, currencies, now.today) for row in now.rows("latest_invoices")]
    some_paid = (number_in(values.get("paid")) or 0) > 0 or any(
        _paid_on(line) > 0 for line in (*lines, *latest_lines)
    )
    all_paid = transactions is not None and transactions.whole and (bool(payments) or not some_paid)
    told = all_paid and all(line.told for line in payments)
    methods = [
        method_of(row, sections[name].part.resource.primary_key, now.today)
        for name in METHODS
        for row in now.rows(name)
    ]
    all_methods = all(name in sections and sections[name].whole for name in METHODS)
    method = chosen(values, methods, prefix="default_", whole=all_methods)
    packages = sections.get("subscriptions")
    subscriptions = [
        subscription_line(row, currencies, methods, whole=all_methods) for row in now.rows("subscriptions")
    ]
    known = packages is not None and packages.whole and all(line.told for line in subscriptions)
    unapplied = unapplied_of(payments) if all_paid else None
    stated = amount_in(values, "balance")
    here = {line.ref for line in lines}
    sure = (
        invoices is not None
        and invoices.whole
        and all(line.ref in here for line in latest_lines if line.open)
        and _agrees(lines, stated, unapplied)
    )
    return CustomerFacts(
        values,
        stated,
        _sum(invoices, lines, sure),
        _sum(
            invoices,
            [line for line in lines if line.overdue],
            sure and all(line.overdue is not None for line in lines),
        ),
        _oldest(lines) if sure else None,
        _collections(invoices, lines, sure),
        tuple(lines),
        tuple(latest_lines),
        _why(lines, payments),
        unapplied,
        tuple(line for line in payments if line.unapplied is not None and line.unapplied.amount > 0),
        tuple(payments),
        latest(payments) if told else None,
        latest(payments),
        latest(payments, declined=True) if told else None,
        tuple(with_default(methods, method)),
        method,
        tuple(subscriptions),
        next_bill(subscriptions) if known else None,
        known,
        told,
        len(now.rows("children")),
        _children_owe(now),
    )


def _paid_on(line: InvoiceLine) -> Decimal:
    """What transactions paid of an invoice: a write-off need not be one."""
    if line.applied is None:
        return Decimal(0)
    return line.applied.amount - (number_in(line.record.raw.get("writeoffs")) or 0)


def _single(now: Situation, row: Record) -> Record:
    """A transaction as it is read alone, where its row in a list did not tell what of it is unused."""
    alone = now.sections.get(f"{SINGLE}{row.ref}")
    return (alone.record if alone is not None else None) or row


def _agrees(lines: Sequence[InvoiceLine], stated: Amount | None, unapplied: Amounts | None) -> bool:
    """Whether open invoices come to what the account states, or to more.

    Where it states more, some may be missing although as many came as were counted. Whether unused money is taken off
    what is stated differs. Sums of several currencies are stated nowhere.
    """
    found = sums(line.balance for line in lines)
    if stated is None or len(found) > 1 or (found and found[0].currency != stated.currency):
        return True
    owed = found[0].amount if found else stated.amount * 0
    less = sum((one.amount for one in unapplied or () if one.currency == stated.currency), start=owed * 0)
    return stated.amount <= owed or stated.amount == owed - less


def _sum(section: Section | None, lines: Sequence[InvoiceLine], sure: bool) -> Amounts | None:
    """What invoices come to; None where nothing is known of them."""
    if section is None or section.state in ("refused", "failed", "reading"):
        return None
    found = tuple(one for one in sums((line.balance for line in lines), at_least=not sure) if one.amount)
    unsure = not sure or any(line.balance is None for line in lines)
    return None if unsure and not found else found


def _oldest(lines: Sequence[InvoiceLine]) -> InvoiceLine | None:
    """The invoice that is overdue longest; None where there is none, or one does not tell."""
    if any(line.late is None for line in lines):
        return None
    late = [line for line in lines if line.late]
    return max(late, key=lambda line: (line.late or 0, str(line.due or "")), default=None)


def _collections(section: Section | None, lines: Sequence[InvoiceLine], sure: bool) -> Collections | None:
    if section is None or section.state in ("refused", "failed", "reading"):
        return None
    inside = [line for line in lines if line.collections]
    told = sure and all(line.status for line in lines)
    if not told and not inside:
        return None
    amounts = sums((line.balance for line in inside), at_least=not told)
    if inside and not amounts:  # how much is told by none of them
        return None
    return Collections(Count(len(inside), exact=told), amounts)


def _why(lines: Sequence[InvoiceLine], payments: Sequence[PaymentLine]) -> tuple[InvoiceLine, Why] | None:
    """Why the invoice is open that asks most for it: one that was declined and is late, one that is late, any declined."""
    asked = sorted(lines, key=lambda line: (not line.late, not line.declines, -(line.late or 0)))
    for line in asked[:1]:
        why = why_open(line, None, declines_of(line, payments, lines))
        if why.text and (line.late or line.declines):
            return line, why
    return None


def _children_owe(now: Situation) -> Amounts | None:
    """What the customers below owe together, as far as their invoices came."""
    below = now.sections.get("children")
    if below is None or not below.rows:
        return None
    parts = {name: section for name, section in now.sections.items() if name.startswith(CHILD)}
    if not parts or any(section.state == "reading" for section in parts.values()):
        return None
    whole = (
        below.whole
        and len(below.rows) <= MOST_CHILDREN
        and len(parts) == len(below.rows)
        and all(section.whole for section in parts.values())
    )
    currencies = now.currencies
    lines = [invoice_line(row, currencies, now.today) for section in parts.values() for row in section.rows]
    found = tuple(one for one in sums((line.balance for line in lines), at_least=not whole) if one.amount)
    return found if found or whole else None
