"""Questions that one key answers for good, and when such a key was not meant as an answer."""

from __future__ import annotations

from typing import Final, TypeVar

from textual import events

from cotui.tui.base.dialog import Dialog
from cotui.tui.base.inputs import takes_as_text

#: letters that mean nothing in the question were typed while it was open
STRAYED: Final = "Letters were typed here that mean nothing: tab to Yes and enter, or esc and ask again"
#: the answer came too soon behind another key
HASTY: Final = "That key came right behind others: press it again, alone"

Result = TypeVar("Result")


class AskingDialog(Dialog[Result]):
    """A question in which a key sends, discards, quits or deletes.

    Who does not look types words. So a key counts only when no printable key came right before it; and once one came
    that does nothing here, no printable key is an answer any more.
    """

    #: a printable key was pressed here that does nothing
    strayed = False

    def on_key(self, event: events.Key) -> None:
        """A key that means nothing here is part of a text that was meant for somewhere else."""
        if not event.is_printable or takes_as_text(self.focused, event.key, event.character):
            return
        early = not self.ready and event.key in self._bindings.key_to_bindings
        if not early and event.key not in self.active_bindings:
            self.strayed = True
            self.key_strayed()

    def key_strayed(self) -> None:
        """For subclasses: a key was pressed that means nothing."""

    def why_no_answer(self) -> str:
        """Why the key that is being dealt with is no answer, in words; "" where it is one."""
        if self.strayed and self.cotui.by_sign:
            return STRAYED
        return HASTY if self.cotui.after_sign else ""
