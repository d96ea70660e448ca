"""Planning the payments of an invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cotui.api import ApiError, Outcome, Write
from cotui.catalog import Action
from cotui.catalog.money import decimal_of
from cotui.safety.text import clean
from cotui.tui.payments.schedule_form import ScheduleForm
from cotui.tui.payments.stored_methods import StoredMethod, stored_methods

if TYPE_CHECKING:
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen


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

    def make(payload: dict[str, object]) -> Write:
        return target.write_of(action, payload)

    form = ScheduleForm(target, methods, make=make, notes=notes)
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
