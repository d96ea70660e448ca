"""The answer about an invoice: how much, until when, and why it is open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from cotui.desk.amounts import spoken
from cotui.desk.answers import invoices, payments, people
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.answer import Answer, Situation
from cotui.desk.answers.customer_parts import SINGLE, company_of
from cotui.desk.answers.invoice_facts import (
    AppliedHere,
    InvoiceFacts,
    invoice_facts,
    invoice_parts,
    more_of_invoice,
)
from cotui.desk.answers.invoice_lines import (
    LINE_COLUMNS,
    SCHEDULE_COLUMNS,
    line_json,
    line_row,
    schedule_json,
    schedule_rows,
)
from cotui.desk.answers.page import Count, Fact, Page, Row, Table
from cotui.desk.answers.parts import Section
from cotui.desk.answers.telling import Shape, counted, missing_words, section_of, table, unknown_fact
from cotui.desk.answers.values import day_in, text_in, things

_LINES: Final = Shape("lines", "Lines", "items", LINE_COLUMNS)
_APPLIED: Final = Shape(
    "payments", "Payments and credits", "transactions", payments.COLUMNS, payments.STATUS_COLUMN
)
_TRIES: Final = Shape("declines", "Tries that failed", "", payments.COLUMNS, payments.STATUS_COLUMN)
_SCHEDULE: Final = Shape("schedule", "Scheduled", "", SCHEDULE_COLUMNS, none="nothing")
_NOTES: Final = Shape("notes", "Notes", "notes", people.NOTE_COLUMNS)
_TITLES: Final = {
    "invoice": "Invoice",
    "payments": "Payments and credits",
    "declines": "Tries that failed",
    "customer": "Customer",
    "subscription": "Subscription",
    "notes": "Notes",
}


def invoice_page(now: Situation) -> Page:
    """What is said of an invoice."""
    facts = invoice_facts(now)
    number = facts.invoice.number if facts.invoice is not None else str(now.ref)
    company = company_of(now, facts.customer)
    own = now.sections.get("invoice")
    titles = _TITLES | {name: "A payment" for name in now.sections if name.startswith(SINGLE)}
    return Page(
        "invoice",
        (facts.invoice.ref if facts.invoice is not None else None) or now.ref,
        ", ".join(filter(None, (f"Invoice {number}", company))),
        _subtitle(now, facts),
        _facts(now, facts),
        _tables(now, facts),
        now.as_of,
        now.requests,
        now.complete,
        missing_words(now, titles),
        (own.record if own is not None else None) or now.row,
    )


def _subtitle(now: Situation, facts: InvoiceFacts) -> str:
    customer = now.sections.get("customer")
    values = customer.record.raw if customer is not None and customer.record is not None else {}
    number = f"customer {facts.customer}" if facts.customer is not None else ""
    return ", ".join(filter(None, (number, text_in(values, "superuser_email"))))


def _facts(now: Situation, facts: InvoiceFacts) -> tuple[Fact, ...]:
    line = facts.invoice
    if line is None:
        return (unknown_fact("to_pay", "To pay", [now.sections.get("invoice")]),)
    found = [_to_pay(now, line)]
    if facts.why.text:
        found.append(Fact("why", "Why open", facts.why.text))
    if line.open is not False and facts.schedule is not None:
        found.append(_next(facts))
    if facts.applied and line.applied is not None:
        rest = f"from {things(len(facts.applied), 'payment or credit', 'payments and credits')}"
        found.append(Fact("applied", "Paid", line.applied.text, rest, "", (line.applied,)))
    found.append(_made(now, line))
    return tuple(found)


def _to_pay(now: Situation, line: invoices.InvoiceLine) -> Fact:
    words, tone = invoices.standing(line, now.today)
    total = f"of {line.total.number}" if line.total is not None else ""
    due = f"due {line.due}" if line.due is not None and line.open is not False else ""
    rest = ", ".join(filter(None, (total, due, words)))
    if line.balance is None:
        return Fact("to_pay", "To pay", "not known", rest, tone)
    return Fact("to_pay", "To pay", line.balance.text, rest, tone, (line.balance,))


def _next(facts: InvoiceFacts) -> Fact:
    planned = [one for one in facts.schedule or () if one.balance is None or one.balance.amount]
    if not planned:
        return Fact("next", "What next", "nothing is scheduled", "", "quiet")
    amounts = [one.amount for one in planned if one.amount is not None]
    rest = f"{planned[0].day or 'a day not told'}"
    if len(planned) > 1:
        rest += f", and {things(len(planned) - 1, 'other')} after that"
    return Fact("next", "What next", f"{spoken(amounts[:1])} scheduled".strip(), rest, "", tuple(amounts[:1]))


def _made(now: Situation, line: invoices.InvoiceLine) -> Fact:
    made = str(line.made or day_in(line.record.raw, "write_datetime") or "a day not told")
    package = now.sections.get("subscription")
    by = ""
    if package is not None and package.record is not None:
        name = text_in(package.record.raw, "nickname")
        by = f"by subscription {name or package.record.ref}"
    elif package is not None:
        by = f"by subscription {package.part.ref}"
    terms = text_in(line.record.raw, "terms_name")
    return Fact("made", "Made", made, ", ".join(filter(None, (by, f"terms {terms}" if terms else ""))))


def _tables(now: Situation, facts: InvoiceFacts) -> tuple[Table, ...]:
    line = facts.invoice
    own = section_of(now, "invoice", "invoice")
    of = line.record.raw if line is not None else {}
    currencies = now.currencies
    total = [line.total] if line is not None and line.total is not None else []
    lines = table(
        _LINES,
        [own],
        [line_row(part, amount, currencies, of) for part, amount in facts.lines or ()],
        total,
    )
    plans = table(_SCHEDULE, [own], schedule_rows(facts.schedule or ()))
    tried = section_of(now, "declines", "transaction")
    found = [
        _counted(lines, None if facts.lines is None else len(facts.lines)),
        table(_APPLIED, [section_of(now, "payments", "transaction")], map(_applied_row, facts.applied)),
        _tries(table(_TRIES, [tried], map(payments.payment_row, facts.declines)), line),
        _counted(plans, None if facts.schedule is None else len(facts.schedule)),
        table(_NOTES, [section_of(now, "notes", "note")], map(people.note_row, now.rows("notes"))),
    ]
    return tuple(found)


def _tries(found: Table, line: invoices.InvoiceLine | None) -> Table:
    """The attempts that failed. The invoice counts them; which they were is not always told."""
    number = line.declines if line is not None else None
    if number and not found.rows:
        found = replace(found, none=f"{number:,}, which they were is not told")
    return _counted(found, number)


def _counted(found: Table, number: int | None) -> Table:
    """A table of what stands in the record itself: as many as that tells."""
    return replace(found, count=None if number is None else Count(number))


def _applied_row(one: AppliedHere) -> Row:
    row = payments.payment_row(one.line)
    here = one.amount
    words = [row.cells[0], one.line.way, row.cells[2]]
    if here is not None:
        words.append(f"{here.text} for this")
    elif one.line.amount is not None:
        words.append(f"{one.line.amount.text} in all")
    return row._replace(amount=here, said=", ".join(filter(None, words)))


def invoice_json(now: Situation) -> dict[str, Any]:
    """The same as JSON."""
    facts, currencies = invoice_facts(now), now.currencies
    line = facts.invoice
    of = line.record.raw if line is not None else {}
    customer = now.sections.get("customer")
    record = customer.record if customer is not None else None
    package = now.sections.get("subscription")
    shown = {name: found for name, found in now.sections.items() if name in _TITLES}
    return {
        "invoice": None if line is None else invoices.invoice_json(line, facts.why),
        "customer": None
        if facts.customer is None
        else {"id": facts.customer, "company": record.raw.get("company") if record is not None else None},
        "applied": None if line is None else forms.money(line.applied),
        "subscription_id": package.part.ref if package is not None else None,
        "lines": None
        if facts.lines is None
        else [line_json(part, amount, currencies, of) for part, amount in facts.lines],
        "payments": [
            {**(payments.payment_json(one.line) or {}), "applied_here": forms.money(one.amount)}
            for one in facts.applied
        ],
        "declines": [payments.payment_json(one) for one in facts.declines],
        "schedule": None if facts.schedule is None else schedule_json(facts.schedule),
        "notes": [people.note_json(row) for row in now.rows("notes")],
        "counts": {name: forms.count(_count(now.sections.get(name))) for name in ("payments", "notes")},
        "sections": forms.sections(shown),
    }


def _count(section: Section | None) -> Count | None:
    return None if section is None else counted([section])


ANSWER: Final = Answer("invoice", invoice_parts, more_of_invoice, invoice_page, invoice_json)
