"""The demo's transactions, written on their days."""

from __future__ import annotations

from cotui.sandbox.demo.hostile_rows import hostile_text
from cotui.sandbox.demo.randomness import Calendar, Randomness
from cotui.sandbox.demo.rows import Rows, by_number, inserting
from cotui.sandbox.demo.state import Account

# The gateway's fields follow from ?5, whether money went through it, and ?7: the beginning of its number for the
# transaction, or the number itself where there is no gateway.
TRANSACTION_TABLES = {
    "transactions": by_number(
        "INSERT INTO transactions (transaction_id, parent_transaction_id, customer_id, currency_id, "
        "gateway_id, gateway_type, gateway_nickname, gateway_status, gateway_transid, gateway_method, gateway_msg, "
        "gateway_err_code, gateway_err_detail, token, external_key, amount, fee, applied, transaction_date, "
        "transaction_datetime, transaction_type, transaction_method, transaction_detail, is_pending, void_datetime, "
        "creditcard_id, ach_id, tokenized_id, write_datetime, mod_datetime) SELECT ?1, nullif(?2, 0), ?3, ?4, "
        "iif(?5, 1, 100), iif(?5, 'stripe', NULL), iif(?5, 'Card gateway', NULL), ?6, "
        "iif(?5, ?7 || ?8 || ']', nullif(?7, 0)), nullif(?9, 0), ?10, ?11, "
        "nullif(?12, 0), ?13, iif(?14, 'pay-' || ?1, NULL), ?15, ?16, ?17, ?18, ?8, "
        "?19, ?20, ?21, ?22, nullif(?23, 0), nullif(?24, 0), nullif(?25, 0), "
        "nullif(?26, 0), ?8, ?8 FROM given"
    ),
    "transaction_applied": inserting("transaction_applied", "transaction_id invoice_id applied"),
}
# As a card gateway numbers them (ISO 8583), and a bank its returns.
_DECLINES = (
    ("Your card has expired.", 54, "expired_card"),
    ("Your card was declined.", 5, "card_declined"),
    ("Your card has insufficient funds.", 51, "insufficient_funds"),
    ("The card's security code is incorrect.", 82, "incorrect_cvc"),
    ("This transaction has been declined. Contact your bank.", 5, "do_not_honor"),
    ("R01: Insufficient funds", 1, "R01"),
    ("R03: No account or unable to locate account", 3, "R03"),
)
_NAMES = {"ach": "Test ACH/eCheck", "paypal": "Test Wallet"} | dict.fromkeys(
    ("visa", "mastercard", "american-express", "discover"), "Test Credit Card"
)
#: transaction_type and gateway_method -> beginning of gateway_transid, for what goes through a gateway
_HEADS = {
    (kind, method): f"*{verb}: {name}* ["
    for kind, verb in (("pay", "CHARGE"), ("ref", "REFUND"))
    for method, name in _NAMES.items()
}

#: A transaction that is still to be written: kind (pay, cre, wri, ref or failed), account, invoice_id and amount,
#: which is negative for refunds.
Event = tuple[str, Account, int, int]
_NO_CARDS = (0, 0, 0)
_NO_DECLINE = ("", 0, 0)


class Transactions:
    """Transactions that are to come, and the writing of those whose day it is."""

    def __init__(self, rows: Rows, randomness: Randomness, calendar: Calendar) -> None:
        self._transactions = rows["transactions"]
        self._applied = rows["transaction_applied"]
        self._randomness = randomness
        self._calendar = calendar
        days = calendar.today + 1
        self._payments: list[list[Event]] = [[] for _ in range(days)]
        self._others: list[list[Event]] = [[] for _ in range(days)]
        self._transaction_id = 0
        #: invoice that will be refunded -> its last payment so far
        self._refundable: dict[int, int | None] = {}

    def later(self, day: int, kind: str, account: Account, invoice_id: int, amount: int) -> None:
        """Notes a transaction that is to come."""
        if kind == "pay":
            self._payments[day].append((kind, account, invoice_id, amount))
            return
        if kind == "ref":
            self._refundable[invoice_id] = None
        self._others[day].append((kind, account, invoice_id, amount))

    def play(self, day: int) -> None:
        """Writes the transactions of a day; payments of one customer become one transaction."""
        payments: dict[Account, list[Event]] = {}
        for event in self._payments[day]:
            parts = payments.get(event[1])
            if parts is None:
                payments[event[1]] = [event]
            else:
                parts.append(event)
        for account, parts in payments.items():
            self._payment(day, account, parts)
        for event in self._others[day]:
            kind, account, invoice_id, amount = event
            if kind == "cre":
                detail = hostile_text(invoice_id) if account.hostile else "Goodwill"
                self._transaction(day, account, kind, amount, [event], ("Credit", "credit", detail))
            elif kind == "wri":
                self._transaction(day, account, kind, amount, [event], ("Write-off", 0, "Bad debt"))
            elif kind == "ref":
                paid = self._refundable.pop(invoice_id, None)
                self._transaction(day, account, kind, amount, [event], account.method, parent=paid or 0)
            else:
                self._failed(day, event)
        self._payments[day].clear()
        self._others[day].clear()

    def _payment(self, day: int, account: Account, parts: list[Event]) -> None:
        amount = sum([part[3] for part in parts])
        chance = self._randomness.roll()
        spare = amount // 4 if chance < 0.012 else 0
        transaction_id = self._transaction(day, account, "pay", amount + spare, parts, account.method)
        refundable = self._refundable
        for part in parts:
            if part[2] in refundable:
                refundable[part[2]] = transaction_id
        if chance > 0.996:
            # a payment entered by mistake and voided
            self._transaction(day, account, "pay", amount, [], account.method, voided=True)
        elif chance > 0.99:
            # money on account: a deposit or a goodwill credit that no invoice has used yet
            if chance > 0.993:
                self._transaction(day, account, "pay", amount // 2 + 1, [], account.method)
            else:
                self._transaction(day, account, "cre", amount // 3 + 1, [], ("Credit", "credit", "Goodwill"))

    def _failed(self, day: int, event: Event) -> None:
        _, account, invoice_id, amount = event
        if account.hostile:
            decline = (hostile_text(invoice_id + day), 96, "processing_error")
        else:
            declines = _DECLINES[5:] if account.paymethod == "ach" else _DECLINES[:5]
            decline = self._randomness.pick(declines)
        self._transaction(day, account, "pay", amount, [], account.method, decline=decline)

    def _transaction(
        self,
        day: int,
        account: Account,
        kind: str,
        amount: int,
        parts: list[Event],
        method: tuple[str, str | int, str],
        *,
        decline: tuple[str, int, str | int] = _NO_DECLINE,
        voided: bool = False,
        parent: int = 0,
    ) -> int:
        randomness, calendar = self._randomness, self._calendar
        self._transaction_id += 1
        transaction_id = self._transaction_id
        second = int(randomness.roll() * 28_800)
        moment = calendar.office(day, second)
        applied = 0
        for part in parts:
            applied += part[3]
            self._applied.append((transaction_id, part[2], part[3]))
        good = decline is _NO_DECLINE and not voided
        if good and kind in ("pay", "ref"):
            account.paid += amount
        name, gateway_method, detail = method
        online = gateway_method in _NAMES
        charged = online and good and kind == "pay"
        pending = charged and gateway_method == "ach" and day > calendar.today - 4
        self._transactions.append(
            (
                transaction_id,
                parent,
                account.customer_id,
                account.currency_id,
                1 if online else 0,
                1 if decline is _NO_DECLINE else 0,
                _HEADS[kind, gateway_method] if online else detail if gateway_method == "check" else 0,  # type: ignore[index]  # online ones are texts
                moment,
                gateway_method,
                *decline,
                randomness.token(),
                0 if second % 12 else 1,
                amount,
                -(abs(amount) * 29 // 1000) if charged else 0,
                applied,
                calendar.iso[day],
                kind,
                name,
                detail,
                1 if pending else 0,
                calendar.office(min(day + 1, calendar.today), 28_799) if voided else 0,
                *(account.cards if online else _NO_CARDS),
            )
        )
        return transaction_id
