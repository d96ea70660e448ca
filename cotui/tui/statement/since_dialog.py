"""Since which day a statement is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from cotui.catalog.objects.invoice import INVOICE
from cotui.query import QueryError, parse
from cotui.safety.text import clean
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.inputs import TypedLine
from cotui.tui.base.line import StatusText, TextBlock

_LONGEST = 40


def day_meant(text: str, today: date) -> date:
    """The first day that a word means, as filters have them: 2026-08-01, today, -90d, this year.

    Raises:
        ValueError: it means none; the message says what would.
    """
    try:
        query = parse(f'date >= "{text.replace(chr(34), "")}"', INVOICE, today=today)
        (condition,) = query.conditions
        return date.fromisoformat(condition.value[:10])
    except QueryError as error:
        raise ValueError(error.message) from None


class SinceDialog(Dialog[str]):
    """A line for a day; gives back the day as YYYY-MM-DD, "" for all. None where it was left.

    Args:
        current: the day that it begins with.
        today: the day it is in the account.
    """

    DEFAULT_CSS = "SinceDialog > #box { max-width: 60; }"
    AUTO_FOCUS = "TypedLine"

    def __init__(self, current: str, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._line = TypedLine(current, placeholder="all of it", max_length=_LONGEST)
        self._fault = StatusText()

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield TextBlock("Show the statement since a day", "title")
            yield self._line
            yield self._fault
            yield TextBlock("2026-08-01 · -90d · this year · empty for all of it", "faint")
            yield TextBlock("enter takes · esc leaves", "faint")

    @property
    def typed(self) -> bool:
        """Whether something was typed that is lost with it."""
        return self._line.value != self._line.opened_with

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        try:
            self.dismiss(day_meant(text, self._today()).isoformat() if text else "")
        except ValueError as error:
            self._fault.tell(clean(str(error)), bad=True)
