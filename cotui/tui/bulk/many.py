"""One action on many records: asked once, confirmed with their number, sent in batches, each with its result."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cotui.api import Outcome, Priority, Result, Write
from cotui.api.abilities import BULK
from cotui.api.calls import BULK_LIMIT
from cotui.api.write import new_request_id
from cotui.catalog import Action, Resource
from cotui.safety.text import clean
from cotui.tui.actions.dispatch import action_named
from cotui.tui.actions.menu_entries import many_actions
from cotui.tui.base.object_register import hooks_of, load
from cotui.tui.bulk.bulk_run import BulkRun
from cotui.tui.bulk.bulk_words import SAMPLE, counted, ending_words
from cotui.tui.lists.list_screen import ListScreen
from cotui.tui.lists.selection import SelectedRecord

if TYPE_CHECKING:
    from cotui.desk.names import CustomerNames
    from cotui.tui.base.frame_screen import FrameScreen

#: seconds in which names have to come that are in the question
NAMED_WITHIN: Final = 2.0
#: parts of a payload that are not asked for here: one address for all would get everybody's invoices
_RECIPIENTS: Final = frozenset({"email", "cc", "bcc"})


async def act_on_many(
    screen: FrameScreen[Any], resource: Resource, name: str, refs: Sequence[int | str | None]
) -> None:
    """Do one action to several records, from its choice (`name` is "") to the summary."""
    records = _records(screen, resource, refs)
    action = await _chosen(screen, resource, name, len(records))
    if action is None:
        return
    await _name(screen, records)
    fields = [field for field in action.payload if field.name not in _RECIPIENTS]
    typed: dict[str, object] = {}
    while True:
        if fields:
            from cotui.tui.forms.form import PayloadForm

            notes = ["The same for all of them."]
            if len(fields) < len(action.payload):
                notes = ["The same for all of them; each goes to its own customer's contact."]
            title = f"{action.label}: {counted(len(records), resource)}"
            answer = await screen.cotui.ask(PayloadForm(title, fields, values=typed, notes=notes))
            if answer is None:
                return
            typed = answer
        names = screen.cotui.customer_names
        writes = [_write(resource, action, record, typed, names) for record in records]
        sent = await _carry_out(screen, writes, {record.ref: record for record in records})
        if sent or not fields:  # else the form again, with what was typed
            return


def _records(
    screen: FrameScreen[Any], resource: Resource, refs: Sequence[int | str | None]
) -> list[SelectedRecord]:
    known = screen.marked(refs) if isinstance(screen, ListScreen) else [None] * len(refs)
    return [
        record or SelectedRecord(ref, str(ref), f"{resource.label.casefold()} {ref}")
        for ref, record in zip(refs, known, strict=True)
        if ref is not None
    ]


async def _name(screen: FrameScreen[Any], records: Sequence[SelectedRecord]) -> None:
    """Know whose records are named before anything is sent; the others are in the file of results by then."""
    names, api = screen.cotui.customer_names, screen.cotui.api
    strangers = names.missing(record.customer for record in records)
    at_once, rest = strangers[:BULK_LIMIT], strangers[BULK_LIMIT:]
    if api.abilities.can(BULK) is False:
        at_once, rest = names.missing(record.customer for record in records[:SAMPLE]), []
    # the question does not wait for a server that has trouble with names
    with suppress(TimeoutError):
        await asyncio.wait_for(names.ask(api, at_once, priority=Priority.INTERACTIVE), NAMED_WITHIN)
    if rest:
        screen.run_worker(names.ask(api, rest, singly=False), group="names of many", exclusive=True)


async def _chosen(screen: FrameScreen[Any], resource: Resource, name: str, number: int) -> Action | None:
    """The action that was named, or chosen from those that can be done to many."""
    if name:
        action = action_named(resource, name)
        if action in many_actions(resource):
            return action
        screen.say(f"{action.label} is done to one record at a time: unmark the others first", "warning")
        return None
    from cotui.tui.actions.action_menu import ActionMenu

    return await screen.cotui.ask(ActionMenu(counted(number, resource), many_actions(resource)))


def _write(
    resource: Resource,
    action: Action,
    record: SelectedRecord,
    payload: dict[str, object],
    names: CustomerNames,
) -> Write:
    words = action.email.rstrip(".")
    company = names.known(record.customer) if record.customer is not None else ""
    return Write(
        resource,
        action,
        record.ref,
        payload or None,
        target=f"{record.words} of {company}" if company else record.words,
        name=record.name,
        customer=record.customer,
        emails=(f"{words} ({record.email})" if record.email else words,) if words else (),
    )


async def _carry_out(
    screen: FrameScreen[Any], writes: Sequence[Write], records: dict[int | str, SelectedRecord]
) -> bool:
    """Confirm, send and sum up, as often as its user tries again what failed; False when nothing was sent."""
    from cotui.tui.bulk.bulk_confirm import BulkConfirm
    from cotui.tui.bulk.bulk_progress import AGAIN, BulkProgress

    app, first = screen.cotui, writes[0]
    title = f"{first.action.label}: {counted(len(writes), first.resource)}"
    file_name = f"cotui-{first.resource.id}-{first.action.name}-{app.session.today():%Y-%m-%d}.csv"
    sums = hooks_of(first.resource.id).sums.get(first.action.name)
    results: dict[int | str, Outcome] = {}
    while True:
        whom = [records[write.ref] for write in writes if write.ref is not None]
        notes = [*([load(sums)(whom)] if sums else []), *_notes(first.action, results)]
        to = [record.email for record in whom]
        emails = await app.ask(BulkConfirm(writes, addresses=to, notes=notes))
        if emails is None and not results:
            return False
        run = None
        if emails is not None:
            chosen = [replace(write, send_emails=emails) for write in writes]
            run = BulkRun(chosen, send=app.writer.send_together, wait_for=_budget(screen))
        again = await app.ask(BulkProgress(title, results, run, file_name=file_name))
        if run is not None:
            _take_in(screen, run)
        if not again:
            break
        failed = [outcome.write for outcome in results.values() if outcome.result in AGAIN]
        writes = [replace(write, request_id=new_request_id()) for write in failed]
    outcomes = list(results.values())
    text = f"{title}: {ending_words(outcomes)}"
    severity = "information" if all(outcome.done for outcome in outcomes) else "error"
    if app.writer.audit_problem:
        text, severity = f"{text} · {app.writer.audit_problem}", "error"
    app.call_later(app.say, clean(text), severity)
    return True


def _notes(action: Action, results: dict[int | str, Outcome]) -> list[str]:
    """What its user should know besides."""
    notes = []
    if results:
        notes.append("Again: only what was refused or not sent.")
        unknown = sum(outcome.result is Result.UNKNOWN for outcome in results.values())
        if unknown:
            notes.append(f"Left out: {unknown:,} of which it is not known whether they were done.")
    if action.method == "DELETE":
        notes.append("ChargeOver does not document deleting many at once; it may refuse each of them.")
    return notes


def _budget(screen: FrameScreen[Any]) -> Callable[[int], float]:
    """Seconds until so many calls may have been sent, with room left for what is looked at meanwhile."""
    api = screen.cotui.api
    budget = api.worker.budget

    def wait(calls: int) -> float:
        requests = calls * budget.cost(BULK_LIMIT)
        # one call that counts for more than a minute has goes when there is nothing before it
        most = requests if calls > 1 else budget.allowed(Priority.PREFETCH)
        return budget.wait_for(Priority.PREFETCH, min(requests, most))

    return wait


def _take_in(screen: FrameScreen[Any], run: BulkRun) -> None:
    """What was done is unmarked; what may have changed is read again."""
    if isinstance(screen, ListScreen):
        screen.unmark([outcome.write.ref for outcome in run.outcomes if outcome.done])
    changed = any(outcome.result in (Result.DONE, Result.UNKNOWN) for outcome in run.outcomes)
    if changed and run.writes[0].action.changes:
        screen.cotui.records_changed()
