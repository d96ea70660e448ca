"""`cotui statement`: in every form, and what it says of what is missing."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from cotui.cli.data_command import run_data_command
from cotui.cli.exits import CommandError, Exit
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from tests.api.support import ok, refuse
from tests.cli.accounts import ENV
from tests.desk.statement.made import invoice, money
from tests.stores import demo
from tests.tui.conftest import NOW, TODAY

Rows = dict[str, list[dict[str, Any]]]


class Server(httpx.AsyncBaseTransport):
    """Customers, invoices and transactions by path; `refused` may not be read."""

    def __init__(self, rows: Rows, *refused: str, **customer: Any) -> None:
        self.rows = rows
        self.refused = refused
        self.customer = {"customer_id": 7, "company": "Acme\x1b[31m", "currency_iso4217": "USD", **customer}
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v3/")
        self.asked.append(path)
        subject, _, ref = path.partition("/")
        if subject in self.refused:
            return refuse(403, "Not for you")
        if subject == "customer" and ref:
            return ok(self.customer) if ref in ("7", "external_key:k") else refuse(404, "No such customer.")
        found = self.rows.get(subject, [])
        if ref == "_count":
            return ok(len(found))
        at = int(request.url.params.get("offset", 0))
        return ok(found[at : at + int(request.url.params.get("limit", 10))])


OPEN: Rows = {
    "invoice": [invoice(2, "2026-02-01", 7, 7), invoice(1, "2026-01-01", 100, 0, writeoffs=40)],
    "transaction": [
        money(3, "2026-02-03", 5, gateway_status=0, gateway_msg="=No funds"),
        money(2, "2026-01-03", 60),
    ],
}


class Ended:
    """What a command printed, what it said, and its exit code."""

    def __init__(self, out: str, said: str, code: int) -> None:
        self.out, self.said, self.code = out, said, code

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    def run(transport: httpx.AsyncBaseTransport, *words: str) -> Ended:
        code, said = int(Exit.OK), ""
        try:
            run_data_command("statement", words, env={**os.environ, **ENV}, transport=lambda: transport)
        except CommandError as error:
            code, said = error.code, str(error)
        found = capsys.readouterr()
        return Ended(found.out, found.err + said, code)

    return run


def test_a_table_ends_at_the_account_s_own_figure(run: Any) -> None:
    found = run(Server(OPEN, balance=7), "7")
    assert (found.code, found.said) == (0, "")
    assert found.out.splitlines() == [
        "Statement of Acme␛[31m, customer 7, USD",
        "",
        "Date        What                              Charged    Paid       Owes then",
        "2026-01-01  Invoice    1, paid                 100.00                  100.00",
        "no date     Write-off  of invoice 1                     40.00  at least 60.00",
        "2026-01-03  Payment    Visa x4444                       60.00   at least 0.00",
        "2026-02-01  Invoice    2                         7.00           at least 7.00",
        "2026-02-03  Declined   Visa x4444: =No funds           (5.00)            7.00",
        "            Sum                                107.00  100.00            7.00",
        "",
        "Agrees with the account: open invoices 7.00 less unused 0.00 = 7.00",
    ]


def test_a_table_since_a_day_begins_with_what_was_owed(run: Any) -> None:
    found = run(Server(OPEN, balance=7), "external_key:k", "--since", "2026-02-02")
    assert found.code == 0
    lines = found.out.splitlines()
    assert lines[0].endswith("USD, since 2026-02-02")
    assert "Before: all entries before" in lines[3]
    assert lines[3].endswith("at least 7.00")
    assert len(lines) == 8


def test_csv_has_a_column_for_each_thing_and_runs_no_formula(run: Any) -> None:
    found = run(Server({**OPEN, "invoice": [*OPEN["invoice"]]}, balance=7), "7", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert rows[1] == {
        "date": "",
        "kind": "write_off",
        "id": "1",
        "text": "of invoice 1",
        "currency": "USD",
        "charged": "",
        "paid": "40.00",
        "declined": "",
        "running": "60.00",
        "running_at_least": "true",
    }
    assert (rows[-1]["declined"], rows[-1]["paid"], rows[-1]["running"]) == ("5.00", "", "7.00")
    hostile = money(2, "2026-01-03", 60, transaction_method="=SUM(A1)")
    found = run(Server({"transaction": [hostile]}, balance=0), "7", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(found.out))
    assert row["text"].startswith("'=SUM")
    assert row["running"] == "-60.00"  # a number is no formula


def test_csv_of_nothing_has_its_heads(run: Any) -> None:
    found = run(Server({}, balance=0), "7", "--format", "csv")
    assert found.out.startswith("date,kind,id,text,currency,charged,paid,declined,running,")
    assert len(found.out.splitlines()) == 1


def test_json_is_the_form_that_was_promised(run: Any) -> None:
    found = run(Server(OPEN, balance=7), "7", "--format", "json", "--since=2026-01-02").json
    assert set(found) == {"schema", "as_of", "customer", "since", "currencies"}
    assert found["schema"] == "cotui.statement/1"
    assert found["customer"] == {"id": 7, "company": "Acme\x1b[31m"}
    assert found["as_of"].endswith("+00:00")
    (money_,) = found["currencies"]
    assert set(money_) == {
        "currency",
        "proved",
        "opening",
        "entries",
        "closing",
        "stated_balance",
        "unapplied",
        "difference",
    }
    assert money_["proved"] is True
    assert money_["opening"] == {"currency": "USD", "amount": "60.00", "at_least": True}
    assert [entry["kind"] for entry in money_["entries"]] == ["payment", "invoice", "decline"]
    assert all(
        set(entry) == {"date", "kind", "id", "text", "charged", "paid", "running"}
        for entry in money_["entries"]
    )


def test_a_difference_is_shown_and_everything_is_there(run: Any) -> None:
    found = run(Server(OPEN, balance=9.5), "7")
    assert found.code == 0
    assert "! The account says 2.50 USD more than these entries" in found.out
    told = run(Server(OPEN, balance=9.5), "7", "--format", "json").json["currencies"][0]
    assert (told["proved"], told["difference"]["amount"]) == (False, "2.50")


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize("refused", ["invoice", "transaction", "customer"])
def test_what_may_not_be_read_is_said_and_is_exit_6(run: Any, form: str, refused: str) -> None:
    found = run(Server(OPEN, refused, balance=7), "7", "--format", form)
    assert found.code == Exit.INCOMPLETE
    assert "the statement is incomplete" in found.said
    assert "could not be read" in found.said
    assert found.out
    if form == "json" and refused != "customer":
        (told,) = found.json["currencies"]
        assert (told["proved"], told["opening"], told["difference"]) == (False, None, None)
        assert {entry["running"] for entry in told["entries"]} == {None}


def test_who_is_not_there_and_what_makes_no_sense(run: Any) -> None:
    found = run(Server(OPEN), "8")
    assert (found.code, found.out) == (Exit.NOT_FOUND, "")
    assert "There is no customer 8." in found.said
    assert "cotui list customers finds them." in found.said
    assert run(Server(OPEN), "token:nobody").code == Exit.NOT_FOUND
    assert run(Server(OPEN), "Acme").code == Exit.USAGE
    assert run(Server(OPEN), "7", "--since", "whenever").code == Exit.USAGE
    assert run(Server(OPEN, "invoice", "transaction", "customer"), "7").code == Exit.REFUSED


@pytest.fixture
def sandbox() -> Iterator[httpx.AsyncBaseTransport]:
    store = demo(40, 1, TODAY)
    check = OriginCheck(frozenset({"acme.chargeover.com"}))
    app = create_app(store, credentials={"key": "hunter2"}, clock=lambda: NOW, origin_check=check)
    yield httpx.ASGITransport(app=app)
    store.close()


def test_the_sandbox_s_customers_are_all_proved(run: Any, sandbox: httpx.AsyncBaseTransport) -> None:
    for number in range(1, 41):
        found = run(sandbox, str(number), "--format", "json")
        assert found.code == 0, found.said
        assert [money_["proved"] for money_ in found.json["currencies"]] == [True]


def test_words_for_days_are_those_of_filters(run: Any, sandbox: httpx.AsyncBaseTransport) -> None:
    found = run(sandbox, "1", "--since", "this year", "--format", "json")
    assert found.code == 0
    assert found.json["since"].endswith("-01-01")
    assert all(entry["date"] >= found.json["since"] for entry in found.json["currencies"][0]["entries"])
