"""Single lines of text: as a widget that changes without a layout, and as a strip of a larger one."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from cotui.tui.base.cells import Align, fit


class TextLine(Widget):
    """A line of literal text. `show` repaints this line and nothing else."""

    DEFAULT_CSS = "TextLine { height: 1; }"

    def __init__(
        self, text: str | Content = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._content = text if isinstance(text, Content) else Content(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._content.plain

    def show(self, text: str | Content) -> None:
        """Say something else; costs nothing when it is the same."""
        content = text if isinstance(text, Content) else Content(text)
        if content.plain != self._content.plain or content.spans != self._content.spans:
            self._content = content
            self.refresh()

    def render(self) -> Content:
        return self._content


def text_strip(text: str, width: int, style: Style, align: Align = "left") -> Strip:
    """A line of text in one style."""
    return Strip([Segment(fit(text, width, align), style)], width)
