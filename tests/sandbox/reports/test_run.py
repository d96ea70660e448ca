"""Report data: the same as plain Python computes from the same rows, filtered, ordered and paged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cotui.query import from_wire
from cotui.sandbox.database.query_sql import BadQueryError
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.reports.format import shown_amount, shown_date, shown_detail
from cotui.sandbox.reports.model import TWIN, Kind
from cotui.sandbox.reports.run import MAX_ROWS, REPORTS, run_report

TODAY = date(2026, 3, 31)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(tmp_path_factory.mktemp("reports") / "demo.sqlite")
    populate(store, 150, 3, TODAY)
    yield store
    store.close()


def run(
    store: Store, report: int, where: str = "", order: str = "", limit: int = 1000, offset: int = 0
) -> tuple[Rows, int]:
    query = from_wire(where, order)
    return run_report(store, report, query.conditions, query.order, limit, offset, TODAY)


def everything(store: Store, report: int, where: str = "", order: str = "") -> Rows:
    rows: Rows = []
    while True:
        page, count = run(store, report, where, order, offset=len(rows))
        rows += page
        if len(rows) == count:
            return rows


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
            if column.kind is Kind.DATE and raw is not None:
                assert shown == shown_date(raw)
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", raw)
            if column.kind is Kind.MONEY:
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


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.long
def test_any_column_orders_the_rows(store: Store, report: int) -> None:
    for column in REPORTS[report].columns:
        names = (column.name, column.name + TWIN) if column.kind.has_twin else (column.name,)
        for name in names:
            up, count = run(store, report, order=f"{name}:ASC", limit=150)
            last = max(0, count - 150)
            assert up == run(store, report, order=f"{name}:DESC", limit=150, offset=last)[0][::-1]
            raw = [row.get(column.name + TWIN, row[column.name]) for row in up]
            present = [value for value in raw if value is not None]
            assert raw[: len(raw) - len(present)] == [None] * (len(raw) - len(present))
            if column.kind in (Kind.TEXT, Kind.DETAIL):
                folded = [re.sub("[A-Z]", lambda found: found[0].lower(), str(value)) for value in present]
                assert folded == sorted(folded)
            else:
                assert present == sorted(present)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_pages_are_pieces_of_the_whole(store: Store, report: int, size: int) -> None:
    whole = everything(store, report)
    for offset in (0, 3, len(whole) - 1, len(whole), len(whole) + 5):
        rows, count = run(store, report, limit=size, offset=offset)
        assert count == len(whole)
        assert rows == whole[offset : offset + size]


def test_no_answer_is_longer_than_the_limit(store: Store) -> None:
    rows, count = run(store, 44, limit=5000)
    assert count > MAX_ROWS
    assert len(rows) == MAX_ROWS


def test_default_orders(store: Store) -> None:
    dates = [row["transaction_transaction_date_unformatted"] for row in everything(store, 58)]
    assert dates == sorted(dates)
    assert [row["tenant_tenant_id"] for row in everything(store, 37)] == list(range(1, 151))


def plain(row: dict[str, Any], name: str) -> Any:
    return row.get(name + TWIN, row[name])


CONDITIONS: list[tuple[int, str, Callable[[dict[str, Any]], bool]]] = [
    (
        58,
        "transaction_transaction_date:GTE:2025-09-11",
        lambda r: plain(r, "transaction_transaction_date") >= "2025-09-11",
    ),
    (
        58,
        "transaction_transaction_date:GTE:2025-09-11,transaction_transaction_date:LTE:2025-10-11",
        lambda r: "2025-09-11" <= plain(r, "transaction_transaction_date") <= "2025-10-11",
    ),
    (
        58,
        "transaction_transaction_date_unformatted:LT:2025-01-01",
        lambda r: plain(r, "transaction_transaction_date") < "2025-01-01",
    ),
    (58, "transaction_amount:GT:500", lambda r: plain(r, "transaction_amount") > 500),
    (58, "transaction_amount_unformatted:LTE:99.5", lambda r: plain(r, "transaction_amount") <= 99.5),
    (
        58,
        "transaction_transaction_method:EQUALS:visa",
        lambda r: r["transaction_transaction_method"] == "Visa",
    ),
    (
        58,
        "transaction_transaction_method:NOTEQUALS:Visa",
        lambda r: r["transaction_transaction_method"] != "Visa",
    ),
    (58, "transaction_transaction_type:EQUALS:payment", lambda r: True),
    (
        58,
        "transaction_transaction_detail:CONTAINS:X1",
        lambda r: "x1" in str(r["transaction_transaction_detail"]),
    ),
    (58, "currency_iso4217:EQUALS:KWD", lambda r: r["currency_iso4217"] == "KWD"),
    (58, "tenant_tenant_id:EQUALS:21", lambda r: r["tenant_tenant_id"] == 21),
    (58, "customer_customer_id:EQUALS:21", lambda r: r["tenant_tenant_id"] == 21),
    (58, "Tenant_Tenant_ID:GT:9,tenant_tenant_id:LT:100", lambda r: 9 < r["tenant_tenant_id"] < 100),
    (58, "customer_company:CONTAINS:software", lambda r: "software" in r["tenant_company"].lower()),
    (58, "tenant_company:EQUALS:東京データセンター株式会社", lambda r: r["tenant_tenant_id"] == 9),
    (58, "tenant_company:CONTAINS:KÖHLER", lambda r: "köhler" in r["tenant_company"].casefold()),
    (3, "tenant_balance:GTE:1000", lambda r: plain(r, "tenant_balance") >= 1000),
    (4, "tenant_oldest_due_date:IS:NULL", lambda r: r["tenant_oldest_due_date"] is None),
    (4, "tenant_oldest_due_date:ISNOT:NULL", lambda r: r["tenant_oldest_due_date"] is not None),
    (4, "tenant_oldest_due_date:NOTEQUALS:2020-01-01", lambda r: r["tenant_oldest_due_date"] is not None),
    (4, "tenant_days_overdue:GT:30", lambda r: r["tenant_days_overdue"] > 30),
    (5, "aging_over_90:GT:0", lambda r: plain(r, "aging_over_90") > 0),
    (7, "transaction_gateway_msg:CONTAINS:expired", lambda r: "expired" in r["transaction_gateway_msg"]),
    (8, "invoice_days_overdue:GTE:60", lambda r: r["invoice_days_overdue"] >= 60),
    (
        37,
        "tenant_customer_status_name:EQUALS:Over Due",
        lambda r: r["tenant_customer_status_name"] == "Over Due",
    ),
    (
        37,
        "tenant_bill_country:EQUALS:canada,tenant_balance:GT:0",
        lambda r: r["tenant_bill_country"] == "Canada" and plain(r, "tenant_balance") > 0,
    ),
    (
        37,
        r"tenant_company:EQUALS:Acme\: North\, South \\ East\\\, IS\:NULL\\",
        lambda r: r["tenant_tenant_id"] == 48,
    ),
    (44, "invoice_invoice_status_name:EQUALS:Void", lambda r: r["invoice_invoice_status_name"] == "Void"),
    (44, "invoice_taxes:EQUALS:0", lambda r: plain(r, "invoice_taxes") == 0),
    (44, "invoice_refnumber:CONTAINS:inv-", lambda r: "INV-" in r["invoice_refnumber"]),
]


@pytest.mark.parametrize(
    ("report", "where", "holds"), CONDITIONS, ids=[f"{report} {where}" for report, where, _ in CONDITIONS]
)
def test_conditions(store: Store, report: int, where: str, holds: Callable[[dict[str, Any]], bool]) -> None:
    whole = everything(store, report)
    expected = [row for row in whole if holds(row)]
    assert expected
    assert everything(store, report, where) == expected


@pytest.mark.parametrize(
    ("where", "order", "message"),
    [
        ("nonsense:EQUALS:1", "", "You cannot filter by: nonsense."),
        ("transaction_amount:EQUALS:much", "", "Malformed WHERE clause."),
        ("transaction_transaction_date:GT:yesterday", "", "Malformed WHERE clause."),
        ("tenant_tenant_id:EQUALS:1 OR 1=1", "", "Malformed WHERE clause."),
        ("", "nonsense:ASC", "You cannot order by: nonsense."),
    ],
)
def test_bad_conditions_are_refused(store: Store, where: str, order: str, message: str) -> None:
    with pytest.raises(BadQueryError, match=re.escape(message)):
        run(store, 58, where, order)


def test_values_are_never_part_of_the_statement(store: Store) -> None:
    rows, count = run(store, 37, "tenant_company:EQUALS:x' OR '1'='1")
    assert (rows, count) == ([], 0)
    rows, _ = run(store, 37, "tenant_company:CONTAINS:%")
    assert all("%" in row["tenant_company"] for row in rows)


def test_counts_follow_changes(tmp_path: Path) -> None:
    store = Store(tmp_path / "changing.sqlite")
    try:
        populate(store, 5, 1, TODAY)
        assert run(store, 37)[1] == 5
        with store.write() as connection:
            connection.execute(
                "INSERT INTO customers (token, company, write_datetime, mod_datetime) VALUES ('t', 'New', 1, 1)"
            )
        rows, count = run(store, 37, order="tenant_company:ASC")
        assert count == 6
        assert "New" in [row["tenant_company"] for row in rows]
    finally:
        store.close()


def test_an_empty_account_has_empty_reports() -> None:
    store = Store()
    try:
        for report in REPORTS:
            assert run(store, report) == ([], 0)
    finally:
        store.close()


@pytest.mark.parametrize(
    ("minor", "symbol", "decimals", "shown"),
    [
        (5000, "$", 2, "$ 50.00"),
        (-105, "$", 2, "-$ 1.05"),
        (0, "¥", 0, "¥ 0"),
        (1234567, "¥", 0, "¥ 1,234,567"),
        (1005, "KD", 3, "KD 1.005"),
    ],
)
def test_amounts_are_shown_as_in_the_sample(minor: int, symbol: str, decimals: int, shown: str) -> None:
    assert shown_amount(minor, symbol, decimals) == shown


def test_dates_and_details_are_shown_as_in_the_sample() -> None:
    assert shown_date("2017-09-14") == "Sep 14, 2017"
    assert shown_date("2017-10-01") == "Oct 1, 2017"
    assert [shown_detail(text) for text in ("x6667", "56", "007", "0", "", "٣")] == [
        "x6667",
        56,
        "007",
        0,
        "",
        "٣",
    ]
