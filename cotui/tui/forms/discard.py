"""Before something typed is thrown away."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button

from cotui.tui.base.dialog import Dialog
from cotui.tui.base.line import TextBlock
from cotui.tui.engine.frame_batching import BatchedScreen


def leave(screen: BatchedScreen[Any]) -> None:
    """Leave a dialog or form without a result; where something was typed only after a clear yes."""
    if not screen.typed:
        screen.dismiss(None)
        return
    dialog = DiscardDialog("Discard", "discard")
    screen.open_screen(dialog, lambda sure: screen.dismiss(None) if sure else None)


def leave_app(app: App[Any]) -> None:
    """Quit; where something was typed on any screen that is open, only after a clear yes."""
    if isinstance(app.screen, DiscardDialog):
        return  # that is being asked
    screens = [screen for stack in app._screen_stacks.values() for screen in stack]
    if not any(isinstance(screen, BatchedScreen) and screen.typed for screen in screens):
        app.exit()
        return
    app.push_screen(DiscardDialog("Quit and discard", "quit"), lambda sure: app.exit() if sure else None)


class DiscardDialog(Dialog[bool]):
    """Discard what was typed? True only after a clear yes.

    Args:
        does: what yes does, to be followed by "what you typed".
        yes: the same in one word.
    """

    DEFAULT_CSS = """
    DiscardDialog > #box { max-width: 60; }
    DiscardDialog Horizontal { height: 1; }
    DiscardDialog Button { margin-right: 2; min-width: 8; }
    """
    BINDINGS = [Binding("y", "discard", "Discard")]
    AUTO_FOCUS = "#no"

    def __init__(self, does: str, yes: str) -> None:
        super().__init__()
        self._does = does
        self._yes = yes

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield TextBlock(f"{self._does} what you typed?", "title")
            with Horizontal():
                yield Button("No, go back", id="no", compact=True)
                yield Button(Content(f"Yes, {self._yes}"), id="yes", compact=True)
            yield TextBlock(f"y {self._yes}s · esc goes back", "faint")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_discard(self) -> None:
        self.dismiss(True)
