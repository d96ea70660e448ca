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
from cotui.tui.base.cells import Align, cell_len, fit


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


class TwoEnds(TextLine):
    """A line of literal text with more at its right end; where there is no room for both, the left is cut."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._right = ""

    @property
    def text(self) -> str:
        """What it says, from left to right."""
        return f"{self._content.plain}  {self._right}" if self._right else self._content.plain

    def show_ends(self, left: str, right: str) -> None:
        """Say something else; costs nothing when it is the same."""
        if right != self._right:
            self._right = right
            self.refresh()
        self.show(left)

    def render(self) -> Content:
        width = self.content_size.width
        right = fit(self._right, min(cell_len(self._right), max(0, width * 2 // 3)))
        room = width - cell_len(right) - (2 if right else 0)
        if room <= 0:
            return Content(fit(self._content.plain, width))
        return Content(fit(self._content.plain, room) + ("  " if right else "") + right)


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
