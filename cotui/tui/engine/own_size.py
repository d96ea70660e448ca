"""Widgets whose place doesn't depend on what they hold."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget


class OwnSize(Widget):
    """A second base for widgets whose size their screen decides.

    Textual lays the whole screen out again when the size of what a widget holds changes: at each letter typed, at each
    page of rows read. Here the scrollbar is all that has to know.
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False, repaint=False)

    def watch_virtual_size(self, size: Size) -> None:
        """Tell the scrollbar."""
        if self.is_scrollable and self.is_attached:
            self._scroll_update(size)
