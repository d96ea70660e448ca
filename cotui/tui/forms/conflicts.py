"""A record changed while a form was open: what of it matters, and who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cotui.api import Record
from cotui.tui.forms.values import label_of, to_text

if TYPE_CHECKING:
    from cotui.tui.forms.base_form import BaseForm
    from cotui.tui.forms.draft import Draft


async def settle_conflicts(form: BaseForm[Any], draft: Draft, fresh: Record) -> list[str] | None:
    """Bring a draft up to date with the record as it is now.

    Fields that its user did not touch take the server's value. Those changed by both are decided one by one.

    Returns:
        What was taken over, a line each; None when its user went back to the form.
    """
    moved = draft.moved(fresh.raw)
    disputed = []
    notes = []
    for name in moved:
        field, now = draft.fields[name], fresh.raw.get(name)
        if draft.changed(name) and not field.type.same(draft.value(name), now, field):
            disputed.append(name)
            continue
        notes.append(
            f"Changed by somebody else meanwhile: {label_of(field)}, "
            f"from {_words(draft, name, draft.original(name))} to {_words(draft, name, now)}"
        )
    decided: dict[str, bool] | None = {}
    if disputed:
        from cotui.tui.forms.conflict import ConflictDialog, Dispute

        decided = await form.cotui.ask(
            ConflictDialog(
                [
                    Dispute(
                        name,
                        label_of(draft.fields[name]),
                        was=_words(draft, name, draft.original(name)),
                        now=_words(draft, name, fresh.raw.get(name)),
                        yours=draft.text(name) or "nothing",
                    )
                    for name in disputed
                ]
            )
        )
    if decided is None:
        return None
    for name in moved:
        draft.rebase(name, fresh.raw.get(name), keep=decided.get(name, False))
    return notes


def _words(draft: Draft, name: str, value: object) -> str:
    return to_text(draft.fields[name], value) or "nothing"
