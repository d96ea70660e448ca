"""The demo's invoices and transactions, day by day, as an account would have made them.

Days are played in order, so ids rise with dates in both tables and memory holds only payments that are still
to come. What will happen to an invoice is decided when it is made; its transactions are written on their days.
Everything is in whole minor units, so sums agree to the last coin.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from cotui.sandbox.demo.account import ITEMS
from cotui.sandbox.demo.hostile_rows import hostile_text
from cotui.sandbox.demo.lines import BY_ID, LINE_TABLES, TAX, TOTAL, Line
from cotui.sandbox.demo.outcomes import COLLECTIONS, OPEN, VOID, InvoiceOutcomes
from cotui.sandbox.demo.randomness import Calendar, Randomness
from cotui.sandbox.demo.rows import ADDRESS_COLUMNS, Rows, by_number, inserting, names
from cotui.sandbox.demo.state import ONE_TIME, Account, Subscription, read_plan
from cotui.sandbox.demo.transactions import TRANSACTION_TABLES, Transactions

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
_LATE_FEE = BY_ID[21]
_TWIG = 'Service for {{ "now"|date("m/d/Y") }} to {{ "+1 month"|date("m/d/Y") }}'
_CUSTOMER_SUMS = (
    "UPDATE customers SET total = ?, balance = ?, paid = ?, oldest_due_date = nullif(?, 0) "
    "WHERE customer_id = ?"
)
_PACKAGE_SUMS = (
    "UPDATE packages SET amount_invoiced = ?, amount_collected = ?, amount_due = ?, "
    "oldest_due_date = nullif(?, 0) WHERE package_id = ?"
)


class Billing:
    """Plays the days of the demo, in the tables of BILLING_TABLES."""

    def __init__(
        self, rows: Rows, randomness: Randomness, calendar: Calendar, accounts: list[Account]
    ) -> None:
        self._randomness = randomness
        self._calendar = calendar
        self._accounts = accounts
        self._rows = rows
        self._invoices = rows["invoices"]
        self._lines = rows["invoice_lines"]
        self._transactions = Transactions(rows, randomness, calendar)
        self._outcomes = InvoiceOutcomes(randomness, calendar, self._transactions.later)
        self._invoice_id = 0
        self._line_id = 0
        self._schedule_id = 0

    def run(self, plan: Iterable[int]) -> None:
        """Makes all invoices and transactions, in batches; planned invoices (state.planned) come in ascending order."""
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

    def write_sums(self, connection: sqlite3.Connection) -> None:
        """Writes the sums of customers and packages."""
        iso = self._calendar.iso
        for start in range(0, len(self._accounts), _BATCH):
            accounts = self._accounts[start : start + _BATCH]
            connection.executemany(
                _CUSTOMER_SUMS,
                [
                    (
                        each.total,
                        each.balance,
                        each.paid,
                        0 if each.oldest is None else iso[each.oldest],
                        each.customer_id,
                    )
                    for each in accounts
                ],
            )
            connection.executemany(
                _PACKAGE_SUMS,
                [
                    (
                        each.invoiced,
                        each.collected,
                        each.due,
                        0 if each.oldest is None else iso[each.oldest],
                        each.package_id,
                    )
                    for account in accounts
                    for each in account.subscriptions
                ],
            )

    def _invoice(self, day: int, account: Account, subscription: Subscription | None) -> None:
        calendar = self._calendar
        iso = calendar.iso
        self._invoice_id += 1
        invoice_id = self._invoice_id
        subtotal = taxes = base = usage = 0
        # first the lines of the subscription, of which the sums are known, then `metered` ones, then others
        known = metered = 0
        lines: list[Line]
        chance = self._randomness.roll()
        if subscription is None:
            lines = self._extras([], account, chance)
        else:
            subscription.index += 1
            subtotal, taxes, base = subscription.subtotal, subscription.taxes, subscription.base
            lines = subscription.lines
            known = len(lines)
            if chance >= 0.55 or account.hostile:
                metered = 2 if chance > 0.9 else 1
                lines = self._extras(
                    lines + [self._metered(account) for _ in range(metered)], account, chance, recurring=True
                )
        line_id = self._line_id
        stored = self._lines
        for line in lines:
            line_id += 1
            stored.append((line_id, invoice_id, *line))
        self._line_id = line_id
        for line in lines[known:]:
            subtotal += line[TOTAL]
            taxes += line[TAX]
            if metered:
                usage += line[TOTAL]
                metered -= 1
        total = subtotal + taxes
        due_day = day + account.terms_days
        stage, credited, payments, writeoffs, refunds, declines, paid_day, void_day, last_day = (
            self._outcomes.decide(account, invoice_id, day, due_day, total)
        )
        balance = 0
        if stage != VOID:
            balance = total - credited - payments - writeoffs
            account.total += total
            account.balance += balance
            if stage >= COLLECTIONS and (account.oldest is None or due_day < account.oldest):
                account.oldest = due_day
            if subscription:
                subscription.invoiced += total
                subscription.collected += payments
                subscription.due += balance
                if stage >= COLLECTIONS and (subscription.oldest is None or due_day < subscription.oldest):
                    subscription.oldest = due_day
        chance = self._randomness.roll()
        token = self._randomness.token()
        memo: str | int = 0
        order: str | int = 0
        if account.hostile:
            memo, order = hostile_text(invoice_id), hostile_text(invoice_id // 2)
        elif chance > 0.8:
            memo = self._randomness.pick(_MEMOS)
            if chance > 0.88:
                order = f"PO {4500 + invoice_id % 977}"
        today = iso[day]
        self._invoices.append(
            (
                invoice_id,
                f"INV-{today[:4]}-{invoice_id:06}" if 0.1 < chance < 0.16 else invoice_id,
                f"order-{invoice_id * 3 + 70_001}" if chance < 0.1 else 0,
                account.customer_id,
                calendar.nights[day] + invoice_id % 3600,
                calendar.office(last_day, invoice_id * 13)
                if last_day > day
                else calendar.office(day, 28_799),
                0 if void_day is None else calendar.office(void_day, invoice_id * 7),
                today,
                iso[due_day],
                0 if paid_day is None else iso[paid_day],
                token,
                stage,
                subtotal,
                taxes,
                credited,
                payments,
                writeoffs,
                refunds,
                base,
                usage,
                declines,
                memo,
                order,
                '["disputed"]' if 0.2 < chance < 0.21 else "[]",
                *(
                    (
                        subscription.package_id,
                        subscription.index,
                        subscription.paycycle,
                        iso[calendar.next_months[day] - 1 + 30 * (subscription.months - 1)],
                    )
                    if subscription
                    else _NO_SUBSCRIPTION
                ),
            )
        )
        if stage == OPEN and balance > 0 and chance > 0.93:
            self._schedule(invoice_id, account, max(day, calendar.today - 20), balance)
        if len(self._invoices) >= _BATCH:
            self._rows.flush()

    def _extras(
        self, lines: list[Line], account: Account, chance: float, *, recurring: bool = False
    ) -> list[Line]:
        """Adds lines for single things, and others that belong at the end."""
        randomness, prices = self._randomness, account.prices
        if recurring:
            extras = 1 + int((chance - 0.96) * 200) if chance > 0.96 else 0
        else:
            extras = 1 + int(chance * chance * 4)
            if chance > 0.97:
                extras += 3 + int((chance - 0.97) * 250)
        for _ in range(min(extras, 12 - len(lines))):
            item = randomness.pick(_EXTRAS)
            by_the_hour = item.kind == "hours"
            quarters = (
                1 + randomness.below(item.most)
                if by_the_hour
                else 4 + 4 * int(randomness.roll() ** 2 * item.most)
            )
            text = _TWIG if randomness.chance(0.02) else 0
            lines.append(prices.once(item).line(quarters, descrip=text))
        if account.hostile:
            text = hostile_text(self._invoice_id)
            lines = [*lines[:10], prices.once(_ODD_ITEM).line(4, descrip=text)]
        elif account.temper == 3 and randomness.chance(0.2) and len(lines) < 12:
            lines.append(prices.once(_LATE_FEE).line(4))
        return lines

    def _metered(self, account: Account) -> Line:
        item = self._randomness.pick(_METERED)
        used = 1 + int(self._randomness.roll() ** 2 * item.most)
        return account.prices.once(item).line(4 * used)

    def _schedule(self, invoice_id: int, account: Account, day: int, balance: int) -> None:
        """Splits what is due into two to four scheduled payments."""
        randomness, calendar = self._randomness, self._calendar
        parts = 2 + randomness.below(3)
        share = balance // parts
        for part in range(parts):
            self._schedule_id += 1
            amount = share if part else balance - share * (parts - 1)
            run = max(day + 30 * (part + 1), calendar.today + 1 + part)
            self._rows["invoice_schedule"].append(
                (
                    self._schedule_id,
                    invoice_id,
                    randomness.token(),
                    account.paymethod or "inv",
                    *account.cards,
                    calendar.iso[run],
                    calendar.iso[run],
                    amount,
                    amount,
                )
            )


#: values for package_id, invoice_index, paycycle and cycle_pre_to_date
_NO_SUBSCRIPTION = (0, 0, 0, 0)
# The rest of an invoice follows from its row and its customer's.
_INVOICE = by_number(
    "INSERT INTO invoices (invoice_id, refnumber, external_key, customer_id, write_datetime, mod_datetime, "  # noqa: S608 - our own names
    "void_datetime, date, due_date, paid_date, token, stage, is_open, subtotal, taxes, total, credits, payments, "
    "writeoffs, refunds, balance, sum_base, sum_usage, sum_onetime, declines, memo, custom_1, tags, package_id, "
    "invoice_index, paycycle, cycle_this_date, cycle_pre_from_date, cycle_pre_to_date, admin_id, currency_id, "
    f"terms_id, {names(ADDRESS_COLUMNS)}) SELECT ?1, ?2, nullif(?3, 0), customer_id, ?5, ?6, nullif(?7, 0), "
    "?8, ?9, nullif(?10, 0), ?11, ?12, ?12 >= 2, ?13, ?14, ?13 + ?14, ?15, ?16, ?17, ?18, "
    "iif(?12 = 1, 0, ?13 + ?14 - ?15 - ?16 - ?17), ?19, ?20, ?13 - ?19 - ?20, ?21, nullif(?22, 0), nullif(?23, 0), "
    "?24, nullif(?25, 0), nullif(?26, 0), nullif(?27, 0), iif(?25, ?8, NULL), iif(?25, ?8, NULL), nullif(?28, 0), "
    f"iif(?25, NULL, 1 + ?1 % 3), currency_id, terms_id, {names(ADDRESS_COLUMNS)} "
    "FROM given, customers WHERE customer_id = ?4"
)
BILLING_TABLES = (
    {"invoices": _INVOICE}
    | LINE_TABLES
    | {
        "invoice_schedule": inserting(
            "invoice_schedule",
            "invoice_schedule_id invoice_id token paymethod creditcard_id? ach_id? tokenized_id? date due_date "
            "amount balance",
        )
    }
    | TRANSACTION_TABLES
)
