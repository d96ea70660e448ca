"""Many lines of text to scroll through: only those on the screen are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cotui.tui.base.cells import wrap
from cotui.tui.base.line import text_strip


class TextLines(ScrollView, can_focus=True):
    """Lines, some of them strong, wrapped where they are too long."""

    DEFAULT_CSS = """
    TextLines {
        height: auto; background: $surface; color: $foreground;
        overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
    }
    """
    BINDINGS = [
        Binding("down,j", "go(1)", "Down", show=False),
        Binding("up,k", "go(-1)", "Up", show=False),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False),
        Binding("home,g", "scroll_home_now", "To the beginning", show=False),
        Binding("end,G", "scroll_end_now", "To the end", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[tuple[str, bool], ...] = ()
        self._wrapped: list[tuple[str, bool]] = []
        self._wrapped_to = 0

    def set_lines(self, lines: Sequence[tuple[str, bool]]) -> None:
        """Show these: clean text, and whether it is strong."""
        self._lines = tuple(lines)
        self._wrapped_to = 0
        self._wrap(self.scrollable_content_region.width)
        self.refresh(layout=True)

    def _wrap(self, width: int) -> list[tuple[str, bool]]:
        if width > 0 and width != self._wrapped_to:
            self._wrapped_to = width
            self._wrapped = [(part, strong) for text, strong in self._lines for part in wrap(text, width)]
            self.virtual_size = Size(width, len(self._wrapped))
        return self._wrapped

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        del container, viewport
        return sum(len(wrap(text, width)) for text, _ in self._lines) if width > 0 else 0

    def on_resize(self, _event: events.Resize) -> None:
        self._wrap(self.scrollable_content_region.width)

    def render_line(self, y: int) -> Strip:
        width, at = self.scrollable_content_region.width, self.scroll_offset.y + y
        if not 0 <= at < len(self._wrapped):
            return Strip.blank(width, self.rich_style)
        text, strong = self._wrapped[at]
        return text_strip(text, width, self.rich_style + Style(bold=strong))

    def action_go(self, step: int) -> None:
        self.scroll_relative(y=step, animate=False)

    def action_page(self, direction: int) -> None:
        self.scroll_relative(y=direction * max(1, self.size.height - 1), animate=False)

    def action_scroll_home_now(self) -> None:
        self.scroll_to(y=0, animate=False)

    def action_scroll_end_now(self) -> None:
        self.scroll_to(y=self.max_scroll_y, animate=False)
