"""What can be done to a record, by name, for its menu and for the palette.

Besides its own actions a record can have those of one that belongs with it, such as a customer's main contact, and
what is made for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from cotui.catalog import RESOURCES, Action, Effect, Field, FieldType, Relation, Resource
from cotui.catalog.editing import creation, editing
from cotui.tui.base.object_register import hooks_of

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.tui.base.action_target import ChosenRecords


class MenuEntry(NamedTuple):
    """One line of the menu.

    Attributes:
        name: tells it from the others of the same object.
        shown: the action as the menu has it.
        action: the action as the catalogue has it, one of `resource`.
        resource: what the action belongs to.
        relation: what leads to the record that it is done to; None where that is the menu's own.
    """

    name: str
    shown: Action
    action: Action
    resource: Resource
    relation: Relation | None = None


class Command(NamedTuple):
    """One line of the palette: `title`, what it does, and the name of its menu entry."""

    title: str
    does: str
    name: str


def fields_asked(action: Action) -> list[Field]:
    """The fields of an action that a form can ask for: no lists of sub-objects, and nothing secret."""
    return [item for item in action.payload if item.type is not FieldType.OBJECTS and not item.secret]


def is_offered(resource: Resource, action: Action) -> bool:
    """Whether an action can be done from a screen: with its own flow, or all that it needs can be asked for.

    What only reads needs a flow, which shows what was read.
    """
    if action.name in hooks_of(resource.id).flows:
        return True
    asked = fields_asked(action)
    return action.effect is not Effect.READS and all(
        item in asked for item in action.payload if item.required
    )


def many_actions(resource: Resource) -> list[Action]:
    return [action for action in resource.actions if action.many and is_offered(resource, action)]


def can_make(resource: Resource) -> bool:
    """Whether a record of this kind can be made from a screen."""
    return bool(hooks_of(resource.id).form) and creation(resource) is not None


def entries(resource: Resource, record: Record | None = None) -> list[MenuEntry]:
    """What can be done to a record, or to this one, in the order of the menu: what can't be undone comes last."""
    found = [*_own(resource), *_new(resource), *_related(resource, record)]
    return sorted(found, key=lambda entry: entry.shown.effect is Effect.DESTROYS)


def entry_named(resource: Resource, name: str) -> MenuEntry:
    """The entry with this name, which is one of `entries`."""
    for entry in entries(resource):
        if entry.name == name:
            return entry
    raise KeyError(name)


def commands(what: ChosenRecords) -> Iterator[Command]:
    """What the palette holds for the record under the cursor, or for those that are marked."""
    resource, number = what.resource, len(what.refs)
    end = f" ({number:,} marked)" if what.marked else ""
    if number > 1:
        for action in many_actions(resource):
            yield Command(f"{resource.plural}: {action.label}{end}", action.does, action.name)
        return
    for entry in entries(resource, what.record):
        yield Command(f"{resource.label}: {entry.shown.label}{end}", entry.shown.does, entry.name)


def _own(resource: Resource) -> Iterator[MenuEntry]:
    edit = editing(resource) if hooks_of(resource.id).form else None
    for action in (*([edit] if edit is not None else []), *resource.actions):
        if action is edit or is_offered(resource, action):
            yield MenuEntry(action.name, action, action, resource)


def _new(resource: Resource) -> Iterator[MenuEntry]:
    for name in hooks_of(resource.id).makes:
        made = RESOURCES[name]
        action = creation(made)
        assert action is not None  # all of these can be made
        does = f"{action.does.rstrip('.')} of this {resource.label.casefold()}."
        # keys of other objects are for their own lists
        yield MenuEntry(f"new.{name}", action._replace(does=does, key=""), action, made)


def _related(resource: Resource, record: Record | None) -> Iterator[MenuEntry]:
    for relation in resource.relations:
        if relation.name not in hooks_of(resource.id).also:
            continue
        if record is not None and relation.source(record.raw) is None:
            continue
        target = RESOURCES[relation.target]
        for action in target.actions:
            if action.method == "POST" and is_offered(target, action):
                shown = action._replace(label=f"{relation.label}: {action.label}", key="")
                yield MenuEntry(f"{relation.name}.{action.name}", shown, action, target, relation)
