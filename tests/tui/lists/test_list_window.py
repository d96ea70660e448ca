"""The rows that a list looks through, and what those on the screen tell the filter line."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from cotui.catalog import RESOURCES
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.lists.list_spec import ObjectListSpec
from cotui.tui.lists.list_window import LONGEST_VALUE, MOST_VALUES, ListWindow
from cotui.tui.lists.table_columns import column_for
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.filtering import edit, labels
from tests.tui.flow import browse, press, settle, status, text_of, type_text
from tests.tui.support import FixedRows

SIZE = (120, 40)


async def test_values_of_the_rows_on_the_screen_are_offered(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "company = Maple")
        assert any("Maple Ridge Dental" in label for label in labels(bar))
        await press(pilot, "tab", "enter")
        window = browse(app).window
        assert window is not None
        assert [row.raw["company"] for _, row in window.loaded()] == ["Maple Ridge Dental"]


def over(rows: FixedRows | None, *names: str, seen: tuple[int, int] = (0, 99)) -> ListWindow:
    """The window of a list that shows some fields of its rows."""
    columns = [column_for(CUSTOMER, CUSTOMER.field(name), drop=0) for name in names]
    table = SimpleNamespace(columns=columns, visible_range=seen)
    screen = SimpleNamespace(table=table, at_end=lambda close: None)
    window = ListWindow(cast(Any, screen), lambda change: None)
    window.rows = cast(Any, rows)
    return window


def test_values_are_offered_once_and_not_without_end() -> None:
    values = ["b", "a", "b", "", None, 5, "x" * LONGEST_VALUE, "x" * (LONGEST_VALUE + 1), "\x1b[2J"]
    rows = FixedRows(
        len(values), lambda index: {"customer_id": index, "company": values[index]}, "customer_id"
    )
    rows.missing.add(1)
    assert over(rows, "company").values_on_screen() == {"company": ["\x1b[2J", "b", "x" * LONGEST_VALUE]}
    many = FixedRows(900, lambda index: {"customer_id": index, "company": f"{index:03}"}, "customer_id")
    offered = over(many, "company", seen=(100, 900)).values_on_screen()["company"]
    assert (len(offered), offered[0]) == (MOST_VALUES, "100")
    assert over(None, "company").values_on_screen() == {}


def test_fields_that_cannot_be_filtered_by_offer_nothing() -> None:
    field = next(item for item in CUSTOMER.fields if item.listed and not item.filterable)
    rows = FixedRows(3, lambda index: {"customer_id": index, field.name: "text"}, "customer_id")
    assert over(rows, field.name).values_on_screen() == {}


def test_the_first_rows_are_those_that_are_here() -> None:
    rows = FixedRows(200, lambda index: {"customer_id": index}, "customer_id")
    rows.missing.update(range(1, 50))
    assert [row.id for row in over(rows, "company").first_rows] == [0]
    assert over(None, "company").first_rows == []


async def test_what_was_done_here_is_said_and_done_again_on_refresh(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        app.open_list(ObjectListSpec(app.api, RESOURCES["terms"]), tab="customers")
        await press(pilot, "slash")
        await type_text(pilot, "days > 20 order by days desc")
        assert "here, after reading the list: where=days:GT:20 order=days:DESC" in status(app)
        await press(pilot, "escape", "slash", "enter")
        assert "narrowed from" in text_of(app)
        window = browse(app).window
        assert window is not None
        days = [record.raw["days"] for _, record in window.loaded()]
        assert days == sorted(days, reverse=True)
        assert min(days) > 20
        asked = len(wire.requests)
        await press(pilot, "down", "down", "up")
        assert len(wire.requests) == asked
        await press(pilot, "r")
        assert len(wire.requests) > asked
        assert not any("days" in path for path in wire.paths)


async def test_what_rows_showed_before_is_offered_where_nothing_matches(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        await edit(pilot, "method = bitcoin")
        await press(pilot, "enter")
        assert browse(app).table.length == 0
        assert "Known for method: Visa, MasterCard" in text_of(app)
        await press(pilot, "slash", "ctrl+u")
        await type_text(pilot, "method = ")
        assert "Paid by Check" in labels(browse(app).bar)
        assert "transaction_method" in browse(app).bar.known()
