"""One line of text that changes without a layout: what most of the frame is made of."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


class Line(Widget):
    """A line of literal text. `show` repaints this line and nothing else."""

    DEFAULT_CSS = "Line { height: 1; }"

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
