"""How a customer pays by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cotui.api import ApiError, Outcome
from cotui.tui.actions.confirm import confirm
from cotui.tui.payments.pay_method import PayChoice, PayMethodDialog
from cotui.tui.payments.stored_methods import StoredMethod, named_method, stored_methods

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cotui.catalog import Action
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen


async def set_pay_method(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Choose one of the stored methods, and whether what exists already changes too."""
    api = screen.cotui.api
    screen.say("reading the stored pay methods …")
    try:
        methods, unread = await stored_methods(api, target.ref)
    except ApiError as error:
        screen.say(f"{error.what}: {error.todo}", "error")
        return None
    screen.hush()
    row = target.record.raw
    current = _current(methods, row)

    async def send(choice: PayChoice) -> Outcome | None:
        existing = "change too" if choice.existing else "stay as they are"
        return await confirm(
            screen,
            target.write_of(action, choice.payload),
            notes=[
                f"Now: {current.words if current is not None else _unnamed(row)}",
                f"Will be: {choice.words}",
                f"Existing subscriptions and scheduled invoices {existing}.",
            ],
        )

    return await screen.cotui.ask(
        PayMethodDialog(f"Default pay method of {target.words}", methods, current, send, notes=unread)
    )


def _current(methods: Sequence[StoredMethod], row: Mapping[str, Any]) -> PayChoice | None:
    if row.get("default_paymethod") == "inv":
        return PayChoice(None, True)
    found = named_method(methods, row, prefix="default_")
    return PayChoice(found, True) if found is not None else None


def _unnamed(row: Mapping[str, Any]) -> str:
    """What the customer's default is when it is none of those that are stored; not cleaned."""
    code = row.get("default_paymethod")
    return f"“{code}”, which is none of the stored ones" if code else "none"
