"""The payments an invoice is to be paid in: a list of them beside what is due, and the keys that change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from cotui.catalog import Choice, Field, FieldType
from cotui.catalog.money import decimal_of, written
from cotui.tui.engine.life import open_over
from cotui.tui.forms.entry_table import EntryColumn, EntryEditor, EntryRow, EntryTable
from cotui.tui.forms.form import PayloadForm
from cotui.tui.payments.payment_plan import MOST_PARTS, Payment, months_after, split, total
from cotui.tui.payments.stored_methods import StoredMethod

ANY: Final = "any"
_DATE: Final = Field("date", FieldType.DATE, "Date", "The day on which the payment is tried.")
_AMOUNT: Final = Field("amount", FieldType.MONEY, "Amount", "How much is paid.")
_PARTS: Final = Field(
    "parts", FieldType.INTEGER, "Payments", f"Into how many payments, a month apart: 1 to {MOST_PARTS}."
)


class PaymentEditor(EntryEditor):
    """Shows and edits the payments of one invoice, in the order of their days.

    `own_method`: the invoice's subscription decides what is charged, so that it can't be chosen.
    """

    help_heading = "Payments"
    BINDINGS = [
        Binding("n,insert,plus", "add", "New payment", id="payments.add"),
        Binding("s", "split", "Split the rest", id="payments.split"),
        Binding("d,delete", "remove", "Remove", id="payments.remove"),
        Binding("z", "restore", "Bring back what was removed", id="payments.restore"),
    ]
    KEYS = "n new · s split the rest monthly · enter change · d remove · z back"

    def __init__(
        self,
        payments: Sequence[Payment],
        *,
        balance: Decimal,
        iso: str,
        methods: Sequence[StoredMethod],
        own_method: bool,
        today: Callable[[], date],
    ) -> None:
        super().__init__(id="payments")
        self.payments = sorted(payments, key=_day)
        #: what was taken out, the last one last
        self._removed: list[Payment] = []
        self.balance = balance
        self._iso = iso
        self._methods = _by_words(methods)
        self._own_method = own_method
        self._today = today

    def compose(self) -> ComposeResult:
        columns = (
            EntryColumn("Date", 10),
            EntryColumn("Amount", 14, "right"),
            EntryColumn("Charged to"),
        )
        #: the payments with the cursor
        self.table = EntryTable(
            columns, empty="no payments yet: n adds one, s splits the balance", id="plan-table"
        )
        yield from (self.table, self.sum_line, self.keys_line)

    @property
    def rest(self) -> Decimal:
        """What is due and not planned yet; negative when too much is planned."""
        return self.balance - total(self.payments)

    @property
    def sum_words(self) -> str:
        """What the payments come to."""
        return f"{self._words(total(self.payments))} {self._iso}".rstrip()

    @property
    def rest_words(self) -> str:
        """How much is due beside what is planned; "" when nothing is."""
        return f"{self._words(self.rest)} {self._iso} stays unplanned." if self.rest > 0 else ""

    def show(self, at: Payment | None = None) -> None:
        """Show the payments as they are now, with the cursor on one of them."""
        cursor = next((index for index, item in enumerate(self.payments) if item is at), None)
        self.table.show([self._row(payment) for payment in self.payments], cursor)
        line = self.sum_line
        line.set_class(self.rest < 0, "bad")
        if self.rest < 0:
            left = f"{self._words(-self.rest)} too much"
        else:
            left = f"{self._words(self.rest)} left" if self.rest else "all of it"
        line.show(f" {self._words(total(self.payments))} of {self._words(self.balance)} {self._iso}: {left}")
        self.tell("")

    def _words(self, amount: Decimal) -> str:
        return written(amount, self._iso)

    def _row(self, payment: Payment) -> EntryRow:
        method = "any stored method"
        if self._own_method:
            method = "the subscription's method"
        elif payment.method is not None:
            method = payment.method.words
        past = payment.date < self._today()
        texts = (
            payment.date.isoformat(),
            self._words(payment.amount),
            method + (" · day has passed" if past else ""),
        )
        return EntryRow(texts, "warn" if past else "")

    def action_add(self) -> None:
        start: dict[str, object] = {"date": self._today().isoformat()}
        if self.rest > 0:
            start["amount"] = str(self.rest)
        self._ask("New payment", (_DATE, _AMOUNT), start, self._added)

    def _added(self, typed: Mapping[str, object]) -> None:
        payment = self._payment(typed)
        self._keep([*self.payments, payment], payment)

    @on(EntryTable.Taken)
    def _taken(self, event: EntryTable.Taken) -> None:
        event.stop()
        if not self.payments:
            self.action_add()
            return
        old = self.payments[self.table.cursor]
        start: dict[str, object] = {"date": old.date.isoformat(), "amount": str(old.amount)}
        start["method"] = next((name for name, item in self._methods.items() if item == old.method), ANY)

        def changed(typed: Mapping[str, object]) -> None:
            new = self._payment(typed)
            self._keep([new if item is old else item for item in self.payments], new)

        self._ask("Change the payment", (_DATE, _AMOUNT), start, changed)

    def action_remove(self) -> None:
        if self.payments:
            self._removed.append(self.payments.pop(self.table.cursor))
            self.show()

    def action_restore(self) -> None:
        if self._removed:
            payment = self._removed.pop()
            self._keep([*self.payments, payment], payment)

    def action_split(self) -> None:
        if self.rest <= 0:
            self.tell("The payments come to the balance already: d removes one.")
            return
        first = months_after(max(map(_day, self.payments)), 1) if self.payments else self._today()
        start: dict[str, object] = {"date": first.isoformat(), "amount": str(self.rest)}
        self._ask("Split into equal monthly payments", (_PARTS, _AMOUNT, _DATE), start, self._split)

    def _split(self, typed: Mapping[str, object]) -> None:
        whole = self._payment(typed)
        parts = typed["parts"]
        assert isinstance(parts, int)
        try:
            new = split(whole.amount, parts, whole.date, self._iso, whole.method)
        except ValueError as error:
            self.tell(f"It takes {error}.")
            return
        self._keep([*self.payments, *new], new[0])

    def _keep(self, payments: Sequence[Payment], at: Payment) -> None:
        self.payments = sorted(payments, key=_day)
        self.show(at)

    def _ask(
        self,
        title: str,
        fields: Sequence[Field],
        start: Mapping[str, object],
        taken: Callable[[Mapping[str, object]], None],
    ) -> None:
        choices = (Choice(ANY, "Any stored method"), *(Choice(name, name) for name in self._methods))
        method = Field("method", FieldType.ENUM, "Charged to", "What is charged.", choices=choices)
        shown = tuple(fields) if self._own_method else (*fields, method)
        form = PayloadForm(
            title,
            shown,
            values={"method": ANY, **start},
            required=[item.name for item in shown],
            notes=[f"{self._words(self.rest)} {self._iso} of the balance is not planned yet."],
        )
        open_over(self, form, lambda typed: taken(typed) if typed is not None else None)

    def _payment(self, typed: Mapping[str, object]) -> Payment:
        return Payment(
            date.fromisoformat(str(typed["date"])),
            decimal_of(typed["amount"]),
            self._methods.get(str(typed.get("method", ANY))),
        )


def _day(payment: Payment) -> date:
    return payment.date


def _by_words(methods: Sequence[StoredMethod]) -> dict[str, StoredMethod]:
    """The methods by what they are called; those called alike have their number with it."""
    said = [method.words for method in methods]
    return {
        method.words if said.count(method.words) == 1 else f"{method.words} (no. {method.ref})": method
        for method in methods
    }
