"""What can be done to a record, by name, for its menu and for the palette.

Besides its own actions a customer has those of its main contact, who is the one that calls, and what is made
for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from cotui.catalog import RESOURCES, Action, Effect, Resource
from cotui.catalog.editing import creation, editing

if TYPE_CHECKING:
    from cotui.tui.actions.dispatch import ChosenRecords

#: what is made for a record: object -> the new ones' objects
_MADE_FOR: Final = {"customer": ("user", "invoice")}


class Whose(Enum):
    """What an offer is done to: the record itself, the user who is its main contact, or something new for it."""

    RECORD = auto()
    CONTACT = auto()
    NEW = auto()


class MenuEntry(NamedTuple):
    """One line of the menu.

    `name` tells it from the others of the same object; `shown` is the action as the menu has it, `action` as
    the catalogue has it, an action of `resource`.
    """

    name: str
    shown: Action
    action: Action
    resource: Resource
    whose: Whose


class Command(NamedTuple):
    """One line of the palette: `title`, what it does, and the name to begin it by."""

    title: str
    does: str
    name: str


def offers(resource: Resource, *, contact: bool = True) -> list[MenuEntry]:
    """What can be done to one record, in the order of the menu: what can't be undone comes last.

    Args:
        resource: its kind.
        contact: whether it has a main contact, as far as that is known.
    """
    found = [*_own(resource), *_new(resource)]
    if contact and resource.id == "customer":
        found += _of_contact(RESOURCES["user"])
    return sorted(found, key=lambda offer: offer.shown.effect is Effect.DESTROYS)


def entry_named(resource: Resource, name: str) -> MenuEntry:
    """The offer with this name.

    Raises:
        KeyError: there is none.
    """
    for offer in offers(resource):
        if offer.name == name:
            return offer
    raise KeyError(name)


def commands(what: ChosenRecords) -> Iterator[Command]:
    """What the palette holds for the record under the cursor, or for those that are marked."""
    resource, number = what.resource, len(what.refs)
    end = f" ({number:,} marked)" if what.marked else ""
    if number > 1:
        for action in resource.actions:
            if action.many:
                yield Command(f"{resource.plural}: {action.label}{end}", action.does, action.name)
        return
    contact = what.record is None or bool(what.record.raw.get("superuser_id"))
    for offer in offers(resource, contact=contact):
        yield Command(f"{resource.label}: {offer.shown.label}{end}", offer.shown.does, offer.name)


def _own(resource: Resource) -> Iterator[MenuEntry]:
    edit = editing(resource)
    for action in (*([edit] if edit is not None else []), *resource.actions):
        yield MenuEntry(action.name, action, action, resource, Whose.RECORD)


def _new(resource: Resource) -> Iterator[MenuEntry]:
    for name in _MADE_FOR.get(resource.id, ()):
        made = RESOURCES[name]
        action = creation(made)
        assert action is not None  # all of these can be made
        does = f"{action.does.rstrip('.')} of this {resource.label.casefold()}."
        # keys of other objects are for their own lists
        yield MenuEntry(f"new.{name}", action._replace(does=does, key=""), action, made, Whose.NEW)


def _of_contact(users: Resource) -> Iterator[MenuEntry]:
    for action in users.actions:
        if action.method == "POST":
            shown = action._replace(label=f"Main contact: {action.label}", key="")
            yield MenuEntry(f"contact.{action.name}", shown, action, users, Whose.CONTACT)
