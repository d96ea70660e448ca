"""What becomes of the demo's invoices: who pays when, what is credited, refunded, voided or never paid."""

from __future__ import annotations

from collections.abc import Callable

from cotui.sandbox.demo.randomness import Calendar, Randomness
from cotui.sandbox.demo.state import Account

#: invoices.stage
PAID, VOID, COLLECTIONS, OPEN = 0, 1, 2, 3

#: Notes a transaction that is to come: day, kind (pay, cre, wri, ref, failed), account, invoice, amount.
Later = Callable[[int, str, Account, int, int], None]

#: What becomes of an invoice within the days of the demo: its stage; credits, payments, writeoffs and refunds in
#: minor units; the number of declines; paid_day and void_day, which are None when there is none; the last day on
#: which anything happens to it.
InvoiceOutcome = tuple[int, int, int, int, int, int, int | None, int | None, int]


class InvoiceOutcomes:
    """Decides what becomes of one invoice after another."""

    def __init__(self, randomness: Randomness, calendar: Calendar, later: Later) -> None:
        self._randomness = randomness
        self._roll = randomness.roll
        self._today = calendar.today
        self._later = later

    def decide(self, account: Account, invoice_id: int, day: int, due_day: int, total: int) -> InvoiceOutcome:
        """Decides credits, payments and the end of an invoice, and notes the transactions that are to come."""
        roll, today, later = self._roll, self._today, self._later
        chance = roll()
        if total <= 0:
            return PAID, 0, 0, 0, 0, 0, day, None, day
        if chance < 0.03:
            return self._cancelled(account, invoice_id, day, total, refunded=chance < 0.008)
        pay_day = self._pay_day(account, day, due_day)
        credited = 0
        last_day = day
        if chance < 0.08:
            credit_day = day + int(roll() * 15)
            credited = total if chance < 0.035 else max(1, total * (5 + int(roll() * 40)) // 100)
            if credit_day > today:
                credited = 0
            else:
                later(credit_day, "cre", account, invoice_id, credited)
                last_day = credit_day
                if credited == total:
                    return PAID, credited, 0, 0, 0, 0, credit_day, None, credit_day
                pay_day = max(pay_day, last_day)
        due = total - credited
        if 0.08 < chance < 0.088 and due_day + 120 < today:
            write_off = due_day + 120
            later(write_off, "wri", account, invoice_id, due)
            return PAID, credited, 0, due, 0, 0, write_off, None, write_off
        declines = 0
        if account.card and (account.temper == 3 or 0.2 < chance < 0.26):
            declines = self._failures(account, invoice_id, min(pay_day, today), day, due)
        payments = refunds = 0
        if 0.1 < chance < 0.15 and due > 1:
            # in two instalments
            first = due * (30 + int(roll() * 50)) // 100
            second_day = pay_day + 10 + int(roll() * 25)
            if pay_day <= today and first:
                payments = first
                last_day = pay_day
                later(pay_day, "pay", account, invoice_id, first)
            pay_day = second_day
        if pay_day <= today:
            later(pay_day, "pay", account, invoice_id, due - payments)
            payments, last_day = due, pay_day
            if 0.15 < chance < 0.156 and pay_day + 6 <= today and due >= 10:
                # part of the money goes back, a credit closes the gap
                last_day = pay_day + 6
                refunds = due // 5
                payments -= refunds
                credited += refunds
                later(last_day, "ref", account, invoice_id, -refunds)
                later(last_day, "cre", account, invoice_id, refunds)
            return PAID, credited, payments, 0, refunds, declines, pay_day, None, last_day
        stage = COLLECTIONS if due_day + 75 < today and chance > 0.4 else OPEN
        return stage, credited, payments, 0, 0, declines, None, None, last_day

    def _cancelled(
        self, account: Account, invoice_id: int, day: int, total: int, *, refunded: bool
    ) -> InvoiceOutcome:
        """Void after a while; `refunded`: it had been paid before."""
        void_day = min(day + 1 + self._randomness.below(20), self._today)
        if refunded and day < void_day:
            self._later(day, "pay", account, invoice_id, total)
            self._later(void_day, "ref", account, invoice_id, -total)
            return VOID, 0, 0, 0, total, 0, None, void_day, void_day
        return VOID, 0, 0, 0, 0, 0, None, void_day, void_day

    def _pay_day(self, account: Account, day: int, due_day: int) -> int:
        """When the customer pays, not before the invoice's day; a day after today means: not yet."""
        chance = self._roll()
        temper = account.temper
        if temper == 0:
            return day if account.paymethod in ("crd", "tok") else day + int(chance * (due_day - day + 2))
        if temper == 1:
            pay_day = due_day - 6 + int(chance * chance * 24)
            if pay_day < day:
                pay_day = day
            # some pay all that is due at the middle or the beginning of a month
            return pay_day if account.customer_id % 3 else -(-pay_day // 15) * 15
        if temper == 2:
            return due_day + 4 + int(chance * 70)
        return due_day + 40 + int(chance * 160) if chance < 0.5 else self._today + 1

    def _failures(self, account: Account, invoice_id: int, until: int, day: int, due: int) -> int:
        """Notes failed attempts between the invoice and its payment; the answer is their number."""
        attempts = 0
        for attempt_day in (day, day + 3, day + 7, day + 14):
            if attempt_day > until or (attempts and self._randomness.chance(0.35)):
                break
            self._later(attempt_day, "failed", account, invoice_id, due)
            attempts += 1
        return attempts
