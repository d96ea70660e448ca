"""A dialog whose middle scrolls where not all of it has room, so that what has to be answered is always there."""

from __future__ import annotations

from typing import TypeVar

from textual.containers import Vertical
from textual.widget import Widget

from cotui.tui.base.dialog import Dialog

Result = TypeVar("Result")


class ScrollingDialog(Dialog[Result]):
    """Its box, `#box`, holds a middle, `#middle`, between lines that always stay."""

    DEFAULT_CSS = """
    ScrollingDialog > #box { width: 100%; max-width: 96; }
    ScrollingDialog #middle { height: auto; scrollbar-size-vertical: 1; }
    ScrollingDialog.full > #box { height: 100%; }
    ScrollingDialog.full #middle { height: 1fr; }
    """

    #: what scrolls
    middle: Widget

    def __init__(self) -> None:
        super().__init__()
        self.box = Vertical(id="box")

    def on_resize(self) -> None:
        self.fit()

    def fit(self) -> None:
        """Find out, once all is laid out, whether there is room; to be called when the text was changed."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        box, middle = self.box, self.middle
        rest = sum(child.outer_size.height for child in box.children if child is not middle)
        borders = box.outer_size.height - box.size.height
        # not what it has now: it may not have been laid out since its text was changed
        width = box.scrollable_content_region.width
        lines = middle.get_content_height(box.size, self.size, width) if middle.display else 0
        self.set_class(lines + rest + borders > self.size.height, "full")
