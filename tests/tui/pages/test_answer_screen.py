"""Answer pages in the app: what they cost, what is shown meanwhile, and what is done from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import httpx
import pytest

from cotui.tui.base.session import Session
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.pages import answer_screen
from cotui.tui.pages.answer_screen import AnswerScreen
from cotui.tui.pages.answer_view import AnswerView
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import press, record_page, settle, status, text_of, until
from tests.tui.pictures import Unanswered, picture_api

SIZE = (120, 40)


def shown(app: CotuiApp) -> AnswerScreen:
    found = record_page(app)
    assert isinstance(found, AnswerScreen)
    return found


def view(app: CotuiApp) -> AnswerView:
    return shown(app).answers


def bulks(wire: Wire) -> int:
    return sum(path.endswith("/_bulk") for path in wire.paths)


def without_bulk(
    other: Callable[[httpx.Request], httpx.Response | None] = lambda _: None,
) -> Callable[[httpx.Request], httpx.Response | None]:
    """Answers of an account that has no batches."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        if request.url.path.endswith("/_bulk"):
            return refusal(404, "no such thing")
        return other(request)

    return answer


def refusal(code: int, text: str) -> httpx.Response:
    body = {"code": code, "status": "Error", "message": text, "response": False}
    return httpx.Response(code, text=json.dumps(body))


@pytest.mark.parametrize(
    ("tab", "first"),
    [
        ("1", "Owes"),
        ("2", "E-mail"),
        ("3", "To pay"),
        ("5", "Tried"),
        ("6", "Status"),
    ],
    ids=["customer", "user", "invoice", "payment", "subscription"],
)
async def test_a_page_is_one_request_and_begins_with_the_answer(
    app: CotuiApp, wire: Wire, tab: str, first: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, tab)
        before = len(wire.requests)
        await press(pilot, "enter")
        page = shown(app)
        assert page.whole
        assert len(wire.requests) == before + 1
        lines = text_of(app).splitlines()
        assert "read " in lines[1]
        assert lines[3].startswith(f">{first}")
        assert "Traceback" not in text_of(app)


async def test_a_page_from_nowhere_is_one_request_too(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = len(wire.requests)
        app.open_record("customer", 1, tab="customers")
        await settle(pilot)
        assert len(wire.requests) == before + 1
        assert "Northwind Analytics, Inc." in text_of(app).splitlines()[2]


async def test_the_row_is_painted_before_anything_is_read(session: Session, wire: Wire) -> None:
    session.api = picture_api(Unanswered(wire, lambda path: path.endswith("/_bulk")))
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: "Northwind" in text_of(app))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, AnswerScreen) and "Owes" in text_of(app))
        text = text_of(app)
        assert "reading …" in text.splitlines()[1]
        assert "Northwind Analytics, Inc." in text.splitlines()[2]
        assert "1,913.56" in text or "USD" in text
        assert "Open invoices   reading" in text
        assert not shown(app).whole


async def test_rows_lists_and_relations_are_opened_from_the_page(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "tab")
        row = view(app).selected_row
        assert row is not None
        before = len(wire.requests)
        await press(pilot, "enter")
        assert shown(app).resource.id == row.resource_id == "invoice"
        assert shown(app)._ref == row.ref
        assert len(wire.requests) == before + 1
        await press(pilot, "escape")
        assert view(app).selected_row == row
        await press(pilot, "up", "enter")
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.listing.title.startswith("Invoices of Northwind")
        await press(pilot, "escape", "dollar_sign")
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.listing.title.startswith("Payments of Northwind")


async def test_a_acts_on_the_row_under_the_cursor_and_else_on_the_record(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "a")
        assert "customer 1" in text_of(app)
        await press(pilot, "escape", "tab")
        row = view(app).selected_row
        assert row is not None
        await press(pilot, "a")
        assert f"invoice {row.ref}" in text_of(app)


def at(monkeypatch: pytest.MonkeyPatch, moment: list[float]) -> None:
    monkeypatch.setattr(CotuiApp, "clock", staticmethod(lambda: moment[0]))


async def test_what_is_older_than_a_minute_is_read_again_before_it_is_acted_on(
    app: CotuiApp, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [1000.0]
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        at(monkeypatch, moment)
        await press(pilot, "enter")
        assert bulks(wire) == 1
        moment[0] += 60
        await press(pilot, "a", "escape")
        assert bulks(wire) == 1
        moment[0] += 1
        await press(pilot, "a")
        assert bulks(wire) == 2
        assert not isinstance(app.screen, AnswerScreen)
        await press(pilot, "escape", "a")
        assert bulks(wire) == 2


async def test_who_is_gone_is_not_acted_on(
    app: CotuiApp, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [1000.0]
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        at(monkeypatch, moment)
        await press(pilot, "enter")
        wire.instead = without_bulk(
            lambda request: refusal(404, "gone") if request.url.path.endswith("/customer/1") else None
        )
        moment[0] += 61
        await press(pilot, "a")
        assert isinstance(app.screen, AnswerScreen)
        assert "no longer there, as of" in text_of(app).splitlines()[1]
        assert "Open invoices" in text_of(app)


def stands_at(app: CotuiApp, index: int) -> bool:
    return shown(app).index == index


async def test_it_is_read_where_one_stays_and_not_what_one_passes(
    app: CotuiApp, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """60 customers in 6 seconds; the rows themselves come in pages of the list."""
    moment = [1000.0]
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        at(monkeypatch, moment)
        await press(pilot, "enter")
        before = len(wire.requests)
        for step in range(60):  # pressing so many keys takes a test half a minute
            moment[0] += 0.1
            shown(app).action_step(1)
            await until(partial(stands_at, app, step + 1))
        assert not shown(app).whole
        moment[0] += answer_screen.REST
        await settle(pilot)
        assert shown(app).whole
        assert shown(app).index == 60
        assert len(wire.requests) - before <= 6
        said = shown(app).said
        assert said is not None
        assert said.ref == shown(app)._ref
        assert said.complete


async def test_a_part_that_is_refused_says_so_in_its_place(app: CotuiApp, wire: Wire) -> None:
    def refused(request: httpx.Request) -> httpx.Response | None:
        return refusal(403, "not for you") if "/transaction" in request.url.path else None

    wire.instead = without_bulk(refused)
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        text = text_of(app)
        assert "Payments   ! not allowed" in text
        assert "Open invoices 3   i: all" in text or "Open invoices" in text
        paid = next(line for line in text.splitlines() if "Last paid" in line)
        assert "not known" in paid


async def test_a_part_that_fails_can_be_tried_again(app: CotuiApp, wire: Wire) -> None:
    def failed(request: httpx.Request) -> httpx.Response | None:
        return refusal(400, "cannot do that") if "/transaction" in request.url.path else None

    wire.instead = without_bulk(failed)
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert "Payments   ! could not be read   r: try again" in text_of(app)
        wire.instead = without_bulk()
        await press(pilot, "r")
        assert "! could not be read" not in text_of(app)
        assert "$: all" in text_of(app)


async def test_what_is_here_stays_while_it_is_read_again_and_when_that_fails(
    app: CotuiApp, wire: Wire
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "tab")
        row = view(app).selected_row

        def unreachable(_request: httpx.Request) -> httpx.Response:
            raise httpx.ConnectError("refused")

        wire.instead = unreachable
        await press(pilot, "r")
        assert view(app).selected_row == row
        assert ", as of " in text_of(app).splitlines()[1]
        assert "Open invoices" in text_of(app)


async def test_a_record_that_is_not_there_says_so(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.open_record("customer", 99_999, tab="customers")
        await settle(pilot)
        assert "no longer there" in text_of(app)
        await press(pilot, "r", "i", "escape")
        assert isinstance(app.screen, BrowseScreen)


async def test_the_keys_of_the_page_of_a_record_stay(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "x")
        assert '"customer_id": 1' in text_of(app)
        await press(pilot, "escape")
        assert ">Owes" in text_of(app)
        await press(pilot, "y")
        assert "USD" in status(app)
        await press(pilot, "right_square_bracket")
        assert "Customers 2 of 120" in text_of(app).splitlines()[1]
        await press(pilot, "left_square_bracket", "slash")
        assert isinstance(app.screen, BrowseScreen)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 50), (30, 8), (20, 5)])
async def test_the_title_stays_when_scrolled_at_any_size(app: CotuiApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for tab in "12356":
            await press(pilot, tab, "enter")
            title = text_of(app).splitlines()[2]
            assert title.strip()
            await press(pilot, "end")
            assert text_of(app).splitlines()[2] == title
            await press(pilot, "home", *["down"] * 5, "tab", "tab", "pagedown", "escape")


async def test_an_idle_page_asks_for_nothing(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "down", "tab", "pagedown", "home")
        assert bulks(wire) == 1
        assert not [worker for worker in app.workers if not worker.is_finished]


def test_how_long_one_stays_is_shorter_than_anybody_waits() -> None:
    assert answer_screen.REST < answer_screen.PASSING < answer_screen.STALE


@pytest.mark.parametrize(
    "name",
    ["x" * 10_000, "中" * 5_000, "שלום\u202eevil", "[bold]a[/]\x1b[2J", "e\u0301" * 3_000],
    ids=["long", "wide", "right to left", "markup", "marks"],
)
async def test_names_of_any_kind(app: CotuiApp, wire: Wire, name: str) -> None:
    def named(request: httpx.Request) -> httpx.Response | None:
        if not request.url.path.endswith("/customer/1"):
            return None
        row = {
            "customer_id": 1,
            "company": name,
            "balance": 5,
            "currency_iso4217": "USD",
            "superuser_name": name,
        }
        body = {"code": 200, "status": "OK", "message": "", "response": row}
        return httpx.Response(200, text=json.dumps(body))

    wire.instead = without_bulk(named)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_record("customer", 1, tab="customers")
        await settle(pilot)
        lines = text_of(app).splitlines()
        assert len(lines) == 24
        assert lines[2][1:2] == name[:1]
        assert any(line.startswith(">Owes") for line in lines)
        assert "\x1b" not in "".join(lines)
        await press(pilot, "tab", "end", "home")
