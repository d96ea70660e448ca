"""What a command prints is everything, or stderr and the exit code say that it is not."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from cotui.cli.data_command import run_data_command
from cotui.cli.exits import CommandError, Exit
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from cotui.sandbox.http.service import Service
from tests.cli.accounts import Account, answer
from tests.stores import demo
from tests.tui.conftest import TODAY
from tests.tui.writing import NOW

ENV = {"COTUI_URL": "acme", "COTUI_USERNAME": "key", "COTUI_PASSWORD": "hunter2"}
FORMATS = ("table", "json", "jsonl", "csv")


class Ended(tuple[str, str, int]):
    """What a command printed, what it said, and its exit code."""

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self[0].splitlines()]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    def run(transport: Callable[[], httpx.AsyncBaseTransport], *words: str) -> Ended:
        code: int = Exit.OK
        said = ""
        try:
            code = run_data_command(words[0], words[1:], env={**os.environ, **ENV}, transport=transport)
        except CommandError as error:
            code, said = error.code, str(error)
        out = capsys.readouterr()
        return Ended((out.out, out.err + said, code))

    return run


@pytest.mark.parametrize("maximum", [1, 7, 50, 99, 100, 500])
def test_whatever_the_server_s_largest_page(run: Any, maximum: int) -> None:
    account = Account(60)
    account.largest_page = maximum
    out = run(account, "list", "customers", "--limit", "all", "--format", "jsonl")
    assert [row["customer_id"] for row in out.rows] == list(range(1, 61))
    assert out[1:] == ("", Exit.OK)


@pytest.mark.parametrize("most", [20, 100, 500])
@pytest.mark.parametrize("words", ["list customers", "list invoices", "report 44"])
def test_the_sandbox_with_pages_of_any_size(run: Any, most: int, words: str) -> None:
    store = demo(40, 1, TODAY)
    app = create_app(
        store,
        credentials={"key": "hunter2"},
        service=Service(max_page_size=most),
        origin_check=OriginCheck(frozenset({"acme.chargeover.com"})),
    )
    out = run(lambda: httpx.ASGITransport(app=app), *words.split(), "--limit", "all", "--format", "jsonl")
    with store.read() as reader:
        table = "customers" if "customers" in words else "invoices"
        ids = {number for (number,) in reader.connection.execute(f"SELECT {table[:-1]}_id FROM {table}")}
    store.close()
    key = {"list customers": "customer_id", "list invoices": "invoice_id", "report 44": "invoice_invoice_id"}[
        words
    ]
    assert len(out.rows) == len(ids)
    assert {int(row[key]) for row in out.rows} == ids
    said = "the names of at most 40 customers take 1 request" if "invoices" in words and most > 20 else ""
    assert said in out[1]
    assert out[2] == Exit.OK


@pytest.mark.parametrize("form", FORMATS)
def test_rows_deleted_while_printing_cost_no_others(run: Any, form: str) -> None:
    account = Account(250)

    def delete() -> None:
        if len(account.requests) == 3:
            del account.rows[:10]

    account.before = delete
    out = run(account, "list", "customers", "--limit", "all", "--format", form, "--fields", "company")
    assert all(f"Company {number}" in out[0] for number in range(1, 251))
    assert out[1:] == ("cotui: printed 250; by now the server counts 240\n", Exit.OK)


@pytest.mark.parametrize("form", FORMATS)
def test_a_count_that_is_not_met_is_told_with_its_exit_code(run: Any, form: str) -> None:
    account = Account(150)
    hidden = {"_count": lambda: answer(160)}

    def handle(request: httpx.Request) -> httpx.Response:
        return hidden["_count"]() if request.url.path.endswith("_count") else account._handle(request)

    out = run(
        lambda: httpx.MockTransport(handle),
        "list", "customers", "--limit", "all", "--format", form,
    )  # fmt: skip
    assert out[1:] == (
        "printed 150, but some may be missing: the server counts 160 and sent 150.",
        Exit.INCOMPLETE,
    )
    assert int(Exit.INCOMPLETE) == 6
    if form == "json":
        assert len(json.loads(out[0])) == 150


@pytest.mark.parametrize("form", FORMATS)
def test_what_breaks_off_is_printed_as_far_as_it_came(run: Any, form: str) -> None:
    account = Account(250)

    def handle(request: httpx.Request) -> httpx.Response:
        late = int(request.url.params.get("offset", 0)) > 150
        return answer(False, 403, "no more") if late else account._handle(request)

    out = run(lambda: httpx.MockTransport(handle), "list", "customers", "--limit", "all", "--format", form)
    assert out[2] == Exit.INCOMPLETE
    assert out[1].startswith("printed 199, then it could not go on. ")
    assert "no more" in out[1]
    if form == "json":
        assert len(json.loads(out[0])) == 199


@pytest.mark.parametrize("path", ["customers", "report"])
def test_a_server_that_ignores_offsets_is_not_asked_for_ever(run: Any, path: str) -> None:
    account = Account(300)
    account.report_rows = [{"row": number} for number in range(1000)]

    def handle(request: httpx.Request) -> httpx.Response:
        assert len(account.requests) < 20
        rest = request.url.copy_set_param("offset", "0")
        return account._handle(httpx.Request(request.method, rest, content=request.content))

    words = ("report", "7") if path == "report" else ("list", "customers")
    out = run(lambda: httpx.MockTransport(handle), *words, "--limit", "all", "--format", "jsonl")
    assert len(out.rows) == (1000 if path == "report" else 100)
    if path == "customers":
        assert out[2] == Exit.INCOMPLETE
        assert "same rows" in out[1]


class Reports:
    """A report behind a server with its own largest page, which may count, or count each page."""

    def __init__(self, rows: list[dict[str, Any]], *, largest: int = 1000, counts: str = "all") -> None:
        self.rows, self.largest, self.counts = rows, largest, counts
        self.requests: list[httpx.Request] = []

    def __call__(self) -> httpx.AsyncBaseTransport:
        return httpx.MockTransport(self._handle)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        given = request.url.params
        offset = int(given.get("offset", 0))
        rows = self.rows[offset : offset + min(int(given["limit"]), self.largest)]
        counts = {"all": {"_count": len(self.rows)}, "page": {"_count": len(rows)}, "none": {}}
        return answer({"_report": rows, **counts[self.counts]})


@pytest.mark.parametrize("counts", ["all", "page", "none"])
@pytest.mark.parametrize("largest", [1, 15, 30, 1000])
@pytest.mark.parametrize("rows", [0, 1, 30])
def test_all_of_a_report_in_an_order(run: Any, rows: int, largest: int, counts: str) -> None:
    reports = Reports(
        [{"odd name": 1, "row": number} for number in range(rows)], largest=largest, counts=counts
    )
    out = run(reports, "report", "58", "--limit", "all", "--format", "jsonl")
    assert [row["row"] for row in out.rows] == list(range(rows))
    assert out[1:] == ("", Exit.OK)
    for request in reports.requests:
        if "offset" in request.url.params:
            assert request.url.params["order"] == "row:ASC"
    if not rows:
        assert len(reports.requests) == 2


def test_a_report_without_a_column_to_order_by_is_read_once_or_told(run: Any) -> None:
    reports = Reports([{"odd name": number} for number in range(30)])
    out = run(reports, "report", "58", "--limit", "all", "--format", "jsonl")
    assert len(out.rows) == 30
    assert out[2] == Exit.OK


@pytest.mark.parametrize(
    "text",
    [
        "date in last month",
        "transaction_date in this year",
        "transaction_transaction_date in last month",
        "company ~ a order by date desc",
        "transaction_transaction_date:GTE:2026-01-01",
        "nonsense = 3",
        "amount > 5",
        "date",
        "",
    ],
)
async def test_a_report_s_filter_means_what_it_means_on_the_screen(text: str) -> None:
    """The screen reads a filter with the columns its first rows have; so do commands."""
    from cotui.api import Api, Connection, RecordWindow
    from cotui.api.report_columns import report_columns
    from cotui.catalog.report_table import report_resource
    from cotui.query import QueryError, parse, to_wire
    from cotui.tui.lists.list_spec import ReportRowsListSpec
    from cotui.tui.lists.start_list import read_filter

    store = demo(60, 1, TODAY)
    transport = httpx.ASGITransport(app=create_app(store, credentials={"key": "x"}, clock=lambda: NOW))
    api = Api(Connection("t", "localhost", "key", "x", rate_limit=10**6), transport=transport)
    try:
        listing = ReportRowsListSpec(api, 58, "Payments by Date")
        window = RecordWindow(listing.source(parse("", listing.resource)), page_size=listing.page_size)
        window.start()
        await window.settled()
        listing.learn([row for row in map(window.row, range(50)) if row is not None])
        await window.aclose()
        columns = await report_columns(api, 58)
        results = []
        for read in (
            lambda: read_filter(text, listing.resource, lambda: TODAY, {}),
            lambda: parse(text, report_resource(58, "", columns), today=TODAY),
        ):
            try:
                results.append(str(to_wire(read())))
            except QueryError as error:
                results.append(error.message)
        assert columns
        assert results[0] == results[1]
    finally:
        await api.aclose()
        store.close()


def test_dates_of_a_report_are_found_by_the_end_of_their_names(run: Any) -> None:
    reports = Reports(
        [
            {
                "transaction_transaction_date": "Sep 14, 2017",
                "transaction_transaction_date_unformatted": "2017-09-14",
            }
        ]
        * 3
    )
    out = run(reports, "report", "58", "date in last month", "--format", "jsonl")
    assert out[2] == Exit.OK
    sent = [json.loads(request.content) for request in reports.requests if request.content]
    assert sent[0] == []
    assert all(item.startswith("transaction_transaction_date") for item in itertools.chain(*sent[1:]))
    assert len(sent[1]) == 2
