"""Making and changing invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cotui.api import Outcome, Write
from cotui.catalog import Action
from cotui.catalog.objects.invoice import INVOICE
from cotui.tui.actions.records import given_by
from cotui.tui.invoice_lines.invoice_form import InvoiceForm

if TYPE_CHECKING:
    from cotui.tui.base.action_target import Subject
    from cotui.tui.base.frame_screen import FrameScreen

#: an invoice is in its customer's currency; ChargeOver refuses another (A16 of the API notes)
_GIVEN = frozenset({"currency_id"})


async def edit_invoice(screen: FrameScreen[Any], action: Action, subject: Subject | None) -> Outcome | None:
    """A form for an invoice and its lines: the subject's, or a new one's.

    A new one is for the customer that is the subject, or that the list is about; it is opened when it is made.
    """
    changing = subject is not None and action.name == "update"
    form = (
        _changing(action, subject) if subject is not None and changing else _making(screen, action, subject)
    )
    form.tab = screen.tab
    outcome: Outcome | None = await screen.cotui.ask(form)
    if not changing and outcome is not None and outcome.done and outcome.made is not None:
        screen.cotui.open_record(INVOICE.id, outcome.made, tab=screen.tab)
    return outcome


def _changing(action: Action, subject: Subject) -> InvoiceForm:
    def make(payload: dict[str, object]) -> Write:
        return subject.write_of(action, payload)

    return InvoiceForm(
        f"Edit {subject.words}",
        [item for item in action.payload if item.name not in _GIVEN],
        values=subject.record.raw,
        required=(),
        make=make,
        subject=subject,
        notes=_standing(subject),
    )


def _making(screen: FrameScreen[Any], action: Action, subject: Subject | None) -> InvoiceForm:
    fields = [item for item in action.payload if item.name not in _GIVEN]

    def make(payload: dict[str, object]) -> Write:
        return Write(INVOICE, action, None, payload, target=_new_words(form))

    form = InvoiceForm(
        action.label,
        # who is billed stands first: on a narrow screen the rest is below the last line
        sorted(fields, key=lambda item: item.name != "customer_id"),
        values={"date": screen.cotui.session.today().isoformat(), **given_by(screen, fields, subject)},
        required=("customer_id",),
        make=make,
    )
    return form


def _new_words(form: InvoiceForm) -> str:
    """What is made, in words: "new invoice for Acme, Inc., customer 12. Lines: 2 new; 20.00 USD before taxes."."""
    number = f"customer {form.draft.text('customer_id')}"
    whom = f"{form.customer_name}, {number}" if form.customer_name else number
    return f"new invoice for {whom}. {form.lines_words}"


def _standing(subject: Subject) -> list[str]:
    """What makes a refusal likely, before anything is typed."""
    row = subject.record.raw
    if row.get("is_void") in (True, 1, "1"):
        return ["This invoice is void: its lines can't be changed any more."]
    if row.get("is_paid") in (True, 1, "1"):
        return ["This invoice is paid: it can't come to less than what was paid for it."]
    return []
