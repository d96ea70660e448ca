"""Keys of the user's own that mean two things on one screen, found before any screen shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen

from cotui.catalog import RESOURCES
from cotui.catalog.pay_methods import WAYS_TO_PAY
from cotui.tui.actions.dispatch import bindings_of
from cotui.tui.actions.menu_entries import many_actions
from cotui.tui.base.inputs import textual_keys
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.lists.relations import relation_bindings
from cotui.tui.lists.selection import MARK_BINDINGS
from cotui.tui.records.record import RecordScreen
from cotui.tui.records.record_view import RecordView
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.keymap import holders


class KeyClash(NamedTuple):
    """A key that the user wants for one action, and that another one has on the same screen."""

    action: str
    key: str
    other: str
    #: what the other is called, and where both are
    label: str
    where: str


def clashes(keymap: Mapping[str, str]) -> Iterator[KeyClash]:
    """The keys that a keymap (action -> keys) gives to something although another action has them there; each once."""
    found: dict[tuple[str, str, str], KeyClash] = {}
    for where, bindings in _screens():
        bound: dict[str, list[Binding]] = {}
        for binding in bindings:
            for key in textual_keys(keymap.get(binding.id or "") or binding.key):
                same = bound.setdefault(key, [])
                if all(other.id != binding.id for other in same):
                    same.append(binding)
        for key, several in bound.items():
            for one, other in permutations(several, 2):
                alike = one.description == other.description or (key == one.key and key == other.key)
                if one.id in keymap and not alike:
                    clash = KeyClash(one.id or "", key, other.id or "", other.description, where)
                    found.setdefault(clash[:3], clash)
    yield from found.values()


def _screens() -> Iterator[tuple[str, list[Binding]]]:
    """The keys that are valid together, and where; what is everywhere comes first."""
    app = _of(CotuiApp)
    rows = [*_of(RecordTable), *_of(BrowseScreen), *app]
    fields = [*_of(RecordView), *_of(RecordScreen), *app]
    yield "lists", rows
    yield "pages of records", fields
    for resource in (*RESOURCES.values(), WAYS_TO_PAY):
        own = [*relation_bindings(resource), *bindings_of(resource)]
        marks = MARK_BINDINGS if many_actions(resource) else ()
        plural = resource.plural.casefold()
        yield f"the list of {plural}", [*rows, *own, *marks]
        yield f"pages of {plural}", [*fields, *own]
    for kind in holders():
        name = getattr(kind, "help_heading", "") or kind.__name__
        yield f"“{name}”", [*_of(kind), *(app if not issubclass(kind, ModalScreen) else ())]


def _of(kind: type[DOMNode]) -> list[Binding]:
    """The keys of a screen, dialog or widget that have names."""
    return [binding for _, binding in kind._merge_bindings() if binding.id]
