"""Reports: the list of them, and any of them as a table that is filtered, ordered and paged."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cotui.catalog import FieldType
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, record_page, settle, status, text_of, type_text

SIZE = (140, 40)
BALANCES = "All Customer Balances"


async def open_report(pilot: Pilot[None], name: str = BALANCES) -> None:
    """From the start to the rows of a report, by the keys of a user."""
    app = pilot.app
    assert isinstance(app, CotuiApp)
    await settle(pilot)
    await press(pilot, "4", "slash")
    line = app.focused
    assert isinstance(line, Input)
    line.insert_text_at_cursor(name)
    await settle(pilot)
    await press(pilot, "enter", "enter")
    assert browse(app).listing.key.startswith("report "), text_of(app)


async def filter_by(pilot: Pilot[None], text: str) -> None:
    await press(pilot, "slash", "ctrl+u")
    await type_text(pilot, text)
    await press(pilot, "escape", "slash", "enter")


def posted(wire: Wire) -> list[httpx.Request]:
    """The requests for rows of a report."""
    return [request for request in wire.requests if request.method == "POST"]


def conditions(request: httpx.Request) -> Any:
    return json.loads(request.content)


def column(app: CotuiApp, name: str) -> list[str]:
    """A column of the rows that are here, as the server sent it."""
    window = browse(app).window
    assert window is not None
    return [str(row.raw[name]) for _, row in window.loaded()]


def report_of(rows: list[dict[str, Any]], count: int | None = None) -> Callable[[httpx.Request], Any]:
    """An account whose every report has these rows."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        if request.method != "POST":
            return None
        response = {"_report": rows, "_count": len(rows) if count is None else count}
        return httpx.Response(200, json={"code": 200, "status": "OK", "message": "", "response": response})

    return answer


async def test_all_reports_are_listed_with_one_request(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        asked = len(wire.requests)
        await press(pilot, "4")
        assert len(wire.requests) == asked + 1
        text = text_of(app)
        for name in ("Open Customer Balances", BALANCES, "Failed Payments", "Payments by Date", "Aging"):
            assert name in text


async def test_a_report_is_found_by_a_word_of_its_name(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        asked = len(wire.requests)
        await press(pilot, "slash")
        await type_text(pilot, "balances")
        await settle(pilot)
        assert browse(app).table.length == 2
        assert len(wire.requests) == asked
        await press(pilot, "escape")
        assert browse(app).table.length > 5


@pytest.mark.long
async def test_a_report_is_a_table_with_columns_of_its_own(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot)
        table = browse(app).table
        assert table.length == 120
        assert "of 120" in text_of(app)
        assert BALANCES in text_of(app).splitlines()[1]
        types = {item.field.name: item.field.type for item in table.columns}
        money = [name for name, type_ in types.items() if type_ is FieldType.MONEY]
        assert "tenant_balance" in money
        assert all(item.align == "right" for item in table.columns if item.field.name in money)
        assert not any(name.endswith("_unformatted") for name in types), "twins are not columns of their own"
        assert len({request.url.raw_path for request in posted(wire)}) == len(posted(wire))


async def test_conditions_are_posted(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot)
        await filter_by(pilot, "currency_iso4217 = CAD")
        assert conditions(posted(wire)[-1]) == ["currency_iso4217:EQUALS:CAD"]
        assert set(column(app, "currency_iso4217")) == {"CAD"}
        assert browse(app).table.length < 120
        await filter_by(pilot, "currency_iso4217 = CAD tenant_company ~ a order by tenant_company desc")
        assert len(conditions(posted(wire)[-1])) == 2
        assert b"order=tenant_company" in posted(wire)[-1].url.query
        names = [name.casefold() for name in column(app, "tenant_company")]
        assert names == sorted(names, reverse=True)


@pytest.mark.long
async def test_money_is_ordered_by_its_value_not_its_words(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot)
        table = browse(app).table
        at = next(i for i, item in enumerate(table.columns) if item.field.name == "tenant_balance")
        await press(pilot, *["right"] * (at + 1), "o")
        rising = [float(value) for value in column(app, "tenant_balance_unformatted")]
        assert rising == sorted(rising)
        assert max(rising) > 1000, "the words would sort 1,000 before 2"
        await press(pilot, "o", "o")  # by currency, and then plainly
        falling = [float(value) for value in column(app, "tenant_balance_unformatted")]
        assert falling == sorted(falling, reverse=True)
        assert "↓" in text_of(app).splitlines()[2]


async def test_a_filter_by_no_column_is_explained(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot)
        asked = len(posted(wire))
        await filter_by(pilot, "colour ~~ red")
        assert len(posted(wire)) == asked
        assert browse(app).bar.input.value.strip() == "colour ~~ red"


async def test_columns_are_completed(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "tenant_bal")
        assert [item.label for item in browse(app).bar.suggestions.items]
        await press(pilot, "tab")
        assert browse(app).bar.input.value.startswith("tenant_balance")


@pytest.mark.long
async def test_pages_of_a_thousand_rows(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot, "Payments by Date")
        window = browse(app).window
        assert window is not None
        assert b"limit=1000" in posted(wire)[-1].url.query
        await press(pilot, "end")
        assert browse(app).table.record is not None
        assert f"of {window.length:,}" in text_of(app)
        assert browse(app).table.cursor == window.length - 1


async def test_a_row_opens_as_a_page_and_steps(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot)
        asked = len(wire.requests)
        await press(pilot, "down", "enter")
        page = record_page(app)
        assert page.record is not None
        assert page.whole
        assert "2 of 120" in text_of(app)
        first = page.record
        await press(pilot, "right_square_bracket")
        assert page.record is not first
        await press(pilot, "x")
        assert '"tenant_balance_unformatted"' in text_of(app)
        await press(pilot, "escape", "escape")
        assert browse(app).table.cursor == 2
        assert len(wire.requests) == asked, "a row of a report has nothing more to fetch"


@pytest.mark.long
async def test_the_way_back_keeps_the_place_in_the_list(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "4", "down", "down", "enter")
        assert browse(app).listing.key != "reports"
        await press(pilot, "escape")
        assert browse(app).listing.key == "reports"
        assert browse(app).table.cursor == 2


async def test_a_report_that_fails_says_so_and_recovers(app: CotuiApp, wire: Wire) -> None:
    def refuse(request: httpx.Request) -> httpx.Response | None:
        if request.method != "POST":
            return None
        return httpx.Response(
            400, json={"code": 400, "status": "Error", "message": "No such report.", "response": False}
        )

    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.instead = refuse
        await press(pilot, "4", "enter")
        assert "✗" in text_of(app)
        assert "No such report." in text_of(app)
        wire.instead = None
        await press(pilot, "r")
        assert "✗" not in text_of(app)
        assert browse(app).table.columns
        assert browse(app).table.length > 0


@pytest.mark.long
async def test_an_empty_report_is_no_failure(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.instead = report_of([])
        await press(pilot, "4", "enter")
        assert "✗" not in text_of(app)
        assert "no" in text_of(app).casefold()
        await press(pilot, "enter", "right", "o", "C", "escape", "end")
        assert app.is_running


async def test_any_columns_are_shown(app: CotuiApp, wire: Wire) -> None:
    rows = [
        {"Ünïcode name": "a", "x": None, "when": "2026-03-01", "n": 1, "nested": {"a": [1]}},
        {"Ünïcode name": "[/red]\x1b[2J", "x": "\u202e", "when": None, "n": "2", "other": True},
    ]
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.instead = report_of(rows)
        await press(pilot, "4", "enter")
        text = text_of(app)
        assert "2026-03-01" in text
        assert "[/red]" in text
        assert not set(text) & {"\x1b", "\u202e"}
        await press(pilot, "down", "enter", "e")
        assert "other" in text_of(app).casefold()


async def test_a_wide_report_leaves_columns_out_and_keys_reach_them(app: CotuiApp, wire: Wire) -> None:
    rows = [{f"column_{number:02}": f"value {number}-{row}" for number in range(40)} for row in range(5)]
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        wire.instead = report_of(rows)
        await press(pilot, "4", "enter")
        assert "value 0-0" in text_of(app)
        assert "value 39-0" not in text_of(app)
        await press(pilot, *["right"] * 45)
        assert "value 39-0" in text_of(app)


@pytest.mark.sample("keys0")
@pytest.mark.parametrize("keys", [["u"], ["m"], ["K"]])
async def test_keys_of_records_that_no_column_names_do_nothing(
    app: CotuiApp, wire: Wire, keys: list[str]
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot)
        asked = len(wire.requests)
        await press(pilot, *keys)
        assert browse(app).listing.key.startswith("report ")
        assert len(wire.requests) == asked


async def test_a_row_leads_to_the_records_that_its_columns_name(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot)
        columns = {
            field.references: field.name for field in browse(app).listing.resource.fields if field.references
        }
        for key, target in (("c", "customer"), ("i", "invoice"), ("dollar_sign", "transaction")):
            if target in columns:
                await press(pilot, key)
                assert record_page(app).resource.id == target
                await press(pilot, "escape")
        assert "customer" in columns
        await press(pilot, "f1")
        assert "Customer" in text_of(app)


async def test_a_row_leads_to_its_own_transaction_unless_another_is_selected(
    app: CotuiApp, wire: Wire
) -> None:
    rows = [
        {
            "transaction_parent_transaction_id": 1,
            "transaction_amount": "5.00",
            "transaction_transaction_id": 2,
        },
        {
            "transaction_parent_transaction_id": "",
            "transaction_amount": "5.00",
            "transaction_transaction_id": 3,
        },
    ]
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.instead = report_of(rows)
        await press(pilot, "4", "enter", "dollar_sign")
        assert (record_page(app).resource.id, record_page(app)._ref) == ("transaction", 2)
        await press(pilot, "escape", "right")
        for wanted in (1, 2, 2):  # under the selection: the payment that was refunded, an amount, its own
            await press(pilot, "dollar_sign")
            assert record_page(app)._ref == wanted
            await press(pilot, "escape", "right")
        await press(pilot, "home", "down", "left", "left", "left", "dollar_sign")
        assert "this row has no transaction parent transaction" in status(app).casefold()
        await press(pilot, "up", "enter")
        for wanted in (1, 2):  # on its page the field under the selection
            await press(pilot, "dollar_sign")
            assert record_page(app)._ref == wanted
            await press(pilot, "escape", "down")


async def test_a_cell_is_copied_where_a_row_has_no_id(app: CotuiApp, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[tuple[str, str]] = []
    monkeypatch.setattr(app, "copy", lambda text, what: copied.append((text, what)))
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot)
        await press(pilot, "y")
        assert "chooses the column" in status(app)
        assert copied == []
        await press(pilot, "right", "right", "y")
        record = browse(app).table.record
        assert record is not None
        assert copied == [(record.raw["tenant_company"], "Customer company")]


@pytest.mark.long
async def test_an_empty_cell_does_not_empty_the_clipboard(
    app: CotuiApp, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(app, "copy", lambda text, what: copied.append(text))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.instead = report_of([{"a": "", "b": None, "c": 0}])
        await press(pilot, "4", "enter", "right", "y")
        assert "nothing was copied" in status(app)
        await press(pilot, "right", "y")
        assert "nothing was copied" in status(app)
        await press(pilot, "right", "y")
        assert copied == ["0"]


async def test_columns_are_told_apart_and_a_row_is_named_once(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await open_report(pilot)
        heading = text_of(app).splitlines()[2]
        assert "Customer ID" in heading
        assert "Company" in heading
        assert "Customer company" not in heading
        await press(pilot, "C")
        assert "Customer company" in text_of(app)
        await press(pilot, "escape", "enter")
        record = record_page(app).record
        assert record is not None
        assert text_of(app).splitlines()[1].count(str(record.raw["tenant_company"])) == 1
