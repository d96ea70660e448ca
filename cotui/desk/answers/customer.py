"""The answer about a customer: what they owe and why, how they pay, what was paid, what comes next."""

from __future__ import annotations

from typing import Any, Final

from cotui.desk.amounts import Amount, sums
from cotui.desk.answers import invoices, methods, payments, people, subscriptions
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.answer import Answer, Situation
from cotui.desk.answers.customer_facts import CustomerFacts, customer_facts
from cotui.desk.answers.customer_lines import customer_lines
from cotui.desk.answers.customer_parts import CHILD, METHODS, SINGLE, customer_parts, more_of_customer
from cotui.desk.answers.page import Page, Row, Table
from cotui.desk.answers.parts import Section
from cotui.desk.answers.telling import Shape, counted, missing_words, section_of, table
from cotui.desk.answers.values import day_in, ref_in, text_in

_OPEN: Final = Shape("open_invoices", "Open invoices", "invoices", invoices.COLUMNS, invoices.STATUS_COLUMN)
_PAYMENTS: Final = Shape("payments", "Payments", "transactions", payments.COLUMNS, payments.STATUS_COLUMN)
_SUBSCRIPTIONS: Final = Shape(
    "subscriptions", "Subscriptions", "packages", subscriptions.COLUMNS, subscriptions.STATUS_COLUMN
)
_METHODS: Final = Shape(
    "pay_methods", "Ways to pay", "pay_methods", methods.COLUMNS, methods.STATUS_COLUMN, "none stored"
)
_LATEST: Final = Shape(
    "latest_invoices", "Latest invoices", "invoices", invoices.COLUMNS, invoices.STATUS_COLUMN
)
_CONTACTS: Final = Shape("contacts", "Contacts", "users", people.CONTACT_COLUMNS)
_NOTES: Final = Shape("notes", "Notes", "notes", people.NOTE_COLUMNS)
_CHILDREN: Final = Shape("children", "Customers below it", "children", ())

_TITLES: Final = {
    "customer": "Customer",
    "open_invoices": "Open invoices",
    "payments": "Payments",
    "subscriptions": "Subscriptions",
    "cards": "Cards",
    "banks": "Bank accounts",
    "tokens": "Tokens",
    "latest_invoices": "Latest invoices",
    "contacts": "Contacts",
    "notes": "Notes",
    "children": "Customers below it",
}


def customer_page(now: Situation) -> Page:
    """What is said of a customer."""
    facts = customer_facts(now)
    values = facts.values
    name = text_in(values, "company", "display_as") or f"Customer {now.ref}"
    return Page(
        "customer",
        ref_in(values, "customer_id") or now.ref,
        name,
        _subtitle(now, facts),
        customer_lines(now, facts),
        _tables(now, facts),
        now.as_of,
        now.requests,
        now.complete,
        missing_words(now, _titles(now)),
        _record(now),
    )


def _titles(now: Situation) -> dict[str, str]:
    below = {name: "What customers below it owe" for name in now.sections if name.startswith(CHILD)}
    return _TITLES | below | {name: "A payment" for name in now.sections if name.startswith(SINGLE)}


def _record(now: Situation) -> Any:
    own = now.sections.get("customer")
    return (own.record if own is not None else None) or now.row


def _subtitle(now: Situation, facts: CustomerFacts) -> str:
    values = facts.values
    number = f"customer {ref_in(values, 'customer_id') or now.ref}"
    since = day_in(values, "write_datetime")
    state = _state(facts)
    parent = ref_in(values, "parent_customer_id")
    words = [number, f"{state} since {since}" if since and state == "active" else state]
    return ", ".join(filter(None, [*words, f"below customer {parent}" if parent else ""]))


def _state(facts: CustomerFacts) -> str:
    code = text_in(facts.values, "customer_status_state", "customer_status_str")[:1]
    return {"a": "active", "i": "inactive"}.get(code, "")


def _tables(now: Situation, facts: CustomerFacts) -> tuple[Table, ...]:
    found = [
        table(
            _OPEN,
            [_section(now, "open_invoices")],
            [invoices.invoice_row(line, now.today) for line in facts.open],
            facts.owes or (),
        ),
        table(_PAYMENTS, [_section(now, "payments")], map(payments.payment_row, facts.payments)),
        table(
            _SUBSCRIPTIONS,
            [_section(now, "subscriptions")],
            map(subscriptions.subscription_row, facts.subscriptions),
        ),
        table(_METHODS, [_section(now, name) for name in METHODS], map(methods.method_row, facts.methods)),
        table(
            _LATEST,
            [_section(now, "latest_invoices")],
            [invoices.invoice_row(line, now.today, rest=False) for line in facts.latest],
        ),
        table(
            _CONTACTS,
            [_section(now, "contacts")],
            [people.contact_row(row, main) for main in [_main(facts)] for row in now.rows("contacts")],
        ),
        table(_NOTES, [_section(now, "notes")], map(people.note_row, _notes(now))),
    ]
    if facts.children:
        found.append(
            table(
                _CHILDREN._replace(columns=(people.CONTACT_COLUMNS[0],)),
                [_section(now, "children")],
                _children(now),
                facts.children_owe or (),
            )
        )
    return tuple(found)


def _section(now: Situation, name: str) -> Section:
    return section_of(now, name, "customer")


def _main(facts: CustomerFacts) -> int | str | None:
    return ref_in(facts.values, "superuser_id")


def _notes(now: Situation) -> list[Any]:
    """The pinned ones first, then the latest."""
    rows = sorted(now.rows("notes"), key=lambda row: text_in(row.raw, "note_datetime"), reverse=True)
    return sorted(rows, key=lambda row: not row.raw.get("note_is_pinned"))


def _children(now: Situation) -> list[Row]:
    found, currencies = [], now.currencies
    for row in now.rows("children"):
        name = text_in(row.raw, "company") or f"customer {row.ref}"
        own = now.sections.get(f"{CHILD}{row.ref}")
        owes: tuple[Amount, ...] = ()
        if own is not None and own.whole:
            owes = sums(currencies.amount(one.raw, "balance") for one in own.rows)
        amount = owes[0] if len(owes) == 1 else currencies.zero(row.raw) if own and own.whole else None
        said = f"{name}, owes {', '.join(one.text for one in owes)}" if owes else name
        found.append(Row("customer", row.ref, (name,), amount, "", said, row))
    return found


def customer_json(now: Situation) -> dict[str, Any]:
    """The same as JSON."""
    facts = customer_facts(now)
    values, sections = facts.values, now.sections
    main = _main(facts)
    contacts = [people.contact_json(row, main) for row in now.rows("contacts")]
    methods_section = _together(now)
    oldest = facts.oldest
    return {
        "customer": {
            "id": ref_in(values, "customer_id"),
            "external_key": values.get("external_key"),
            "company": values.get("company") or "",
            "active": _state(facts) == "active",
            "status": text_in(values, "customer_status_str"),
            "since": forms.day(day_in(values, "write_datetime")),
            "currency": text_in(values, "currency_iso4217") or None,
            "parent_id": ref_in(values, "parent_customer_id"),
            "terms": text_in(values, "terms_name") or None,
            "contact": next((one for one in contacts if one["main"]), _named_contact(facts)),
        },
        "stated_balance": forms.money(facts.stated),
        "owes": forms.moneys(facts.owes),
        "overdue": forms.moneys(facts.overdue),
        "oldest_overdue": None
        if oldest is None
        else {
            "invoice_id": oldest.ref,
            "number": oldest.number,
            "due_date": forms.day(oldest.due),
            "days": oldest.late,
        },
        "in_collections": None
        if facts.collections is None
        else {
            "count": forms.count(facts.collections.number),
            "amounts": forms.moneys(facts.collections.amounts),
        },
        "unapplied": forms.moneys(facts.unapplied),
        "pay_method": methods.method_json(facts.method),
        "last_payment": payments.payment_json(facts.last_payment),
        "last_decline": payments.payment_json(facts.last_decline),
        "next_bill": subscriptions.next_json(facts.next),
        "children_owe": forms.moneys(facts.children_owe),
        "open_invoices": [invoices.invoice_json(line) for line in facts.open],
        "latest_invoices": [invoices.invoice_json(line) for line in facts.latest],
        "payments": [payments.payment_json(line) for line in facts.payments],
        "subscriptions": [subscriptions.subscription_json(line) for line in facts.subscriptions],
        "contacts": contacts,
        "pay_methods": [methods.method_json(method) for method in facts.methods],
        "notes": [people.note_json(row) for row in _notes(now)],
        "counts": {
            name: forms.count(counted([sections[part]]) if part in sections else None)
            for name, part in _COUNTS.items()
        }
        | {"pay_methods": forms.count(counted([_section(now, name) for name in METHODS]))},
        "sections": forms.sections(
            {name: sections[part] for name, part in _COUNTS.items() if part in sections}
        )
        | {"pay_methods": methods_section},
    }


#: parts by the names that their sections and counts have in JSON
_COUNTS: Final = {
    "open_invoices": "open_invoices",
    "invoices": "latest_invoices",
    "payments": "payments",
    "subscriptions": "subscriptions",
    "contacts": "contacts",
    "notes": "notes",
}


def _together(now: Situation) -> forms.Json:
    """The three kinds of ways to pay as one section."""
    found = table(_METHODS, [_section(now, name) for name in METHODS], ())
    state = "failed" if found.state == "reading" else found.state
    return {"state": state, "read": len(now.rows(*METHODS)), "error": found.trouble or None}


def _named_contact(facts: CustomerFacts) -> forms.Json | None:
    """The main contact as the customer itself names it, where it is not among the contacts that came."""
    ref, values = _main(facts), facts.values
    if ref is None:
        return None
    return {
        "id": ref,
        "name": values.get("superuser_name"),
        "email": values.get("superuser_email"),
        "phone": values.get("superuser_phone") or None,
        "main": True,
    }


ANSWER: Final = Answer("customer", customer_parts, more_of_customer, customer_page, customer_json)
