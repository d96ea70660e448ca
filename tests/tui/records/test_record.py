"""A record's page: whole, and stepping through the result that it was opened from."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest

from cotui.catalog import RESOURCES
from cotui.tui.lists.list_spec import ObjectListSpec
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, record_page, settle, status, text_of

SIZE = (120, 40)


async def test_a_record_opens_whole_and_steps_through_the_result(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter")
        page = record_page(app)
        assert page.whole
        assert page.record is not None
        assert page.record.raw["line_items"]
        first = page.record.id
        await press(pilot, "right_square_bracket")
        assert page.record.id != first
        assert page.index == 1
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert page.record.id == first
        assert "first record" in status(app)
        await press(pilot, "right_square_bracket", "right_square_bracket", "escape")
        assert browse(app).table.cursor == 2


async def test_the_page_of_an_invoice_names_its_customer(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "i", "enter")
        assert "Northwind Analytics, Inc." in text_of(app).splitlines()[2]
        asked = sum(path.endswith("/customer/1") for path in wire.paths)
        await press(pilot, "right_square_bracket")
        assert "Northwind Analytics, Inc." in text_of(app).splitlines()[2]
        # the list of customers taught the name
        assert sum(path.endswith("/customer/1") for path in wire.paths) == asked == 0


def hidden(gone: set[int]) -> Callable[[httpx.Request], httpx.Response | None]:
    """Answers of a server on which some customers were deleted, 60 of 120 left out of every list."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        path = request.url.path
        if path.endswith("/_bulk"):
            asked = [
                httpx.Request("GET", request.url.join(one["uri"])) for one in json.loads(request.content)
            ]
            return httpx.Response(200, json=enveloped({"_bulk": [of_one(one).json() for one in asked]}))
        return of_one(request)

    def of_one(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        rows = [{"customer_id": ref, "company": f"Company {ref}"} for ref in range(1, 121) if ref not in gone]
        if "where" in request.url.params or "/customer" not in path:  # there is nothing that belongs to them
            nothing = {"count": 0} if path.endswith("/_count") else []
            return httpx.Response(200, json=enveloped(nothing))
        if path.endswith("/_count"):
            return httpx.Response(200, json=enveloped({"count": len(rows)}))
        if path.endswith("/customer"):
            offset, limit = (int(request.url.params.get(name, "0")) for name in ("offset", "limit"))
            return httpx.Response(200, json=enveloped(rows[offset : offset + limit]))
        ref = int(path.rpartition("/")[2])
        if ref in gone:
            return httpx.Response(404, json={"code": 404, "status": "error", "message": "not found"})
        return httpx.Response(200, json=enveloped(rows[[row["customer_id"] for row in rows].index(ref)]))

    return answer


def enveloped(response: object) -> dict[str, object]:
    return {"code": 200, "status": "OK", "message": "", "response": response}


@pytest.mark.parametrize(
    "gone_at_the_end", [(3, 4, 5), (3, 4, 5, 59), (58, 59), (60,), (59, 60, 61)], ids=lambda gone: str(gone)
)
async def test_stepping_goes_on_from_the_record_not_from_its_number(
    app: CotuiApp, wire: Wire, gone_at_the_end: tuple[int, ...]
) -> None:
    """The 60th record is the last of those that are loaded."""
    gone: set[int] = set()
    wire.instead = hidden(gone)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        browse(app).listing.page_size = 60
        browse(app)._open_window()
        await settle(pilot)
        window = browse(app).window
        assert window is not None
        assert window.row(60) is None
        await press(pilot, "enter")
        page = record_page(app)
        page._go(window, 58)
        await settle(pilot)
        assert page._ref == 59
        gone.update(gone_at_the_end)
        steps = []
        for _ in range(4):
            page.action_step(1)
            await settle(pilot)
            steps.append(page._ref)
        left = [ref for ref in range(60, 70) if ref not in gone or ref == 60]
        assert steps == left[:4]


async def test_the_row_of_a_short_list_is_all_there_is_of_it(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        app.open_list(ObjectListSpec(app.api, RESOURCES["terms"]), tab="customers")
        await settle(pilot)
        asked = len(wire.requests)
        await press(pilot, "enter")
        assert record_page(app).whole
        assert len(wire.requests) == asked
        await press(pilot, "right_square_bracket")
        assert record_page(app).whole
        assert len(wire.requests) == asked
        await press(pilot, "r")
        assert record_page(app).whole
        assert not any(path.startswith("/api/v3/terms/") and "_count" not in path for path in wire.paths)
        assert len(wire.requests) > asked


@pytest.mark.parametrize(
    ("keys", "width", "shown"),
    [
        (("1",), 120, ("i invoices", "$ payments", "S subscriptions")),
        (("1",), 80, ("i invoices", "$ payments")),
        (("5",), 80, ("c customer", "i invoices")),
        (("5",), 120, ("c customer", "i invoices", "F refunds")),
        (("3",), 120, ("c customer", "$ payments")),
    ],
)
async def test_where_a_record_leads_is_in_sight(
    app: CotuiApp, keys: tuple[str, ...], width: int, shown: tuple[str, ...]
) -> None:
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *keys, "enter")
        line = text_of(app).splitlines()[-1]
        assert [hint for hint in shown if f" {hint} " not in line] == []
        assert "a actions" in line
        assert line.rstrip().endswith("esc back · ? keys")
