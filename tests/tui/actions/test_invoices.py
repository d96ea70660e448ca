"""Forms of invoices: who is billed comes first, the currency is never asked for, what makes a refusal likely is said."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from cotui.api import Outcome, Record, Result, Write
from cotui.catalog.editing import creation, editing
from cotui.catalog.model import Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.tui.actions.invoices import edit_invoice
from cotui.tui.base.action_target import ActionTarget
from cotui.tui.invoice_lines.invoice_form import InvoiceForm


class Asked:
    """A screen that keeps the form it was to show, and answers for its user."""

    tab = "invoices"

    def __init__(self, outcome: Outcome | None = None) -> None:
        self.outcome = outcome
        self.opened: list[tuple[str, object]] = []
        self.cotui = SimpleNamespace(
            session=SimpleNamespace(today=lambda: date(2026, 3, 16)),
            open_record=lambda kind, ref, tab: self.opened.append((kind, ref)),
        )
        self.form: InvoiceForm | None = None

    async def ask(self, form: InvoiceForm) -> Outcome | None:
        self.form = form
        return self.outcome

    def about(self, resource_id: str) -> int | None:
        return None


async def form_of(target: ActionTarget | None, outcome: Outcome | None = None) -> tuple[InvoiceForm, Asked]:
    action = (editing if target is not None and target.resource is INVOICE else creation)(INVOICE)
    assert action is not None
    screen: Any = Asked(outcome)
    assert await edit_invoice(screen, INVOICE, action, target) is outcome
    assert screen.form is not None
    return screen.form, screen


def target(resource: Resource, **raw: Any) -> ActionTarget:
    return ActionTarget(resource, Record({resource.primary_key: 9, **raw}, resource.primary_key))


async def test_a_new_one_begins_with_its_customer_and_today() -> None:
    form, _ = await form_of(target(CUSTOMER, company="Acme"))
    names = [field.name for field in form._fields]
    assert names[: len(INVOICE.needed)] == [*INVOICE.needed]
    assert "currency_id" not in names
    assert form._values["date"] == "2026-03-16"
    assert form._values["customer_id"] == 9


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"is_void": True}, "void"), ({"is_void": "1"}, "void"), ({"is_paid": 1}, "paid"),
        ({"is_void": 1, "is_paid": 1}, "void"),
        ({}, ""), ({"is_void": "0", "is_paid": 0}, ""), ({"is_void": [], "is_paid": {}}, ""),
    ],
)  # fmt: skip
async def test_what_makes_a_refusal_likely_is_said_before_anything_is_typed(
    raw: dict[str, Any], said: str
) -> None:
    form, _ = await form_of(target(INVOICE, line_items=[], **raw))
    assert len(form.notes) == bool(said)
    assert f"is {said}:" in "".join(form.notes) or not said
    assert "currency_id" not in [field.name for field in form._fields]


async def test_what_was_made_is_opened_and_what_was_changed_stays_where_it_is() -> None:
    action = creation(INVOICE)
    assert action is not None
    write = Write(INVOICE, action, None)
    for outcome, opened in (
        (Outcome(write, Result.DONE, made=12), [("invoice", 12)]),
        (Outcome(write, Result.DONE), []),
        (Outcome(write, Result.UNKNOWN, made=12), []),
        (None, []),
    ):
        _, screen = await form_of(None, outcome)
        assert screen.opened == opened
    _, screen = await form_of(target(INVOICE, line_items=[]), Outcome(write, Result.DONE, made=12))
    assert screen.opened == []
