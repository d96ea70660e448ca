"""Many writes in words: whom they are for, the e-mails they send, how long they take, how they ended."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from cotui.api import Outcome, Result, Write
from cotui.api.calls import BULK_LIMIT
from cotui.catalog import Resource
from cotui.catalog.money import written
from cotui.tui.base.waiting import duration
from cotui.tui.bulk.bulk_run import BulkRun, State, counts

if TYPE_CHECKING:
    from cotui.tui.lists.selection import SelectedRecord

#: how many of many are named, and how many addresses
SAMPLE = 5
ADDRESSES = 3

#: results in the order of how much they matter afterwards, in words
ENDINGS = {
    Result.UNKNOWN: "not known",
    Result.REFUSED: "refused",
    Result.NOT_SENT: "not sent",
    Result.DONE: "done",
}


def counted(number: int, resource: Resource) -> str:
    """ "12 customers"."""
    return f"{number:,} {(resource.label if number == 1 else resource.plural).casefold()}"


def sample(names: Sequence[str], most: int = SAMPLE) -> str:
    """The first names, and how many more there are; not cleaned."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"


def email_words(writes: Sequence[Write], addresses: Sequence[str]) -> list[str]:
    """The e-mails that go out, a line each; `addresses` as in `BulkConfirm`. Not cleaned."""
    first, number = writes[0], len(writes)
    if not first.action.email:
        return ["none"]
    if not first.send_emails:
        return [f"none: ChargeOver is told not to send the {number:,}"]
    lines = [f"for each of the {number:,}: {first.action.email.rstrip('.')}"]
    known = [address for address in addresses if address]
    if known:
        lines.append(f"to {sample(known, ADDRESSES)}")
    if known and len(known) < number:
        lines.append(f"of {number - len(known):,} the list does not tell the address")
    return lines


def due_words(records: Sequence[SelectedRecord]) -> str:
    """What is due of several records, the sum of each currency, and of how many it is not known; not cleaned."""
    sums: dict[str, Decimal] = {}
    for record in records:
        if record.balance is not None and record.balance > 0:
            sums[record.currency] = sums.get(record.currency, Decimal(0)) + record.balance
    parts = [f"{written(amount, iso)} {iso}".rstrip() for iso, amount in sorted(sums.items())]
    words = " and ".join(parts) or "nothing"
    nothing = sum(record.balance is not None and record.balance <= 0 for record in records)
    if nothing and parts:
        words += f"; nothing of {nothing:,} of them"
    unknown = sum(record.balance is None for record in records)
    return f"{words}; not known of {unknown:,}" if unknown else words


def due_of(records: Sequence[SelectedRecord]) -> str:
    """What would be taken when these are paid, as far as their rows tell; not cleaned."""
    return f"Due of them, as the list has it: {due_words(records)}."


def batch_words(number: int) -> str:
    """How so many requests travel."""
    if number <= BULK_LIMIT:
        return "in one call of _bulk"
    return f"in {-(-number // BULK_LIMIT):,} calls of _bulk, {BULK_LIMIT} in each"


def progress_words(run: BulkRun) -> str:
    """How far a run has come and what it is doing, in one line."""
    parts = [f"{len(run.outcomes):,} of {len(run.writes):,}"]
    if run.state is State.WAITING:
        parts.append(f"waiting {duration(run.wait)} for the limit of requests")
    elif run.state is State.PAUSED:
        parts.append(f"waiting {duration(run.wait)}, as ChargeOver asks")
    elif run.state is State.SENDING:
        parts.append("stopping after this batch" if run.stopping else "sending")
    remaining = run.remaining
    if remaining is not None and run.state is not State.OVER:
        parts.append(f"≈ {duration(remaining)} left")
    return " · ".join(parts)


def ending_words(outcomes: Sequence[Outcome]) -> str:
    """ "57 done · 2 refused"; what did not happen is not mentioned."""
    found = counts(outcomes)
    order = (Result.DONE, Result.REFUSED, Result.UNKNOWN, Result.NOT_SENT)
    return " · ".join(f"{found[result]:,} {ENDINGS[result]}" for result in order if found[result])


def failure_lines(outcomes: Sequence[Outcome]) -> list[tuple[str, Result | None]]:
    """What was not done: a heading for each reason, with its result, and below it the records; not cleaned."""
    groups: dict[tuple[Result, str], list[str]] = {}
    for outcome in outcomes:
        if not outcome.done:
            groups.setdefault((outcome.result, outcome.message), []).append(outcome.write.target)
    order = list(ENDINGS)
    lines: list[tuple[str, Result | None]] = []
    for (result, message), targets in sorted(groups.items(), key=lambda item: order.index(item[0][0])):
        lines.append((f"{ENDINGS[result].capitalize()}, {len(targets):,}: {message}", result))
        lines += [(f"  {target}", None) for target in targets]
    return lines
