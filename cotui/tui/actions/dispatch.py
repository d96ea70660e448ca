"""From an action of the catalogue to its dialog: which keys lead there, and what is asked before it is sent.

What an action asks for is its flow: a coroutine that has the write confirmed and returns how it ended. Objects name
their flows in `cotui.tui.objects`; an action without one is confirmed as it is, after a form for its fields if it
has any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from textual.binding import Binding
from textual.screen import Screen

from cotui.api import Outcome, Result
from cotui.catalog import RESOURCES, Action, Resource
from cotui.safety.text import clean
from cotui.tui.actions.menu_entries import can_make, entries, entry_named, is_offered
from cotui.tui.base.action_target import ActionTarget, read_target
from cotui.tui.base.object_register import hooks_of, load

if TYPE_CHECKING:
    from cotui.tui.actions.menu_entries import MenuEntry
    from cotui.tui.base.frame_screen import FrameScreen

#: keys of what can be done to most objects; `[keys]` knows them by these names
_MENU: Final = Binding("a", "act", "Actions", id="action.menu")
_CREATE: Final = Binding("n", "act('create')", "New", show=False, id="action.create")
_UPDATE: Final = Binding("e", "act('update')", "Edit", show=False, id="action.update")


def bindings_of(resource: Resource) -> Iterator[Binding]:
    """The keys of what can be done to records of one kind."""
    offered = {entry.name for entry in entries(resource)}
    if offered:
        yield _MENU
    if can_make(resource):
        yield _CREATE
    if "update" in offered:
        yield _UPDATE
    for action in resource.actions:
        if action.key and action.hint and action.name in offered:
            name = action.hint.casefold().replace(" ", "_")
            yield Binding(action.key, f"act('{action.name}')", action.hint, id=f"action.{name}")


def action_bindings() -> Iterator[Binding]:
    """The keys of actions of all objects, for `[keys]`."""
    yield from (_MENU, _CREATE, _UPDATE)
    for resource in RESOURCES.values():
        yield from bindings_of(resource)


def bind_actions(screen: Screen[Any], resource: Resource, *, read_only: bool, whole: bool = False) -> None:
    """Give a screen the keys of what can be done to its records; none in a read-only session.

    `whole`: it shows one record, so that there is nothing to make anew.
    """
    for binding in () if read_only else bindings_of(resource):
        if not (whole and binding is _CREATE):
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
        name: of a menu entry; "" for the menu.
        refs: ids of the records; one None to make a record.
    """
    if not await screen.made_fresh():
        return
    if len(refs) > 1:
        await load("bulk.many:act_on_many")(screen, resource, name, refs)
        return
    ref = refs[0]
    if ref is None:
        await carry_out(screen, resource, action_named(resource, "create"), None)
        return
    target = await read_record(screen, resource, ref)
    if target is None:
        return
    entry = entry_named(resource, name) if name else await _menu(screen, target)
    if entry is not None and (target := await _target_of(screen, entry, target)) is not None:
        await carry_out(screen, entry.resource, entry.action, target)


async def _menu(screen: FrameScreen[Any], target: ActionTarget) -> MenuEntry | None:
    """What its user chooses to do to a record."""
    from cotui.tui.actions.action_menu import ActionMenu

    offered = entries(target.resource, target.record)
    chosen = await screen.cotui.ask(ActionMenu(target.words, [entry.shown for entry in offered]))
    return next((entry for entry in offered if entry.shown is chosen), None)


async def _target_of(screen: FrameScreen[Any], entry: MenuEntry, target: ActionTarget) -> ActionTarget | None:
    """What an entry of a record's menu is done to: the record, or one that belongs with it."""
    if entry.relation is None:
        return target
    key = entry.relation.source(target.record.raw)
    if key is None:
        from cotui.tui.lists.relations import nothing_words

        screen.say(nothing_words(clean(target.words), entry.relation, target.record), "warning")
        return None
    return await read_record(screen, entry.resource, key)


async def read_record(screen: FrameScreen[Any], resource: Resource, ref: int | str) -> ActionTarget | None:
    """The record as it is now; None when it can't be read, which is said."""
    return await screen.reading(
        f"the {resource.label.casefold()}", read_target(screen.cotui.api, resource, ref)
    )


async def carry_out(
    screen: FrameScreen[Any], resource: Resource, action: Action, target: ActionTarget | None
) -> Outcome | None:
    """Ask for what an action needs, and send it after a yes; None when nothing was sent.

    `target` is, for something new, what it is made for, or None.
    """
    hooks = hooks_of(resource.id)
    outcome: Outcome | None
    if action.name in ("create", "update"):
        outcome = await load(hooks.form)(screen, resource, action, target)
    elif action.name in hooks.flows:
        outcome = await load(hooks.flows[action.name])(screen, action, target)
    else:
        assert target is not None  # only making a record needs none
        assert is_offered(resource, action)  # what can't be asked for would be sent without it
        ask = load("actions.question:ask_and_send") if action.payload else plain_action
        outcome = await ask(screen, action, target)
    return outcome


async def plain_action(
    screen: FrameScreen[Any],
    action: Action,
    target: ActionTarget,
    *,
    payload: Mapping[str, object] | None = None,
    notes: Sequence[str] = (),
) -> Outcome | None:
    """An action that needs nothing but a yes."""
    from cotui.tui.actions.confirm import confirm

    return await confirm(screen, target.write_of(action, payload, emails_of(action, target)), notes=notes)


def emails_of(action: Action, target: ActionTarget) -> tuple[str, ...]:
    """The e-mails an action sends by itself, each with its recipient."""
    if not action.email:
        return ()
    return (f"{action.email.rstrip('.')} ({target.recipient})",)


def ending(outcome: Outcome) -> tuple[str, str]:
    """How a write ended, for the status line: the words and how grave it is."""
    what = f"{outcome.write.action.label}, {clean(outcome.write.target)}"
    if outcome.result is Result.DONE:
        return f"done: {what}", "information"
    if outcome.result is Result.UNKNOWN:
        return f"not known whether it was done: {what}", "error"
    return f"{outcome.result}: {what}: {outcome.message}", "error"
