"""The answer about a contact: who it is, at whom, and what that customer owes."""

from __future__ import annotations

from typing import Any, Final

from cotui.api import Record
from cotui.catalog import RESOURCES
from cotui.desk.amounts import Amount, amount_in
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers import people
from cotui.desk.answers.answer import Answer, Situation
from cotui.desk.answers.customer_parts import notes_of
from cotui.desk.answers.page import Column, Fact, Page, Ref, Row, Table, Tone
from cotui.desk.answers.parts import Part
from cotui.desk.answers.telling import Shape, counted, missing_words, section_of, table, unknown_fact
from cotui.desk.answers.values import Values, day_in, parts_in, raw_in, ref_in, text_in, things

_CUSTOMERS: Final = Shape("customers", "Customers", "customer", (Column("company", "Company"),))
_NOTES: Final = Shape("notes", "Notes", "notes", people.NOTE_COLUMNS)
_TITLES: Final = {"user": "Contact", "notes": "Notes"}
#: before the number of a customer in the name of a part
_CUSTOMER: Final = "customer "
_MOST: Final = 10


def _parts(ref: Ref, row: Record | None) -> list[Part]:
    found = [Part("user", RESOURCES["user"], ref)]
    if isinstance(ref, int):
        found.append(notes_of("user", ref))
    return [*found, *_customers(_named(row.raw) if row is not None else [])]


def _named(values: Values) -> list[Ref]:
    """The customers that a contact belongs to, as far as its row tells; each once."""
    parts = [ref_in(part, "customer_id") for part in parts_in(values, "customers") or ()]
    found = dict.fromkeys([ref_in(values, "customer_id"), *parts])
    return [ref for ref in found if ref is not None][:_MOST]


def _customers(refs: list[Ref]) -> list[Part]:
    return [Part(f"{_CUSTOMER}{ref}", RESOURCES["customer"], ref) for ref in refs]


def _more(now: Situation) -> list[Part]:
    own = now.sections.get("user")
    if own is None or own.record is None:
        return []
    notes = [] if own.record.ref is None else [notes_of("user", own.record.ref)]
    return [*notes, *_customers(_named(own.record.raw))]


def _record(now: Situation) -> Record | None:
    own = now.sections.get("user")
    return (own.record if own is not None else None) or now.row


def _companies(now: Situation) -> list[tuple[Ref, Values]]:
    """The customers, with what is known of each."""
    record = _record(now)
    named = {
        ref_in(part, "customer_id"): part
        for part in parts_in(record.raw if record is not None else {}, "customers") or ()
    }
    found = []
    for ref in _named(record.raw if record is not None else {}):
        section = now.sections.get(f"{_CUSTOMER}{ref}")
        whole = section.record.raw if section is not None and section.record is not None else None
        found.append((ref, whole if whole is not None else named.get(ref) or {}))
    return found


def user_page(now: Situation) -> Page:
    """What is said of a contact."""
    record, companies = _record(now), _companies(now)
    values: Values = record.raw if record is not None else {}
    ref = (record.ref if record is not None else None) or now.ref
    name = text_in(values, "name", "display_as", "email") or f"Contact {ref}"
    company = _company(*companies[0]) if companies else ""
    titles = _TITLES | {name: "Customer" for name in now.sections if name.startswith(_CUSTOMER)}
    since = day_in(values, "write_datetime")
    return Page(
        "user",
        ref,
        ", ".join(filter(None, (name, company))),
        ", ".join(filter(None, (f"contact {ref}", f"since {since}" if since else ""))),
        _facts(now, values, companies),
        _tables(now, companies),
        now.as_of,
        now.requests,
        now.complete,
        missing_words(now, titles),
        record,
    )


def _company(ref: Ref, values: Values) -> str:
    return text_in(values, "company", "display_as") or f"customer {ref}"


def _role(now: Situation, values: Values) -> str:
    """Whether somebody is the main contact of a customer; "" where nobody knows."""
    own = ref_in(values, "superuser_id")
    record = _record(now)
    if own is None or record is None:
        return ""
    return "main contact" if own == record.ref else "not the main contact"


def _facts(now: Situation, values: Values, companies: list[tuple[Ref, Values]]) -> tuple[Fact, ...]:
    own = now.sections.get("user")
    if not values:
        return (unknown_fact("email", "E-mail", [own]),)
    found = [
        Fact(
            "email", "E-mail", text_in(values, "email") or "none", "", "" if values.get("email") else "quiet"
        ),
        Fact("phone", "Phone", text_in(values, "phone", "mobile") or "none"),
    ]
    if login := text_in(values, "username"):
        found.append(Fact("username", "Logs in as", login))
    for ref, one in companies[:1]:
        rest = ", ".join(filter(None, (f"customer {ref}", _role(now, one))))
        found.append(Fact("customer", "Belongs to", _company(ref, one), rest))
        stated = amount_in(one, "balance")
        if stated is not None:
            found.append(_owes(stated))
    if len(companies) > 1:
        found.append(Fact("others", "And to", things(len(companies) - 1, "other customer")))
    if not companies:
        found.append(unknown_fact("customer", "Belongs to", [own]))
    return tuple(found)


def _owes(stated: Amount) -> Fact:
    tone: Tone = "waiting" if stated.amount > 0 else "quiet"
    rest = "as the account states it; the customer's page tells more"
    return Fact("owes", "They owe", stated.text, rest, tone, (stated,))


def _tables(now: Situation, companies: list[tuple[Ref, Values]]) -> tuple[Table, ...]:
    rows = []
    for ref, values in companies:
        name, role = _company(ref, values), _role(now, values)
        amount = amount_in(values, "balance")
        section = now.sections.get(f"{_CUSTOMER}{ref}")
        record = section.record if section is not None else None
        said = [name, role, f"owes {amount.text}" if amount is not None else ""]
        rows.append(Row("customer", ref, (name,), amount, "", ", ".join(filter(None, said)), record))
    found = [section_of(now, f"{_CUSTOMER}{ref}", "customer") for ref, _ in companies]
    return (
        table(_CUSTOMERS, found or [section_of(now, "user", "user")], rows),
        table(_NOTES, [section_of(now, "notes", "note")], map(people.note_row, now.rows("notes"))),
    )


def user_json(now: Situation) -> dict[str, Any]:
    """The same as JSON."""
    record, companies = _record(now), _companies(now)
    values: Values = record.raw if record is not None else {}
    shown = {name: found for name, found in now.sections.items() if name in _TITLES}
    main = next((ref_in(one, "superuser_id") for _, one in companies), None)
    notes = section_of(now, "notes", "note")
    return {
        "user": None
        if record is None
        else {
            **people.contact_json(record, main),
            "external_key": raw_in(values, "external_key"),
            "username": raw_in(values, "username"),
            "type": raw_in(values, "user_type_name"),
            "since": forms.day(day_in(values, "write_datetime")),
        },
        "customers": [
            {
                "id": ref,
                "company": raw_in(one, "company"),
                "main": None if ref_in(one, "superuser_id") is None else _role(now, one) == "main contact",
                "stated_balance": forms.money(amount_in(one, "balance")),
            }
            for ref, one in companies
        ],
        "notes": [people.note_json(row) for row in now.rows("notes")],
        "counts": {"notes": forms.count(counted([notes]))},
        "sections": forms.sections(shown),
    }


ANSWER: Final = Answer("user", _parts, _more, user_page, user_json)
