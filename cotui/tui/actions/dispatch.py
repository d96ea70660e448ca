"""From an action of the catalogue to its dialog: what is offered, with which keys, and what each asks for.

Every action is a flow: a coroutine that asks for what it needs, has the write confirmed and returns how it
ended. The flows live in modules of their own, which are loaded when they are first used.
"""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from textual.binding import Binding
from textual.screen import Screen

from cotui.api import ApiError, Outcome, Result
from cotui.catalog import RESOURCES, Action, Resource
from cotui.safety.text import clean
from cotui.tui.base.action_target import ActionTarget, read_target

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.tui.actions.menu_entries import MenuEntry
    from cotui.tui.base.frame_screen import FrameScreen

#: (object, action) -> module below cotui.tui.flows and its function; others are confirmed as they are
_FLOWS: Final = {
    ("user", "setPassword"): ("access.passwords", "set_password"),
    ("user", "getLoginURL"): ("access.login_link", "login_link"),
    ("user", "delete"): ("actions.contacts", "delete_user"),
    ("customer", "setMainContact"): ("actions.contacts", "set_main_contact"),
    ("customer", "setPayMethod"): ("payments.pay_methods", "set_pay_method"),
    ("customer", "email"): ("actions.messages", "email_customer"),
    ("invoice", "email"): ("actions.messages", "email_invoice"),
    ("invoice", "payByCard"): ("access.pay_link", "pay_link"),
    ("invoice", "payByBankAccount"): ("access.pay_link", "pay_link"),
    ("invoice", "pdf"): ("access.pay_link", "pdf_link"),
    ("invoice", "pay"): ("payments.payments", "pay_with_stored_method"),
    ("invoice", "payFromBalance"): ("payments.payments", "pay_from_balance"),
    ("invoice", "void"): ("payments.payments", "void"),
    ("invoice", "schedule"): ("payments.schedule", "schedule_payments"),
}
#: forms for making and changing a record
_FORMS: Final = {
    "customer": ("actions.records", "edit_record"),
    "user": ("actions.records", "edit_record"),
    "invoice": ("actions.invoices", "edit_invoice"),
}

#: without a target something is made; a target of another kind is what it is made for
Flow = Callable[["FrameScreen[Any]", Action, Any], Awaitable[Outcome | None]]

#: objects that can be acted on
ACTED_ON: Final = frozenset(_FORMS)

#: frequent actions with keys of their own; `[keys]` knows them by these names
ACTION_BINDINGS: Final = (
    Binding("a", "act", "Actions", id="action.menu"),
    Binding("n", "act('create')", "New", show=False, id="action.create"),
    Binding("e", "act('update')", "Edit", show=False, id="action.update"),
    Binding("p", "act('password')", "Password", id="action.password"),
    Binding("L", "act('getLoginURL')", "Login link", id="action.login_link"),
)
_OF_USERS = frozenset({"act('password')", "act('getLoginURL')"})


class ChosenRecords(NamedTuple):
    """What an action that is asked for now would be done to.

    Attributes:
        resource: its kind.
        refs: ids of the records.
        record: what is known of it; None where there are several, or it is not on the screen.
        marked: they are what is marked in a list, not what the cursor is on.
    """

    resource: Resource
    refs: Sequence[int | str]
    record: Record | None = None
    marked: bool = False


def bind_actions(screen: Screen[Any], resource: Resource, *, read_only: bool, whole: bool = False) -> None:
    """Give a screen the keys of what can be done to its records; none in a read-only session.

    Args:
        screen: the screen.
        resource: what it shows.
        read_only: whether nothing may be changed.
        whole: the screen shows one record, so that there is nothing to make anew.
    """
    if read_only or resource.id not in ACTED_ON:
        return
    for binding in ACTION_BINDINGS:
        if binding.action in _OF_USERS and resource.id != "user":
            continue
        if binding.action == "act('create')" and whole:
            continue
        screen._bindings.key_to_bindings.setdefault(binding.key, []).append(binding)


def action_named(resource: Resource, name: str) -> Action:
    """An action of the catalogue, or one of `create` and `update`.

    Raises:
        KeyError: there is no such action.
    """
    from cotui.catalog.editing import creation, editing

    made = {"create": creation, "update": editing}.get(name)
    found = made(resource) if made is not None else resource.action(name)
    if found is None:
        raise KeyError(name)
    return found


async def begin(
    screen: FrameScreen[Any], resource: Resource, name: str, refs: Sequence[int | str | None]
) -> None:
    """Do one action, from the menu or the reading of the record to the answer.

    Args:
        screen: where it was asked for; says what goes wrong before a dialog is open.
        resource: what it is done to.
        name: of the action, or of another offer (cotui.tui.actions.menu_entries); "" for the menu.
        refs: ids of the records; one None to make a record.
    """
    if len(refs) > 1:
        await _load("bulk.many", "act_on_many")(screen, resource, name, refs)
        return
    ref = refs[0]
    if ref is None:
        action = action_named(resource, "create")
        await flow_of(resource, action)(screen, action, None)
        return
    target = await _read(screen, resource, ref)
    if target is None:
        return
    from cotui.tui.actions.menu_entries import entry_named

    offer = entry_named(resource, name) if name else await _menu(screen, target)
    if offer is not None:
        await _carry_out(screen, offer, target)


async def _menu(screen: FrameScreen[Any], target: ActionTarget) -> MenuEntry | None:
    """What its user chooses to do to a record."""
    from cotui.tui.actions.action_menu import ActionMenu
    from cotui.tui.actions.menu_entries import offers

    entries = offers(target.resource, contact=main_contact(target) is not None)
    chosen = await screen.cotui.ask(ActionMenu(target.words, [offer.shown for offer in entries]))
    return next((offer for offer in entries if offer.shown is chosen), None)


async def _carry_out(screen: FrameScreen[Any], offer: MenuEntry, target: ActionTarget) -> None:
    from cotui.tui.actions.menu_entries import Whose

    if offer.whose is Whose.CONTACT:
        contact = main_contact(target)
        user = await _read(screen, *contact) if contact is not None else None
        if contact is None:
            screen.say(f"{clean(target.words)} has no main contact", "warning")
        if user is None:
            return
        target = user
    await flow_of(offer.resource, offer.action)(screen, offer.action, target)


async def _read(screen: FrameScreen[Any], resource: Resource, ref: int | str) -> ActionTarget | None:
    """The record as it is now; None when it can't be read, which is said."""
    api = screen.cotui.api
    screen.say(f"reading the {resource.label.casefold()} …")
    try:
        target = await read_target(api, resource, ref)
    except ApiError as error:
        screen.say(f"{error.what}: {error.todo}", "error")
        return None
    screen.hush()
    return target


def flow_of(resource: Resource, action: Action) -> Flow:
    """The coroutine that carries an action through."""
    form = action.name in ("create", "update")
    home = _FORMS[resource.id] if form else _FLOWS.get((resource.id, action.name))
    flow: Flow = _load(*home) if home is not None else plain_action
    return flow


async def plain_action(
    screen: FrameScreen[Any], action: Action, target: ActionTarget, notes: Sequence[str] = ()
) -> Outcome | None:
    """An action that needs nothing but a yes.

    Args:
        screen: where it was asked for.
        action: what is done.
        target: to what.
        notes: what its user should know before saying yes.
    """
    from cotui.tui.actions.confirm import confirm

    payload = {item.name: True for item in action.payload} or None  # `use_customer_balance` is always true
    write = target.write_of(action, payload, emails_of(action, target))
    return await confirm(screen, write, notes=notes)


def emails_of(action: Action, target: ActionTarget) -> tuple[str, ...]:
    """The e-mails an action sends by itself, each with its recipient."""
    if not action.email:
        return ()
    return (f"{action.email.rstrip('.')} ({target.email or 'no address is on record'})",)


def ending(outcome: Outcome) -> tuple[str, str]:
    """How a write ended, for the status line: the words and how grave it is."""
    what = f"{outcome.write.action.label}, {clean(outcome.write.target)}"
    if outcome.result is Result.DONE:
        return f"done: {what}", "information"
    if outcome.result is Result.UNKNOWN:
        return f"not known whether it was done: {what}", "error"
    return f"{outcome.result}: {what}: {outcome.message}", "error"


def main_contact(target: ActionTarget) -> tuple[Resource, int | str] | None:
    """The user who is a customer's main contact, None when it has none."""
    value = target.record.raw.get("superuser_id")
    return (RESOURCES["user"], value) if isinstance(value, int | str) and value else None


def _load(module: str, name: str) -> Any:
    return getattr(importlib.import_module(f"cotui.tui.{module}"), name)
