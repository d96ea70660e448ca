"""The form in which the payments of an invoice are planned, and what leads to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult

from cotui.api import ApiError, Outcome, Record, Write
from cotui.catalog import Action
from cotui.catalog.money import decimal_of
from cotui.safety.text import clean
from cotui.tui.forms.draft import FormProblem
from cotui.tui.forms.form import FormScreen
from cotui.tui.payments.payment_editor import PaymentEditor
from cotui.tui.payments.payment_plan import planned, problem
from cotui.tui.payments.stored_methods import StoredMethod, stored_methods

if TYPE_CHECKING:
    from cotui.api import Write
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen


class ScheduleForm(FormScreen):
    """Plans the payments of an invoice that something is due of."""

    def __init__(
        self,
        target: ActionTarget,
        methods: Sequence[StoredMethod],
        *,
        make: Callable[[dict[str, object]], Write],
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__(
            f"Payments of {target.words}",
            (),
            values={},
            make=make,
            changed_only=True,
            target=target,
            notes=notes,
        )
        row = target.record.raw
        self._of_subscription = bool(row.get("package_id"))
        iso = row.get("currency_iso4217")
        self._iso = iso if isinstance(iso, str) else ""
        entries = row.get("schedule")
        self._before = planned(
            [item for item in entries if isinstance(item, dict)] if isinstance(entries, list) else [], methods
        )
        self._balance = decimal_of(row.get("balance"))
        self._methods = methods

    def compose_extra(self) -> ComposeResult:
        #: the payments on the screen
        self.editor = PaymentEditor(
            self._before,
            balance=self._balance,
            iso=self._iso,
            methods=self._methods,
            own_method=self._of_subscription,
            today=self.cotui.session.today,
        )
        yield self.editor

    def on_mount(self) -> None:
        super().on_mount()
        self.pane.can_focus = False  # there is no field in it
        self.editor.table.focus()

    def extra_payload(self) -> dict[str, object]:
        if not self.extra_changed():
            return {}
        payments = self.editor.payments
        if words := problem(payments, self.editor.balance, self._iso):
            raise FormProblem("payments", words)
        self.editor.tell("")
        return {"schedule": [item.payload(with_method=not self._of_subscription) for item in payments]}

    def extra_changed(self) -> bool:
        return self.editor.payments != self._before

    async def check_fresh(self, fresh: Record) -> Sequence[str]:
        self.editor.balance = decimal_of(fresh.raw.get("balance"))
        self.editor.show()
        payments = self.editor.payments
        notes = [f"{_payments(len(payments))}, {self.editor.sum_words} in all."]
        if self._before:
            notes.append(f"They take the place of {_payments(len(self._before))} planned before.")
        if left := self.editor.rest_words:
            notes.append(left)
        past = sum(item.date < self.cotui.session.today() for item in payments)
        if past:
            notes.append(f"The day of {_payments(past)} has passed already.")
        return notes

    def show_problem(self, problem: FormProblem) -> None:
        if problem.where == "payments":
            self.editor.table.focus()
            self.editor.tell(problem.words)
        else:
            super().show_problem(problem)

    def show_server_error(self, outcome: Outcome) -> bool:
        self.show_problem(FormProblem("payments", outcome.message))
        return True


def _payments(count: int) -> str:
    return "1 payment" if count == 1 else f"{count} payments"


async def schedule_payments(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Ask for the payments of an invoice that something is due of, and have them planned."""
    row = target.record.raw
    if decimal_of(row.get("balance")) <= 0:
        screen.say(f"nothing is due of {clean(target.words)}: there is nothing to plan", "warning")
        return None
    notes: list[str] = []
    methods: list[StoredMethod] = []
    if row.get("package_id"):
        notes.append("It is a subscription's invoice: the subscription's own method is always charged.")
    else:
        methods, notes = await _methods(screen, row.get("customer_id"))

    form = ScheduleForm(target, methods, make=partial(target.write_of, action), notes=notes)
    return await screen.ask(form)


async def _methods(screen: FrameScreen[Any], customer_id: object) -> tuple[list[StoredMethod], list[str]]:
    """What the customer has stored, and what is to be said when that is nothing, or can't be told."""
    if not isinstance(customer_id, int | str):
        return [], []
    try:
        methods, unread = await stored_methods(screen.cotui.api, customer_id)
    except ApiError as error:
        return [], [f"The stored cards and accounts could not be read ({error.what}): “any” can be chosen."]
    if not methods and not unread:
        return [], ["The customer has no stored card or account: the payments will fail until there is one."]
    return methods, unread
