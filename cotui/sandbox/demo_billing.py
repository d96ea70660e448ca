"""The demo's invoices and transactions, day by day, as an account would have made them.

Days are played in order, so ids rise with dates in both tables and memory holds only payments that are still
to come. What will happen to an invoice is decided when it is made; its transactions are written on their days.
Everything is in whole minor units, so sums agree to the last coin.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from cotui.sandbox.demo_account import ITEMS
from cotui.sandbox.demo_dice import Calendar, Dice
from cotui.sandbox.demo_fate import COLLECTIONS, OPEN, VOID, Fate, Fates
from cotui.sandbox.demo_hostile import hostile_text
from cotui.sandbox.demo_lines import BY_ID, IS_BASE, IS_USAGE, LINE_COLUMNS, TAX, TOTAL, Line, tail
from cotui.sandbox.demo_rows import ADDRESS_COLUMNS, Rows
from cotui.sandbox.demo_state import ONE_TIME, Account, Subscription, read_plan
from cotui.sandbox.demo_transactions import TRANSACTION_COLUMNS, Transactions

_BATCH = 1000
_MEMOS = (
    "Thank you for your business.",
    "Please note our new bank details.",
    "Includes the hours of last month's migration.",
    "As agreed by telephone.",
    "",
)
_EXTRAS = tuple(
    item for item in ITEMS if item.kind in ("onetime", "hours") and item.enabled and item.item_id < 23
)
_METERED = tuple(item for item in ITEMS if item.kind == "usage")
_ODD_ITEM = BY_ID[24]
_TWIG = 'Service for {{ "now"|date("m/d/Y") }} to {{ "+1 month"|date("m/d/Y") }}'


class Billing:
    """Plays the days of the demo."""

    def __init__(
        self, connection: sqlite3.Connection, dice: Dice, calendar: Calendar, accounts: list[Account]
    ) -> None:
        self._connection = connection
        self._dice = dice
        self._calendar = calendar
        self._accounts = accounts
        self._rows = Rows(connection, _COLUMNS)
        self._transactions = Transactions(self._rows, dice, calendar)
        self._fates = Fates(dice, calendar, self._transactions.later)
        self._invoice_id = 0
        self._line_id = 0
        self._schedule_id = 0

    def run(self, plan: Iterable[int]) -> None:
        """Writes all invoices and transactions, then the sums of customers and packages.

        Args:
            plan: planned invoices (demo_state.planned) in ascending order.
        """
        clock = 0
        play = self._transactions.play
        for entry in plan:
            day, index, slot = read_plan(entry)
            while clock < day:
                play(clock)
                clock += 1
            account = self._accounts[index]
            self._invoice(day, account, account.subscriptions[slot] if slot != ONE_TIME else None)
        for day in range(clock, self._calendar.today + 1):
            play(day)
        self._rows.flush()
        self._sums()

    def _sums(self) -> None:
        iso = self._calendar.iso
        self._connection.executemany(
            "UPDATE customers SET total = ?, balance = ?, paid = ?, oldest_due_date = ? WHERE customer_id = ?",
            (
                (
                    each.total,
                    each.balance,
                    each.paid,
                    None if each.oldest is None else iso[each.oldest],
                    each.customer_id,
                )
                for each in self._accounts
            ),
        )
        self._connection.executemany(
            "UPDATE packages SET amount_invoiced = ?, amount_collected = ?, amount_due = ?, oldest_due_date = ? "
            "WHERE package_id = ?",
            (
                (
                    each.invoiced,
                    each.collected,
                    each.due,
                    None if each.oldest is None else iso[each.oldest],
                    each.package_id,
                )
                for account in self._accounts
                for each in account.subscriptions
            ),
        )

    def _invoice(self, day: int, account: Account, subscription: Subscription | None) -> None:
        dice, calendar = self._dice, self._calendar
        iso = calendar.iso
        self._invoice_id += 1
        invoice_id = self._invoice_id
        lines = self._lines(account, subscription)
        base = usage = taxes = subtotal = 0
        stored = self._rows["invoice_lines"]
        line_id = self._line_id
        for package_line, line in lines:
            line_id += 1
            stored.append((line_id, invoice_id, package_line, *line))
            total: Any = line[TOTAL]
            subtotal += total
            taxes += line[TAX]  # type: ignore[operator]
            if line[IS_BASE]:
                base += total
            elif line[IS_USAGE]:
                usage += total
        self._line_id = line_id
        total = subtotal + taxes
        due_day = day + account.terms_days
        fate = self._fates.decide(account, invoice_id, day, due_day, total)
        applied = fate.credits + fate.payments + fate.writeoffs
        balance = 0 if fate.stage == VOID else total - applied
        self._add_up(account, subscription, fate, total, balance, due_day)
        following = calendar.months[calendar.month_of(day) + 1] if subscription else 0
        hostile = account.hostile
        chance = dice.roll()
        self._rows["invoices"].append(
            (
                invoice_id,
                f"INV-{iso[day][:4]}-{invoice_id:06}" if 0.1 < chance < 0.16 else str(invoice_id),
                f"order-{invoice_id * 3 + 70_001}" if chance < 0.1 else None,
                subscription.index if subscription else None,
                subscription.package_id if subscription else None,
                account.customer_id,
                calendar.night(day, invoice_id),
                calendar.office(fate.last_day, invoice_id * 13)
                if fate.last_day > day
                else calendar.office(day, 28_799),
                None if fate.void_day is None else calendar.office(fate.void_day, invoice_id * 7),
                iso[day],
                iso[due_day],
                None if fate.paid_day is None else iso[fate.paid_day],
                account.money.currency_id,
                subscription.paycycle if subscription else None,
                account.terms_id,
                1 + invoice_id % 3 if subscription is None else None,
                dice.token(),
                *account.address,
                iso[day] if subscription else None,
                iso[day] if subscription else None,
                iso[following - 1 + 30 * (subscription.months - 1)] if subscription else None,
                fate.stage,
                1 if fate.stage >= COLLECTIONS else 0,
                subtotal,
                taxes,
                total,
                fate.credits,
                fate.payments,
                fate.writeoffs,
                fate.refunds,
                balance,
                base,
                usage,
                subtotal - base - usage,
                fate.declines,
                hostile_text(invoice_id) if hostile else dice.pick(_MEMOS) if chance > 0.8 else None,
                hostile_text(invoice_id // 2)
                if hostile
                else f"PO {4500 + invoice_id % 977}"
                if chance > 0.88
                else None,
                '["disputed"]' if 0.2 < chance < 0.21 else "[]",
            )
        )
        if fate.stage == OPEN and balance > 0 and chance > 0.93:
            self._schedule(invoice_id, account, max(day, calendar.today - 20), balance)
        if len(self._rows["invoices"]) >= _BATCH:
            self._rows.flush()

    def _lines(self, account: Account, subscription: Subscription | None) -> list[Line]:
        dice = self._dice
        chance = dice.roll()
        if subscription:
            subscription.index += 1
            if chance < 0.55 and not account.hostile:
                return subscription.lines
            lines = subscription.lines.copy()
            lines.append(self._metered(account))
            if chance > 0.9:
                lines.append(self._metered(account))
            extras = 1 + int((chance - 0.96) * 200) if chance > 0.96 else 0
        else:
            lines = []
            extras = 1 + int(chance * chance * 4)
            if chance > 0.97:
                extras += 3 + int((chance - 0.97) * 250)
        for _ in range(min(extras, 12 - len(lines))):
            item = dice.pick(_EXTRAS)
            by_the_hour = item.kind == "hours"
            quarters = 1 + dice.below(item.most) if by_the_hour else 4 + 4 * int(dice.roll() ** 2 * item.most)
            text = _TWIG if dice.chance(0.02) else None
            lines.append((None, tail(item, account.money, quarters, account.tax, descrip=text)))
        if account.hostile:
            text = hostile_text(self._invoice_id)
            lines = [*lines[:10], (None, tail(_ODD_ITEM, account.money, 4, account.tax, descrip=text))]
        elif account.temper == 3 and dice.chance(0.2) and len(lines) < 12:
            lines = [*lines, (None, tail(BY_ID[21], account.money, 4, account.tax))]
        return lines

    def _metered(self, account: Account) -> Line:
        item = self._dice.pick(_METERED)
        used = 1 + int(self._dice.roll() ** 2 * item.most)
        return None, tail(item, account.money, 4 * used, account.tax)

    def _schedule(self, invoice_id: int, account: Account, day: int, balance: int) -> None:
        """Splits what is due into two to four scheduled payments."""
        dice, calendar = self._dice, self._calendar
        parts = 2 + dice.below(3)
        share = balance // parts
        for part in range(parts):
            self._schedule_id += 1
            amount = share if part else balance - share * (parts - 1)
            run = max(day + 30 * (part + 1), calendar.today + 1 + part)
            self._rows["invoice_schedule"].append(
                (
                    self._schedule_id,
                    invoice_id,
                    dice.token(),
                    account.paymethod or "inv",
                    *account.stored_methods(),
                    calendar.iso[run],
                    calendar.iso[run],
                    amount,
                    amount,
                )
            )

    def _add_up(
        self,
        account: Account,
        subscription: Subscription | None,
        fate: Fate,
        total: int,
        balance: int,
        due_day: int,
    ) -> None:
        for sums in (account, subscription) if subscription else (account,):
            if fate.stage >= COLLECTIONS and (sums.oldest is None or due_day < sums.oldest):
                sums.oldest = due_day
        account.balance += balance
        if fate.stage != VOID:
            account.total += total
        if subscription:
            subscription.due += balance
            if fate.stage != VOID:
                subscription.invoiced += total
                subscription.collected += fate.payments


_COLUMNS = {
    "invoices": "invoice_id refnumber external_key invoice_index package_id customer_id write_datetime mod_datetime "
    f"void_datetime date due_date paid_date currency_id paycycle terms_id admin_id token {ADDRESS_COLUMNS} "
    "cycle_this_date cycle_pre_from_date cycle_pre_to_date stage is_open subtotal taxes total credits payments "
    "writeoffs refunds balance sum_base sum_usage sum_onetime declines memo custom_1 tags",
    "invoice_lines": f"line_item_id invoice_id package_line_id {LINE_COLUMNS}",
    "invoice_schedule": "invoice_schedule_id invoice_id token paymethod creditcard_id ach_id tokenized_id date "
    "due_date amount balance",
} | TRANSACTION_COLUMNS
