"""Before something typed is thrown away."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Button, Static

from cotui.tui.dialogs.base import Dialog


def leave(screen: Screen[Any], *, edited: bool) -> None:
    """Leave a dialog or form without a result; where something was typed only after a clear yes."""
    if not edited:
        screen.dismiss(None)
        return

    def answered(sure: bool | None) -> None:
        if sure:
            screen.dismiss(None)

    screen.app.push_screen(DiscardDialog(), answered)


class DiscardDialog(Dialog[bool]):
    """Discard what was typed? True only after a clear yes."""

    DEFAULT_CSS = """
    DiscardDialog > #box { max-width: 60; }
    DiscardDialog Horizontal { height: 1; }
    DiscardDialog Button { margin-right: 2; min-width: 8; }
    """
    BINDINGS = [Binding("y", "discard", "Discard")]
    AUTO_FOCUS = "#no"

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static("Discard what you typed?", classes="title", markup=False)
            with Horizontal():
                yield Button("No, go back", id="no", compact=True)
                yield Button("Yes, discard", id="yes", compact=True)
            yield Static("y discards · esc goes back", classes="faint", markup=False)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_discard(self) -> None:
        self.dismiss(True)
