"""The answer about a payment, credit or refund: whether it was booked, what it pays for, what of it is unused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, NamedTuple

from cotui.api import Record
from cotui.catalog import RESOURCES
from cotui.desk.amounts import Amount, sums
from cotui.desk.answers import invoices, payments
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.answer import Answer, Situation
from cotui.desk.answers.customer_parts import company_of, customer_of, customer_part, equals
from cotui.desk.answers.page import Count, Fact, Page, Ref, Row, Table
from cotui.desk.answers.parts import Part
from cotui.desk.answers.payments import PaymentLine, payment_line
from cotui.desk.answers.telling import Shape, counted, missing_words, section_of, table, unknown_fact
from cotui.desk.answers.values import parts_in, raw_in, ref_in, text_in, things
from cotui.query import Order, Query

#: what an amount is called that was not paid, whatever kind it is of
_NOT_PAID: Final = {"declined": "Tried", "pending": "Pending", "void": "Void"}
_USED: Final = Shape("invoices", "Used for", "", invoices.COLUMNS, invoices.STATUS_COLUMN, "nothing")
_REFUNDS: Final = Shape("refunds", "Paid back", "", payments.COLUMNS, payments.STATUS_COLUMN, "nothing")
_TITLES: Final = {"payment": "Payment", "customer": "Customer", "invoices": "Invoices"}
#: before the number of a refund, or of the payment that a refund pays back, in the name of a part
_RELATED: Final = "transaction "
_MOST_RELATED: Final = 20
_WORDS: Final = {"payment": "Payment", "credit": "Credit", "refund": "Refund"}


class _Facts(NamedTuple):
    line: PaymentLine | None
    customer: Ref | None
    #: invoice -> what of it lies there; None where that is not told
    here: dict[Ref, Amount | None] | None
    refunds: tuple[PaymentLine, ...] | None
    parent: PaymentLine | None


def _parts(ref: Ref, row: Record | None) -> list[Part]:
    found = [Part("payment", RESOURCES["transaction"], ref)]
    if isinstance(ref, int):
        found.append(_invoices(ref))
    customer = None if row is None else ref_in(row.raw, "customer_id")
    return [*found, *([customer_part(customer)] if customer is not None else [])]


def _invoices(ref: Ref) -> Part:
    query = Query((equals("transaction.transaction_id", ref),), (Order("invoice_id"),))
    return Part("invoices", RESOURCES["invoice"], query=query)


def _more(now: Situation) -> list[Part]:
    own = now.sections.get("payment")
    record = own.record if own is not None else None
    if record is None:
        return []
    customer = customer_of(now, "payment")
    found = [] if record.ref is None else [_invoices(record.ref)]
    found += [] if customer is None else [customer_part(customer)]
    related = [ref_in(part, "transaction_id") for part in parts_in(record.raw, "refunds") or ()]
    if (paid := _paid_back(record)) is not None:
        related.append(paid)
    found += (
        Part(f"{_RELATED}{ref}", RESOURCES["transaction"], ref)
        for ref in related[:_MOST_RELATED]
        if ref is not None
    )
    return found


def _paid_back(record: Record) -> Ref | None:
    """The payment that a refund pays back; None for none."""
    first = next(iter(parts_in(record.raw, "payments") or ()), None)
    return ref_in(record.raw, "parent_transaction_id") or (
        None if first is None else ref_in(first, "transaction_id")
    )


def _read(now: Situation) -> _Facts:
    currencies = now.currencies
    own = now.sections.get("payment")
    single = own.record if own is not None else None
    record = single or now.row
    line = None if record is None else payment_line(record, currencies)
    here = None
    if line is not None and line.invoices is not None:
        here = {part.invoice: part.amount for part in line.invoices if part.invoice is not None}
    named = None if single is None else parts_in(single.raw, "refunds")
    refunds: list[PaymentLine] | None = None if named is None else []
    for part in named or ():
        found = now.sections.get(f"{_RELATED}{ref_in(part, 'transaction_id')}")
        if found is None or found.record is None:
            refunds = None
            break
        assert refunds is not None
        refunds.append(payment_line(found.record, currencies))
    above = now.sections.get(f"{_RELATED}{_paid_back(single)}") if single is not None else None
    parent = payment_line(above.record, currencies) if above is not None and above.record else None
    return _Facts(
        line, customer_of(now, "payment"), here, None if refunds is None else tuple(refunds), parent
    )


def payment_page(now: Situation) -> Page:
    """What is said of a transaction."""
    facts = _read(now)
    own, line = now.sections.get("payment"), facts.line
    word = _WORDS.get(line.kind if line is not None else "", "Payment")
    day = f" of {line.date}" if line is not None and line.date is not None else ""
    company = company_of(now, facts.customer)
    number = f"{word.casefold()} {(line.ref if line is not None else None) or now.ref}"
    whose = f"customer {facts.customer}" if facts.customer is not None else ""
    titles = _TITLES | {name: "Another payment" for name in now.sections if name.startswith(_RELATED)}
    return Page(
        "transaction",
        (line.ref if line is not None else None) or now.ref,
        ", ".join(filter(None, (f"{word}{day}", company))),
        ", ".join(filter(None, (number, whose))),
        _facts(now, facts),
        _tables(now, facts),
        now.as_of,
        now.requests,
        now.complete,
        missing_words(now, titles),
        (own.record if own is not None else None) or now.row,
    )


def _facts(now: Situation, facts: _Facts) -> tuple[Fact, ...]:
    line, own = facts.line, now.sections.get("payment")
    if line is None:
        return (unknown_fact("amount", "Paid", [own]),)
    label = {"credit": "Credit", "refund": "Paid back"}.get(line.kind, "Paid")
    label = _NOT_PAID.get(line.status, label)
    words, tone = payments.standing(line._replace(unapplied=None))
    if line.kind == "refund" and line.counts:
        words = ""  # the label says so
    rest = ", ".join(filter(None, (line.way, words, f"code {line.error_code}" if line.error_code else "")))
    amount = _given(line, line.amount)
    value = amount.text if amount is not None else "not known"
    found = [
        Fact("amount", label, value, rest, tone, (amount,) if amount is not None else ()),
        _used(now, facts, line),
        _unused(now, facts, line),
    ]
    if facts.refunds:
        amounts = tuple(one.amount for one in facts.refunds if one.counts and one.amount is not None)
        back = tuple(one._replace(amount=-one.amount) for one in sums(amounts))
        text = ", ".join(one.text for one in back) or "nothing"
        found.append(Fact("refunded", "Paid back", text, things(len(amounts), "refund"), "", back))
    if facts.parent is not None:
        paid = facts.parent
        rest = ", ".join(filter(None, (str(paid.date or ""), paid.way)))
        found.append(Fact("pays_back", "Pays back", f"payment {paid.ref}", rest))
    if memo := text_in(line.record.raw, "memo"):
        found.append(Fact("memo", "Memo", memo))
    bank = text_in(line.record.raw, "gateway_transid")
    if bank:
        found.append(Fact("gateway", "Bank's number", bank, text_in(line.record.raw, "gateway_err_detail")))
    return tuple(fact for fact in found if fact is not None)


def _used(now: Situation, facts: _Facts, line: PaymentLine) -> Fact | None:
    if not line.counts:
        return None
    if line.applied is None:
        return unknown_fact("used", "Used", [now.sections.get("payment")])
    numbers = [f"invoice {number}" for number in list(facts.here or ())[:3]]
    more = len(facts.here or ()) - len(numbers)
    rest = ", ".join([*numbers, *([f"and {things(more, 'other')}"] if more > 0 else [])])
    used = _given(line, line.applied) or line.applied
    if line.kind == "refund":
        return Fact("used", "Taken from", rest, used.text, "") if rest else None
    return Fact("used", "Used", used.text, f"for {rest}" if rest else "", "", (used,))


def _given(line: PaymentLine, amount: Amount | None) -> Amount | None:
    """An amount as it is spoken of: refunds come as negative numbers, and "paid back" says which way it went."""
    turned = line.kind == "refund" and amount is not None and amount.amount < 0
    return amount._replace(amount=-amount.amount) if turned and amount is not None else amount


def _unused(now: Situation, facts: _Facts, line: PaymentLine) -> Fact | None:
    """What of it pays for nothing and was not paid back either."""
    if not line.counts or line.kind == "refund":
        return None
    if line.unapplied is None or facts.refunds is None:
        return unknown_fact("unapplied", "Unused", [now.sections.get("payment")])
    left = sums([line.unapplied, *(one.unapplied for one in facts.refunds if one.counts)])
    if len(left) != 1 or left[0].at_least:
        return unknown_fact("unapplied", "Unused", [now.sections.get("payment")])
    return Fact("unapplied", "Unused", left[0].text, "", "good" if left[0].amount > 0 else "quiet", left)


def _tables(now: Situation, facts: _Facts) -> tuple[Table, ...]:
    found = section_of(now, "invoices", "invoice")
    rows = [_invoice_row(row, now, facts) for row in now.rows("invoices")]
    used = table(_USED, [found], rows, [facts.line.applied] if facts.line and facts.line.applied else ())
    own = section_of(now, "payment", "transaction")
    back = table(_REFUNDS, [own], map(payments.payment_row, facts.refunds or ()))
    back = replace(back, count=None if facts.refunds is None else Count(len(facts.refunds)))
    return (used, back)


def _invoice_row(row: Record, now: Situation, facts: _Facts) -> Row:
    """An invoice, with what of this lies on it."""
    line = invoices.invoice_line(row, now.currencies, now.today)
    found = invoices.invoice_row(line, now.today)
    here = (facts.here or {}).get(row.ref) if row.ref is not None else None
    words = found.cells[invoices.STATUS_COLUMN]
    said = [f"Invoice {line.number}", words, f"{here.text} from this" if here is not None else ""]
    return found._replace(amount=here, said=", ".join(filter(None, said)))


def payment_json(now: Situation) -> dict[str, Any]:
    """The same as JSON."""
    facts = _read(now)
    customer = now.sections.get("customer")
    record = customer.record if customer is not None else None
    rows = {row.ref: row for row in now.rows("invoices")}
    shown = {name: found for name, found in now.sections.items() if name in _TITLES}
    found = section_of(now, "invoices", "invoice")
    return {
        "payment": payments.payment_json(facts.line),
        "customer": None
        if facts.customer is None
        else {"id": facts.customer, "company": raw_in(record.raw, "company") if record else None},
        "applied_to": None
        if facts.here is None
        else [
            {
                "invoice_id": ref,
                "number": raw_in(rows[ref].raw, "refnumber") if ref in rows else None,
                "applied": forms.money(amount),
            }
            for ref, amount in facts.here.items()
        ],
        "refunds": None if facts.refunds is None else [payments.payment_json(one) for one in facts.refunds],
        "pays_back": payments.payment_json(facts.parent),
        "counts": {"invoices": forms.count(counted([found]))},
        "sections": forms.sections(shown),
    }


ANSWER: Final = Answer("payment", _parts, _more, payment_page, payment_json)
