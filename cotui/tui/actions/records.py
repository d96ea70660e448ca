"""Making and changing records that are nothing but their fields, such as customers and users."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cotui.api import Outcome, Write
from cotui.catalog import Action, Field, Relation, Resource
from cotui.query import Condition, Op
from cotui.tui.actions.dispatch import ending
from cotui.tui.forms.form import FormScreen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen


async def edit_record(
    screen: FrameScreen[Any], resource: Resource, action: Action, target: ActionTarget | None
) -> Outcome | None:
    """A form for a record: the target's, or a new one's.

    A new one belongs to the record that is the target, or that the list is about that the form was opened from.
    Passwords have an action of their own, so that they are typed twice or made up, never blindly in a form.
    """
    fields = [item for item in action.payload if not item.secret]
    # e.g. a customer's users, one of whom is its main contact
    owned = {
        item.target: item for item in resource.relations if not item.to_one and item.target != resource.id
    }
    if target is not None and action.name == "update":
        return await screen.ask(_changing(action, fields, target, owned))
    # a new record owns nothing yet that it could point to
    fields = [item for item in fields if item.references not in owned]
    outcome = await screen.ask(_making(resource, action, fields, given_by(screen, fields, target)))
    if outcome is not None and outcome.done and outcome.made is not None:
        screen.cotui.open_record(resource.id, outcome.made, tab=screen.tab)
        screen.cotui.call_after_refresh(screen.cotui.say, *ending(outcome))
    return outcome


def _changing(
    action: Action, fields: list[Field], target: ActionTarget, owned: Mapping[str, Relation]
) -> FormScreen:
    return FormScreen(
        f"Edit {target.words}",
        fields,
        values=target.record.raw,
        required=[item.name for item in fields if item.required],
        make=partial(target.write_of, action),
        changed_only=True,
        target=target,
        conditions={
            item.name: (Condition(owned[item.references].target_field, Op.EQUALS, str(target.ref)),)
            for item in fields
            if item.references in owned
        },
    )


def _making(
    resource: Resource, action: Action, fields: list[Field], given: Mapping[str, object]
) -> FormScreen:
    def make(payload: dict[str, object]) -> Write:
        return Write(resource, action, None, payload, target=_new_words(resource, payload))

    return FormScreen(
        action.label,
        # what must be given stands first: on a narrow screen the rest is below the last line
        sorted(fields, key=lambda item: item.name not in resource.needed),
        values=given,
        required={*(item.name for item in fields if item.required), *resource.needed},
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
        of_target = target is not None and target.resource.id == field.references
        key = target.ref if target is not None and of_target else screen.about(field.references)
        if key is not None:
            found[field.name] = key
    return found
