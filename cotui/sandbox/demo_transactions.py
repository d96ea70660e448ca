"""The demo's transactions, written on their days."""

from __future__ import annotations

from typing import NamedTuple

from cotui.sandbox.demo_dice import Calendar, Dice
from cotui.sandbox.demo_hostile import hostile_text
from cotui.sandbox.demo_rows import Rows
from cotui.sandbox.demo_state import Account

TRANSACTION_COLUMNS = {
    "transactions": "transaction_id parent_transaction_id customer_id currency_id gateway_id gateway_type "
    "gateway_nickname gateway_status gateway_transid gateway_method gateway_msg gateway_err_code token external_key "
    "amount fee applied transaction_date transaction_datetime transaction_type transaction_method "
    "transaction_detail is_pending void_datetime creditcard_id ach_id tokenized_id write_datetime mod_datetime",
    "transaction_applied": "transaction_id invoice_id applied",
}
_DECLINES = (
    ("Your card has expired.", "expired_card"),
    ("Your card was declined.", "card_declined"),
    ("Your card has insufficient funds.", "insufficient_funds"),
    ("The card's security code is incorrect.", "incorrect_cvc"),
    ("This transaction has been declined. Contact your bank.", "do_not_honor"),
    ("R01: Insufficient funds", "R01"),
    ("R03: No account or unable to locate account", "R03"),
)
_VERBS = {"pay": "CHARGE", "ref": "REFUND", "cre": "CREDIT", "wri": "WRITE-OFF"}
_NAMES = {"ach": "Test ACH/eCheck", "paypal": "Test Wallet"} | dict.fromkeys(
    ("visa", "mastercard", "american-express", "discover"), "Test Credit Card"
)


class Event(NamedTuple):
    """A transaction that is still to be written. `amount` is negative for refunds."""

    kind: str  # pay, cre, wri, ref or failed
    account: Account
    invoice_id: int
    amount: int


class Transactions:
    """Transactions that are to come, and the writing of those whose day it is."""

    def __init__(self, rows: Rows, dice: Dice, calendar: Calendar) -> None:
        self._rows = rows
        self._dice = dice
        self._calendar = calendar
        self._coming: dict[int, list[Event]] = {}
        self._transaction_id = 0
        #: invoice that will be refunded -> its last payment so far
        self._refundable: dict[int, int | None] = {}

    def later(self, day: int, kind: str, account: Account, invoice_id: int, amount: int) -> None:
        """Notes a transaction that is to come."""
        if kind == "ref":
            self._refundable[invoice_id] = None
        self._coming.setdefault(day, []).append(Event(kind, account, invoice_id, amount))

    def play(self, day: int) -> None:
        """Writes the transactions of a day; payments of one customer become one transaction."""
        events = self._coming.pop(day, None)
        if events is None:
            return
        payments: dict[int, list[Event]] = {}
        for event in events:
            if event.kind == "pay":
                payments.setdefault(event.account.customer_id, []).append(event)
        for parts in payments.values():
            self._payment(day, parts)
        for event in events:
            if event.kind == "cre":
                self._credit(day, event)
            elif event.kind == "wri":
                self._transaction(
                    day, event.account, "wri", event.amount, [event], ("Write-off", None, "Bad debt")
                )
            elif event.kind == "ref":
                self._refund(day, event)
            elif event.kind == "failed":
                self._failed(day, event)

    def _payment(self, day: int, parts: list[Event]) -> None:
        dice = self._dice
        account = parts[0].account
        amount = sum(part.amount for part in parts)
        chance = dice.roll()
        spare = amount // 4 if chance < 0.012 else 0
        transaction_id = self._transaction(day, account, "pay", amount + spare, parts, account.method)
        for part in parts:
            if part.invoice_id in self._refundable:
                self._refundable[part.invoice_id] = transaction_id
        if chance > 0.996:
            # a payment entered by mistake and voided
            self._transaction(day, account, "pay", amount, [], account.method, voided=True)
        elif chance > 0.99:
            # money on account: a deposit or a goodwill credit that no invoice has used yet
            if chance > 0.993:
                self._transaction(day, account, "pay", amount // 2 + 1, [], account.method)
            else:
                self._transaction(day, account, "cre", amount // 3 + 1, [], ("Credit", "credit", "Goodwill"))

    def _credit(self, day: int, event: Event) -> None:
        detail = hostile_text(event.invoice_id) if event.account.hostile else "Goodwill"
        self._transaction(day, event.account, "cre", event.amount, [event], ("Credit", "credit", detail))

    def _refund(self, day: int, event: Event) -> None:
        self._transaction(
            day,
            event.account,
            "ref",
            event.amount,
            [event],
            event.account.method,
            parent=self._refundable.pop(event.invoice_id, None),
        )

    def _failed(self, day: int, event: Event) -> None:
        account = event.account
        if account.hostile:
            decline = (hostile_text(event.invoice_id + day), "processing_error")
        else:
            declines = _DECLINES[5:] if account.paymethod == "ach" else _DECLINES[:5]
            decline = self._dice.pick(declines)
        self._transaction(day, account, "pay", event.amount, [], account.method, decline=decline)

    def _transaction(
        self,
        day: int,
        account: Account,
        kind: str,
        amount: int,
        parts: list[Event],
        method: tuple[str, str | None, str],
        *,
        decline: tuple[str, str] | None = None,
        voided: bool = False,
        parent: int | None = None,
    ) -> int:
        dice, calendar = self._dice, self._calendar
        self._transaction_id += 1
        transaction_id = self._transaction_id
        second = dice.below(28_800)
        moment = calendar.office(day, second)
        online = method[1] not in ("check", "credit", None)
        applied = 0
        for part in parts:
            applied += part.amount
            self._rows["transaction_applied"].append((transaction_id, part.invoice_id, part.amount))
        good = decline is None and not voided
        if good and kind in ("pay", "ref"):
            account.paid += amount
        name = _NAMES.get(method[1] or "", "")
        self._rows["transactions"].append(
            (
                transaction_id,
                parent,
                account.customer_id,
                account.money.currency_id,
                1 if online else None,
                "stripe" if online else None,
                "Card gateway" if online else None,
                0 if decline else 1,
                f"*{_VERBS[kind]}: {name}* [{moment}]"
                if online
                else method[2]
                if method[1] == "check"
                else None,
                method[1],
                decline[0] if decline else None,
                decline[1] if decline else None,
                dice.token(),
                f"pay-{transaction_id}" if second % 12 == 0 else None,
                amount,
                -(abs(amount) * 29 // 1000) if online and good and kind == "pay" else 0,
                applied,
                calendar.iso[day],
                moment,
                kind,
                method[0],
                method[2],
                1 if method[1] == "ach" and good and kind == "pay" and day > calendar.today - 4 else 0,
                calendar.office(min(day + 1, calendar.today), 28_799) if voided else None,
                *(account.stored_methods() if online else (None, None, None)),
                moment,
                moment,
            )
        )
        return transaction_id
