"""Every command by name, in Textual's palette: opaque and still, as a slow link wants it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding
from textual.command import CommandInput, CommandList, CommandPalette, Hit, Hits, Provider, SearchIcon
from textual.containers import Horizontal, Vertical
from textual.events import Mount
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import LoadingIndicator

from cotui.catalog import RESOURCES, Resource
from cotui.catalog.names import kind_named, near_names, object_named
from cotui.catalog.start_lists import START_LISTS
from cotui.safety.text import clean
from cotui.tui.actions.menu_entries import commands
from cotui.tui.base.choices import SteadyList
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.engine.frame_batching import BatchedScreen
from cotui.tui.lists.list_spec import ObjectListSpec
from cotui.tui.shell.help import INHERITED

if TYPE_CHECKING:
    from cotui.tui.base.host import Host

#: bindings that would be strange as commands: they move things about, or open this list
NOT_COMMANDS = INHERITED | {"command_palette", "back", "move(1)", "move(-1)", "page(1)", "page(-1)"}


#: how well a name fits, beside Textual's own measure: before all others, and behind them
_SURELY, _PERHAPS = 1000.0, 0.01


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


def commands_on(host: Host, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """What can be done on a screen now: by key, to its record, other lists, the colours."""
    for title, how, node, action in binding_commands(screen):
        yield SystemCommand(title, how, partial(host.call_later, screen.app.run_action, action, node))
    if isinstance(screen, FrameScreen):
        if not host.session.read_only:
            yield from _record_commands(host, screen)
        if not screen.is_modal and host.session.api is not None:
            yield from _list_commands(host, screen)
    if host.session.api is not None:
        yield SystemCommand(
            "Forget what was found out about the account",
            "Whether it takes many requests in one, what its keys may read …: all of that is found out anew",
            partial(host.call_later, _forget, host),
        )
    yield SystemCommand("Theme", "Change the colours", screen.app.action_change_theme)


def _forget(host: Host) -> None:
    host.api.forget_abilities()
    host.customer_names.forget_refusal()
    host.say("forgotten: what the account can do is found out anew")


def _record_commands(host: Host, screen: FrameScreen[Any]) -> Iterator[SystemCommand]:
    what = screen.acted_on()
    if what is None:
        return
    for command in commands(what):
        begin = partial(host.act, screen, what.resource, command.name, what.refs)
        yield SystemCommand(command.title, command.does, partial(host.call_later, begin))


def _list_commands(host: Host, screen: FrameScreen[Any]) -> Iterator[SystemCommand]:
    """Lists of objects that are on no number key."""
    for resource in RESOURCES.values():
        if resource.id not in START_LISTS.values():
            title = f"Go to {resource.plural.casefold()}"
            yield SystemCommand(title, "Show the list", partial(go_to, host, screen, resource))


def go_to(host: Host, screen: FrameScreen[Any], resource: Resource, word: str = "") -> None:
    """Show the list of an object: over this screen, or its own where it has a number key.

    Args:
        word: what it was called; names of some of its records give a list of those.
    """
    name = next((name for name, id_ in START_LISTS.items() if id_ == resource.id), "")
    kind, text = kind_named(word)
    if kind:
        listing = ObjectListSpec(host.api, resource, title=kind.capitalize())
        host.call_later(partial(host.open_list, listing, tab=screen.tab, text=text))
    elif name:
        host.call_later(host.action_tab, name)
    else:
        listing = ObjectListSpec(host.api, resource, title=resource.plural)
        host.call_later(partial(host.open_list, listing, tab=screen.tab, remember=True))


class ObjectNames(Provider):
    """Lists by all other names that people have for them, and by names that are spelled nearly so."""

    async def search(self, query: str) -> Hits:
        """The list that a text names, or those that it nearly names."""
        screen = self.screen
        host = getattr(screen, "cotui", None)
        if not isinstance(screen, FrameScreen) or screen.is_modal or host is None or host.session.api is None:
            return
        wanted = " ".join(query.split()).casefold().removeprefix("go to ")
        found = object_named(wanted)
        if found is not None and wanted != found.plural.casefold():
            yield self._hit(host, screen, found, wanted, f"({wanted})", _SURELY)
        for name in () if found is not None else near_names(wanted):
            near = object_named(name)
            assert near is not None  # it is one of their names
            yield self._hit(host, screen, near, name, f"(did you mean {name.replace('_', ' ')}?)", _PERHAPS)

    def _hit(
        self, host: Host, screen: FrameScreen[Any], resource: Resource, name: str, why: str, score: float
    ) -> Hit:
        words = clean(f"Go to {resource.plural.casefold()} {why}")
        _, text = kind_named(name)
        does = f"Show those with {text}" if text else "Show the list"
        return Hit(score, words, partial(go_to, host, screen, resource, name), text=words, help=does)


class Commands(CommandList, SteadyList, can_focus=False):
    """The commands that were found."""


class Palette(CommandPalette, BatchedScreen[Any]):
    """The palette without what costs bytes: no see-through ground, no blinking cursor."""

    DEFAULT_CSS = """
    Palette { background: $surface; }
    Palette > #--container { background: $surface; margin: 0; }
    """

    help_heading = "Commands"
    BINDINGS = [Binding("f1", "app.help", "Keys", show=False, id="commands.help")]

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
