"""What one row of a transaction says: what came or went, how it ended, and what of it pays for nothing yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from cotui.api import Record
from cotui.desk.amounts import Amount, sums
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.page import Column, Ref, Row, Tone
from cotui.desk.answers.values import (
    Currencies,
    day_in,
    flag_in,
    last_digits,
    parts_in,
    ref_in,
    text_in,
)

Kind = Literal["payment", "credit", "refund", "other"]
Status = Literal["ok", "declined", "pending", "void", "other"]

COLUMNS: Final = (
    Column("date", "Date"),
    Column("method", "Method", drop=1),
    Column("status", "Status"),
)
#: which of them has the tone
STATUS_COLUMN: Final = 2
_KINDS: Final[dict[str, Kind]] = {"pay": "payment", "cre": "credit", "ref": "refund"}
#: what a balance was given up for: no money that pays for anything
_WRITE_OFF: Final = "wri"
#: beginnings of status codes; only the first is documented, the others are read in its manner
_STATUSES: Final[tuple[tuple[str, Status], ...]] = (
    ("ok", "ok"),
    ("pending", "pending"),
    ("error", "declined"),
    ("declined", "declined"),
    ("void", "void"),
)
#: of refunds, credits and payments alike
_COUNTS: Final = ("ok", "pending")
#: what gateways say where they say nothing
_NO_WORDS: Final = ("", "-")


class Applied(NamedTuple):
    """What of a transaction lies on an invoice; None for an amount that is not told."""

    invoice: Ref | None
    amount: Amount | None


class PaymentLine(NamedTuple):
    """A transaction as one row tells of it; None for what the row does not tell."""

    record: Record
    ref: Ref | None
    date: date | None
    kind: Kind
    #: ChargeOver's own code of its kind
    code: str
    #: "Visa"
    method: str
    #: "x4444", the number of a cheque
    detail: str
    amount: Amount | None
    status: Status
    #: the words of a decline
    reason: str
    error_code: str
    applied: Amount | None
    #: what of it pays for nothing: negative of a refund of such money; nothing of what failed or is void
    unapplied: Amount | None
    #: which invoices; None where the row does not tell
    invoices: tuple[Applied, ...] | None
    #: what a refund pays back
    parent: Ref | None

    @property
    def counts(self) -> bool:
        """Whether it moved money, or is about to: not what failed, nor what is void."""
        return self.status in _COUNTS

    @property
    def told(self) -> bool:
        """Whether the row tells when it was, what it is and how it ended; else it may be any."""
        return self.date is not None and bool(self.code) and self.status != "other"

    @property
    def way(self) -> str:
        """How it was paid: "Visa x4444"."""
        return " ".join(filter(None, (self.method, self.detail)))


def payment_line(record: Record, currencies: Currencies) -> PaymentLine:
    """What a row says of a transaction."""
    row = record.raw
    status = _status(record)
    code = text_in(row, "transaction_type")
    amount = currencies.amount(row, "amount")
    parts = parts_in(row, "applied_to")
    invoices = None
    if parts is not None:
        invoices = tuple(
            Applied(ref_in(part, "invoice_id"), currencies.amount(part, "applied", row)) for part in parts
        )
    applied = currencies.amount(row, "applied") or _sum_of(invoices, amount)
    unapplied = currencies.amount(row, "unapplied")
    if unapplied is None and amount is not None and applied is not None:
        unapplied = amount.less(applied)
    if unapplied is not None and (status in ("declined", "void") or code == _WRITE_OFF):
        unapplied = unapplied._replace(amount=Decimal(0))
    reason = text_in(row, "gateway_msg")
    detail = text_in(row, "transaction_detail")
    return PaymentLine(
        record,
        record.ref,
        day_in(row, "transaction_date") or day_in(row, "transaction_datetime"),
        _KINDS.get(code, "other"),
        code,
        text_in(row, "transaction_method", "gateway_method"),
        last_digits(detail) if "x" in detail.casefold() else detail,
        amount,
        status,
        "" if reason in _NO_WORDS or status == "ok" else reason,
        "" if status == "ok" else text_in(row, "gateway_err_code"),
        applied,
        unapplied,
        invoices,
        ref_in(row, "parent_transaction_id"),
    )


def _status(record: Record) -> Status:
    row = record.raw
    if text_in(row, "void_datetime"):
        return "void"
    code = text_in(row, "transaction_status_str").casefold()
    for beginning, status in _STATUSES:
        if code.startswith(beginning):
            return status
    took = flag_in(row, "gateway_status")
    if took is None or (not code and "void_datetime" not in row):
        return "other"
    return "ok" if took else "declined"


def _sum_of(invoices: Sequence[Applied] | None, amount: Amount | None) -> Amount | None:
    """What lies on invoices, where all of it is told; None where it is not."""
    if invoices is None or amount is None:
        return None
    found = sums(part.amount for part in invoices)
    if not invoices:
        return amount._replace(amount=Decimal(0))
    return found[0] if len(found) == 1 and not found[0].at_least else None


def unapplied_of(lines: Iterable[PaymentLine]) -> tuple[Amount, ...] | None:
    """The money that pays for nothing yet, by currency; None where a line does not tell.

    It counts only where these are all transactions there are: refunds that are missing would make it less.
    """
    counted = [line for line in lines if (line.counts or line.status == "other") and line.code != _WRITE_OFF]
    if any(line.unapplied is None or (line.unapplied.amount and not line.told) for line in counted):
        return None
    return tuple(one for one in sums(line.unapplied for line in counted) if one.amount)


def latest(lines: Iterable[PaymentLine], *, declined: bool = False) -> PaymentLine | None:
    """The last payment that was made, or that was declined; None where there is none among these."""
    wanted = [
        line
        for line in lines
        if line.kind == "payment" and (line.status == "declined" if declined else line.counts)
    ]
    return max(wanted, key=when, default=None)


def when(line: PaymentLine) -> tuple[date, str, int]:
    """What transactions are ordered by in time."""
    moment = text_in(line.record.raw, "transaction_datetime")
    return line.date or date.min, moment, line.ref if isinstance(line.ref, int) else 0


def standing(line: PaymentLine) -> tuple[str, Tone]:
    """How a transaction ended, in a few words: "paid, 150.00 unused", "declined: insufficient funds"."""
    if line.status == "void":
        return "void", "quiet"
    if line.status == "declined":
        return (f"declined: {line.reason}" if line.reason else "declined"), "bad"
    word = {"payment": "paid", "credit": "credit", "refund": "paid back"}.get(line.kind)
    word = word or text_in(line.record.raw, "transaction_type_name").casefold() or "other"
    if line.status == "pending":  # it is not paid yet, and it may still fail
        word = "pending" if word == "paid" else f"{word}, pending"
    if line.unapplied is not None and line.unapplied.amount > 0:
        word += f", {line.unapplied.number} unused"
    if line.status == "pending":
        return word, "waiting"
    return word, "" if line.status == "other" else "good"


def payment_row(line: PaymentLine) -> Row:
    """A transaction as a line of a table."""
    words, tone = standing(line)
    said = [str(line.date or ""), line.way, words, line.amount.text if line.amount is not None else ""]
    return Row(
        "transaction",
        line.ref,
        (str(line.date or ""), line.way, words),
        line.amount,
        tone,
        ", ".join(filter(None, said)),
        line.record,
    )


def payment_json(line: PaymentLine | None) -> forms.Json | None:
    """A transaction as JSON."""
    if line is None:
        return None
    return {
        "id": line.ref,
        "date": forms.day(line.date),
        "type": line.kind,
        "method": line.method or None,
        "detail": line.detail or None,
        "amount": forms.money(line.amount),
        "applied": forms.money(line.applied),
        "unapplied": forms.money(line.unapplied),
        "status": line.status,
        "reason": line.reason or None,
        "code": line.error_code or None,
    }
