"""What becomes of the demo's invoices: who pays when, what is credited, refunded, voided or never paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cotui.sandbox.demo_dice import Calendar, Dice
from cotui.sandbox.demo_state import Account

#: invoices.stage
PAID, VOID, COLLECTIONS, OPEN = 0, 1, 2, 3

#: Notes a transaction that is to come: day, kind (pay, cre, wri, ref, failed), account, invoice, amount.
Later = Callable[[int, str, Account, int, int], None]


class Fate(NamedTuple):
    """What becomes of an invoice within the days of the demo."""

    stage: int
    credits: int
    payments: int
    writeoffs: int
    refunds: int
    declines: int
    paid_day: int | None
    void_day: int | None
    last_day: int


class Fates:
    """Decides the fate of one invoice after another."""

    def __init__(self, dice: Dice, calendar: Calendar, later: Later) -> None:
        self._dice = dice
        self._calendar = calendar
        self._later = later

    def decide(self, account: Account, invoice_id: int, day: int, due_day: int, total: int) -> Fate:
        """Decides credits, payments and the end of an invoice, and notes the transactions that are to come."""
        dice, today = self._dice, self._calendar.today
        chance = dice.roll()
        if total <= 0:
            return Fate(PAID, 0, 0, 0, 0, 0, day, None, day)
        if chance < 0.03:
            return self._cancelled(account, invoice_id, day, total, refunded=chance < 0.008)
        pay_day = self._pay_day(account, day, due_day)
        credited = 0
        last_day = day
        if chance < 0.08:
            credit_day = day + dice.below(15)
            credited = total if chance < 0.035 else max(1, total * (5 + dice.below(40)) // 100)
            if credit_day > today:
                credited = 0
            else:
                self._later(credit_day, "cre", account, invoice_id, credited)
                last_day = credit_day
                if credited == total:
                    return Fate(PAID, credited, 0, 0, 0, 0, credit_day, None, credit_day)
        due = total - credited
        pay_day = max(pay_day, last_day)
        if 0.08 < chance < 0.088 and due_day + 120 < today:
            write_off = due_day + 120
            self._later(write_off, "wri", account, invoice_id, due)
            return Fate(PAID, credited, 0, due, 0, 0, write_off, None, write_off)
        declines = self._failures(account, invoice_id, min(pay_day, today), day, due, chance)
        payments = refunds = 0
        if 0.1 < chance < 0.15 and due > 1:
            # in two instalments
            first = due * (30 + dice.below(50)) // 100
            second_day = pay_day + 10 + dice.below(25)
            if pay_day <= today and first:
                payments = first
                last_day = pay_day
                self._later(pay_day, "pay", account, invoice_id, first)
            pay_day = second_day
        if pay_day <= today:
            self._later(pay_day, "pay", account, invoice_id, due - payments)
            payments, last_day = due, pay_day
            if 0.15 < chance < 0.156 and pay_day + 6 <= today and due >= 10:
                # part of the money goes back, a credit closes the gap
                last_day = pay_day + 6
                refunds = due // 5
                payments -= refunds
                credited += refunds
                self._later(last_day, "ref", account, invoice_id, -refunds)
                self._later(last_day, "cre", account, invoice_id, refunds)
            return Fate(PAID, credited, payments, 0, refunds, declines, pay_day, None, last_day)
        stage = COLLECTIONS if due_day + 75 < today and chance > 0.4 else OPEN
        return Fate(stage, credited, payments, 0, 0, declines, None, None, last_day)

    def _cancelled(self, account: Account, invoice_id: int, day: int, total: int, *, refunded: bool) -> Fate:
        """Void after a while; `refunded`: it had been paid before."""
        today = self._calendar.today
        void_day = min(day + 1 + self._dice.below(20), today)
        if refunded and day < void_day:
            self._later(day, "pay", account, invoice_id, total)
            self._later(void_day, "ref", account, invoice_id, -total)
            return Fate(VOID, 0, 0, 0, total, 0, None, void_day, void_day)
        return Fate(VOID, 0, 0, 0, 0, 0, None, void_day, void_day)

    def _pay_day(self, account: Account, day: int, due_day: int) -> int:
        """When the customer pays; a day after today means: not yet."""
        dice = self._dice
        chance = dice.roll()
        if account.temper == 0:
            return day if account.paymethod in ("crd", "tok") else day + int(chance * (due_day - day + 2))
        if account.temper == 1:
            pay_day = max(day, due_day - 6 + int(chance * chance * 24))
            # some pay all that is due at the middle or the beginning of a month
            return pay_day if account.customer_id % 3 else -(-pay_day // 15) * 15
        if account.temper == 2:
            return due_day + 4 + int(chance * 70)
        return due_day + 40 + int(chance * 160) if chance < 0.5 else self._calendar.today + 1

    def _failures(
        self, account: Account, invoice_id: int, until: int, day: int, due: int, chance: float
    ) -> int:
        """Notes failed attempts between the invoice and its payment; the answer is their number."""
        if account.paymethod not in ("crd", "ach", "tok") or (account.temper < 3 and not 0.2 < chance < 0.26):
            return 0
        attempts = 0
        for attempt_day in (day, day + 3, day + 7, day + 14):
            if attempt_day > until or (attempts and self._dice.chance(0.35)):
                break
            self._later(attempt_day, "failed", account, invoice_id, due)
            attempts += 1
        return attempts
