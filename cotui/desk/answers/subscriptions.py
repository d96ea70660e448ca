"""What one row of a subscription says: how it stands, how often it bills, and when the next time is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from cotui.api import Record
from cotui.catalog.objects.package import STATUS
from cotui.desk.amounts import Amount
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.methods import Method, chosen
from cotui.desk.answers.page import Column, Ref, Row, Tone
from cotui.desk.answers.values import Currencies, cycle_words, day_in, ref_in, text_in

COLUMNS: Final = (
    Column("name", "Subscription"),
    Column("status", "Status"),
    Column("cycle", "Cycle", drop=2),
    Column("next", "Next bill", drop=1),
)
#: which of them has the tone
STATUS_COLUMN: Final = 1
_WORDS: Final = {choice.value: choice.label.casefold() for choice in STATUS}
_ACTIVE, _SUSPENDED = "active", "suspended"
#: while it lasts the account counts no revenue, and its bills come after it
_TRIAL: Final = "active-trial"
#: cycles whose bill the account tells: the revenue of a month is that of a bill
_MONTHLY: Final = "mon"


class SubscriptionLine(NamedTuple):
    """A subscription as one row tells of it; None for what the row does not tell."""

    record: Record
    ref: Ref | None
    name: str
    status: str
    cycle: str
    next: date | None
    #: what a month comes to by the account's own figure, before tax and usage; None during a trial, which has no figure
    monthly: Amount | None
    #: the next bill, before tax and usage; None where the account does not tell
    amount: Amount | None
    method: Method | None
    customer: Ref | None
    suspended_to: date | None
    canceled: date | None

    @property
    def title(self) -> str:
        """ "Hosting M", or its number, in the middle of a sentence."""
        return self.name or f"subscription {self.ref}"

    @property
    def heading(self) -> str:
        """The same at the beginning of a line."""
        return self.name or f"Subscription {self.ref}"

    @property
    def told(self) -> bool:
        """Whether the row tells when the next bill is, or that there is none."""
        if self.status and not self.status.startswith((_ACTIVE, _SUSPENDED)):
            return True
        row = self.record.raw
        ends = "suspendto_datetime" in row or not self.status.startswith(_SUSPENDED)
        return bool(self.status) and "next_invoice_datetime" in row and ends

    @property
    def bills(self) -> bool:
        """Whether a bill is to come: it runs, or is suspended until a day before that."""
        if self.next is None:
            return False
        if self.status.startswith(_SUSPENDED):
            return self.suspended_to is not None and self.suspended_to <= self.next
        return self.status.startswith(_ACTIVE)


def subscription_line(
    record: Record, currencies: Currencies, methods: Iterable[Method] = (), *, whole: bool = True
) -> SubscriptionLine:
    """What a row says of a subscription.

    Args:
        methods: the ways to pay that are known.
        whole: there are no others.
    """
    row = record.raw
    status = text_in(row, "package_status_str")
    monthly = currencies.amount(row, "mrr")
    if status == _TRIAL or (not status and monthly is not None and not monthly.amount):
        monthly = None  # a trial has no revenue yet, and where no status is told it may be one
    return SubscriptionLine(
        record,
        record.ref,
        text_in(row, "nickname"),
        status,
        cycle_words(row),
        day_in(row, "next_invoice_datetime"),
        monthly,
        monthly if row.get("paycycle") == _MONTHLY else None,
        chosen(row, list(methods), whole=whole),
        ref_in(row, "customer_id"),
        day_in(row, "suspendto_datetime"),
        day_in(row, "cancel_datetime"),
    )


def standing(line: SubscriptionLine) -> tuple[str, Tone]:
    """How a subscription stands, in a few words."""
    word = _WORDS.get(line.status) or text_in(line.record.raw, "package_status_name") or line.status
    if line.status == "active-current":
        return "active", "good"
    if line.status == "active-overdue":
        return "active, over due", "bad"
    if line.status.startswith(_SUSPENDED):
        return f"{word} to {line.suspended_to}" if line.suspended_to else word, "waiting"
    if line.status.startswith(_ACTIVE):
        return word, "waiting"
    return word, "quiet"


def next_bill(lines: Iterable[SubscriptionLine]) -> SubscriptionLine | None:
    """The subscription whose bill comes first; None where none is to come."""
    coming = [line for line in lines if line.bills]
    return min(coming, key=lambda line: (line.next or date.max, str(line.ref)), default=None)


def price_words(line: SubscriptionLine) -> str:
    """ "72.00 USD a month"; "" where the account does not tell."""
    return f"{line.monthly.text} a month" if line.monthly is not None and line.monthly.amount else ""


def subscription_row(line: SubscriptionLine) -> Row:
    """A subscription as a line of a table."""
    words, tone = standing(line)
    following = f"next {line.next}" if line.bills else ""
    said = [
        line.heading,
        words,
        line.cycle,
        f"next bill {line.next}" if line.bills else "",
        price_words(line),
    ]
    return Row(
        "package",
        line.ref,
        (line.heading, words, line.cycle, following),
        line.monthly,
        tone,
        ", ".join(filter(None, said)),
        line.record,
    )


def subscription_json(line: SubscriptionLine) -> forms.Json:
    """A subscription as JSON."""
    return {
        "id": line.ref,
        "name": line.name or None,
        "status": line.status,
        "cycle": line.cycle or None,
        "next_date": forms.day(line.next),
        "amount": forms.money(line.amount),
        "pay_method": line.method.label if line.method is not None else None,
    }


def next_json(line: SubscriptionLine | None) -> forms.Json | None:
    """A bill to come as JSON."""
    if line is None:
        return None
    return {
        "date": forms.day(line.next),
        "subscription_id": line.ref,
        "name": line.name or None,
        "cycle": line.cycle or None,
        "amount": forms.money(line.amount),
    }
