"""What an object has on screen beside its data in the catalogue: forms, questions of its actions, and the like.

Each file of `cotui.tui.objects` is named after the id of an object and holds its `HOOKS`. Features ask for them
here, so that none of them names an object; an object without such a file has nothing of the kind. Nothing of Textual
may be imported here or by those files: they are read before the first screen.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from cotui.catalog.resources import files_in

if TYPE_CHECKING:
    from cotui.api import Api, Outcome, Record
    from cotui.catalog import Action, Resource
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen

Row = Mapping[str, Any]
#: asks for what an action needs, has the write confirmed, and returns how it ended; None when nothing was sent
Flow = Callable[["FrameScreen[Any]", "Action", "ActionTarget"], Awaitable["Outcome | None"]]
#: the same for making and changing a record; the target is what is changed, or what something new is made for
Form = Callable[
    ["FrameScreen[Any]", "Resource", "Action", "ActionTarget | None"], Awaitable["Outcome | None"]
]


class Evidence(NamedTuple):
    """What tells whether an action whose answer was lost was carried out.

    `done` is given the record as it is now, and the payload that was sent.
    """

    fields: tuple[str, ...]
    done: Callable[[Row, Row], bool]


class ObjectHooks(NamedTuple):
    """What one object has. Places are written "module:function", the module below `cotui.tui`, loaded when needed."""

    #: place of the `Form` for making and changing a record; "" where neither can be done
    form: str = ""
    #: action -> place of its `Flow`; an action without one is confirmed as it is, after a form for its fields
    flows: Mapping[str, str] = {}
    #: ids of objects that can be made for a record
    makes: tuple[str, ...] = ()
    #: relations to one record whose actions are in the menu as well
    also: tuple[str, ...] = ()
    #: action -> what tells whether it was carried out
    evidence: Mapping[str, Evidence] = {}
    #: action -> place of what says, of the selected records, what it would come to for all of them
    sums: Mapping[str, str] = {}
    #: its list, where that is not asked for like others (a `StartListSpec`)
    list_spec: Callable[[Api], Any] | None = None
    #: relation -> place of what shows it, where that is no list of its target and no record. It is given the screen,
    #: the relation, the record and the key that leads there
    relations: Mapping[str, str] = {}
    #: what opening a row does, where that does not show the record
    open_row: Callable[[FrameScreen[Any], Record], None] | None = None


_NONE = ObjectHooks()


def hooks_of(resource_id: str) -> ObjectHooks:
    """What the object with this id has on screen."""
    objects = import_module("cotui.tui.objects")
    file = files_in(tuple(objects.__path__)).get(resource_id)
    if file is None:
        return _NONE
    found: ObjectHooks = import_module(f"{objects.__name__}.{file}").HOOKS
    return found


def load(place: str) -> Any:
    """What stands at a place "module:function"."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"cotui.tui.{module}"), name)
