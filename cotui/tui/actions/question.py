"""A form for the fields of an action, and then the question whether to send it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cotui.api import Outcome, Write
from cotui.tui.actions.dispatch import emails_of
from cotui.tui.actions.menu_entries import fields_asked
from cotui.tui.forms.form import FormScreen

if TYPE_CHECKING:
    from cotui.catalog import Action
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen


async def ask_and_send(
    screen: FrameScreen[Any],
    action: Action,
    target: ActionTarget,
    *,
    title: str = "",
    notes: Sequence[str] = (),
    placeholders: Mapping[str, str] | None = None,
    emails: Callable[[Mapping[str, object]], tuple[str, ...]] | None = None,
) -> Outcome | None:
    """Ask for the fields of an action; what is left empty is not sent.

    Args:
        title: of the form; empty for the action's name.
        notes: what its user should know, a line each.
        placeholders: by the name of a field, what happens when it stays empty.
        emails: the e-mails it sends, given its payload; None for what the catalogue says.
    """

    def make(payload: dict[str, object]) -> Write:
        sent = emails(payload) if emails is not None else emails_of(action, target)
        return target.write_of(action, payload or None, sent)

    fields = fields_asked(action)
    form = FormScreen(
        title or f"{action.label} · {target.words}",
        fields,
        values={},
        required=[item.name for item in fields if item.required],
        make=make,
        changed_only=False,
        may_be_empty=True,
        notes=notes,
        placeholders=placeholders or {},
    )
    return await screen.ask(form)
