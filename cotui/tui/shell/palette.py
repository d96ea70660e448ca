"""Every command by name: Textual's palette, opaque and still, as a slow link wants it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.command import CommandInput, CommandList, CommandPalette, SearchIcon
from textual.containers import Horizontal, Vertical
from textual.events import Mount
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import LoadingIndicator

from cotui.tui.base.choices import SteadyList
from cotui.tui.engine.frame_batching import BatchedScreen
from cotui.tui.shell.help import INHERITED

#: bindings that would be strange as commands: they move things about, or open this list
NOT_COMMANDS = INHERITED | {"command_palette", "back", "move(1)", "move(-1)", "page(1)", "page(-1)"}


def binding_commands(screen: Screen[Any]) -> Iterator[tuple[str, str, Any, str]]:
    """Every binding that is valid now: its words, its key, whose action it is, and the action.

    Actions on one record are not among them: the palette has them all by their own names (cotui.tui.actions.menu_entries).
    """
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        if not active.enabled or not binding.description or binding.action in seen:
            continue
        named = binding.action.startswith("act('") and binding.action != "act('create')"
        ours = type(active.node).__module__.startswith("cotui.")
        if ours and not named and binding.action not in NOT_COMMANDS:
            seen.add(binding.action)
            title = binding.description
            if binding.action.startswith("relation("):
                title += " of this record"  # there are tabs of the same names
            yield title, f"key {screen.app.get_key_display(binding)}", active.node, binding.action


class Commands(CommandList, SteadyList, can_focus=False):
    """The commands that were found."""


class Palette(CommandPalette, BatchedScreen[Any]):
    """The palette without what costs bytes: no see-through ground, no blinking cursor."""

    DEFAULT_CSS = """
    Palette { background: $surface; }
    Palette > #--container { background: $surface; margin: 0; }
    """

    def _on_mount(self, event: Mount) -> None:
        """Begin with all that can be done on the screen below.

        Textual's own takes it from the list in front, whose tab may have been changed since, and from the place under
        the top, where another screen may have come.
        """
        event.prevent_default()
        below = self.below
        self._calling_screen = below
        style = self.get_visual_style("command-palette--highlight", partial=True)
        self._providers = [provider(below, style) for provider in self._provider_classes]
        for provider in self._providers:
            provider._post_init()
        self._gather_commands("")
        Screen._on_mount(self, event)
        Widget._on_mount(self, event)

    def compose(self) -> ComposeResult:
        """What Textual's palette is made of, with a list that can be rebuilt between two keys."""
        entry = CommandInput(placeholder=self._placeholder, select_on_focus=False)
        entry.cursor_blink = False
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield entry
            with Vertical(id="--results"):
                yield Commands()
                yield LoadingIndicator()

    def _watch__list_visible(self) -> None:
        if self.ready:
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        if self.ready:
            await super()._watch__show_busy()
