"""E-mails to a customer: one of the account's templates, or an invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cotui.api import Outcome
from cotui.tui.actions.question import ask_and_send

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cotui.catalog import Action
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen

#: the receivers an e-mail's payload can name, and what they get
_RECEIVERS: Final = (("email", "to"), ("cc", "copy to"), ("bcc", "hidden copy to"))


async def email_invoice(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Ask for receivers and text, all of which may be left to ChargeOver."""
    default = target.recipient
    return await ask_and_send(
        screen,
        action,
        target,
        title=f"E-mail {target.words}",
        notes=["Leave empty what ChargeOver is to fill in. ctrl+s goes on."],
        placeholders={"email": f"{default} (the customer's contact)", "message_id": "the standard one"},
        emails=lambda payload: _invoice_mail(payload, target),
    )


async def email_customer(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Ask for the template; without one it is the welcome message."""

    def emails(payload: Mapping[str, object]) -> tuple[str, ...]:
        template = payload.get("message_id")
        what = "The welcome message" if template is None else f"The account's message template {template}"
        return (f"{what}, to {target.email or _NOBODY}",)

    notes = ["Empty sends the welcome message. ctrl+s goes on."]
    if action.unverified:
        notes.append(
            "ChargeOver's documentation describes this call without its name: should it be refused, nothing is sent."
        )
    return await ask_and_send(
        screen,
        action,
        target,
        title=f"E-mail to {target.words}",
        notes=notes,
        placeholders={"message_id": "the welcome message"},
        emails=emails,
    )


_NOBODY: Final = "the customer's contact, of whom no address is on record"


def _invoice_mail(payload: Mapping[str, object], target: ActionTarget) -> tuple[str, ...]:
    """Who gets it, a line each; not cleaned."""
    named = f"Invoice {target.name}"
    lines: list[str] = []
    for name, how in _RECEIVERS:
        value = payload.get(name) or (name == "email" and (target.email or _NOBODY))
        if value:
            lines.append(f"{named if not lines else 'The same'}, {how} {value}")
    return tuple(lines)
