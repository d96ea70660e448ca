"""Who is a customer's main contact, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cotui.api import ApiError, ListSource, Outcome, read_all
from cotui.catalog import RESOURCES
from cotui.query import Condition, Op, Query
from cotui.tui.actions.confirm import confirm
from cotui.tui.forms.picker import RecordPicker

if TYPE_CHECKING:
    from cotui.api import Api
    from cotui.catalog import Action
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen

#: customers that are named in a note; nobody is the main contact of many
_NAMED = 5


async def set_main_contact(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Pick one of the customer's users, who becomes its main contact."""
    api = screen.cotui.api
    users = RESOURCES["user"]
    current = target.record.raw.get("superuser_id")
    chosen = await screen.cotui.ask(
        RecordPicker(
            api,
            users,
            title=f"Main contact of {target.words}",
            conditions=(Condition("customers.customer_id", Op.EQUALS, str(target.ref)),),
            current=current if isinstance(current, int | str) else None,
        )
    )
    if chosen is None or chosen.ref is None:
        return None
    if str(chosen.ref) == str(current):
        screen.say("that is the main contact already: nothing was sent")
        return None
    row = chosen.raw
    now = _person(target.record.raw.get("superuser_name"), target.email)
    notes = [
        f"Now: {now or 'nobody'}",
        f"Will be: {_person(row.get('name'), row.get('email')) or f'user {chosen.ref}'}",
        "ChargeOver writes to the main contact: invoices, reminders and receipts go there from now on.",
    ]
    return await confirm(screen, target.write_of(action, {"superuser_id": chosen.ref}), notes=notes)


async def delete_user(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Delete a user; whoever is a main contact can't be deleted, which is said beforehand."""
    try:
        companies = await _main_contact_of(screen.cotui.api, target.ref)
    except ApiError as error:
        screen.say(f"{error.what}: {error.todo}", "error")
        return None
    notes = (
        [
            f"{target.name} is the main contact of {', '.join(companies)}: ChargeOver will refuse this.",
            "First make another contact the main one: open the customer, a, “Set main contact”.",
        ]
        if companies
        else ["A customer's main contact can't be deleted; this user is nobody's."]
    )
    return await confirm(screen, target.write_of(action), notes=notes)


async def _main_contact_of(api: Api, ref: int | str) -> list[str]:
    """Names of customers whose main contact a user is, as they came."""
    query = Query((Condition("superuser_id", Op.EQUALS, str(ref)),))
    reading = read_all(ListSource(api, RESOURCES["customer"], query), most=_NAMED, trust_count=True)
    names = [str(row.raw.get("company") or f"customer {row.id}") for row in await reading.all()]
    return names if reading.complete else [*names, "perhaps others"]


def _person(name: object, email: object) -> str:
    """Somebody's name and address, as far as they are known; not cleaned."""
    parts = [part for part in (name, f"<{email}>" if email else "") if isinstance(part, str) and part]
    return " ".join(parts)
