"""Answers that are true, made from the oracle: what a judge has to let pass, and what lies are made of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.answers.judging_customer import SECTIONS
from tests.answers.oracle import Money, Oracle
from tests.answers.oracle_parts import Parts
from tests.answers.oracle_statement import Statement


def money(said: Money) -> dict[str, Any]:
    """An amount as JSON has it."""
    return {"currency": said[0], "amount": str(said[1]), "at_least": False}


def _amounts(said: Mapping[str, Decimal]) -> list[dict[str, Any]]:
    return [money((code, said[code])) for code in sorted(said)]


def customer(oracle: Oracle, number: int) -> dict[str, Any]:
    """The whole truth about a customer, in the form of `cotui.customer/1`."""
    parts, row, counts = Parts(oracle), oracle.customer(number), oracle.counts(number)
    oldest, bill, collections = (
        oracle.oldest_overdue(number),
        parts.next_bill(number),
        oracle.in_collections(number),
    )
    invoices = oracle.ask(
        "SELECT invoice_id, stage FROM invoices WHERE customer_id = :it ORDER BY date DESC", it=number
    )
    payments = oracle.ask(
        "SELECT transaction_id FROM transactions WHERE customer_id = :it ORDER BY transaction_date DESC",
        it=number,
    )
    kind = parts.default_kind(number)
    methods = [
        {"kind": which, "id": it, "label": f"x{method['digits']}", **method}
        for (which, it), method in parts.pay_methods(number).items()
    ]
    chosen = next((one for one in methods if one["default"]), None)
    return {
        "schema": "cotui.customer/1",
        "complete": True,
        "customer": {
            "id": number,
            "external_key": row["external_key"],
            "company": row["company"],
            "active": row["standing"] == 0,
            "status": "",
            "since": parts.day(row["write_datetime"]).isoformat(),
            "currency": row["iso4217"],
            "parent_id": row["parent_customer_id"],
            "terms": row["terms"],
            "contact": row["superuser_id"] and {"id": row["superuser_id"]},
        },
        "stated_balance": money(oracle.stated_balance(number)),
        "owes": _amounts(oracle.owes(number)),
        "overdue": _amounts(oracle.overdue(number)),
        "oldest_overdue": oldest
        and {
            "invoice_id": min(oldest[1]),
            "due_date": oldest[0].isoformat(),
            "days": (oracle.today - oldest[0]).days,
        },
        "in_collections": {
            "count": {"value": collections[0], "exact": True},
            "amounts": _amounts(collections[1]),
        },
        "unapplied": _amounts(oracle.unapplied(number)),
        "pay_method": chosen or (kind and {"kind": kind, "id": None, "default": True}),
        "last_payment": _one(oracle, oracle.last_payment(number)),
        "last_decline": _one(oracle, oracle.last_decline(number)),
        "next_bill": bill and {"date": bill[0].isoformat(), "subscription_id": min(bill[1]), "amount": None},
        "open_invoices": [invoice(oracle, one["invoice_id"]) for one in invoices if one["stage"] >= 2],
        "latest_invoices": [invoice(oracle, one["invoice_id"]) for one in invoices[:3]],
        "payments": [payment(oracle, one["transaction_id"]) for one in payments[:5]],
        "subscriptions": [subscription(oracle, it) for it in oracle.ids("packages", "package_id", number)],
        "contacts": [
            {"id": it, "email": one["email"] or None, "main": bool(one["main"])}
            for it, one in parts.contacts(number).items()
        ],
        "pay_methods": methods,
        "notes": [
            {"id": it, "pinned": bool(one["note_is_pinned"]), "text": one["note"]}
            for it, one in oracle.notes(number).items()
        ],
        "counts": {name: {"value": counts[name], "exact": True} for name in SECTIONS},
        "sections": {name: {"state": "complete", "read": counts[name], "error": None} for name in SECTIONS},
    }


def invoice(oracle: Oracle, number: int) -> dict[str, Any]:
    """One invoice of a table."""
    row = oracle.invoice(number)
    return {
        "id": number,
        "number": row["refnumber"],
        "date": row["date"],
        "due_date": row["due_date"],
        "days_late": row["days_late"],
        "status": row["status"],
        "why": min(row["whys"]) if row["whys"] else None,
        "total": money(row["total"]),
        "balance": money(row["balance"]),
        "declines": row["declines"],
    }


def payment(oracle: Oracle, number: int) -> dict[str, Any]:
    """One transaction of a table."""
    row = oracle.payment(number)
    said = {name: money(row[name]) for name in ("amount", "applied", "unapplied")}
    reason = row["gateway_msg"] or None if row["status"] == "declined" else None
    return {"id": number, "date": row["transaction_date"], **said, "reason": reason} | {
        name: row[name] for name in ("type", "status")
    }


def _one(oracle: Oracle, found: set[int]) -> dict[str, Any] | None:
    return payment(oracle, max(found)) if found else None


def subscription(oracle: Oracle, number: int) -> dict[str, Any]:
    """One subscription of a table."""
    row = Parts(oracle).subscription(number)
    day = row["next_date"] and row["next_date"].isoformat()
    return {"id": number, "status": row["status"], "next_date": day, "amount": None}


def statement(oracle: Oracle, number: int) -> dict[str, Any]:
    """The whole statement of a customer, oldest first; what was voided is shown twice, once each way."""
    truth, unused = Statement(oracle, number), oracle.unapplied(number)
    own, stated = oracle.stated_balance(number)
    shown = []
    for code in sorted(truth.currencies()):
        lines = []
        for event in truth.events:
            if event.currency == code:
                lines.append((event.day, event.kind, event))
                if event.until is not None:
                    lines.append((event.until, "void", event))
        running, entries, vague = Decimal(0), [], False
        for day, kind, event in sorted(lines, key=lambda line: (line[0], line[1] == "void")):
            net = -event.net if kind == "void" else event.net
            running += net
            vague = vague or event in truth.undated
            entry = {
                "date": None if event in truth.undated else day.isoformat(),
                "kind": kind,
                "id": event.number,
                "running": {**money((code, running)), "at_least": vague},
            }
            entries.append(entry | {"charged": money((code, net)), "paid": None})
        closing = truth.closing(code)
        shown.append(
            {
                "currency": code,
                "proved": True,
                "opening": money((code, Decimal(0))),
                "entries": entries,
                "closing": money((code, closing)),
                "stated_balance": money(
                    (code, stated if code == own else oracle.owes(number).get(code, Decimal(0)))
                ),
                "unapplied": money((code, unused.get(code, Decimal(0)))),
                "difference": None,
            }
        )
    return {"schema": "cotui.statement/1", "since": None, "customer": {"id": number}, "currencies": shown}
