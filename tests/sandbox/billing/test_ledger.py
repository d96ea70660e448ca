"""Whatever is paid, credited, refunded, voided and moved in whatever order: no cent appears or gets lost."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cotui.sandbox.billing.totals import refresh_invoice, refresh_totals
from cotui.sandbox.http.app import create_app
from tests.depth import examples
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Answer, Client
from tests.sandbox.demo.rules import VIOLATIONS
from tests.sandbox.money_account import BANK, CARD, DECLINED, customer

_RULES = (
    "balance",
    "credits, payments, write-offs and refunds are what was applied",
    "the stage follows from balance",
    "transactions are in their customer's currency",
    "a transaction's applied is the sum of its parts and no more than its amount",
    "only refunds are negative",
    "failed and void transactions pay nothing",
)
#: Each finds what must not be, among the test's own customer.
VIOLATED = {
    **{name: VIOLATIONS[name] for name in _RULES},
    "no more is refunded than was paid": """
        SELECT p.transaction_id FROM transactions p JOIN transactions r
        ON r.parent_transaction_id = p.transaction_id AND r.void_datetime IS NULL
        GROUP BY 1 HAVING p.amount + sum(r.amount) < 0""",
    "what was refunded from an invoice was paid there": """
        SELECT r.parent_transaction_id, b.invoice_id FROM transactions r JOIN transaction_applied b USING (transaction_id)
        LEFT JOIN transaction_applied a
        ON a.transaction_id = r.parent_transaction_id AND a.invoice_id = b.invoice_id
        WHERE r.transaction_type = 'ref' GROUP BY 1, 2 HAVING coalesce(max(a.applied), 0) + sum(b.applied) < 0""",
    "money is not spent twice": """
        SELECT p.transaction_id FROM transactions p LEFT JOIN transactions r
        ON r.parent_transaction_id = p.transaction_id AND r.void_datetime IS NULL
        WHERE p.transaction_type = 'pay' AND p.gateway_status = 1 AND p.void_datetime IS NULL
        GROUP BY 1 HAVING p.amount - p.applied + coalesce(sum(r.amount - r.applied), 0) < 0""",
    "a void transaction has nothing on invoices": """
        SELECT transaction_id FROM transaction_applied JOIN transactions USING (transaction_id)
        WHERE void_datetime IS NOT NULL OR gateway_status = 0""",
    "a void invoice has nothing on it that counts": """
        SELECT invoice_id FROM invoices WHERE stage = 1 AND credits + payments + writeoffs <> 0""",
    "of scheduled payments no more is due than of the invoice": """
        SELECT invoice_id FROM invoices JOIN invoice_schedule s USING (invoice_id)
        GROUP BY 1 HAVING sum(s.balance) > invoices.balance OR min(s.balance) < 0""",
}
cents = st.integers(1, 4000).map(lambda minor: str(Decimal(minor) / 100))
picks = st.integers(0, 4)
kinds = st.sampled_from(["pay", "pay", "cre", "wri", "ref"])
ways = st.sampled_from([None, "best_fit", "oldest", "newest"])
parts = st.lists(st.tuples(st.integers(0, 1), st.one_of(st.none(), cents)), max_size=3)


class Money(RuleBasedStateMachine):
    """A client that does all there is to do with one customer's money."""

    @initialize(currency_id=st.sampled_from([1, 1, 3]))
    def begin(self, currency_id: int) -> None:
        self.store = account.build(2)
        with self.store.write() as connection:
            # the small account has things on purpose that the API would never leave behind
            connection.execute("DELETE FROM transaction_applied")
            connection.execute("DELETE FROM transactions")
            connection.execute("DELETE FROM invoice_schedule")
            connection.execute("DELETE FROM invoice_lines")
            connection.execute("DELETE FROM invoices")
            refresh_totals(connection)
        self.client = Client(create_app(self.store, credentials=CREDENTIALS, clock=account.now))
        self.unit = 100 if currency_id == 1 else 1000
        self.customer_id, self.invoices = self.run(
            customer(self.client, "10.95", "33.33", currency_id=currency_id)
        )
        self.transactions: list[int] = []
        #: what the customer has paid so far, as the answers say
        self.paid = Decimal(0)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()

    def run(self, work: Any) -> Any:
        return asyncio.run(work)

    def post(self, url: str, payload: Any = None) -> Answer:
        answer: Answer = self.run(self.client.post(url, payload))
        assert answer.status in (200, 201, 400), answer.envelope
        return answer

    def applied_to(self, wanted: list[tuple[int, str | None]]) -> list[dict[str, Any]]:
        return [
            {"invoice_id": self.invoices[index], **({} if amount is None else {"applied": amount})}
            for index, amount in dict(wanted).items()
        ]

    def known(self, pick: int) -> int:
        # the latest are the likeliest
        return self.transactions[-1 - pick % len(self.transactions)] if self.transactions else 0

    @rule(kind=kinds, amount=cents, wanted=parts, how=ways)
    def put_on_record(self, kind: str, amount: str, wanted: list[Any], how: str | None) -> None:
        sent = {"customer_id": self.customer_id, "transaction_type": kind, "amount": amount}
        answer = self.post("transaction", {**sent, "applied_to": self.applied_to(wanted), "auto_apply": how})
        if answer.status == 201:
            self.transactions.append(answer.response["id"])
            self.paid += {"pay": Decimal(amount), "ref": -Decimal(amount)}.get(kind, 0)

    @rule(
        amount=st.one_of(st.none(), cents), wanted=parts, method=st.sampled_from([CARD, CARD, BANK, DECLINED])
    )
    def pay(self, amount: str | None, wanted: list[Any], method: dict[str, Any]) -> None:
        sent = {"customer_id": self.customer_id, "amount": amount, "paymethods": [method]}
        answer = self.post("transaction?action=pay", {**sent, "applied_to": self.applied_to(wanted)})
        if answer.status == 200:
            self.transactions.append(answer.response["id"])
            self.paid += self.amount(answer.response["id"])

    def latest(self) -> int:
        rows = self.run(self.client.rows("transaction", order="transaction_id:DESC", limit=1))
        return int(rows[0]["transaction_id"])

    def amount(self, number: int) -> Decimal:
        row = self.run(self.client.get(f"transaction/{number}")).response
        return Decimal(str(row["amount"]))

    @rule(index=st.integers(0, 1), payload=st.sampled_from([CARD, DECLINED, {"use_customer_balance": True}]))
    def pay_invoice(self, index: int, payload: dict[str, Any]) -> None:
        before = self.run(self.client.get(f"invoice/{self.invoices[index]}")).response
        answer = self.post(f"invoice/{self.invoices[index]}?action=pay", payload)
        after = self.run(self.client.get(f"invoice/{self.invoices[index]}")).response
        if payload is CARD and answer.response is True:
            assert after["balance"] == 0
            self.transactions.append(self.latest())
            self.paid += Decimal(str(before["balance"]))
        if answer.response is not True:
            assert after["balance"] == before["balance"]

    @rule(pick=picks, amount=st.one_of(st.none(), cents))
    def refund(self, pick: int, amount: str | None) -> None:
        answer = (
            self.post(f"transaction/{self.known(pick)}?action=refund", {"amount": amount})
            if self.transactions
            else None
        )
        if answer is not None and answer.status == 200:
            self.transactions.append(answer.response["id"])
            self.paid += self.amount(answer.response["id"])

    @rule(index=st.integers(0, 1))
    def take_back_a_refund_after_paying_again(self, index: int) -> None:
        before = len(self.transactions)
        self.pay_invoice(index, CARD)
        if len(self.transactions) > before:
            self.refund(0, None)
            self.pay_invoice(index, CARD)
            self.void_transaction(1)

    @rule(pick=picks)
    def void_transaction(self, pick: int) -> None:
        if self.transactions:
            number = self.known(pick)
            row = self.run(self.client.get(f"transaction/{number}")).response
            if self.post(f"transaction/{number}?action=void").response is True and row[
                "transaction_type"
            ] in ("pay", "ref"):
                self.paid -= Decimal(str(row["amount"]))

    @rule(index=st.integers(0, 1))
    def void_invoice(self, index: int) -> None:
        assert self.post(f"invoice/{self.invoices[index]}?action=void").status == 200

    @rule(total=st.sampled_from(["0.01", 7, "19.99"]))
    def bill(self, total: object) -> None:
        line = {"item_id": 1, "line_rate": total, "line_quantity": 1}
        answer = self.post("invoice", {"customer_id": self.customer_id, "line_items": [line]})
        # invoices are picked by index: the new one takes the place of the oldest
        self.invoices = [*self.invoices[1:], answer.response["id"]]

    @rule(pick=picks, wanted=parts)
    def apply_anew(self, pick: int, wanted: list[Any]) -> None:
        if self.transactions:
            sent = {"applied_to": self.applied_to(wanted)}
            self.post(f"transaction/{self.known(pick)}?action=changeAppliedAmounts", sent)

    @rule(index=st.integers(0, 1), amounts=st.lists(cents, min_size=1, max_size=3))
    def schedule(self, index: int, amounts: list[str]) -> None:
        days = ("2026-04-01", "2026-05-01", "2026-06-01")
        sent = [{"amount": amount, "date": day} for amount, day in zip(amounts, days, strict=False)]
        self.post(f"invoice/{self.invoices[index]}?action=schedule", {"schedule": sent})

    @invariant()
    def nothing_is_violated(self) -> None:
        if not hasattr(self, "customer_id"):
            return
        with self.store.read() as reader:
            for name, sql in VIOLATED.items():
                assert reader.connection.execute(sql).fetchall() == [], name

    @invariant()
    def the_sums_agree(self) -> None:
        if not hasattr(self, "customer_id"):
            return
        served = self.run(self.client.get(f"customer/{self.customer_id}")).response
        invoices = self.run(
            self.client.rows("invoice", where=f"customer_id:EQUALS:{self.customer_id}", limit=100)
        )
        assert Decimal(str(served["paid"])) == self.paid
        assert Decimal(str(served["balance"])) == sum(Decimal(str(row["balance"])) for row in invoices)
        for row in invoices:
            due = Decimal(str(row["total"])) - Decimal(str(row["applied"]))
            assert row["is_void"] or due == Decimal(str(row["balance"]))
            assert row["balance"] >= 0
        with self.store.write() as connection:
            kept = [connection.execute(sql).fetchall() for sql in _KEPT]
            for (number,) in connection.execute("SELECT invoice_id FROM invoices").fetchall():
                refresh_invoice(connection, number, account.TODAY)
            refresh_totals(connection)
            assert [connection.execute(sql).fetchall() for sql in _KEPT] == kept


_KEPT = (
    "SELECT customer_id, total, balance, paid, oldest_due_date FROM customers",
    "SELECT invoice_id, total, credits, payments, writeoffs, refunds, balance, stage, paid_date FROM invoices",
)
TestMoney = Money.TestCase
TestMoney.settings = settings(max_examples=examples(25), stateful_step_count=25)
