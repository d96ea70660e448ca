"""An invoice as a server sends it, its page, and an app around the view of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from cotui.api.records import Record
from cotui.catalog.field import Field
from cotui.catalog.model import Resource
from cotui.catalog.objects.invoice import INVOICE
from cotui.tui.base.frame_screen import RecordWanted, ValueCopied
from cotui.tui.engine.frame_batching import BatchedScreen
from cotui.tui.records.record_lines import build_page
from cotui.tui.records.record_page import PageOptions, RecordPage
from cotui.tui.records.record_view import RecordView

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


def texts(made: RecordPage) -> list[str]:
    return ["".join(text for text, _ in line.runs) for line in made.lines]


def entry(made: RecordPage, name: str) -> Any:
    return next(item for item in made.entries if item.name == name)


def page(record: Record, width: int = 80, resource: Resource = INVOICE, **options: Any) -> RecordPage:
    return build_page(resource, record, PageOptions(width, **{"follows": followed, **options}))


def row(made: RecordPage, label: str) -> str:
    return next(text for text in texts(made) if text.strip().startswith(label + "  ")).strip()


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
