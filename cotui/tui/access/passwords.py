"""Setting a user's portal password."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cotui.api import Outcome
from cotui.tui.access.password import PasswordDialog
from cotui.tui.actions.confirm import confirm

if TYPE_CHECKING:
    from cotui.catalog import Action
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen


async def set_password(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Ask for the password, and set it with or without an e-mail that has it in it."""
    from cotui.tui.actions.dispatch import emails_of

    row = target.record.raw
    known = [row.get(name) for name in ("name", "first_name", "last_name", "username", "email")]
    if target.customer is not None:
        known.append(target.customer.raw.get("company"))

    async def send(password: str, by_email: bool) -> Outcome | None:
        write = target.write_of(action, {"password": password}, emails_of(action, target))
        write = replace(write, send_emails=by_email)
        outcome = await confirm(screen, write, notes=["The old password stops working at once."])
        # what is kept of it afterwards holds no password
        return outcome and replace(outcome, write=replace(write, payload=None))

    dialog = PasswordDialog(
        f"New password · {target.words}",
        tuple(text for text in known if isinstance(text, str)),
        target.email,
        send,
    )
    return await screen.cotui.ask(dialog)
