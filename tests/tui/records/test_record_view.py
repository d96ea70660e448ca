"""The record page and preview: what is on it, moving about, copying, following, and what it costs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events, on
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from cotui.api.records import Record
from cotui.catalog.field import Field, FieldType
from cotui.catalog.model import Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.safety.text import clean
from cotui.tui.base import clipboard
from cotui.tui.base.clipboard import CopyResult
from cotui.tui.base.frame_screen import RecordWanted, ValueCopied
from cotui.tui.engine.frame_batching import BatchedScreen
from cotui.tui.records.record_json import build_json_page, record_json
from cotui.tui.records.record_lines import build_page
from cotui.tui.records.record_page import PageOptions, RecordPage
from cotui.tui.records.record_view import RecordView
from tests.depth import examples

FIXTURES = Path(__file__).resolve().parents[4] / "shared" / "fixtures"

LINE = {
    "line_item_id": 1,
    "invoice_id": 10116,
    "item_id": 6,
    "item_name": "Hosting",
    "descrip": "Hosting of three virtual machines",
    "line_rate": 1100.99,
    "line_quantity": 3,
    "tax_total": 0,
    "is_taxed": "1",
    "brand_new": "x",
}
RAW: dict[str, Any] = {
    "invoice_id": 10116,
    "refnumber": "R-7",
    "customer_id": "35",
    "currency_symbol": "$",
    "currency_iso4217": "USD",
    "total": 3302.97,
    "balance": 107.05,
    "invoice_status_str": "open-overdue",
    "is_overdue": True,
    "days_overdue": 12,
    "due_date": "2026-03-01",
    "write_datetime": "2026-02-01T14:05:00-05:00",
    "bill_block": "1 Road\r\nTown",
    "bill_country": "null",
    "class_id": 0,
    "memo": None,
    "token": "",
    "surprise": {"a": [1]},
    "[/red]": "[bold]x[/]",
    "line_items": [LINE, {**LINE, "line_item_id": 2, "descrip": "中" * 60}],
    "schedule": [],
}


def invoice(**changes: Any) -> Record:
    return Record({**RAW, **changes}, "invoice_id")


def followed(resource_id: str) -> bool:
    return resource_id in ("customer", "user", "invoice")


def page(record: Record, width: int = 80, resource: Resource = INVOICE, **options: Any) -> RecordPage:
    return build_page(resource, record, PageOptions(width, **{"follows": followed, **options}))


def texts(made: RecordPage) -> list[str]:
    return ["".join(text for text, _ in line.runs) for line in made.lines]


def row(made: RecordPage, label: str) -> str:
    return next(text for text in texts(made) if text.strip().startswith(label + "  ")).strip()


def entry(made: RecordPage, name: str) -> Any:
    return next(item for item in made.entries if item.name == name)


# -- the page, without a terminal ------------------------------------------------------------------


def test_fields_stand_in_groups_with_their_values_formatted() -> None:
    made = page(invoice())
    lines = texts(made)
    assert lines[0].strip() == "R-7 · Invoice 10116"
    assert row(made, "Total").endswith("$3,302.97 USD")
    assert row(made, "Due date").endswith("2026-03-01 · Sunday · 12 days overdue")
    assert row(made, "Created").endswith("2026-02-01 14:05:00 -05:00 · Sunday")
    assert row(made, "Country").endswith("null")
    start = next(at for at, text in enumerate(lines) if "1 Road" in text)
    assert lines[start + 1].strip() == "Town"
    headings = [line.runs[0][0].strip() for line in made.lines if line.runs[0][1] == "group"]
    assert headings.index("Money") < headings.index("Billing address") < headings.index("Other fields")


def test_keys_that_the_catalogue_does_not_know_are_shown() -> None:
    made = page(invoice())
    assert row(made, "surprise").endswith('{"a":[1]}')
    assert row(made, "[/red]").endswith("[bold]x[/]")
    assert entry(made, "[/red]").field.label == "[/red]"


def test_hidden_fields_are_counted_and_can_be_shown() -> None:
    record = invoice()
    hidden = texts(page(record))[-1]
    # memo, token, class_id and schedule are empty
    assert hidden.strip().startswith("4 fields without a value · ")
    absent = int(hidden.split(" · ")[1].split()[0])
    full = page(record, show_empty=True)
    assert row(full, "Memo").endswith("—")
    assert sum("not in this answer" in text for text in texts(full)[:-1]) == absent
    assert texts(full)[-1].strip().startswith("4 fields without a value · ")
    readable = {field.name for field in INVOICE.fields if field.readable and "." not in field.name}
    assert {item.name.removesuffix("[0]").removesuffix("[1]") for item in full.entries} == {
        *readable,
        "surprise",
        "[/red]",
    }


def test_nothing_hidden_nothing_said() -> None:
    resource = Resource("x", "X", "Xs", "x", "a", (Field("a", FieldType.ID, "A", ""),), (), "", "a")
    assert texts(page(Record({"a": 1}, "a"), resource=resource))[-1].split() == ["A", "1"]


def test_keys_lead_to_other_records() -> None:
    made = page(invoice())
    assert entry(made, "customer_id").reference == ("customer", 35)
    assert row(made, "Customer").endswith("35 →")
    assert entry(made, "invoice_id").reference is None
    assert all(item.reference is None for item in page(invoice(customer_id=0), show_empty=True).entries)
    user = Record({"user_id": 1, "customers": [{"customer_id": "44", "company": "Acme"}]}, "user_id")
    assert entry(page(user, resource=USER), "customers[0]").reference == ("customer", 44)
    nowhere = page(invoice(), follows=lambda resource_id: False)
    assert all(item.reference is None for item in nowhere.entries)


def test_line_items_are_a_table_that_drops_columns_when_narrow() -> None:
    wide, narrow = page(invoice(), 120), page(invoice(), 40)
    for made in (wide, narrow):
        at = next(at for at, text in enumerate(texts(made)) if text.strip().startswith("Line items (2)"))
        assert texts(made)[at + 1].split()[0] == "Description"
        first, second = texts(made)[at + 2 : at + 4]
        assert first.startswith("▸  Hosting")
        assert "中…" in second or "中" * 20 in second
    heading = next(text for text in texts(wide) if "Rate" in text)
    assert heading.split()[:4] == ["Description", "Item", "Rate", "Quantity"]
    line = next(text for text in texts(wide) if text.startswith("▸"))
    assert "1,100.99" in line
    assert entry(wide, "line_items[0]").copies.split("\t")[:2] == [LINE["descrip"], "Hosting"]
    assert "Quantity" not in "".join(texts(narrow))


def test_an_opened_line_shows_all_its_parts() -> None:
    made = page(invoice(), opened={"line_items[1]"})
    names = [item.name for item in made.entries]
    at = names.index("line_items[1]")
    assert names[at + 1] == "line_items[1].line_item_id"
    assert "line_items[1].brand_new" in names
    assert "line_items[0].line_item_id" not in names
    assert entry(made, "line_items[1].line_rate").copies == "1100.99"
    assert row(made, "Rate").endswith("$1,100.99 USD")
    assert sum(text.count("中") for text in texts(made)) >= 60


def test_meanings_stand_beside_values_where_there_is_room() -> None:
    meaning = INVOICE.field("balance").meaning
    assert meaning in row(page(invoice(), 140), "Balance")
    assert meaning not in row(page(invoice(), 90), "Balance")


def test_secrets_are_masked_everywhere() -> None:
    field = Field("password", FieldType.TEXT, "Password", "never shown", secret=True)
    part = Field("number", FieldType.TEXT, "Number", "", secret=True)
    cards = Field(
        "cards", FieldType.OBJECTS, "Cards", "", parts=(part, Field("type", FieldType.TEXT, "Type", ""))
    )
    resource = Resource("x", "X", "Xs", "x", "id", (field, cards), (), "", "id")
    record = Record({"id": 1, "password": "hunter2", "cards": [{"number": "4111", "type": "visa"}]}, "id")
    made = page(record, resource=resource, opened={"cards[0]"})
    everything = "\n".join(texts(made) + texts(build_json_page(resource, record, 60)))
    everything += record_json(resource, record) + "".join(item.copies or "" for item in made.entries)
    assert "hunter2" not in everything
    assert "4111" not in everything
    assert "visa" in everything
    assert entry(made, "password").copies is None


def test_json_is_what_was_sent() -> None:
    record = invoice(memo="a\x1b\x9b\u202e\u200b\U000e0041\ud800中")
    assert json.loads(record_json(INVOICE, record)) == dict(record.raw)
    made = build_json_page(INVOICE, record, 200)
    lines = [text.strip() for text in texts(made)]
    assert json.loads("".join(lines)) == dict(record.raw)
    assert [item.name for item in made.entries] == [*RAW]
    assert entry(made, "customer_id").copies == '"35"'
    assert r'"memo": "a\u001b\u009b\u202e\u200b\udb40\udc41\ud800中",' in lines


keys = st.sampled_from([field.name for field in INVOICE.fields] + ["zz", "\x1b[2J"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
values = scalars | st.lists(scalars | st.dictionaries(st.text(max_size=5), scalars, max_size=4), max_size=4)


@settings(max_examples=examples(60))
@given(st.dictionaries(keys, values, max_size=12), st.integers(1, 200), st.booleans())
def test_every_line_is_as_wide_as_the_page_and_harmless(raw: dict[str, Any], width: int, show: bool) -> None:
    record = Record(raw, "invoice_id")
    pages = [page(record, width, show_empty=show, opened={"line_items[0]", "zz[0]"}, today=date(2026, 3, 1))]
    pages.append(build_json_page(INVOICE, record, width))
    for made in pages:
        for number, line in enumerate(made.lines):
            assert sum(cell_len(text) for text, _ in line.runs) == width
            assert len(line.runs) <= 3
            assert all(clean(text) == text for text, _ in line.runs)
            if line.entry >= 0:
                item = made.entries[line.entry]
                assert item.first <= number <= item.last


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="no recorded answers beside the project")
def test_recorded_answers_become_pages() -> None:
    resources = {"customer": CUSTOMER, "user": USER, "invoice": INVOICE}
    for path in FIXTURES.glob("*_get*.json"):
        resource = resources.get(path.name.split("_")[0])
        response = json.loads(path.read_text())["response"]
        if resource is not None and isinstance(response, dict):
            made = page(Record(response, resource.primary_key), resource=resource)
            names = {item.name.split("[")[0] for item in made.entries}
            unset = {name for name, value in response.items() if value in (None, "", 0, [])}
            assert response.keys() - names <= unset


# -- the widget --------------------------------------------------------------------------------------


class Watched(RecordView):
    """Notes the lines that are drawn."""

    drawn: list[int]

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class Neighbour(Widget):
    """Stands for the table beside a preview."""

    renders = 0

    def render(self) -> str:
        self.renders += 1
        return "table"


class Host(App[None]):
    ENABLE_COMMAND_PALETTE = False
    CSS = "Neighbour { width: 20; }"

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []
        self.layouts = 0

    def get_default_screen(self) -> Screen[None]:
        return BatchedScreen(id="_default")

    def compose(self) -> ComposeResult:
        view = Watched(today=lambda: date(2026, 2, 25), follows=followed)
        view.drawn = []
        with Horizontal():
            yield Neighbour()
            yield view

    def on_mount(self) -> None:
        self.view.focus()
        self.screen.screen_layout_refresh_signal.subscribe(self, self._count_layout)

    def _count_layout(self, _screen: object) -> None:
        self.layouts += 1

    @property
    def view(self) -> Watched:
        return self.query_one(Watched)

    @on(ValueCopied)
    @on(RecordWanted)
    def _note(self, message: Message) -> None:
        self.messages.append(message)

    def screen_lines(self) -> list[str]:
        width, height = self.view.size
        region = self.view.region
        strips = self.screen._compositor.render_strips(self.screen.size)
        return [strips[region.y + y].crop(region.x, region.x + width).text for y in range(height)]


def field_of(view: RecordView) -> Field | None:
    """The field of the selected value."""
    entry = view.selected_entry
    return entry.field if entry is not None else None


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
async def test_moving_the_selection_draws_two_entries_and_the_meaning() -> None:
    app = Host()
    async with app.run_test(size=(100, 24)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        entries = app.view._page.entries
        for key, old, new in (("down", 0, 1), ("down", 1, 2), ("up", 2, 1)):
            app.view.drawn.clear()
            layouts, renders = app.layouts, app.query_one(Neighbour).renders
            await pilot.press(key)
            await pilot.pause()
            assert sorted(set(app.view.drawn)) == sorted({entries[old].first, entries[new].first, 23})
            assert (app.layouts, app.query_one(Neighbour).renders) == (layouts, renders)


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


async def test_every_entry_is_reached_and_visible() -> None:
    app = Host()
    async with app.run_test(size=(60, 9)) as pilot:
        app.view.show(INVOICE, invoice(memo="word " * 200))
        await pilot.pause()
        page_of, seen = app.view._page, []
        for _ in range(len(page_of.entries) + 60):
            item = app.view.selected_entry
            assert item is not None
            if not seen or seen[-1] != item.name:
                seen.append(item.name)
            top = app.view.scroll_offset.y
            assert item.first < top + app.view._body_height
            assert item.last >= top
            app.view.action_move(1)
        assert seen == [item.name for item in page_of.entries]
        assert app.view.scroll_offset.y == len(page_of.lines) - app.view._body_height
        for _ in range(len(page_of.entries) + 60):
            app.view.action_move(-1)
        assert (app.view.selected_entry, app.view.scroll_offset.y) == (page_of.entries[0], 0)


async def test_paging_home_and_end() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        await pilot.press("pagedown")
        assert app.view.scroll_offset.y == app.view._body_height - 1
        assert app.view.selected_entry is not app.view._page.entries[0]
        await pilot.press("end")
        assert app.view.selected_entry is app.view._page.entries[-1]
        assert "not in this answer" in app.screen_lines()[-2]
        await pilot.press("pageup", "home")
        assert (app.view.selected_entry, app.view.scroll_offset.y) == (app.view._page.entries[0], 0)


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


@pytest.mark.painted
@pytest.mark.parametrize("size", [(20, 5), (21, 1), (23, 3), (300, 80)])
async def test_any_terminal_size(size: tuple[int, int]) -> None:
    app = Host()
    async with app.run_test(size=size) as pilot:
        app.query_one(Neighbour).styles.width = 1
        app.view.show(INVOICE, invoice())
        await pilot.press("down", "end", "e", "pagedown", "pageup", "home")
        await pilot.pause()
        assert len(app.screen_lines()) == size[1]
        assert all(cell_len(line) == app.view.size.width for line in app.screen_lines())


async def test_resizing_lays_out_anew_and_keeps_the_selection() -> None:
    app = Host()
    async with app.run_test(size=(100, 24)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        app.view.select("bill_country")
        for size in ((50, 10), (160, 12), (30, 6)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            item = app.view.selected_entry
            assert item is not None
            assert item.name == "bill_country"
            assert app.view._page.width == app.view.scrollable_content_region.width
            assert 0 <= item.first - app.view.scroll_offset.y < app.view._body_height


async def test_without_the_focus_nothing_is_marked() -> None:
    app = Host()
    async with app.run_test(size=(90, 24)) as pilot:
        app.view.show(INVOICE, invoice())
        app.set_focus(None)
        await pilot.pause()
        marked = app.view.style_of("cursor")
        assert not any(segment.style == marked for y in range(23) for segment in app.view.render_line(y))
        assert app.screen_lines()[-1].strip() == ""
        app.view.focus()
        await pilot.pause()
        assert any(segment.style == marked for y in range(23) for segment in app.view.render_line(y))


async def test_a_theme_change_restyles_the_lines() -> None:
    app = Host()
    async with app.run_test(size=(90, 24)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        before = app.view.render_line(0)
        app.theme = "textual-light"
        await pilot.pause()
        assert app.view.render_line(0) != before


async def test_a_line_has_at_most_three_segments() -> None:
    app = Host()
    async with app.run_test(size=(160, 60)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        assert max(len(list(app.view.render_line(y))) for y in range(60)) == 3


async def test_scrolling_with_the_wheel() -> None:
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        app.view.show(INVOICE, invoice())
        await pilot.pause()
        await pilot._post_mouse_events([events.MouseScrollDown], Watched, offset=(3, 3))
        await pilot.pause()
        assert app.view.scroll_offset.y > 0
