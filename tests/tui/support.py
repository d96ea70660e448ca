"""Rows without a server, and a small app around one widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from cotui.api import ApiError, Change, Record
from cotui.tui.engine.frame_batching import BatchedScreen


class FixedRows:
    """Any number of rows made on the spot; `missing` are not here yet, `failed` will not come."""

    def __init__(self, length: int, make: Callable[[int], dict[str, Any]], key: str) -> None:
        self.length = length
        self.adrift = False
        self.missing: set[int] = set()
        self.failed: dict[int, ApiError] = {}
        self.views: list[tuple[int, int]] = []
        self.moved: dict[int, int] = {}
        self._make = make
        self._key = key
        self._records: dict[int, Record] = {}
        self._callbacks: list[Callable[[Change], None]] = []

    def row(self, index: int) -> Record | None:
        if not 0 <= index < self.length or index in self.missing or index in self.failed:
            return None
        source = self.moved.get(index, index)
        return self._records.setdefault(source, Record(self._make(source), self._key))

    def error_at(self, index: int) -> ApiError | None:
        return self.failed.get(index)

    def index_of(self, record_id: int | str) -> int | None:
        return next(
            (index for index in range(self.length) if (row := self.row(index)) and row.id == record_id), None
        )

    def repeats(self, index: int) -> int | None:
        return None

    def loaded_around(self, first: int, stop: int) -> tuple[int, int]:
        return first, stop

    def view(self, first: int, last: int) -> None:
        self.views.append((first, last))

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def tell(self, change: Change) -> None:
        for callback in list(self._callbacks):
            callback(change)


class OneWidget(App[None]):
    """An app of one widget that keeps the messages it posted."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget

    def get_default_screen(self) -> Screen[None]:
        """As the app's own screens are."""
        return BatchedScreen(id="_default")

    def compose(self) -> ComposeResult:
        yield self.widget


def lines_of(widget: Widget) -> list[str]:
    """What a line-API widget shows, as plain text."""
    return ["".join(segment.text for segment in widget.render_line(y)) for y in range(widget.size.height)]
