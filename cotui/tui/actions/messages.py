"""E-mails to a customer: one of the account's templates, or an invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cotui.api import Outcome, Write
from cotui.tui.forms.form import FormScreen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cotui.catalog import Action
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen

#: the receivers an e-mail's payload can name, and what they get
_RECEIVERS: Final = (("email", "to"), ("cc", "copy to"), ("bcc", "hidden copy to"))


async def email_invoice(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Ask for receivers and text, all of which may be left to ChargeOver."""
    default = target.email or "no address is on record"

    def make(payload: dict[str, object]) -> Write:
        return target.write_of(action, payload or None, _invoice_mail(payload, target))

    return await _ask(
        screen,
        FormScreen(
            f"E-mail {target.words}",
            action.payload,
            values={},
            make=make,
            changed_only=False,
            may_be_empty=True,
            notes=["Leave empty what ChargeOver is to fill in. ctrl+s goes on."],
            placeholders={"email": f"{default} (the customer's contact)", "message_id": "the standard one"},
        ),
    )


async def email_customer(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Ask for the template; without one it is the welcome message."""

    def make(payload: dict[str, object]) -> Write:
        template = payload.get("message_id")
        what = "The welcome message" if template is None else f"The account's message template {template}"
        return target.write_of(action, payload or None, (f"{what}, to {target.email or _NOBODY}",))

    notes = ["Empty sends the welcome message. ctrl+s goes on."]
    if action.unverified:
        notes.append(
            "ChargeOver's documentation describes this call without its name: should it be refused, nothing is sent."
        )
    return await _ask(
        screen,
        FormScreen(
            f"E-mail to {target.words}",
            action.payload,
            values={},
            make=make,
            changed_only=False,
            may_be_empty=True,
            notes=notes,
            placeholders={"message_id": "the welcome message"},
        ),
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


async def _ask(screen: FrameScreen[Any], form: FormScreen) -> Outcome | None:
    form.tab = screen.tab
    return await screen.cotui.ask(form)
