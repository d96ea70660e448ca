"""The lines that an answer about a customer begins with."""

from __future__ import annotations

from cotui.desk.amounts import spoken
from cotui.desk.answers.answer import Situation
from cotui.desk.answers.customer_facts import CustomerFacts
from cotui.desk.answers.customer_parts import METHODS
from cotui.desk.answers.methods import tone_of
from cotui.desk.answers.page import Fact, Tone
from cotui.desk.answers.payments import PaymentLine
from cotui.desk.answers.telling import amounts_fact, unknown_fact
from cotui.desk.answers.values import days_words, text_in, things


def customer_lines(now: Situation, facts: CustomerFacts) -> tuple[Fact, ...]:
    """What is asked first, first."""
    found = [
        _owes(now, facts),
        _why(facts),
        _unused(now, facts),
        _last_paid(now, facts),
        _declined(now, facts),
        _pays_by(now, facts),
        _next_bill(now, facts),
        _children(now, facts),
    ]
    return tuple(fact for fact in found if fact is not None)


def _owes(now: Situation, facts: CustomerFacts) -> Fact:
    section = now.sections.get("open_invoices")
    if facts.owes is None:
        if facts.stated is None or (section is not None and section.state == "partial"):
            return unknown_fact("owes", "Owes", [section])
        why = "overdue: reading" if section is None or section.state == "reading" else section.trouble
        rest = "; ".join(filter(None, ("as the account states it", why)))
        return Fact("owes", "Owes", facts.stated.text, rest, "", (facts.stated,))
    rest = _overdue(facts)
    tone: Tone = "bad" if facts.overdue else "waiting" if facts.owes else ""
    return amounts_fact("owes", "Owes", facts.owes, now.currencies.zero(facts.values), rest, tone)


def _overdue(facts: CustomerFacts) -> str:
    """ "of that 65.13 overdue since 2026-10-31, 30 days; 1 invoice in collections"."""
    parts = []
    if facts.overdue is None:
        parts.append("how much is overdue is not known")
    elif facts.overdue:
        number = sum(1 for line in facts.open if line.overdue)
        alone = len(facts.overdue) == 1 and len(facts.owes or ()) == 1
        amount = spoken(facts.overdue)
        if alone and not facts.overdue[0].at_least:
            amount = facts.overdue[0].number
        text = f"of that {amount} overdue"
        if facts.oldest is not None and facts.oldest.late:
            since = f" since {facts.oldest.due}," if facts.oldest.due else ""
            text += f"{since} {days_words(facts.oldest.late)}"
        if number > 1:
            text += f", {things(number, 'invoice')}"
        parts.append(text)
    if facts.collections is not None and facts.collections.number.value:
        count = facts.collections.number
        noun = "invoice" if count.value == 1 else "invoices"
        parts.append(f"{count.text} {noun} in collections")
    return "; ".join(parts)


def _why(facts: CustomerFacts) -> Fact | None:
    if facts.why is None:
        return None
    line, why = facts.why
    return Fact("why", "Why", f"invoice {line.number}: {why.text}", "", "")


def _unused(now: Situation, facts: CustomerFacts) -> Fact | None:
    if facts.unapplied is None:
        return unknown_fact("unapplied", "Unused", [now.sections.get("payments")])
    if not facts.unapplied:
        return None
    rest = ""
    if len(facts.unused) == 1:
        line = facts.unused[0]
        rest = f"from the {line.kind if line.kind != 'other' else 'payment'} of {line.date}"
    elif facts.unused:
        rest = f"from {things(len(facts.unused), 'payment')}"
    zero = now.currencies.zero(facts.values)
    return amounts_fact("unapplied", "Unused", facts.unapplied, zero, rest, "good")


def _paid(line: PaymentLine) -> str:
    return ", ".join(
        filter(None, (str(line.date or ""), line.way, "pending" if line.status == "pending" else ""))
    )


def _last_paid(now: Situation, facts: CustomerFacts) -> Fact:
    section, line = now.sections.get("payments"), facts.last_payment
    if line is not None:
        if line.amount is None:
            return Fact("last_paid", "Last paid", str(line.date or ""), line.way)
        return Fact("last_paid", "Last paid", line.amount.text, _paid(line), "", (line.amount,))
    if facts.payments_known:
        return Fact("last_paid", "Last paid", "nothing yet", "", "quiet")
    rest = ""
    if facts.last_read is not None and facts.last_read.amount is not None:
        rest = f"the last that was read: {facts.last_read.amount.text}, {_paid(facts.last_read)}"
    return unknown_fact("last_paid", "Last paid", [section], rest)


def _declined(now: Situation, facts: CustomerFacts) -> Fact | None:
    """The last decline; none where money came after it, or where the line above tells it."""
    line = facts.last_decline
    if line is None:
        return None
    words = f'"{line.reason}"' if line.reason else ""
    rest = ", ".join(filter(None, (str(line.date or ""), line.way, words)))
    paid = facts.last_payment
    tone: Tone = "bad" if paid is None or (paid.date or now.today) < (line.date or now.today) else "quiet"
    if line.amount is None:
        return Fact("last_decline", "Declined", rest, "", tone)
    return Fact("last_decline", "Declined", line.amount.text, rest, tone, (line.amount,))


def _pays_by(now: Situation, facts: CustomerFacts) -> Fact:
    terms = text_in(facts.values, "terms_name")
    rest = f"terms {terms}" if terms else ""
    stored = [now.sections.get(name) for name in METHODS]
    if facts.method is not None:
        return Fact("pays_by", "Pays by", facts.method.said, rest, tone_of(facts.method))
    if "default_paymethod" not in facts.values:
        own = now.sections.get("customer")
        return unknown_fact("pays_by", "Pays by", [own, *stored], rest)
    number = len(facts.methods)
    value = f"nothing chosen; {things(number, 'way')} stored" if number else "no way chosen"
    return Fact("pays_by", "Pays by", value, rest, "waiting")


def _next_bill(now: Situation, facts: CustomerFacts) -> Fact:
    section, line = now.sections.get("subscriptions"), facts.next
    if line is None:
        if facts.bills_known:
            return Fact("next_bill", "Next bill", "none is to come", "", "quiet")
        return unknown_fact("next_bill", "Next bill", [section])
    words = [line.title, line.cycle]
    same = [one for one in facts.subscriptions if one.bills and one.next == line.next]
    if len(same) > 1:
        words.append(f"and {things(len(same) - 1, 'other')} that day")
    if line.amount is None or not line.amount.amount:
        return Fact("next_bill", "Next bill", str(line.next), ", ".join(filter(None, words)))
    rest = ", ".join(filter(None, (str(line.next), *words, "before tax and usage")))
    return Fact("next_bill", "Next bill", line.amount.text, rest, "", (line.amount,))


def _children(now: Situation, facts: CustomerFacts) -> Fact | None:
    """What customers below it owe: beside its own, never added."""
    if not facts.children:
        return None
    below = now.sections["children"]
    count = below.count.text if below.count is not None else str(facts.children)
    noun = "customer" if count == "1" else "customers"
    rest = f"{count} {noun} below it, not counted above"
    if facts.children_owe is None:
        return unknown_fact("children_owe", "Below it", [None if now.reading else below], rest)
    zero = now.currencies.zero(now.rows("children")[0].raw)
    return amounts_fact("children_owe", "Below it", facts.children_owe, zero, rest)
