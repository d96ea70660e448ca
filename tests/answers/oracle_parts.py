"""What is true of a customer's subscriptions, ways to pay and contacts; the rest is in `oracle.py`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.answers.oracle import Oracle, Row

_ACTIVE = ("active-trial", "active-current", "active-overdue")
#: a way to pay -> its table, its key, the column of the customer that names the default
_METHODS = {
    "card": ("creditcards", "creditcard_id", "crd"),
    "bank": ("ach_accounts", "ach_id", "ach"),
    "token": ("tokenized", "tokenized_id", "tok"),
}


class Parts:
    """Asks for what belongs to customers."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.zone = ZoneInfo(oracle.store.timezone)

    def subscription(self, number: int) -> Row:
        """A subscription as it stands today: status, the day of its next invoice, its sum a month."""
        end = datetime.combine(self.oracle.today + timedelta(days=1), time(), self.zone).timestamp()
        (row,) = self.oracle.ask(
            "SELECT p.*, c.iso4217, c.decimals,"
            " CASE WHEN p.canceled_from < :end THEN 'canceled-manual'"
            " WHEN p.package_status_str LIKE 'active-%' AND p.suspendfrom_datetime < :end"
            "  AND (p.suspendto_datetime IS NULL OR p.suspendto_datetime >= :end) THEN 'suspended-suspended'"
            " WHEN p.package_status_str = 'active-current' AND EXISTS (SELECT 1 FROM invoices i"
            "  WHERE i.package_id = p.package_id AND i.stage >= 2 AND i.due_date < :today) THEN 'active-overdue'"
            " ELSE p.package_status_str END AS status,"
            " CASE WHEN p.canceled_from < :end OR p.next_invoice_datetime >= p.canceled_from THEN NULL"
            "  ELSE p.next_invoice_datetime END AS next"
            " FROM packages p JOIN currencies c USING (currency_id) WHERE package_id = :it",
            it=number,
            end=end,
        )
        row["next_date"] = None if row["next"] is None else self.day(row["next"])
        row["month"] = (row["iso4217"], Decimal(row["mrr"]).scaleb(-row["decimals"]))
        return row

    def day(self, seconds: float) -> date:
        """The account's day of a moment."""
        return datetime.fromtimestamp(seconds, self.zone).date()

    def next_bill(self, number: int) -> tuple[date, set[int]] | None:
        """The first day on which a subscription in force is billed, and which ones are on that day."""
        found = [
            row
            for it in self.oracle.ids("packages", "package_id", number)
            if (row := self.subscription(it))["status"] in _ACTIVE and row["next_date"] is not None
        ]
        if not found:
            return None
        first = min(row["next_date"] for row in found)
        return first, {row["package_id"] for row in found if row["next_date"] == first}

    def pay_methods(self, number: int) -> dict[tuple[str, int], dict[str, Any]]:
        """The stored ways to pay, by kind and id."""
        customer = self.oracle.customer(number)
        found = {}
        for kind, (table, key, word) in _METHODS.items():
            for row in self.oracle.ask(f"SELECT * FROM {table} WHERE customer_id = :it", it=number):
                expires = None if row.get("expdate") is None else str(row["expdate"])[:7]
                found[kind, row[key]] = {
                    "expires": expires,
                    "expired": expires is not None and expires < self.oracle.today.isoformat()[:7],
                    "default": customer["default_paymethod"] == word
                    and customer[f"default_{key}"] == row[key],
                    "digits": str(row.get("mask_number") or row.get("name"))[-4:],
                }
        return found

    def default_kind(self, number: int) -> str | None:
        """What the customer pays by: a kind of `pay_methods`, "invoice", None where nothing was chosen."""
        word = self.oracle.customer(number)["default_paymethod"]
        return {"crd": "card", "ach": "bank", "tok": "token", "inv": "invoice"}.get(word)

    def contacts(self, number: int) -> dict[int, Row]:
        """The customer's contacts by id."""
        found = self.oracle.ask(
            "SELECT u.*, k.superuser_id = u.user_id AS main FROM customer_users l JOIN users u USING (user_id)"
            " JOIN customers k ON k.customer_id = l.customer_id WHERE l.customer_id = :it",
            it=number,
        )
        return {row["user_id"]: row for row in found}
