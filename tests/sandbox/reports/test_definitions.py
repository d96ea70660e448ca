"""The reports there are, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.reports.model import TWIN, ColumnKind
from cotui.sandbox.reports.run import REPORTS, run_report, shown_date
from tests.sandbox.reports.data import TODAY, Rows, everything, run


def table(store: Store, sql: str, *values: object) -> Rows:
    with store.read() as reader:
        cursor = reader.connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def units(store: Store) -> dict[int, int]:
    return {row["currency_id"]: 10 ** row["decimals"] for row in table(store, "SELECT * FROM currencies")}


def major(minor: int, unit: int) -> Decimal:
    return Decimal(minor) / unit


def close(shown: object, exact: Decimal) -> bool:
    return Decimal(str(shown)) == exact


def test_the_list_has_the_ids_and_names_of_the_samples() -> None:
    names = {report_id: report.name for report_id, report in REPORTS.items()}
    assert (
        names
        | {
            3: "Open Customer Balances",
            4: "All Customer Balances",
            6: "Credits",
            7: "Failed Payments",
            37: "All Customers",
            44: "Invoices by Date",
            58: "Payments by Date",
        }
        == names
    )
    assert any("Aging" in name for name in names.values())


@pytest.mark.parametrize("report", REPORTS)
def test_rows_have_the_columns_and_twins_last(store: Store, report: int) -> None:
    rows, count = run(store, report)
    assert count
    columns = REPORTS[report].columns
    expected = [column.name for column in columns] + [
        column.name + TWIN for column in columns if column.kind.has_twin
    ]
    assert len(set(expected)) == len(expected)
    for row in rows:
        assert list(row) == expected
        for column in columns:
            shown, raw = row[column.name], row.get(column.name + TWIN)
            if column.kind is ColumnKind.DATE and raw is not None:
                assert shown == shown_date(raw)
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", raw)
            if column.kind is ColumnKind.MONEY:
                assert isinstance(raw, int | float)
                digits = "".join(char for char in shown if char.isdigit() or char in ".-")
                assert Decimal(digits) == Decimal(str(raw))


def test_balances_are_sums_of_invoices(store: Store) -> None:
    unit = units(store)
    balances: dict[int, int] = {}
    for row in table(store, "SELECT customer_id, balance FROM invoices"):
        balances[row["customer_id"]] = balances.get(row["customer_id"], 0) + row["balance"]
    customers = table(store, "SELECT customer_id, company, currency_id FROM customers")
    every = {row["tenant_tenant_id"]: row for row in everything(store, 4)}
    opened = {row["tenant_tenant_id"] for row in everything(store, 3)}
    assert every.keys() == {customer["customer_id"] for customer in customers}
    for customer in customers:
        balance = balances.get(customer["customer_id"], 0)
        row = every[customer["customer_id"]]
        assert row["tenant_company"] == customer["company"]
        assert close(row["tenant_balance_unformatted"], major(balance, unit[customer["currency_id"]]))
        assert (balance != 0) == (customer["customer_id"] in opened)


def test_aging_puts_every_open_balance_in_one_bucket(store: Store) -> None:
    unit = units(store)
    buckets = ("aging_current", "aging_1_to_30", "aging_31_to_60", "aging_61_to_90", "aging_over_90")
    expected: dict[int, dict[str, int]] = {}
    currency = {}
    for row in table(store, "SELECT * FROM invoices WHERE balance > 0"):
        age = (TODAY - date.fromisoformat(row["due_date"])).days
        bucket = buckets[0 if age <= 0 else 1 if age <= 30 else 2 if age <= 60 else 3 if age <= 90 else 4]
        sums = expected.setdefault(row["customer_id"], dict.fromkeys((*buckets, "aging_balance"), 0))
        sums[bucket] += row["balance"]
        sums["aging_balance"] += row["balance"]
        currency[row["customer_id"]] = unit[row["currency_id"]]
    rows = everything(store, 5)
    assert {row["tenant_tenant_id"] for row in rows} == expected.keys()
    for row in rows:
        customer = row["tenant_tenant_id"]
        for bucket, minor in expected[customer].items():
            assert close(row[bucket + TWIN], major(minor, currency[customer])), (customer, bucket)
    assert all(any(row[bucket + TWIN] for row in rows) for bucket in buckets)


@pytest.mark.parametrize(
    ("report", "belongs"),
    [
        (6, lambda t: t["transaction_type"] == "cre" and t["gateway_status"] and t["void_datetime"] is None),
        (7, lambda t: t["transaction_type"] == "pay" and not t["gateway_status"]),
        (
            9,
            lambda t: (
                t["transaction_type"] in ("pay", "cre")
                and t["gateway_status"]
                and t["void_datetime"] is None
                and t["amount"] != t["applied"]
            ),
        ),
        (10, lambda t: t["transaction_type"] == "ref"),
        (58, lambda t: t["transaction_type"] == "pay" and t["gateway_status"] and t["void_datetime"] is None),
    ],
)
def test_transactions_of_a_report(
    store: Store, report: int, belongs: Callable[[dict[str, Any]], bool]
) -> None:
    unit = units(store)
    expected = {t["transaction_id"]: t for t in table(store, "SELECT * FROM transactions") if belongs(t)}
    rows = everything(store, report)
    assert {row["transaction_transaction_id"] for row in rows} == expected.keys()
    assert len(rows) == len(expected)
    for row in rows:
        transaction = expected[row["transaction_transaction_id"]]
        amount = major(transaction["amount"], unit[transaction["currency_id"]])
        assert close(row["transaction_amount_unformatted"], amount)
        assert row["transaction_transaction_date_unformatted"] == transaction["transaction_date"]
        assert row["tenant_tenant_id"] == transaction["customer_id"]


def test_invoices_of_a_report_have_the_status_of_the_day(store: Store) -> None:
    rows = {row["invoice_invoice_id"]: row for row in everything(store, 44)}
    overdue = {row["invoice_invoice_id"]: row for row in everything(store, 8)}
    names = {0: "Paid", 1: "Void", 2: "Collections", 3: "Unpaid"}
    invoices = table(store, "SELECT * FROM invoices")
    assert rows.keys() == {invoice["invoice_id"] for invoice in invoices}
    for invoice in invoices:
        late = invoice["stage"] >= 2 and invoice["due_date"] < TODAY.isoformat()
        name = "Overdue" if late and invoice["stage"] == 3 else names[invoice["stage"]]
        assert rows[invoice["invoice_id"]]["invoice_invoice_status_name"] == name
        assert late == (invoice["invoice_id"] in overdue)
        if late:
            age = (TODAY - date.fromisoformat(invoice["due_date"])).days
            assert overdue[invoice["invoice_id"]]["invoice_days_overdue"] == age


def test_the_day_decides_what_is_overdue(store: Store) -> None:
    later = run_report(store, 8, (), (), 1, 0, TODAY + timedelta(days=40))[1]
    assert later > run(store, 8)[1]


def test_default_orders(store: Store) -> None:
    dates = [row["transaction_transaction_date_unformatted"] for row in everything(store, 58)]
    assert dates == sorted(dates)
    assert [row["tenant_tenant_id"] for row in everything(store, 37)] == list(range(1, 151))
