"""Literal text: a line as a widget and as a strip of a larger one, and text over as many lines as it takes."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from cotui.safety.text import clean_multiline
from cotui.tui.base.cells import Align, fit


class TextLine(Widget):
    """A line of literal text. `show` repaints this line and nothing else."""

    DEFAULT_CSS = "TextLine { height: 1; }"

    def __init__(self, text: str | Content = "", **options: Any) -> None:
        super().__init__(**options)
        self._content = text if isinstance(text, Content) else Content(text)

    @property
    def text(self) -> str:
        return self._content.plain

    def show(self, text: str | Content) -> None:
        """Say something else; costs nothing when it is the same."""
        content = text if isinstance(text, Content) else Content(text)
        if content.plain != self._content.plain or content.spans != self._content.spans:
            self._content = content
            self.refresh()

    def render(self) -> Content:
        return self._content


class TextBlock(Static):
    """Literal text over as many lines as it takes."""

    DEFAULT_CSS = "TextBlock { height: auto; }"

    def __init__(
        self, text: str | Content = "", classes: str | None = None, *, id: str | None = None
    ) -> None:
        super().__init__(
            Content(text) if isinstance(text, str) else text, id=id, classes=classes, markup=False
        )

    def show(self, text: str | Content) -> None:
        """Say something else."""
        self.update(Content(text) if isinstance(text, str) else text)


class StatusText(TextBlock):
    """What is said until something else is. It is cleaned here, and takes no room while there is nothing to say."""

    DEFAULT_CSS = """
    StatusText { display: none; }
    StatusText.bad { color: $text-error; text-style: bold; }
    """

    def tell(self, text: str, *, bad: bool = False) -> None:
        self.display = bool(text)
        self.set_class(bad, "bad")
        self.show(clean_multiline(text))


def text_strip(text: str, width: int, style: Style, align: Align = "left") -> Strip:
    """A line of text in one style."""
    return Strip([Segment(fit(text, width, align), style)], width)
