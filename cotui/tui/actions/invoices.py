"""Making and changing invoices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cotui.api import Outcome, Write
from cotui.catalog import Action, Resource
from cotui.tui.actions.records import given_by
from cotui.tui.invoice_lines.invoice_form import InvoiceForm

if TYPE_CHECKING:
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen

#: an invoice is in its customer's currency; ChargeOver refuses another (A16 of the API notes)
_GIVEN = frozenset({"currency_id"})


async def edit_invoice(
    screen: FrameScreen[Any], resource: Resource, action: Action, target: ActionTarget | None
) -> Outcome | None:
    """A form for an invoice and its lines: the target's, or a new one's.

    A new one is for the customer that is the target, or that the list is about; it is opened when it is made.
    """
    changing = target is not None and action.name == "update"
    form = (
        _changing(action, target)
        if target is not None and changing
        else _making(screen, resource, action, target)
    )
    outcome = await screen.ask(form)
    if not changing and outcome is not None and outcome.done and outcome.made is not None:
        screen.cotui.open_record(resource.id, outcome.made, tab=screen.tab)
    return outcome


def _changing(action: Action, target: ActionTarget) -> InvoiceForm:
    return InvoiceForm(
        f"Edit {target.words}",
        [item for item in action.payload if item.name not in _GIVEN],
        values=target.record.raw,
        required=(),
        make=partial(target.write_of, action),
        target=target,
        notes=_standing(target),
    )


def _making(
    screen: FrameScreen[Any], resource: Resource, action: Action, target: ActionTarget | None
) -> InvoiceForm:
    fields = [item for item in action.payload if item.name not in _GIVEN]

    def make(payload: dict[str, object]) -> Write:
        return Write(resource, action, None, payload, target=_new_words(form))

    form = InvoiceForm(
        action.label,
        # who is billed stands first: on a narrow screen the rest is below the last line
        sorted(fields, key=lambda item: item.name not in resource.needed),
        values={"date": screen.cotui.session.today().isoformat(), **given_by(screen, fields, target)},
        required=resource.needed,
        make=make,
    )
    return form


def _new_words(form: InvoiceForm) -> str:
    """What is made, in words: "new invoice for Acme, Inc., customer 12. Lines: 2 new; 20.00 USD before taxes."."""
    number = f"customer {form.draft.text('customer_id')}"
    whom = f"{form.customer_name}, {number}" if form.customer_name else number
    return f"new invoice for {whom}. {form.lines_words}"


def _standing(target: ActionTarget) -> list[str]:
    """What makes a refusal likely, before anything is typed."""
    row = target.record.raw
    if row.get("is_void") in (True, 1, "1"):
        return ["This invoice is void: its lines can't be changed any more."]
    if row.get("is_paid") in (True, 1, "1"):
        return ["This invoice is paid: it can't come to less than what was paid for it."]
    return []
