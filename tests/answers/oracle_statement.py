"""What a statement has to say: everything that was charged, paid and taken back, by date, in SQL over the tables.

What was voided counted from its own date until it was voided; a statement may show both, or leave both out.

Write-offs are no documented type of transactions, while invoices say how much of them was written off: where the list
has no write-offs, or may not be read, they are known by their invoices, and when they were made is not.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tests.answers.oracle import Oracle
from tests.answers.oracle_parts import Parts

_KINDS = {"pay": "payment", "cre": "credit", "ref": "refund", "wri": "write_off", "spl": "payment"}


class Event(NamedTuple):
    """Something of a customer's account.

    Attributes:
        kind: as statements call it.
        table: "invoices" or "transactions"; both have a key of their own. Write-offs of "invoices" have no date.
        number: the id.
        currency: the code.
        day: when.
        net: by how much more is owed after it.
        until: when it was voided; None where it is in force.
    """

    kind: str
    table: str
    number: int
    currency: str
    day: date
    net: Decimal
    until: date | None

    @property
    def counts(self) -> bool:
        """Whether it is in force today."""
        return self.kind != "decline" and self.until is None


class Statement:
    """All events of a customer."""

    def __init__(self, oracle: Oracle, number: int) -> None:
        self.oracle, self.number = oracle, number
        parts = Parts(oracle)
        self.events: list[Event] = []
        for row in oracle.ask(
            "SELECT 'invoices' AS t, invoice_id AS id, date AS day, total AS minor, void_datetime AS void,"
            " 'invoice' AS kind, 1 AS worked, currency_id FROM invoices WHERE customer_id = :it"
            " UNION ALL SELECT 'transactions', transaction_id, transaction_date, -amount, void_datetime,"
            " transaction_type, gateway_status, currency_id FROM transactions WHERE customer_id = :it",
            it=number,
        ):
            (money,) = oracle.ask(
                "SELECT iso4217, decimals FROM currencies WHERE currency_id = :it", it=row["currency_id"]
            )
            worked = row["worked"] == 1
            self.events.append(
                Event(
                    _KINDS.get(row["kind"], row["kind"]) if worked else "decline",
                    row["t"],
                    row["id"],
                    money["iso4217"],
                    date.fromisoformat(row["day"]),
                    Decimal(row["minor"]).scaleb(-money["decimals"]) if worked else Decimal(0),
                    None if row["void"] is None else parts.day(row["void"]),
                )
            )

        self.undated = [
            Event(
                "write_off",
                "invoices",
                row["invoice_id"],
                row["iso4217"],
                date.fromisoformat(row["date"]),
                Decimal(row["writeoffs"]).scaleb(-row["decimals"]) * -1,
                None,
            )
            for row in oracle.ask(
                "SELECT i.*, c.iso4217, c.decimals FROM invoices i JOIN currencies c USING (currency_id)"
                " WHERE customer_id = :it AND writeoffs <> 0",
                it=number,
            )
        ]
        known = oracle.ask(
            "SELECT DISTINCT invoice_id FROM transaction_applied a JOIN transactions t USING (transaction_id)"
            " WHERE t.customer_id = :it AND t.transaction_type = 'wri'",
            it=number,
        )
        numbers = {row["invoice_id"] for row in known}
        self.events += [event for event in self.undated if event.number not in numbers]

    def currencies(self) -> set[str]:
        """Those in which anything counts today."""
        return {event.currency for event in self.events if event.counts}

    def closing(self, currency: str) -> Decimal:
        """What is owed today less what is unused: all that counts, added up."""
        return self.owed(currency, self.oracle.today, with_voided=False)

    def owed(self, currency: str, day: date, *, with_voided: bool, with_undated: bool = True) -> Decimal:
        """What was owed at the end of a day, less what was unused.

        Args:
            with_voided: what was voided later counts until then.
            with_undated: write-offs without a date count from the day of their invoice, and not at all otherwise.
        """
        return sum(
            (
                event.net
                for event in self.events
                if event.currency == currency
                and event.kind != "decline"
                and (with_undated or event not in self.undated)
                and event.day <= day
                and (event.until is None or (with_voided and event.until > day))
            ),
            Decimal(0),
        )
