"""Making and changing customers and users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cotui.api import Outcome, Write
from cotui.catalog import RESOURCES, Action, Field, Resource
from cotui.catalog.editing import creation
from cotui.catalog.model import key_of
from cotui.query import Condition, Op, QueryError
from cotui.tui.actions.dispatch import ending
from cotui.tui.forms.form import FormScreen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen

#: keys of a new record that must be given, although the API marks none: a user without a customer is nobody's
_NEEDED = {"user": ("customer_id",)}


async def edit_record(
    screen: FrameScreen[Any], action: Action, target: ActionTarget | None
) -> Outcome | None:
    """A form for a customer or user: the target's, or a new one's.

    A new user belongs to the customer that is the target, or whose list of users the form was opened from.
    Passwords have an action of their own, so that they are typed twice or made up, never blindly in a form.
    """
    fields = [item for item in action.payload if not item.secret]
    if target is not None and action.name == "update":
        return await _ask(screen, _changing(action, fields, target))
    resource = next(item for item in map(RESOURCES.__getitem__, _NEW) if creation(item) is action)
    outcome = await _ask(screen, _making(resource, action, fields, given_by(screen, fields, target)))
    if outcome is not None and outcome.done and outcome.made is not None:
        screen.cotui.open_record(resource.id, outcome.made, tab=screen.tab)
        screen.cotui.call_after_refresh(screen.cotui.say, *ending(outcome))
    return outcome


_NEW = ("customer", "user")


async def _ask(screen: FrameScreen[Any], form: FormScreen) -> Outcome | None:
    form.tab = screen.tab
    return await screen.cotui.ask(form)


def _changing(action: Action, fields: list[Field], target: ActionTarget) -> FormScreen:
    resource = target.resource
    own_users = (Condition("customers.customer_id", Op.EQUALS, str(target.ref)),)

    def make(payload: dict[str, object]) -> Write:
        return target.write_of(action, payload)

    return FormScreen(
        f"Edit {target.words}",
        fields,
        values=target.record.raw,
        required=[item.name for item in fields if item.required],
        make=make,
        changed_only=True,
        target=target,
        conditions={item.name: own_users for item in fields if item.references == "user"}
        if resource.id == "customer"
        else {},
    )


def _making(
    resource: Resource, action: Action, fields: list[Field], given: Mapping[str, object]
) -> FormScreen:
    def make(payload: dict[str, object]) -> Write:
        return Write(resource, action, None, payload, target=_new_words(resource, payload))

    required = {*(item.name for item in fields if item.required), *_NEEDED.get(resource.id, ())}
    return FormScreen(
        action.label,
        # what must be given stands first: on a narrow screen the rest is below the last line; a new
        # customer's contact is made with it (superuser_*), so there is none to choose yet
        sorted(
            (item for item in fields if item.name != "superuser_id"),
            key=lambda item: item.name not in _NEEDED.get(resource.id, ()),
        ),
        values=given,
        required=required,
        make=make,
        changed_only=False,
    )


def _new_words(resource: Resource, payload: Mapping[str, object]) -> str:
    """What is made, in words: "Jane Doe, new user"."""
    parts = [payload.get(resource.title_field)]
    if not parts[0]:
        parts = [payload.get(name) for name in ("first_name", "last_name")]
    name = " ".join(str(part) for part in parts if part)
    what = f"new {resource.label.casefold()}"
    return f"{name}, {what}" if name else what


def given_by(
    screen: FrameScreen[Any], fields: Iterable[Field], target: ActionTarget | None
) -> dict[str, object]:
    """What is known of a new record: whom it is made for, or the customer that its list is filtered by."""
    found: dict[str, object] = {}
    for field in fields:
        if field.name.removesuffix("_id") != field.references:
            continue
        of_subject = target is not None and target.resource.id == field.references
        key = target.ref if target is not None and of_subject else _key_of(screen, field.references)
        if key is not None:
            found[field.name] = key
    return found


def _key_of(screen: FrameScreen[Any], resource_id: str) -> int | str | None:
    """The record of this kind that a screen is about."""
    from cotui.tui.lists.browse import BrowseScreen
    from cotui.tui.records.record import RecordScreen

    if isinstance(screen, RecordScreen) and screen.record is not None:
        if screen.resource.id == resource_id:
            return screen.record.ref
        relation = next(
            (item for item in screen.resource.relations if item.to_one and item.target == resource_id), None
        )
        return relation.source(screen.record.raw) if relation is not None else None
    if isinstance(screen, BrowseScreen) and screen.listing.filterable:
        try:
            query = screen.bar.read(screen.bar.applied)
        except QueryError:
            return None
        for condition in query.conditions:
            field = screen.listing.resource.find(condition.field)
            about = field is not None and field.references == resource_id
            if about and condition.op is Op.EQUALS:
                return key_of(condition.value)
    return None
