"""A dialog that sends a write itself, and stays with all that was chosen until it is carried out."""

from __future__ import annotations

from collections.abc import Awaitable

from textual.content import Content
from textual.widgets import Static

from cotui.api import Outcome
from cotui.safety.text import clean_multiline
from cotui.tui.actions.write_words import not_done
from cotui.tui.base.dialog import Dialog


class SendingDialog(Dialog[Outcome]):
    """Gives back how the write ended once it is done; until then it says why it was not. `told` is the line for it."""

    DEFAULT_CSS = """
    SendingDialog > #box { width: 100%; max-width: 84; }
    SendingDialog Static { height: auto; }
    SendingDialog #told { display: none; }
    SendingDialog #told.shown { display: block; }
    SendingDialog #told.bad { color: $text-error; text-style: bold; }
    """
    #: what its user should do where it is not known whether the write was carried out
    when_unknown = ""

    def __init__(self) -> None:
        super().__init__()
        #: a write is being confirmed or sent
        self.busy = False
        self.told = Static("", id="told", markup=False)

    def tell(self, text: str, *, bad: bool = False) -> None:
        """Say something until something else is said; "" nothing any more."""
        self.told.set_class(bool(text), "shown")
        self.told.set_class(bad, "bad")
        self.told.update(Content(clean_multiline(text)))

    def send(self, sending: Awaitable[Outcome | None]) -> None:
        """Have a write confirmed and sent; whatever else may send one looks at `busy` first."""
        self.busy = True
        self.cotui.go_on(self, self._carry_out(sending))

    async def _carry_out(self, sending: Awaitable[Outcome | None]) -> None:
        try:
            outcome = await sending
        finally:
            self.busy = False
        if outcome is None:
            return
        if outcome.done:
            self.dismiss(outcome)
        else:
            self.failed(outcome)

    def failed(self, outcome: Outcome) -> None:
        """Say why it was not carried out."""
        self.tell(not_done(outcome, self.when_unknown), bad=True)
