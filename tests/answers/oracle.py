"""What is true of an account's customers, in SQL over the sandbox's tables.

Written from what the API's fields mean, independent of the code that answers the same from the API's answers.
Amounts are exact, in major units, as (currency, amount).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cotui.sandbox.database.store import Store

Money = tuple[str, Decimal]
Row = Mapping[str, Any]

#: a transaction that succeeded and is not void
IN_FORCE = "t.gateway_status = 1 AND t.void_datetime IS NULL"
#: types of transactions that are money or stand for it; write-offs are none
_MONEY_TYPES = "('pay', 'cre', 'ref', 'spl')"
#: days after which a payment by bank is settled
_SETTLED = "-4 days"
_TYPES = {"pay": "payment", "cre": "credit", "ref": "refund"}


class Oracle:
    """Asks the tables of an account.

    Args:
        today: the account's day.
    """

    def __init__(self, store: Store, today: date) -> None:
        self.store = store
        self.today = today

    def ask(self, sql: str, **words: Any) -> list[dict[str, Any]]:
        """The rows of a question, by column; `:today` is the day."""
        with self.store.read() as reader:
            cursor = reader.connection.execute(sql, {"today": self.today.isoformat(), **words})
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def sums(self, sql: str, **words: Any) -> dict[str, Decimal]:
        """Amounts by currency, of a question for `currency_id` and `minor`."""
        found = self.ask(
            f"SELECT c.iso4217, c.decimals, sum(q.minor) AS minor FROM ({sql}) q"
            " JOIN currencies c USING (currency_id) GROUP BY c.currency_id",
            **words,
        )
        return {row["iso4217"]: _major(row["minor"], row["decimals"]) for row in found}

    # --- one customer ---

    def customers(self) -> list[int]:
        """All of them."""
        return [row["customer_id"] for row in self.ask("SELECT customer_id FROM customers ORDER BY 1")]

    def customer(self, number: int) -> Row:
        """The customer's own row, with his currency's code."""
        (row,) = self.ask(
            "SELECT k.*, c.iso4217, c.decimals, b.name AS terms FROM customers k JOIN currencies c USING (currency_id)"
            " LEFT JOIN terms b USING (terms_id) WHERE customer_id = :it",
            it=number,
        )
        return row

    def stated_balance(self, number: int) -> Money:
        """The balance that the customer's own record states."""
        row = self.customer(number)
        return row["iso4217"], _major(row["balance"], row["decimals"])

    def owes(self, number: int) -> dict[str, Decimal]:
        """What is open of his own invoices; currencies of nothing are left out."""
        return _nonzero(self.sums(_OPEN.format(""), it=number))

    def overdue(self, number: int) -> dict[str, Decimal]:
        """What of it is overdue today; what is in collections is overdue too."""
        return _nonzero(self.sums(_OPEN.format("AND due_date < :today"), it=number))

    def oldest_overdue(self, number: int) -> tuple[date, set[int]] | None:
        """The earliest due date that is past, and the invoices that have it."""
        found = self.ask(
            "SELECT due_date, invoice_id FROM invoices WHERE customer_id = :it AND stage >= 2 AND due_date < :today"
            " ORDER BY due_date",
            it=number,
        )
        if not found:
            return None
        first = found[0]["due_date"]
        return date.fromisoformat(first), {row["invoice_id"] for row in found if row["due_date"] == first}

    def in_collections(self, number: int) -> tuple[int, dict[str, Decimal]]:
        """How many invoices are in collections, and what is open of them."""
        ((count,),) = (row.values() for row in self.ask(
            "SELECT count(*) FROM invoices WHERE customer_id = :it AND stage = 2", it=number
        ))  # fmt: skip
        return count, _nonzero(self.sums(_OPEN.format("AND stage = 2"), it=number))

    def unapplied(self, number: int) -> dict[str, Decimal]:
        """The customer's money that pays for nothing yet: paid and credited, less what was paid back of it."""
        return _nonzero(
            self.sums(
                "SELECT t.currency_id, t.amount - t.applied AS minor FROM transactions t"
                f" WHERE t.customer_id = :it AND {IN_FORCE} AND t.transaction_type IN {_MONEY_TYPES}",
                it=number,
            )
        )

    def last_payment(self, number: int) -> set[int]:
        """The payments of the latest day on which one came that still counts; empty for none."""
        return self._latest(number, f"AND t.transaction_type = 'pay' AND {IN_FORCE}")

    def last_decline(self, number: int) -> set[int]:
        """The attempts that failed on the latest day on which one did."""
        return self._latest(number, "AND t.gateway_status = 0 AND t.void_datetime IS NULL")

    def _latest(self, number: int, which: str) -> set[int]:
        return {
            row["transaction_id"]
            for row in self.ask(
                "SELECT transaction_id FROM transactions t WHERE customer_id = :it"
                f" {which} AND transaction_date = (SELECT max(transaction_date) FROM transactions t"
                f" WHERE customer_id = :it {which})",
                it=number,
            )
        }

    def ids(self, table: str, key: str, number: int, more: str = "", **words: Any) -> list[int]:
        """The ids of what belongs to a customer in a table."""
        sql = f"SELECT {key} FROM {table} t WHERE customer_id = :it {more}"
        return [row[key] for row in self.ask(sql, it=number, **words)]

    def counts(self, number: int) -> dict[str, int]:
        """How many there are of each thing that is his."""
        stored = sum(
            len(self.ids(table, key, number))
            for table, key in (
                ("creditcards", "creditcard_id"),
                ("ach_accounts", "ach_id"),
                ("tokenized", "tokenized_id"),
            )
        )
        return {
            "open_invoices": len(self.ids("invoices", "invoice_id", number, "AND stage >= 2")),
            "invoices": len(self.ids("invoices", "invoice_id", number)),
            "payments": len(self.ids("transactions", "transaction_id", number)),
            "subscriptions": len(self.ids("packages", "package_id", number)),
            "contacts": len(self.ids("customer_users", "user_id", number)),
            "pay_methods": stored,
            "notes": len(self.notes(number)),
        }

    def notes(self, number: int) -> dict[int, Row]:
        """The notes on the customer, by id."""
        found = self.ask("SELECT * FROM notes WHERE context_str = 'customer' AND context_id = :it", it=number)
        return {row["note_id"]: row for row in found}

    # --- rows, by id ---

    def invoice(self, number: int) -> Row:
        """An invoice, its amounts in major units, with what follows from the day."""
        (row,) = self.ask(
            "SELECT i.*, c.iso4217, c.decimals,"
            " CAST(julianday(:today) - julianday(i.due_date) AS INTEGER) AS late,"
            " EXISTS (SELECT 1 FROM invoice_schedule s WHERE s.invoice_id = i.invoice_id AND s.balance > 0) AS planned"
            " FROM invoices i JOIN currencies c USING (currency_id) WHERE invoice_id = :it",
            it=number,
        )
        is_open = row["stage"] >= 2
        past = row["late"] > 0
        row["days_late"] = row["late"] if is_open and past else 0
        row["status"] = {0: "closed-paid", 1: "closed-void", 2: "open-collections"}.get(
            row["stage"], "open-overdue" if past else "open-unpaid"
        )
        for name in ("total", "balance"):
            row[name] = (row["iso4217"], _major(row[name], row["decimals"]))
        row["whys"] = _whys(row) if is_open else set()
        return row

    def payment(self, number: int) -> Row:
        """A transaction, its amounts in major units; what does not count is applied to nothing."""
        (row,) = self.ask(
            f"SELECT t.*, c.iso4217, c.decimals, {IN_FORCE} AS counts,"
            f" t.is_pending AND t.transaction_date > date(:today, '{_SETTLED}') AS under_way"
            " FROM transactions t JOIN currencies c USING (currency_id) WHERE transaction_id = :it",
            it=number,
        )
        unapplied = row["amount"] - row["applied"] if row["counts"] else 0
        row["type"] = _TYPES.get(row["transaction_type"], "other")
        row["status"] = (
            "void" if row["void_datetime"] is not None
            else "declined" if row["gateway_status"] != 1
            else "pending" if row["under_way"] else "ok"
        )  # fmt: skip
        for name, minor in (("amount", row["amount"]), ("applied", row["applied"]), ("unapplied", unapplied)):
            row[name] = (row["iso4217"], _major(minor, row["decimals"]))
        return row


_OPEN = "SELECT currency_id, balance AS minor FROM invoices WHERE customer_id = :it AND stage >= 2 {}"


def _major(minor: int, decimals: int) -> Decimal:
    return Decimal(minor).scaleb(-decimals)


def _nonzero(found: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {code: amount for code, amount in found.items() if amount}


def _whys(row: Row) -> set[str]:
    """All that is true of why an invoice is open."""
    paid = row["credits"] + row["payments"] + row["writeoffs"]
    true = {
        "collections": row["stage"] == 2,
        "declined": row["declines"] > 0,
        "part_paid": paid != 0,
        "scheduled": bool(row["planned"]),
        "never_charged": row["declines"] == 0 and not paid,
    }
    return {name for name, holds in true.items() if holds}
