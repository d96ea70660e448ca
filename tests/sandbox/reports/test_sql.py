"""Conditions and orders of reports."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from cotui.sandbox.database.query_sql import BadQueryError
from cotui.sandbox.database.store import Store
from cotui.sandbox.reports.model import TWIN, ColumnKind
from cotui.sandbox.reports.run import REPORTS
from tests.sandbox.reports.data import everything, run


@pytest.mark.long
@pytest.mark.parametrize("report", REPORTS)
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
            if column.kind in (ColumnKind.TEXT, ColumnKind.DETAIL):
                folded = [re.sub("[A-Z]", lambda found: found[0].lower(), str(value)) for value in present]
                assert folded == sorted(folded)
            else:
                assert present == sorted(present)


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
