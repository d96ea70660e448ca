"""The record page and preview: what is said of the selected field, copying, following, and what another record costs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from textual.app import App

from cotui.api.records import Record
from cotui.catalog.field import Field, FieldType
from cotui.catalog.model import Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.tui.base import clipboard
from cotui.tui.base.clipboard import CopyResult
from tests.tui.record_pages import (
    Host,
    Neighbour,
    Watched,
    field_of,
    invoice,
)

# -- the widget --------------------------------------------------------------------------------------


async def test_it_shows_a_record_and_the_meaning_of_the_selected_field() -> None:
    app = Host()
    async with app.run_test(size=(100, 20)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        lines = app.screen_lines()
        assert "R-7 · Invoice 10116" in lines[0]
        assert field_of(app.view) is INVOICE.field("invoice_id")
        assert "Invoice ID (invoice_id) · ChargeOver's own number" in lines[-1]
        await pilot.press("down", "j")
        assert field_of(app.view) is INVOICE.field("customer_id")
        await pilot.pause()
        assert "enter opens it · Who is billed." in app.screen_lines()[-1]


@pytest.mark.painted
async def test_another_record_repaints_the_preview_alone_without_a_layout() -> None:
    app = Host()
    async with app.run_test(size=(100, 24)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        layouts, renders = app.layouts, app.query_one(Neighbour).renders
        app.view.drawn.clear()
        app.view.show(INVOICE, Record({"invoice_id": 5, "balance": 3}, "invoice_id"))
        await pilot.pause()
        app.view.show_message(["Loading", "invoice 6"])
        await pilot.pause()
        assert len(app.view.drawn) == 48
        assert (app.layouts, app.query_one(Neighbour).renders) == (layouts, renders)
        app.view.drawn.clear()
        await pilot.pause(0.3)
        assert app.view.drawn == []


async def test_the_same_field_stays_selected_on_the_next_record() -> None:
    app = Host()
    async with app.run_test(size=(100, 16)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        assert app.view.select("balance")
        at = app.view._page.entries[app.view._index].first - app.view.scroll_offset.y
        app.view.show(INVOICE, invoice(invoice_id=10117, brand_id=9, brand_name="Blue"))
        assert field_of(app.view) is INVOICE.field("balance")
        assert app.view._page.entries[app.view._index].first - app.view.scroll_offset.y == at
        app.view.show(CUSTOMER, Record({"customer_id": 1, "company": "Acme"}, "customer_id"))
        assert field_of(app.view) is CUSTOMER.fields[0]


async def test_empty_fields_and_json_on_demand() -> None:
    app = Host()
    async with app.run_test(size=(90, 20)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        app.view.select("balance")
        few = len(app.view._page.entries)
        await pilot.press("E")
        assert len(app.view._page.entries) > few
        assert field_of(app.view) is INVOICE.field("balance")
        app.view.show(INVOICE, invoice(), raw=True)
        assert app.view.raw
        assert '   "balance": 107.05,' in app.view.lines
        assert field_of(app.view) is INVOICE.field("balance")
        app.view.show(INVOICE, invoice())
        assert not app.view.raw


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reached the clipboard."""
    texts: list[str] = []

    async def copy(app: App[Any], text: str, *, lines: bool = False) -> CopyResult:
        texts.append(text)
        return CopyResult(True, "sent to your terminal's clipboard (OSC 52)", "Not there?")

    monkeypatch.setattr(clipboard, "copy", copy)
    return texts


async def test_y_copies_the_value_as_it_was_sent(copied: list[str]) -> None:
    app = Host()
    async with app.run_test(size=(90, 20)) as pilot:
        app.view.show(INVOICE, invoice(memo="one\ntwo"))
        await pilot.pause()
        for name in ("balance", "memo", "customer_id"):
            assert app.view.select(name)
            await pilot.press("y")
            await app.workers.wait_for_complete()
        await pilot.press("Y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert copied[:3] == ["107.05", "one\ntwo", "35"]
        assert json.loads(copied[3])["total"] == 3302.97
        assert (app.messages[0].text, app.messages[0].sent) == ("107.05", True)
        assert app.messages[0].how.startswith("sent to your terminal")


async def test_what_cannot_be_copied_is_said(copied: list[str]) -> None:
    secret = Field("password", FieldType.TEXT, "Password", "", secret=True)
    empty = Field("memo", FieldType.TEXT, "Memo", "")
    resource = Resource("x", "X", "Xs", "x", "id", (secret, empty), (), "", "id")
    app = Host()
    async with app.run_test(size=(90, 20)) as pilot:
        app.view.show_empty = True
        app.view.show(resource, Record({"password": "hunter2", "memo": None}))
        await pilot.pause()
        await pilot.press("y", "down", "y")
        await pilot.pause()
        assert [item.how for item in app.messages] == [
            "Password is never copied",
            "Memo is empty: nothing was copied",
        ]
        assert not any(item.sent for item in app.messages)
        assert copied == []


async def test_enter_follows_keys_and_opens_lines() -> None:
    app = Host()
    async with app.run_test(size=(110, 30)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        app.view.select("balance")
        await pilot.press("enter")
        app.view.select("customer_id")
        await pilot.press("enter", "o")
        app.view.select("line_items[0]")
        few = len(app.view._page.entries)
        await pilot.press("enter")
        assert len(app.view._page.entries) > few
        assert app.view.selected_entry.name == "line_items[0]"
        await pilot.pause()
        assert "enter closes it" in app.screen_lines()[-1]
        await pilot.press("enter")
        assert len(app.view._page.entries) == few
        assert [(item.resource_id, item.ref) for item in app.messages] == [("customer", 35)] * 2


async def test_the_mouse_selects_then_opens() -> None:
    app = Host()
    async with app.run_test(size=(90, 24)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        line = next(item for item in app.view._page.entries if item.name == "customer_id").first
        await pilot.click(Watched, offset=(5, line))
        assert field_of(app.view) is INVOICE.field("customer_id")
        assert app.messages == []
        await pilot.double_click(Watched, offset=(5, line))
        await pilot.pause()
        assert [(item.resource_id, item.ref) for item in app.messages] == [("customer", 35)]
        await pilot.click(Watched, offset=(5, 0))
        assert field_of(app.view) is INVOICE.field("customer_id")


async def test_messages_are_plain_text() -> None:
    app = Host()
    async with app.run_test(size=(60, 8)) as pilot:
        app.view.show_message(["Invoice 7 is gone [/red]", "It was deleted meanwhile. Go back with esc."])
        await pilot.pause()
        lines = [line.strip() for line in app.screen_lines()]
        assert lines[0] == "Invoice 7 is gone [/red]"
        assert lines[1] == "It was deleted meanwhile. Go back with"
        assert app.view.selected_entry is None
        assert app.view.record is None
        await pilot.press("y", "e", "enter", "down", "end", "pagedown")
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        assert "R-7" in app.screen_lines()[0]
