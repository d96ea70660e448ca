"""Every command by name, in Textual's palette: opaque and still, as a slow link wants it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding
from textual.command import CommandInput, CommandList, CommandPalette, Hit, Hits, SearchIcon
from textual.containers import Horizontal, Vertical
from textual.events import Mount
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider
from textual.widget import Widget
from textual.widgets import LoadingIndicator

from cotui.catalog import RESOURCES, Resource
from cotui.catalog.names import kind_named, near_names, object_named
from cotui.catalog.start_lists import START_LISTS
from cotui.safety.text import clean
from cotui.tui.actions.menu_entries import commands
from cotui.tui.base.choices import SteadyList
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.engine.overlay import OverlayScreen
from cotui.tui.lists.list_spec import ObjectListSpec
from cotui.tui.lists.relations import has_page
from cotui.tui.shell.help import INHERITED

if TYPE_CHECKING:
    from cotui.tui.base.host import Host

#: bindings that would be strange as commands: they move things about, or open this list
NOT_COMMANDS = INHERITED | {"command_palette", "back", "move(1)", "move(-1)", "page(1)", "page(-1)"}


#: how well a name fits, beside Textual's own measure: before all others, and behind them
_SURELY, _PERHAPS = 1000.0, 0.01
#: the action of a number key
_TAB = re.compile(r"(?:app\.)?tab\('(\w+)'\)")
#: what a record is called: the name of its object and its id
_RECORD = re.compile(r"(.*[^\W\d])\W*?(\d{1,12})")


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
        if tab := _TAB.fullmatch(action):  # a name leads to the list itself, whatever stands on it
            yield SystemCommand(title, how, partial(host.call_later, host.show_list, tab[1]))
            continue
        yield SystemCommand(title, how, partial(host.call_later, screen.app.run_action, action, node))
    if isinstance(screen, FrameScreen):
        if not host.session.read_only:
            yield from _record_commands(host, screen)
        if not screen.is_modal and host.session.api is not None:
            yield from _list_commands(host)
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


def _list_commands(host: Host) -> Iterator[SystemCommand]:
    """Lists of objects that are on no number key."""
    for resource in RESOURCES.values():
        if resource.id not in START_LISTS.values():
            yield SystemCommand(list_title(resource), "Show the list", partial(go_to, host, resource))


def list_title(resource: Resource) -> str:
    """The command that shows the list of an object."""
    return f"Go to {resource.plural.casefold()}"


def go_to(host: Host, resource: Resource, word: str = "") -> None:
    """Show the list of an object: over this screen, or its own where it has a number key.

    Args:
        word: what it was called; names of some of its records give a list of those.
    """
    name = next((name for name, id_ in START_LISTS.items() if id_ == resource.id), "")
    kind, text = kind_named(word)
    if kind:
        listing = ObjectListSpec(host.api, resource, title=kind.capitalize())
        host.call_later(partial(host.open_list, listing, tab="", text=text))
    elif name:
        host.call_later(host.show_list, name)
    else:
        listing = ObjectListSpec(host.api, resource, title=resource.plural)
        host.call_later(partial(host.open_list, listing, tab="", remember=True))


class Names(SystemCommandsProvider):
    """All commands by their words, and lists by all names that people have for them, the exact ones first.

    A name that is spelled nearly right is a list's too, and one with a number behind it is a record's.
    """

    async def search(self, query: str) -> Hits:
        """The commands that a text means, each once."""
        wanted = " ".join(query.split()).casefold().removeprefix("go to ")
        host = self._host()
        found = object_named(wanted) if host is not None else None
        title = list_title(found) if found is not None and not kind_named(wanted)[0] else ""
        plain, seen = wanted in title, set[str]()
        async for hit in super().search(query):
            words = str(hit.text)
            if words == title and not plain:
                continue  # it comes with the name that was typed
            seen.add(words)
            yield replace(hit, score=_SURELY) if words == title and isinstance(hit, Hit) else hit
        if host is None:
            return
        if found is not None and title not in seen:
            yield _list_hit(host, found, wanted, f"({wanted})", _SURELY)
        elif found is None and (record := _RECORD.fullmatch(wanted)):
            for hit in _record_hits(host, self.screen, object_named(record[1]), int(record[2])):
                yield hit
        elif found is None:
            for name in near_names(wanted):
                near = object_named(name)
                assert near is not None  # it is one of their names
                if list_title(near) not in seen:
                    words = f"(did you mean {name.replace('_', ' ')}?)"
                    yield _list_hit(host, near, name, words, _PERHAPS)

    def _host(self) -> Host | None:
        """The app, where other lists can be shown from here."""
        screen = self.screen
        host: Host | None = getattr(screen, "cotui", None)
        if not isinstance(screen, FrameScreen) or screen.is_modal or host is None or host.session.api is None:
            return None
        return host


def _list_hit(host: Host, resource: Resource, name: str, why: str, score: float) -> Hit:
    words = clean(f"{list_title(resource)} {why}")
    _, text = kind_named(name)
    does = f"Show those with {text}" if text else "Show the list"
    return Hit(score, words, partial(go_to, host, resource, name), text=words, help=does)


def _record_hits(host: Host, screen: Screen[Any], resource: Resource | None, ref: int) -> Iterator[Hit]:
    """The record of an id, where its object has pages."""
    if resource is not None and has_page(resource.id):
        words = f"Go to {resource.label.casefold()} {ref}"
        own = getattr(screen, "tab", "")
        tab = own if START_LISTS.get(own) == resource.id else ""
        show = partial(host.call_later, partial(host.open_record, resource.id, ref, tab=tab))
        yield Hit(_SURELY, words, show, text=words, help=f"Show the one with {resource.primary_key} {ref}")


class Commands(CommandList, SteadyList, can_focus=False):
    """The commands that were found."""


class Palette(CommandPalette, OverlayScreen[Any]):
    """The palette without what costs bytes: no ground that lives on below it, no blinking cursor."""

    DEFAULT_CSS = """
    Palette { background: $surface; }
    Palette > #--container { background: $surface; margin: 0; width: 100%; max-width: 92; }
    Palette.high CommandList { max-height: 55vh; }
    """
    VERTICAL_BREAKPOINTS = [(0, "low"), (24, "high")]

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
        OverlayScreen._on_mount(self, event)
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
