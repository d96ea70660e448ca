"""A dialog that sends a write itself, and stays with all that was chosen until it is carried out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from cotui.api import Outcome
from cotui.tui.actions.write_words import not_done
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.line import StatusText


class SendingDialog(Dialog[Outcome]):
    """Gives back how the write ended once it is done; until then it says why it was not. `told` is the line for it."""

    DEFAULT_CSS = """
    SendingDialog > #box { width: 100%; max-width: 84; }
    """
    #: what its user should do where it is not known whether the write was carried out
    when_unknown = ""

    def __init__(self) -> None:
        super().__init__()
        #: a write is being confirmed or sent
        self.busy = False
        self.told = StatusText()

    def send(self, sending: Callable[[], Awaitable[Outcome | None]]) -> None:
        """Have a write confirmed and sent; whatever else may send one looks at `busy` first.

        Args:
            sending: called when it is its turn, which it never is where the dialog is left before.
        """
        self.busy = True
        self.cotui.go_on(self, self._carry_out(sending))

    async def _carry_out(self, sending: Callable[[], Awaitable[Outcome | None]]) -> None:
        try:
            outcome = await sending()
        finally:
            self.busy = False
        if outcome is None:
            return
        if outcome.done:
            self.dismiss(outcome)
        else:
            self.failed(outcome)

    def failed(self, outcome: Outcome) -> None:
        self.told.tell(not_done(outcome, self.when_unknown), bad=True)
