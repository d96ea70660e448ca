"""What one row of an invoice says: how much, until when, how it stands, and why it is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from cotui.api import Record
from cotui.desk.amounts import Amount
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.page import Column, Row, Tone
from cotui.desk.answers.payments import PaymentLine, when
from cotui.desk.answers.values import (
    Currencies,
    Values,
    day_in,
    days_words,
    flag_in,
    parts_in,
    text_in,
    whole_in,
)

COLUMNS: Final = (
    Column("number", "Number"),
    Column("date", "Date", drop=2),
    Column("due", "Due", drop=1),
    Column("status", "Status"),
)
#: which of them has the tone
STATUS_COLUMN: Final = 3
_OPEN: Final = "o"


class Scheduled(NamedTuple):
    """One payment that an invoice is to be paid by."""

    day: date | None
    amount: Amount | None
    balance: Amount | None
    method: str


class InvoiceLine(NamedTuple):
    """An invoice as one row tells of it; None for what the row does not tell."""

    record: Record
    ref: int | str | None
    number: str
    made: date | None
    due: date | None
    #: days past the due date; 0 for one that is not late, or not open
    late: int | None
    #: None where the row does not tell
    open: bool | None
    void: bool
    collections: bool
    status: str
    total: Amount | None
    balance: Amount | None
    #: payments, credits and write-offs that lie on it
    applied: Amount | None
    #: attempts to pay that failed
    declines: int | None
    paid_on: date | None

    @property
    def overdue(self) -> bool | None:
        """Whether money is due and the due date has passed; None where the row does not tell."""
        return None if self.late is None else self.late > 0

    @property
    def name(self) -> str:
        return f"invoice {self.number}"


class Why(NamedTuple):
    """Why an invoice is open: the most telling reason as a word for programs, all reasons in words."""

    code: str | None
    text: str


def invoice_line(record: Record, currencies: Currencies, today: date) -> InvoiceLine:
    """What a row says of an invoice."""
    row = record.raw
    status = text_in(row, "invoice_status_str")
    void = bool(flag_in(row, "is_void")) or status == "closed-void"
    state = text_in(row, "invoice_status_state") or status[:1]
    paid = flag_in(row, "is_paid")
    is_open = state == _OPEN if state else None if paid is None else not paid
    return InvoiceLine(
        record,
        record.ref,
        text_in(row, "refnumber") or str(record.ref or ""),
        day_in(row, "date"),
        day_in(row, "due_date"),
        0 if is_open is False else _late(record, today),
        is_open,
        void,
        status == "open-collections",
        status,
        currencies.amount(row, "total"),
        currencies.amount(row, "balance"),
        currencies.amount(row, "applied") or _applied(row, currencies),
        whole_in(row, "declines"),
        day_in(row, "paid_date"),
    )


def _applied(row: Values, currencies: Currencies) -> Amount | None:
    """What lies on an invoice whose row has no sum of it: the total less what is still to pay."""
    total, balance = currencies.amount(row, "total"), currencies.amount(row, "balance")
    if total is None or balance is None or flag_in(row, "is_void"):
        return None
    return total.less(balance)


def _late(record: Record, today: date) -> int | None:
    """Days past the due date: as the account counts them, else from the due date."""
    days = whole_in(record.raw, "days_overdue")
    if days is not None:
        return max(0, days)
    due = day_in(record.raw, "due_date")
    if due is not None:
        return max(0, (today - due).days)
    return 0 if flag_in(record.raw, "is_overdue") is False else None


def schedule_of(record: Record, currencies: Currencies) -> list[Scheduled] | None:
    """The payments that an invoice is to be paid by, the next first; None where the record does not tell."""
    parts = parts_in(record.raw, "schedule")
    if parts is None:
        return None
    found = [
        Scheduled(
            day_in(part, "date") or day_in(part, "due_date"),
            currencies.amount(part, "amount", record.raw),
            currencies.amount(part, "balance", record.raw),
            text_in(part, "paymethod"),
        )
        for part in parts
    ]
    return sorted(found, key=lambda one: one.day or date.max)


def standing(line: InvoiceLine, today: date) -> tuple[str, Tone]:
    """How an invoice stands, in a few words: "30 days late", "due in 5 days", "paid 2026-09-20"."""
    if line.void:
        return "void", "quiet"
    if line.open is False:
        return (f"paid {line.paid_on}" if line.paid_on else "paid"), "good"
    if line.open is None and line.balance is not None and not line.balance.amount:
        return "paid", "good"
    late = f"{days_words(line.late)} late" if line.late else ""
    if line.collections:
        return ", ".join(filter(None, ("in collections", late))), "bad"
    if late:
        return late, "bad"
    if line.due is None:
        return "open", "waiting"
    days = (line.due - today).days
    return ("due today" if not days else f"due in {days_words(days)}" if days > 0 else "open"), "waiting"


def why_open(
    line: InvoiceLine, schedule: Sequence[Scheduled] | None = None, declines: Sequence[PaymentLine] = ()
) -> Why:
    """Why an invoice is open; an empty text for one that is not, or where nothing tells.

    Args:
        schedule: the payments it is to be paid by; None where that is not known.
        declines: the attempts to pay it that failed, the last one first, as far as they are known.
    """
    if line.open is False or line.void:
        return Why(None, "")
    found: list[tuple[str, str]] = []
    number = max(line.declines or 0, len(declines))
    if number:
        found.append(("declined", _declined(number, declines)))
    if line.collections:
        found.append(("collections", "in collections"))
    if line.applied is not None and line.applied.amount:
        of_all = f" of {line.total.number}" if line.total is not None else ""
        found.append(("part_paid", f"{line.applied.text}{of_all} paid"))
    if planned := [one for one in schedule or () if one.balance is None or one.balance.amount]:
        next_one = planned[0]
        amount = f"{next_one.amount.text} " if next_one.amount is not None else ""
        found.append(("scheduled", f"{amount}scheduled for {next_one.day or 'a day not told'}"))
    if not found and line.declines == 0 and line.applied is not None:
        found.append(("never_charged", "never charged"))
    return Why(found[0][0] if found else None, "; ".join(text for _, text in found))


def _declined(number: int, declines: Sequence[PaymentLine]) -> str:
    times = "once" if number == 1 else f"{number:,} times"
    text = f"declined {times}"
    if declines:
        last = declines[0]
        if last.date is not None:
            text += f" on {last.date}" if number == 1 else f", last on {last.date}"
        if last.reason:
            text += f': "{last.reason}"'
    return text


def declines_of(
    line: InvoiceLine, payments: Sequence[PaymentLine], others: Sequence[InvoiceLine] = ()
) -> list[PaymentLine]:
    """The attempts to pay an invoice that failed, the last one first.

    What failed lies on no invoice, so mostly no row names it. Then those count that were tried since the invoice's day over
    just what was to pay, where the invoice counts at least as many, and no other invoice comes to as much.

    Args:
        others: the customer's other open invoices.
    """
    failed = [payment for payment in payments if payment.status == "declined" and payment.kind == "payment"]
    named = [
        payment for payment in failed if any(part.invoice == line.ref for part in payment.invoices or ())
    ]
    if not named and line.declines:
        wanted = {amount for amount in (line.balance, line.total) if amount is not None and amount.amount}
        alike = [one for one in others if one.ref != line.ref and wanted & {one.balance, one.total}]
        fitting = [
            payment
            for payment in failed
            if payment.amount in wanted and (line.made is None or (payment.date or line.made) >= line.made)
        ]
        named = fitting if not alike and len(fitting) <= line.declines else []
    return sorted(named, key=when, reverse=True)


def invoice_row(line: InvoiceLine, today: date, *, rest: bool = True) -> Row:
    """An invoice as a line of a table.

    Args:
        rest: its amount is what is still to pay; else what it came to.
    """
    words, tone = standing(line, today)
    amount = line.balance if rest and line.open is not False else line.total
    said = [f"Invoice {line.number}"]
    if line.due is not None and line.open is not False and words != "due today":
        said.append(f"due {line.due}")
    said += [words, amount.text if amount is not None else ""]
    return Row(
        "invoice",
        line.ref,
        (line.number, str(line.made or ""), f"due {line.due}" if line.due else "", words),
        amount,
        tone,
        ", ".join(filter(None, said)),
        line.record,
    )


def invoice_json(line: InvoiceLine, why: Why | None = None) -> forms.Json:
    """An invoice as JSON.

    Args:
        why: why it is open, where more is known of that than its row tells.
    """
    why = why_open(line) if why is None else why
    return {
        "id": line.ref,
        "number": line.number,
        "date": forms.day(line.made),
        "due_date": forms.day(line.due),
        "days_late": line.late,
        "status": line.status,
        "why": why.code,
        "why_text": why.text or None,
        "total": forms.money(line.total),
        "balance": forms.money(line.balance),
        "declines": line.declines,
    }
