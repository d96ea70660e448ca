"""Answers as they are given, made up, and the lines of their pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from cotui.api import Record
from cotui.catalog import RESOURCES
from cotui.desk.amounts import Amount
from cotui.desk.answers.page import Column, Count, Fact, Page, Row, Table
from cotui.tui.pages.answer_lines import build_answer
from cotui.tui.records.record_page import PageOptions, RecordPage

AS_OF = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)
INVOICE_COLUMNS = (
    Column("number", "Number"),
    Column("date", "Date", drop=2),
    Column("due", "Due", drop=1),
    Column("status", "Status"),
)
PAYMENT_COLUMNS = (Column("date", "Date"), Column("method", "Method", drop=1), Column("status", "Status"))


def usd(text: str, *, at_least: bool = False) -> Amount:
    return Amount("USD", Decimal(text), at_least)


def fact(
    name: str, label: str, value: str | Amount | Sequence[Amount], rest: str = "", tone: Any = ""
) -> Fact:
    if isinstance(value, str):
        return Fact(name, label, value, rest, tone)
    amounts = (value,) if isinstance(value, Amount) else tuple(value)
    return Fact(name, label, ", ".join(one.text for one in amounts), rest, tone, amounts)


def record(kind: str, number: int) -> Record:
    return Record({RESOURCES[kind].primary_key: number}, RESOURCES[kind].primary_key)


def invoice(number: int, status: str, amount: Amount | None, tone: Any = "bad") -> Row:
    cells = (str(number), "2026-10-01", "due 2026-10-31", status)
    said = f"Invoice {number}: made 2026-10-01 by Hosting M"
    return Row("invoice", number, cells, amount, tone, said, record("invoice", number))


def payment(number: int, status: str, amount: Amount) -> Row:
    return Row("transaction", number, ("2026-11-02", "Visa x4444", status), amount)


FACTS = (
    fact("owes", "Owes", usd("1913.56"), "of that 65.13 overdue since 2026-10-31, 30 days", "bad"),
    fact("why", "Why", 'invoice 4301 was declined 3 times, last on 2026-11-02: "insufficient funds"'),
    fact("unapplied", "Unused", usd("150"), "from the payment of 2026-09-20"),
    fact("last_payment", "Last paid", usd("240.63"), "2026-09-20, Visa x4444"),
    fact("pay_method", "Pays by", "Visa x4444", "expires 2027-03; terms Net 30"),
    fact("next_bill", "Next bill", usd("72"), "2026-12-01, Hosting M, monthly"),
)
TABLES = (
    Table(
        "open_invoices",
        "Open invoices",
        "invoices",
        INVOICE_COLUMNS,
        (
            invoice(4301, "In collections, 30 days late", usd("65.13")),
            invoice(4449, "Due in 5 days", usd("1848.43"), "waiting"),
        ),
        Count(2),
        total=(usd("1913.56"),),
        status=3,
    ),
    Table(
        "payments",
        "Payments",
        "transactions",
        PAYMENT_COLUMNS,
        tuple(payment(2200 + at, f"Declined {at}: insufficient funds", usd("65.13")) for at in range(7)),
        Count(14),
        status=2,
    ),
    Table(
        "subscriptions",
        "Subscriptions",
        "packages",
        (Column("name", "Name"), Column("status", "Status")),
        (Row("package", 7, ("Hosting M", "Active, monthly, next bill 2026-12-01"), usd("72")),),
        Count(1),
    ),
    Table(
        "contacts",
        "Contacts",
        "users",
        (Column("name", "Name"), Column("email", "E-mail"), Column("phone", "Phone", drop=1)),
        (
            Row("user", 1, ("Amelia Whitaker (main)", "amelia@northwind.example", "(203) 555-0142")),
            Row("user", 2, ("Ben Ortega", "ben@northwind.example", "")),
        ),
        Count(2),
    ),
    Table("pay_methods", "Ways to pay", "pay_methods", (Column("label", "What"),), state="reading"),
    Table("notes", "Notes", "notes", (Column("text", "Note"),), count=Count(0)),
)
CUSTOMER = {
    "customer_id": 1,
    "company": "Northwind Analytics, Inc.",
    "balance": 1913.56,
    "currency_id": 1,
    "currency_symbol": "$",
    "currency_iso4217": "USD",
    "customer_status_id": 3,
    "customer_status_name": "Active, overdue",
    "customer_status_str": "active-overdue",
    "customer_status_state": "a",
    "terms_id": 3,
    "terms_name": "Net 30",
    "parent_customer_id": 2,
    "superuser_email": "amelia@northwind.example",
    "token": "",
}


def customer(**changes: Any) -> Record:
    return Record({**CUSTOMER, **changes}, "customer_id")


def page(**changes: Any) -> Page:
    made = Page(
        "customer",
        1,
        "Northwind Analytics, Inc.",
        "customer 1, active since 2024-03-02",
        FACTS,
        TABLES,
        AS_OF,
        1,
        record=customer(),
    )
    return made._replace(**changes)


def built(answer: Page, width: int = 79, **options: Any) -> RecordPage:
    more = {name: options.pop(name) for name in ("retry_key", "airy") if name in options}
    made = PageOptions(width, follows=bool, empty_key="E", **options)
    return build_answer(RESOURCES[answer.resource_id], answer, answer.record, made, **more)


def lines(answer: Page, width: int = 79, **options: Any) -> list[str]:
    return [line.text for line in built(answer, width, **options).lines]
