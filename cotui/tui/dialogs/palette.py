"""Every command by name: Textual's palette, opaque and still, as a slow link wants it."""

from __future__ import annotations

from textual.command import CommandPalette
from textual.widgets import Input

from cotui.tui.dialogs.help import INHERITED

#: bindings that would be strange as commands: they move things about, or open this list
NOT_COMMANDS = INHERITED | {"command_palette", "back", "move(1)", "move(-1)", "page(1)", "page(-1)"}


class Palette(CommandPalette):
    """The palette without what costs bytes: no see-through ground, no blinking cursor."""

    DEFAULT_CSS = """
    Palette { background: $surface; }
    Palette > #--container { background: $surface; margin: 0; }
    """

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False
