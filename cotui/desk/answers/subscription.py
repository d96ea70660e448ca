"""The answer about a subscription: what is billed, when next, how it is paid, what of it is open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, NamedTuple

from cotui.api import Record
from cotui.catalog import RESOURCES
from cotui.desk.amounts import Amount, sums
from cotui.desk.answers import invoices, methods, people, subscriptions
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.answer import Answer, Situation
from cotui.desk.answers.customer_parts import (
    LATEST,
    METHODS,
    company_of,
    customer_of,
    customer_part,
    equals,
    methods_of,
    notes_of,
)
from cotui.desk.answers.invoice_lines import LINE_COLUMNS, line_json, line_row
from cotui.desk.answers.page import Count, Fact, Page, Ref, Row, Table
from cotui.desk.answers.parts import Part
from cotui.desk.answers.subscriptions import SubscriptionLine, subscription_line
from cotui.desk.answers.telling import (
    Shape,
    amounts_fact,
    counted,
    missing_words,
    section_of,
    table,
    unknown_fact,
)
from cotui.desk.answers.values import Values, day_in, days_words, parts_in, raw_in, ref_in, text_in, things
from cotui.query import Order, Query

_LINES: Final = Shape("lines", "Lines", "items", LINE_COLUMNS[:3])
_OPEN: Final = Shape("open_invoices", "Open invoices", "invoices", invoices.COLUMNS, invoices.STATUS_COLUMN)
_LATEST: Final = Shape(
    "latest_invoices", "Latest invoices", "invoices", invoices.COLUMNS, invoices.STATUS_COLUMN
)
_NOTES: Final = Shape("notes", "Notes", "notes", people.NOTE_COLUMNS)
_TITLES: Final = {
    "subscription": "Subscription",
    "customer": "Customer",
    "open_invoices": "Open invoices",
    "latest_invoices": "Latest invoices",
    "notes": "Notes",
    "cards": "Cards",
    "banks": "Bank accounts",
    "tokens": "Tokens",
}


class _Facts(NamedTuple):
    line: SubscriptionLine | None
    customer: Ref | None
    open: tuple[invoices.InvoiceLine, ...]
    #: what is to pay on its open invoices; None where not all of them are here
    owes: tuple[Amount, ...] | None
    lines: list[Values] | None


def _parts(ref: Ref, row: Record | None) -> list[Part]:
    found = [Part("subscription", RESOURCES["package"], ref)]
    if isinstance(ref, int):
        found += _by_number(ref)
    customer = None if row is None else ref_in(row.raw, "customer_id")
    return [*found, *_around(customer)]


def _by_number(ref: Ref) -> list[Part]:
    by, resource = equals("package_id", ref), RESOURCES["invoice"]
    still = Query((by, equals("invoice_status_state", "o")), (Order("invoice_id"),))
    newest = Query((by,), (Order("invoice_id", True),))
    return [
        Part("open_invoices", resource, query=still, mine=lambda row: _state(row) in ("", "o")),
        Part("latest_invoices", resource, query=newest, most=LATEST, first=True),
        notes_of("billing_package", ref),
    ]


def _state(row: Record) -> str:
    return text_in(row.raw, "invoice_status_state")


def _around(customer: Ref | None) -> list[Part]:
    return [] if customer is None else [customer_part(customer), *methods_of(customer)]


def _more(now: Situation) -> list[Part]:
    own = now.sections.get("subscription")
    if own is None or own.record is None or own.record.ref is None:
        return []
    return [*_by_number(own.record.ref), *_around(customer_of(now, "subscription"))]


def _read(now: Situation) -> _Facts:
    currencies = now.currencies
    own = now.sections.get("subscription")
    single = own.record if own is not None else None
    record = single or now.row
    ways = [
        methods.method_of(row, now.sections[name].part.resource.primary_key, now.today)
        for name in METHODS
        for row in now.rows(name)
    ]
    still = now.sections.get("open_invoices")
    found = [invoices.invoice_line(row, currencies, now.today) for row in now.rows("open_invoices")]
    owes = None
    if still is not None and still.state in ("complete", "partial"):
        owes = sums((line.balance for line in found), at_least=not still.whole)
        owes = tuple(one for one in owes if one.amount)
        if not owes and (not still.whole or any(line.balance is None for line in found)):
            owes = None
    return _Facts(
        None if record is None else subscription_line(record, currencies, ways),
        customer_of(now, "subscription"),
        tuple(found),
        owes,
        None if single is None else parts_in(single.raw, "line_items"),
    )


def subscription_page(now: Situation) -> Page:
    """What is said of a subscription."""
    facts = _read(now)
    line, own = facts.line, now.sections.get("subscription")
    ref = (line.ref if line is not None else None) or now.ref
    name = line.heading if line is not None else f"Subscription {ref}"
    company = company_of(now, facts.customer)
    since = day_in(line.record.raw, "start_datetime") if line is not None else None
    since = since or (day_in(line.record.raw, "write_datetime") if line is not None else None)
    words = [
        f"subscription {ref}" if name.casefold() != f"subscription {ref}" else "",
        f"customer {facts.customer}" if facts.customer is not None else "",
        f"since {since}" if since else "",
    ]
    return Page(
        "package",
        ref,
        ", ".join(filter(None, (name, company))),
        ", ".join(filter(None, words)),
        _facts(now, facts),
        _tables(now, facts),
        now.as_of,
        now.requests,
        now.complete,
        missing_words(now, _TITLES),
        (own.record if own is not None else None) or now.row,
    )


def _facts(now: Situation, facts: _Facts) -> tuple[Fact, ...]:
    line = facts.line
    if line is None:
        return (unknown_fact("status", "Status", [now.sections.get("subscription")]),)
    words, tone = subscriptions.standing(line)
    ended = f"since {line.canceled}" if line.canceled is not None else ""
    found = [
        Fact("status", "Status", words, ", ".join(filter(None, (line.cycle, ended))), tone),
        _next(line),
        _pays_by(now, line),
        _owes(now, facts),
    ]
    return tuple(found)


def _next(line: SubscriptionLine) -> Fact:
    if not line.bills:
        return Fact("next_bill", "Next bill", "none is to come", "", "quiet")
    if line.amount is not None and line.amount.amount:
        rest = f"{line.next}, before tax and usage"
        return Fact("next_bill", "Next bill", line.amount.text, rest, "", (line.amount,))
    return Fact("next_bill", "Next bill", str(line.next), subscriptions.price_words(line))


def _pays_by(now: Situation, line: SubscriptionLine) -> Fact:
    if line.method is not None:
        return Fact("pays_by", "Pays by", line.method.said, "", methods.tone_of(line.method))
    if "paymethod" not in line.record.raw:
        return unknown_fact("pays_by", "Pays by", [now.sections.get("subscription")])
    code = text_in(line.record.raw, "paymethod_name", "paymethod")
    return Fact("pays_by", "Pays by", code or "no way chosen", "", "" if code else "waiting")


def _owes(now: Situation, facts: _Facts) -> Fact:
    if facts.owes is None:
        return unknown_fact("owes", "Owes", [now.sections.get("open_invoices")])
    late = [line for line in facts.open if line.late]
    rest = ""
    if late:
        days = max(line.late or 0 for line in late)
        rest = f"{things(len(late), 'invoice')} overdue, {days_words(days)}"
    zero = now.currencies.zero(facts.line.record.raw if facts.line is not None else {})
    return amounts_fact("owes", "Owes", facts.owes, zero, rest, "bad" if late else "")


def _tables(now: Situation, facts: _Facts) -> tuple[Table, ...]:
    of = facts.line.record.raw if facts.line is not None else {}
    lines = table(
        _LINES,
        [section_of(now, "subscription", "package")],
        [_line_row(part, now, of) for part in facts.lines or ()],
    )
    latest = [invoices.invoice_line(row, now.currencies, now.today) for row in now.rows("latest_invoices")]
    return (
        replace(lines, count=None if facts.lines is None else Count(len(facts.lines))),
        table(
            _OPEN,
            [section_of(now, "open_invoices", "invoice")],
            [invoices.invoice_row(line, now.today) for line in facts.open],
            facts.owes or (),
        ),
        table(
            _LATEST,
            [section_of(now, "latest_invoices", "invoice")],
            [invoices.invoice_row(line, now.today, rest=False) for line in latest],
        ),
        table(_NOTES, [section_of(now, "notes", "note")], map(people.note_row, now.rows("notes"))),
    )


def _line_row(part: Values, now: Situation, of: Values) -> Row:
    row = line_row(part, None, now.currencies, of)
    return row._replace(cells=row.cells[: len(_LINES.columns)])


def subscription_json(now: Situation) -> dict[str, Any]:
    """The same as JSON."""
    facts, currencies = _read(now), now.currencies
    line = facts.line
    of = line.record.raw if line is not None else {}
    customer = now.sections.get("customer")
    record = customer.record if customer is not None else None
    latest = [invoices.invoice_line(row, currencies, now.today) for row in now.rows("latest_invoices")]
    shown = {name: found for name, found in now.sections.items() if name in _TITLES}
    counts = {"open_invoices": "open_invoices", "invoices": "latest_invoices", "notes": "notes"}
    return {
        "subscription": None if line is None else subscriptions.subscription_json(line),
        "customer": None
        if facts.customer is None
        else {"id": facts.customer, "company": raw_in(record.raw, "company") if record else None},
        "pay_method": methods.method_json(line.method if line is not None else None),
        "next_bill": subscriptions.next_json(line) if line is not None and line.bills else None,
        "owes": forms.moneys(facts.owes),
        "lines": None
        if facts.lines is None
        else [line_json(part, None, currencies, of) for part in facts.lines],
        "open_invoices": [invoices.invoice_json(one) for one in facts.open],
        "latest_invoices": [invoices.invoice_json(one) for one in latest],
        "notes": [people.note_json(row) for row in now.rows("notes")],
        "counts": {
            name: forms.count(counted([now.sections[part]]) if part in now.sections else None)
            for name, part in counts.items()
        },
        "sections": forms.sections(shown),
    }


ANSWER: Final = Answer("subscription", _parts, _more, subscription_page, subscription_json)
