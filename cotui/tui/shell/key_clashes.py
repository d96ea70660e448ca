"""Keys that the user's own `[keys]` gave to one action although another one has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from textual.binding import Binding
from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Clash:
    """One key, two actions: what the user wanted it for, and what else it stands for here."""

    key: str
    wanted: str
    other: str


def clashes_of(screen: Screen[Any], keymap: Mapping[str, str]) -> list[Clash]:
    """The clashes with a keymap (action -> keys) where the focus of a screen is now.

    Textual tells of a key that is taken only when both actions were overridden; mostly somebody gives an
    action a key without knowing that it was in use.
    """
    if not keymap:
        return []
    keys: dict[str, list[Binding]] = {}
    for node, _ in screen._binding_chain:
        for key, binding in node._bindings:  # as they were before the user's own
            # Textual's own have no names and give way; relations are bound by the screen
            if binding.id is None and not binding.action.startswith("relation("):
                continue
            own = keymap.get(binding.id or "")
            for taken in own.split(",") if own else (key,):
                holders = keys.setdefault(taken, [])
                if all(holder.action != binding.action for holder in holders):
                    holders.append(binding)
    found = []
    for key, holders in keys.items():
        wanted = [holder for holder in holders if holder.id in keymap]
        if wanted and len(holders) > 1:
            first, *rest = [*wanted, *(holder for holder in holders if holder not in wanted)]
            found += [Clash(key, first.description, other.description) for other in rest]
    return found
