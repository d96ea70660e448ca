"""Books made by random writes: whatever was done to them, the entries come to what the account states."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.desk.statement.books import Books
from tests.sandbox import account

WRITES = 40


class Clerk:
    """Does to a customer's books whatever can be done; what is refused is left."""

    def __init__(self, books: Books, random: Random) -> None:
        self.books, self.random = books, random
        self.invoices: list[int] = []
        self.transactions: list[int] = []
        self.done: set[str] = set()

    async def write(self) -> None:
        what = self.random.choice(
            [
                "invoice",
                "invoice",
                "pay",
                "pay",
                "cre",
                "wri",
                "decline",
                "refund",
                "void",
                "void invoice",
                "use",
            ]
        )
        if what == "invoice":
            self.invoices.append(await self.books.invoice(self._amount(), self._day()))
        elif what in ("pay", "cre", "wri", "decline"):
            await self._money("pay" if what == "decline" else what, declined=what == "decline")
        elif what == "use" and self.invoices:
            await self._act("invoice", self.random.choice(self.invoices), "pay", use_customer_balance=True)
        elif what == "void invoice" and self.invoices:
            await self._act("invoice", self.random.choice(self.invoices), "void")
        elif what in ("refund", "void") and self.transactions:
            sent = {"amount": self._amount()} if what == "refund" else {}
            made = await self._act("transaction", self.random.choice(self.transactions), what, **sent)
            if isinstance(made, dict):
                self.transactions.append(int(made["id"]))
        self.done.add(what)

    def _amount(self) -> str:
        return f"{self.random.randint(1, 99999) / 100:.2f}"

    def _day(self) -> str:
        return f"2014-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    async def _money(self, kind: str, *, declined: bool) -> None:
        sent: dict[str, Any] = {
            "customer_id": self.books.customer,
            "transaction_type": kind,
            "transaction_date": self._day(),
            "gateway_status": 0 if declined else 1,
            "gateway_method": "credit" if kind == "cre" else "check",
            "amount": self._amount(),
        }
        if self.invoices and self.random.random() < 0.8:
            chosen = self.random.sample(self.invoices, min(len(self.invoices), self.random.randint(1, 3)))
            sent["applied_to"] = [{"invoice_id": number} for number in chosen]
        answer = await self.books.client.post("transaction", sent)
        if answer.status == 201 and not declined:
            self.transactions.append(int(answer.response["id"]))

    async def _act(self, subject: str, number: int, action: str, **sent: object) -> Any:
        answer = await self.books.client.post(f"{subject}/{number}?action={action}", sent)
        return answer.response


@pytest.mark.sample("0", "1", "2")
@pytest.mark.parametrize("seed", range(20))
async def test_whatever_was_done_it_is_proved(seed: int) -> None:
    store: Store = account.build()
    random = Random(seed)
    books = await Books(store, most=random.choice([3, 20, 100])).open()
    clerk = Clerk(books, random)
    for _ in range(WRITES):
        await clerk.write()
    assert len(clerk.done) > 6
    found = await books.balance()
    with store.read() as reader:
        owed, unused = reader.connection.execute(
            "SELECT (SELECT balance FROM customers WHERE customer_id = :it),"
            " (SELECT sum(amount - applied) FROM transactions WHERE customer_id = :it"
            " AND gateway_status = 1 AND void_datetime IS NULL)",
            {"it": books.customer},
        ).fetchone()
    assert found.proved, (found.difference, found.stated, found.unused)
    assert found.closing is not None
    assert found.closing.amount * 100 == owed - (unused or 0)
    assert found.lines[-1].running is not None
    assert found.lines[-1].running.amount == found.closing.amount
    await books.api.aclose()
    store.close()


@pytest.mark.sample("0", "1", "2")
@pytest.mark.parametrize("seed", range(20))
async def test_records_that_lack_keys_never_give_a_wrong_number_nor_a_smaller_one(seed: int) -> None:
    store: Store = account.build()
    random = Random(seed)
    books = await Books(store).open()
    clerk = Clerk(books, random)
    for _ in range(WRITES // 4):
        await clerk.write()
    truth = await books.balance()
    known = {(line.entry.kind, line.entry.ref): line.running for line in truth.lines}
    lacking = Books(store, switches=["missing-keys", "ids-as-text"])
    lacking.customer = books.customer
    for found in (await lacking.read()).balances:
        for name in ("charged", "paid"):
            sum_, real = getattr(found, name), getattr(truth, name)
            assert sum_ == real or (sum_.at_least and sum_.amount <= real.amount)
        for line in found.lines:
            real = known.get((line.entry.kind, line.entry.ref))
            if line.running is not None and real is not None:
                assert line.running == real or (line.running.at_least and line.running.amount <= real.amount)
        if found.closing is not None:
            assert found.closing == truth.closing
        if found.proved:
            assert found.difference is not None
            assert found.owed_then == truth.owed_then
    for some in (books, lacking):
        await some.api.aclose()
    store.close()
