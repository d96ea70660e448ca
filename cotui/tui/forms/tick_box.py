"""A box to tick."""

from __future__ import annotations

from textual.widgets import Checkbox


class TickBox(Checkbox):
    """A box whose state is a sign, not only a colour."""

    DEFAULT_CSS = """
    TickBox, TickBox:focus { border: none; padding: 0; height: 1; background: $surface; }
    TickBox > .toggle--button, TickBox.-on > .toggle--button {
        color: $foreground; background: $surface; text-style: bold;
    }
    TickBox:focus > .toggle--button { color: $block-cursor-foreground; background: $block-cursor-background; }
    """
    BUTTON_LEFT = BUTTON_RIGHT = ""
    BUTTON_INNER = "[ ]"

    def watch_value(self) -> None:
        self.BUTTON_INNER = "[x]" if self.value else "[ ]"
        super().watch_value()
