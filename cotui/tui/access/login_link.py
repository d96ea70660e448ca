"""A link that logs a user in to the portal, once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cotui.api import Outcome
from cotui.tui.actions.confirm import confirm
from cotui.tui.actions.link_dialog import LinkDialog
from cotui.tui.base.choose import ChooseDialog

if TYPE_CHECKING:
    from cotui.catalog import Action
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen

_HOME = ("", "Portal home page")


async def login_link(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Ask which page it opens, make the link, and show it until its user leaves it."""
    field = next(item for item in action.payload if item.name == "destination")
    options = [_HOME, *((choice.value, choice.label) for choice in field.choices)]
    destination = await screen.cotui.ask(ChooseDialog(f"Log in as {target.words}, to:", options))
    if destination is None:
        return None
    return await link_to(screen, action, target, destination)


async def link_to(
    screen: FrameScreen[Any], action: Action, target: ActionTarget, destination: str
) -> Outcome | None:
    """Make a link to one page of the portal ("" for its home page), and as many new ones as are asked for."""
    field = next(item for item in action.payload if item.name == "destination")
    page = next((choice.label for choice in field.choices if choice.value == destination), _HOME[1])
    ended: Outcome | None = None
    while True:
        write = target.write_of(action, {"destination": destination} if destination else None)
        outcome = await confirm(screen, write, notes=[f"Opens: {page}", "Whoever has the link is logged in."])
        if outcome is None or not outcome.done:
            return outcome or ended
        dialog = LinkDialog(
            f"Login link · {target.words}",
            outcome.answer,
            lines=[f"Opens: {page}. Whoever has it is logged in as {target.name}."],
            secret=True,
        )
        ended = replace(outcome, answer=None)  # the dialog holds the link, and nothing else does
        del outcome
        if await screen.cotui.ask(dialog) != "again":
            return ended
