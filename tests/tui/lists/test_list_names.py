"""Names of customers in lists: asked for by the rows that are seen, after they are seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from cotui.api.abilities import BULK
from cotui.desk.names import customers_in
from cotui.safety.text import clean
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from cotui.sandbox.http.service import SWITCHES, hard
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import NOW, Wire
from tests.tui.flow import browse, press, settle, status, text_of, type_text, until
from tests.tui.writing import Account

SIZE = (120, 40)
#: counting slowly takes three seconds, and names are not counted
QUICK = [name for name in SWITCHES if name != "slow-count"]


def asked(wire: Wire) -> list[list[int]]:
    """Whom each `_bulk` asked for."""
    batches = [request for request in wire.requests if request.url.path.endswith("/_bulk")]
    return [
        [int(item["uri"].rpartition("/")[2]) for item in json.loads(request.content)] for request in batches
    ]


def customers(table: RecordTable) -> list[int]:
    assert table.rows is not None
    rows = (table.rows.row(index) for index in range(*table.visible_range))
    return [row.raw["customer_id"] for row in rows if row is not None]


async def invoices(app: CotuiApp, pilot: Any) -> RecordTable:
    """The list of invoices, before anybody has seen a customer."""
    await settle(pilot)
    app.customer_names._names.clear()
    await press(pilot, "3")
    return browse(app).table


def customers_answer(
    how: Callable[[int], dict[str, Any]],
) -> Callable[[httpx.Request], httpx.Response | None]:
    """A server whose items about customers are made by `how`."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        if not request.url.path.endswith("/_bulk"):
            return None
        numbers = [int(item["uri"].rpartition("/")[2]) for item in json.loads(request.content)]
        found = [{"message": "", **how(number)} for number in numbers]
        whole = {"code": 200, "status": "OK", "message": "", "response": {"_bulk": found}}
        return httpx.Response(200, json=whole)

    return answer


async def test_a_screenful_of_strangers_is_asked_for_25_at_a_time_and_not_again(
    app: CotuiApp, wire: Wire
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        table = await invoices(app, pilot)
        strangers = set(customers(table))
        batches = asked(wire)
        assert sorted(number for batch in batches for number in batch) == sorted(strangers)
        assert len(batches) == -(-len(strangers) // 25)
        assert "(customer" not in text_of(app)
        before = len(wire.requests)
        await press(pilot, "1", "3", "down", "down")
        assert len(wire.requests) == before


async def test_rows_are_painted_before_names_are_asked_for(app: CotuiApp, wire: Wire) -> None:
    painted = []
    seen: list[list[int]] = []

    def asking(request: httpx.Request) -> httpx.Response | None:
        if request.url.path.endswith("/_bulk"):
            with app._context():  # requests know of no app
                painted.append(text_of(app))
            seen.append(customers(browse(app).table))
        return None

    wire.instead = asking
    async with app.run_test(size=SIZE) as pilot:
        table = await invoices(app, pilot)
        # where pages are short one batch may be asked for while the names of the one before are shown
        for text, rows, batch in zip(painted, seen, asked(wire), strict=True):
            numbers = {f"(customer {number})" for number in rows if number in batch}
            assert numbers
            assert all(number in text for number in numbers)
        # names stand where the numbers stood, and nothing else moved
        placed = next(item for item in table._placing.placed if item.column.named)
        place, end = placed.left, placed.left + placed.width
        now = text_of(app).splitlines()
        for before, after in zip(painted[0].splitlines(), now, strict=True):
            if "(customer" in before:
                assert before[:place] == after[:place]
                # signs of two cells make a line of as many cells shorter
                assert before[end:].split() == after[end:].split()


async def test_customers_that_were_seen_need_not_be_asked_for(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        seen = set(app.customer_names._names)
        await press(pilot, "3")
        assert seen
        assert all(number not in seen for batch in asked(wire) for number in batch)
        assert "(customer" not in text_of(app)


async def test_every_list_with_customers_names_them_by_the_catalogue(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        columns = [column.heading for column in browse(app).table.columns if column.named]
        assert columns == ["Company"]
        assert "(customer" not in text_of(app)


async def test_who_may_not_read_customers_sees_numbers_and_is_told_once(app: CotuiApp, wire: Wire) -> None:
    wire.instead = customers_answer(lambda _: {"code": 401, "status": "Error", "response": None})
    async with app.run_test(size=SIZE) as pilot:
        table = await invoices(app, pilot)
        assert f"(customer {customers(table)[0]})" in text_of(app)
        assert "These keys may not read customers: their numbers are shown instead" in status(app)
        before = len(wire.requests)
        await press(pilot, "pagedown", "pageup")
        assert "may not read" not in status(app)
        assert not [request for request in wire.requests[before:] if request.method == "POST"]


async def test_what_else_is_told_meanwhile_does_not_hide_that(app: CotuiApp, wire: Wire) -> None:
    wire.instead = customers_answer(lambda _: {"code": 401, "status": "Error", "response": None})
    async with app.run_test(size=SIZE) as pilot:
        await invoices(app, pilot)
        app._notices.add("password from the environment")  # as at the start
        assert "These keys may not read customers" in status(app)
        assert "password from the environment" in status(app)


@pytest.mark.parametrize("name", ["\x1b[2J\u202eevil\n", "", None, "x" * 10_000, 7, ["a"], "ｗｉｄｅ" * 40])
async def test_odd_names_move_nothing(app: CotuiApp, wire: Wire, name: Any) -> None:
    def how(number: int) -> dict[str, Any]:
        return {"code": 200, "status": "OK", "response": {"customer_id": number, "company": name}}

    wire.instead = customers_answer(how)
    async with app.run_test(size=SIZE) as pilot:
        await invoices(app, pilot)
        lines = text_of(app).splitlines()
        assert "\x1b" not in text_of(app)
        shown = [line for line in lines if "USD" in line]
        assert len({line.rstrip().rindex("USD") for line in shown}) == 1 or not shown
        if isinstance(name, str) and name.startswith("x"):
            assert "xxxxxxxx…" in text_of(app)
        if not name or not isinstance(name, str):
            assert "(customer" in text_of(app)


async def test_a_customer_that_was_deleted_leaves_its_number(app: CotuiApp, wire: Wire) -> None:
    wire.instead = customers_answer(lambda _: {"code": 404, "status": "Error", "response": None})
    async with app.run_test(size=SIZE) as pilot:
        table = await invoices(app, pilot)
        assert f"(customer {customers(table)[0]})" in text_of(app)
        before = len(wire.requests)
        await press(pilot, "1", "3")
        assert len(wire.requests) == before


@pytest.mark.parametrize("code", [500, 429])
async def test_a_request_for_names_that_fails_leaves_the_rows_as_they_are(
    app: CotuiApp, wire: Wire, code: int
) -> None:
    wire.instead = customers_answer(lambda _: {"code": code, "status": "Error", "response": None})
    async with app.run_test(size=SIZE) as pilot:
        table = await invoices(app, pilot)
        assert f"(customer {customers(table)[0]})" in text_of(app)
        assert len(asked(wire)) <= 4
        await press(pilot, "down")
        assert table.cursor == 1


async def test_where_there_are_no_batches_names_come_when_rows_stand_still(
    app: CotuiApp, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cotui.desk.names_on_screen.STILL", 0.01)

    def answer(request: httpx.Request) -> httpx.Response | None:
        if request.url.path.endswith("/_bulk"):
            refused = {"code": 400, "status": "Error", "message": "", "response": None}
            return httpx.Response(400, json=refused)
        return None

    wire.instead = answer
    async with app.run_test(size=SIZE) as pilot:
        table = await invoices(app, pilot)
        await until(lambda: all(app.customer_names.known(number) for number in customers(table)))
        assert app.api.abilities.can(BULK) is False
        alone = [path for path in wire.paths if path.rpartition("/customer/")[2].isdigit()]
        assert len(alone) == len(set(alone)) == len(set(customers(table)))
        await settle(pilot)
        assert "(customer" not in text_of(app)


async def test_names_are_found(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        name = app.customer_names.known(customers(browse(app).table)[5])
        assert name
        await press(pilot, "f")
        await type_text(pilot, name[:12].upper())
        await settle(pilot)
        assert name[:12] in text_of(app)
        assert 1 <= browse(app).table.length < 36


async def test_ordering_by_a_name_says_what_can_be_done(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        table = browse(app).table
        table._placing.selected = next(at for at, column in enumerate(table.columns) if column.named)
        await press(pilot, "o")
        assert "orders invoices by the customer's number, not by the name: o again does that" in status(app)
        assert browse(app).bar.applied == ""
        await press(pilot, "o")
        assert browse(app).bar.applied == "order by customer"
        assert "Company (by number) ↑" in text_of(app)
        await press(pilot, "o")
        assert browse(app).bar.applied == "order by customer desc"
        assert "by the customer's number" not in status(app)
        await press(pilot, "o")
        assert browse(app).bar.applied == ""


async def test_a_page_and_the_pane_beside_the_list_have_the_name(app: CotuiApp) -> None:
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        app.customer_names._names.clear()
        await press(pilot, "3")
        table = browse(app).table
        name = app.customer_names.known(customers(table)[0])
        assert name
        assert f"{customers(table)[0]} · {name}"[:20] in "\n".join(browse(app).preview.lines)
        await press(pilot, "enter")
        title = text_of(app).splitlines()[2]
        assert name in title
        assert f"customer {customers(table)[0]}" in title


async def test_an_order_that_the_account_refuses_is_said_and_not_marked(app: CotuiApp, wire: Wire) -> None:
    def answer(request: httpx.Request) -> httpx.Response | None:
        if "due_date" in request.url.params.get("order", ""):
            refused = {"code": 400, "status": "Error", "message": "", "response": None}
            return httpx.Response(400, json=refused)
        return None

    wire.instead = answer
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        browse(app).bar.apply("order by due_date")
        await settle(pilot)
        assert "does not order invoices by due date: they come by Invoice ID" in status(app)
        assert "Due ↑" not in text_of(app)
        assert browse(app).table.length


@pytest.mark.parametrize("switch", [*QUICK, "all"])
async def test_in_a_hard_account_no_row_has_a_wrong_name(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, switch: str
) -> None:
    monkeypatch.setattr("cotui.desk.names_on_screen.STILL", 0.01)
    service = hard(QUICK if switch == "all" else [switch])
    acme = OriginCheck(frozenset({"acme.chargeover.com"}))
    keys = {"demo": "demo"}
    line = httpx.ASGITransport(
        app=create_app(store, credentials=keys, clock=lambda: NOW, service=service, origin_check=acme)
    )
    own = Account(store, tmp_path, screen="invoices")
    own.line._inner = line
    with store.read() as reader:
        names = dict(reader.connection.execute("SELECT customer_id, company FROM customers").fetchall())
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await until(lambda: not own.app.customer_names.missing(_shown(own.app)))
        await settle(pilot)
        assert any(own.app.customer_names.known(ref) for ref in _shown(own.app))
        for ref in _shown(own.app):
            known = own.app.customer_names.known(ref)
            assert known in ("", clean(names[int(ref)]).strip())
        assert own.line.sent == []


def _shown(app: CotuiApp) -> list[int | str]:
    table = browse(app).table
    assert table.rows is not None
    rows = (table.rows.row(index) for index in range(*table.visible_range))
    return list(customers_in(rows, [column.field for column in table.columns], browse(app).listing.resource))


async def test_what_is_shown_beside_a_list_is_named_without_a_column_for_it(
    app: CotuiApp, wire: Wire
) -> None:
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        app.customer_names._names.clear()
        app.memory("invoices").columns = ["refnumber", "date", "total"]
        await press(pilot, "3")
        table = browse(app).table
        assert not any(column.named for column in table.columns)
        assert browse(app).has_class("previewing")
        first = customers(table)[0]
        assert app.customer_names.known(first) in text_of(app)
        await press(pilot, "down", "down")
        await until(lambda: bool(app.customer_names.known(customers(table)[2])))
        assert len(app.customer_names._names) <= 3, "the others are on no screen"
