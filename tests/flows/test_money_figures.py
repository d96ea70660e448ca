"""Every figure of money, on screen, in CSV, JSON and reports, against SQL over what it is made of.

The SQL here starts from lines, transactions and what was applied, never from a sum that the sandbox keeps.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from cotui.cli.data_command import run_data_command
from cotui.cli.exits import Exit
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from tests.sandbox.client import CREDENTIALS, PASSWORD, USER, Client
from tests.stores import demo
from tests.tui.conftest import NOW, TODAY
from tests.tui.flow import browse, settle
from tests.tui.support import lines_of
from tests.tui.writing import Account

Figures = Mapping[str, Decimal]

INVOICES = """
WITH lines AS (
    SELECT invoice_id, sum(line_total) AS subtotal, sum(tax_total) AS taxes,
           sum(CASE WHEN is_base = 1 THEN line_total ELSE 0 END) AS sum_base,
           sum(CASE WHEN is_usage = 1 AND is_base = 0 THEN line_total ELSE 0 END) AS sum_usage,
           sum(CASE WHEN is_usage = 0 AND is_base = 0 THEN line_total ELSE 0 END) AS sum_onetime
    FROM invoice_lines GROUP BY invoice_id
), laid AS (
    SELECT a.invoice_id, sum(CASE WHEN transaction_type IN ('pay', 'ref') THEN a.applied ELSE 0 END) AS payments,
           sum(CASE WHEN transaction_type = 'cre' THEN a.applied ELSE 0 END) AS credits,
           sum(CASE WHEN transaction_type = 'wri' THEN a.applied ELSE 0 END) AS writeoffs,
           sum(CASE WHEN transaction_type = 'ref' THEN -a.applied ELSE 0 END) AS refunds, sum(a.applied) AS applied
    FROM transactions t JOIN transaction_applied a ON a.transaction_id = t.transaction_id
    WHERE t.gateway_status = 1 AND t.void_datetime IS NULL GROUP BY a.invoice_id
)
SELECT i.invoice_id, c.decimals, coalesce(lines.subtotal, 0) AS subtotal, coalesce(lines.taxes, 0) AS taxes,
       coalesce(lines.subtotal, 0) + coalesce(lines.taxes, 0) AS total, coalesce(lines.sum_base, 0) AS sum_base,
       coalesce(lines.sum_usage, 0) AS sum_usage, coalesce(lines.sum_onetime, 0) AS sum_onetime,
       coalesce(laid.payments, 0) AS payments, coalesce(laid.credits, 0) AS credits,
       coalesce(laid.writeoffs, 0) AS writeoffs, coalesce(laid.refunds, 0) AS refunds, coalesce(laid.applied, 0) AS applied,
       CASE WHEN i.stage = 1 THEN 0
            ELSE coalesce(lines.subtotal, 0) + coalesce(lines.taxes, 0) - coalesce(laid.applied, 0) END AS balance
FROM invoices i JOIN currencies c ON c.currency_id = i.currency_id
LEFT JOIN lines ON lines.invoice_id = i.invoice_id LEFT JOIN laid ON laid.invoice_id = i.invoice_id
"""
TRANSACTIONS = """
SELECT t.transaction_id, c.decimals, t.amount, t.fee,
       (SELECT coalesce(sum(a.applied), 0) FROM transaction_applied a WHERE a.transaction_id = t.transaction_id)
           AS applied,
       CASE WHEN t.gateway_status = 1 AND t.void_datetime IS NULL THEN t.amount - (
           SELECT coalesce(sum(a.applied), 0) FROM transaction_applied a WHERE a.transaction_id = t.transaction_id
       ) ELSE 0 END AS unapplied
FROM transactions t JOIN currencies c ON c.currency_id = t.currency_id
"""
PAID = """
SELECT customer_id, sum(amount) FROM transactions
WHERE transaction_type IN ('pay', 'ref') AND gateway_status = 1 AND void_datetime IS NULL GROUP BY customer_id
"""
#: Reports: the column that names a record, the records that belong there, and the columns of money by what they are.
REPORTS: dict[int, tuple[str, str, str, dict[str, str]]] = {
    3: ("customer", "tenant_tenant_id", "SELECT customer_id FROM customers", {"balance": "tenant_balance"}),
    4: (
        "customer",
        "tenant_tenant_id",
        "SELECT customer_id FROM customers",
        {"balance": "tenant_balance", "total": "tenant_total", "paid": "tenant_paid"},
    ),
    6: (
        "transaction",
        "transaction_transaction_id",
        "SELECT transaction_id FROM transactions WHERE transaction_type = 'cre' AND gateway_status = 1"
        " AND void_datetime IS NULL",
        {
            "amount": "transaction_amount",
            "applied": "transaction_applied",
            "unapplied": "transaction_unapplied",
        },
    ),
    7: (
        "transaction",
        "transaction_transaction_id",
        "SELECT transaction_id FROM transactions WHERE transaction_type = 'pay' AND gateway_status = 0",
        {"amount": "transaction_amount"},
    ),
    8: (
        "invoice",
        "invoice_invoice_id",
        f"SELECT invoice_id FROM invoices WHERE stage IN (2, 3) AND due_date < '{TODAY}'",
        {"total": "invoice_total", "balance": "invoice_balance"},
    ),
    10: (
        "transaction",
        "transaction_transaction_id",
        "SELECT transaction_id FROM transactions WHERE transaction_type = 'ref' AND gateway_status = 1"
        " AND void_datetime IS NULL",
        {"amount": "transaction_amount"},
    ),
    37: (
        "customer",
        "tenant_tenant_id",
        "SELECT customer_id FROM customers",
        {"balance": "tenant_balance", "total": "tenant_total", "paid": "tenant_paid"},
    ),
    44: (
        "invoice",
        "invoice_invoice_id",
        "SELECT invoice_id FROM invoices",
        {
            name: f"invoice_{name}"
            for name in ("subtotal", "taxes", "total", "credits", "payments", "balance")
        },
    ),
    58: (
        "transaction",
        "transaction_transaction_id",
        "SELECT transaction_id FROM transactions WHERE transaction_type = 'pay' AND gateway_status = 1"
        " AND void_datetime IS NULL",
        {"amount": "transaction_amount"},
    ),
}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """A demo account, with what is hard about amounts added as clients would."""
    made = demo(30, 1, TODAY)
    client = Client(create_app(made, credentials=CREDENTIALS, clock=lambda: NOW))
    asyncio.run(_hard_amounts(client))
    yield made
    made.close()


async def _hard_amounts(client: Client) -> None:
    for currency_id in [row["currency_id"] for row in await client.rows("currency", limit=100)]:
        customer_id = await client.made(
            "customer", {"company": "Hard", "currency_id": currency_id, "bill_country": "United States"}
        )
        lines = [
            {"item_id": 1, "line_rate": 0.08, "line_quantity": 1},
            {"item_id": 1, "line_rate": -0.08, "line_quantity": 1},
            {"item_id": 9, "line_rate": 0.0000004, "line_quantity": 10_000_000},
            {"item_id": 2, "line_rate": 1234567.0, "line_quantity": 3},
            {"item_id": 3, "line_rate": 12.5, "line_quantity": 0.5},
        ]
        number = await client.made("invoice", {"customer_id": customer_id, "line_items": lines})
        payment = await client.made(
            "transaction", {"customer_id": customer_id, "amount": 1000, "applied_to": [number]}
        )
        await client.post(f"transaction/{payment}?action=refund", {"amount": 1})
        for kind in ("cre", "wri"):
            await client.made(
                "transaction",
                {"customer_id": customer_id, "amount": 7, "transaction_type": kind, "applied_to": [number]},
            )
        void = await client.made("invoice", {"customer_id": customer_id, "line_items": lines[3:]})
        await client.post(f"invoice/{void}?action=void")


@pytest.fixture(scope="module")
def truth(store: Store) -> dict[str, dict[int, Figures]]:
    """The figures of each object's records, by what they are called in lists."""
    with store.read() as reader:
        found = {
            "invoice": _figures(reader.connection, INVOICES),
            "transaction": _figures(reader.connection, TRANSACTIONS),
        }
        owners = dict(reader.connection.execute("SELECT invoice_id, customer_id FROM invoices").fetchall())
        void = {
            number
            for (number,) in reader.connection.execute("SELECT invoice_id FROM invoices WHERE stage = 1")
        }
        paid = dict(reader.connection.execute(PAID).fetchall())
        customers = reader.connection.execute(
            "SELECT customer_id, decimals, mrr FROM customers JOIN currencies USING (currency_id)"
        ).fetchall()
    found["customer"] = {}
    for customer_id, decimals, mrr in customers:
        mine = [number for number, owner in owners.items() if owner == customer_id]
        found["customer"][customer_id] = {
            "total": sum(
                (found["invoice"][number]["total"] for number in mine if number not in void), Decimal(0)
            ),
            "balance": sum((found["invoice"][number]["balance"] for number in mine), Decimal(0)),
            "paid": Decimal(paid.get(customer_id, 0)).scaleb(-decimals),
            "mrr": Decimal(mrr).scaleb(-decimals),
            "arr": Decimal(mrr * 12).scaleb(-decimals),
        }
    return found


def _figures(connection: Any, sql: str) -> dict[int, Figures]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description][2:]
    return {
        number: {name: Decimal(value).scaleb(-decimals) for name, value in zip(names, values, strict=True)}
        for number, decimals, *values in cursor
    }


@pytest.fixture
def run(store: Store, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command prints about that account."""
    app = create_app(
        store,
        credentials=CREDENTIALS,
        clock=lambda: NOW,
        origin_check=OriginCheck(frozenset({"acme.chargeover.com"})),
    )
    env = {"COTUI_URL": "acme", "COTUI_USERNAME": USER, "COTUI_PASSWORD": PASSWORD}

    def call(*words: str) -> str:
        assert (
            run_data_command(words[0], words[1:], env=env, transport=lambda: httpx.ASGITransport(app=app))
            == Exit.OK
        )
        return capsys.readouterr().out

    return call


def amount_in(text: str) -> Decimal:
    """The number in an amount as it is shown: without signs of currencies, thousands and what guards spreadsheets."""
    found = re.fullmatch(r"'?(-?)[^0-9-]*?(-?)(\d[\d,]*(?:\.\d+)?)(?: [A-Z]{3})?", text.strip())
    assert found is not None, text
    return Decimal(f"{found[1] or found[2]}{found[3].replace(',', '')}")


@pytest.mark.parametrize("name", ["invoice", "transaction", "customer"])
def test_amounts_of_lists(run: Any, truth: dict[str, dict[int, Figures]], name: str) -> None:
    """In JSON each is the very number, in CSV and in tables it spells it, whatever its currency."""
    expected = truth[name]
    fields = list(next(iter(expected.values())))
    wanted = ",".join([f"{name}_id", *fields])
    rows = json.loads(run("list", name, "--limit", "all", "--format", "json", "--fields", wanted))
    spelled = list(
        csv.DictReader(
            io.StringIO(run("list", name, "--limit", "all", "--format", "csv", "--fields", wanted))
        )
    )

    assert {row[f"{name}_id"] for row in rows} == expected.keys()
    assert [int(row[f"{name}_id"]) for row in spelled] == [row[f"{name}_id"] for row in rows]
    for row, text in zip(rows, spelled, strict=True):
        figures = expected[row[f"{name}_id"]]
        for field in fields:
            assert Decimal(str(row[field])) == figures[field], (name, row[f"{name}_id"], field)
            assert Decimal(text[field]) == figures[field], (name, row[f"{name}_id"], field)


def test_amounts_of_lines(run: Any, store: Store) -> None:
    """A line is its rate times its quantity, half of the smallest coin away from zero, and its tax alike."""
    with store.read() as reader:
        invoices = [
            number for (number,) in reader.connection.execute("SELECT invoice_id FROM invoices ORDER BY 1")
        ]
        stored = reader.connection.execute(
            "SELECT line_item_id, decimals, line_rate, line_quantity, line_total, tax_total, ppm"
            " FROM invoice_lines JOIN invoices USING (invoice_id) JOIN currencies USING (currency_id)"
            " LEFT JOIN taxes ON taxes.name = tax_name"
            " AND (country, coalesce(state, '')) IN ((bill_country, ''), (bill_country, bill_state))"
        ).fetchall()
    lines = {}
    for number, decimals, rate, quantity, total, tax, ppm in stored:
        exact = Decimal(rate).scaleb(-8) * Decimal(str(quantity))
        coin = Decimal(1).scaleb(-decimals)
        assert Decimal(total).scaleb(-decimals) == exact.quantize(coin, ROUND_HALF_UP), number
        if ppm:
            taxed = (Decimal(total) * ppm / 1_000_000).quantize(Decimal(1), ROUND_HALF_UP)
            assert tax in (0, taxed), number
        lines[number] = (
            Decimal(rate).scaleb(-8),
            Decimal(total + tax).scaleb(-decimals),
            Decimal(tax).scaleb(-decimals),
        )
    for number in [*invoices[:10], *invoices[-40:]]:
        row = json.loads(run("get", "invoice", str(number), "--format", "json"))
        for line in row["line_items"]:
            shown = tuple(Decimal(str(line[name])) for name in ("line_rate", "line_total", "tax_total"))
            assert shown == lines[line["line_item_id"]], line


@pytest.mark.parametrize("report", REPORTS)
def test_amounts_of_reports(
    run: Any, store: Store, truth: dict[str, dict[int, Figures]], report: int
) -> None:
    name, key, sql, columns = REPORTS[report]
    with store.read() as reader:
        ids = {number for (number,) in reader.connection.execute(sql)}
    if report == 3:
        ids = {number for number in ids if truth["customer"][number]["balance"]}
    rows = json.loads(run("report", str(report), "--limit", "all", "--format", "json"))
    spelled = list(
        csv.DictReader(io.StringIO(run("report", str(report), "--limit", "all", "--format", "csv")))
    )

    assert {int(row[key]) for row in rows} == ids
    assert len(rows) == len(spelled) == len(ids)
    for row, text in zip(rows, spelled, strict=True):
        figures = truth[name][int(row[key])]
        for figure, column in columns.items():
            for shown in (row[column], text[column]):
                assert amount_in(str(shown)) == figures[figure], (report, row[key], column)


def test_amounts_of_the_aging_report(run: Any, store: Store, truth: dict[str, dict[int, Figures]]) -> None:
    with store.read() as reader:
        rows = reader.connection.execute(
            "SELECT invoice_id, customer_id, due_date FROM invoices WHERE stage <> 1"
        ).fetchall()
    ages: dict[int, list[Decimal]] = {}
    for number, customer_id, due in rows:
        balance = truth["invoice"][number]["balance"]
        late = (TODAY - date.fromisoformat(due)).days
        at = 0 if late <= 0 else min(4, (late - 1) // 30 + 1)
        if balance:
            ages.setdefault(customer_id, [Decimal(0)] * 5)[at] += balance
    columns = ("aging_current", "aging_1_to_30", "aging_31_to_60", "aging_61_to_90", "aging_over_90")
    shown = json.loads(run("report", "5", "--limit", "all", "--format", "json"))

    assert {
        int(row["tenant_tenant_id"]): [amount_in(str(row[column])) for column in columns] for row in shown
    } == ages
    assert all(
        amount_in(str(row["aging_balance"])) == sum(ages[int(row["tenant_tenant_id"])]) for row in shown
    )


@pytest.mark.parametrize("name", ["invoice", "customer"])
async def test_amounts_on_screen(
    store: Store, truth: dict[str, dict[int, Figures]], name: str, tmp_path: Path
) -> None:
    """Each amount of a row stands in its line, with thousands and its currency's decimals."""
    with store.read() as reader:
        decimals = dict(
            reader.connection.execute(
                f"SELECT {name}_id, decimals FROM {name}s JOIN currencies USING (currency_id)"
            ).fetchall()
        )
    own = Account(store, tmp_path, screen=f"{name}s")
    async with own.app.run_test(size=(170, 90)) as pilot:
        await settle(pilot)
        screen = browse(own.app)
        assert screen.window is not None
        lines = lines_of(screen.table)[1:]
        seen = 0
        for index in range(min(screen.window.length, len(lines))):
            record = screen.window.row(index)
            assert record is not None
            assert isinstance(record.id, int)
            figures = truth[name][record.id]
            for figure in ("total", "balance") if name == "invoice" else ("balance",):
                text = f"{figures[figure]:,.{decimals[record.id]}f}"
                assert re.search(rf"(?<![\d,.-]){re.escape(text)}(?![\d,.])", lines[index]), (
                    record.id,
                    lines[index],
                )
                seen += 1
        assert seen > 30
    await own.api.aclose()
