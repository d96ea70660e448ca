"""The first line: whose account this is, where one is, how much of the request budget is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from cotui.catalog.start_lists import tab_texts
from cotui.safety.text import clean


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the screens on the number keys."""

    key: str
    name: str
    label: str


class TopBar(Widget):
    """Account, tabs and connection in one line; production is unmistakable."""

    DEFAULT_CSS = """
    TopBar { height: 1; background: $panel-darken-1; color: $foreground; }
    TopBar.production { background: $error-darken-2; color: auto 95%; }
    """

    @dataclass
    class TabClicked(Message):
        name: str

    def __init__(
        self, account: str, tabs: Sequence[Tab], current: str, *, colour: str = "", badges: str = ""
    ) -> None:
        super().__init__()
        self._account = clean(account)
        self._tabs = tabs
        self._current = current
        self._colour = colour
        self._badges = badges
        self._level = ""
        self._spots: list[tuple[int, int, str]] = []

    def set_level(self, text: str) -> None:
        """Say how the connection is: "237/250 req/min", "waiting 12 s", "offline"."""
        if text != self._level:
            self._level = text
            self.refresh()

    @property
    def level(self) -> str:
        return self._level

    def render(self) -> Content:
        width = self.size.width
        parts: list[Content] = [Content.styled(" cotui ", "bold")]
        style = f"bold auto on {self._colour}" if self._colour else "bold"
        parts.append(Content.styled(f" {self._account} ", style))
        if self._badges:
            parts.append(Content.styled(f" {self._badges} ", "bold reverse"))
        left = sum(part.cell_length for part in parts)
        room = width - left - cell_len(self._level) - 2
        self._spots = []
        x = left
        for tab, text in zip(self._tabs, tab_texts(room, [tab.key for tab in self._tabs]), strict=False):
            style = "bold underline" if tab.name == self._current else ""
            pad = len(text) - len(text.lstrip())
            parts += [Content(" " * pad), Content.styled(text[pad:], style)]
            self._spots.append((x + pad, x + len(text), tab.name))
            x += len(text)
        space = width - x - cell_len(self._level) - 1
        if space > 0:
            parts += [Content(" " * space), Content(self._level)]
        return Content("").join(parts)

    def on_click(self, event: events.Click) -> None:
        for start, stop, name in self._spots:
            if start <= event.x < stop:
                self.post_message(self.TabClicked(name))
