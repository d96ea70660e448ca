"""A line for a secret: what is hidden cannot be copied out of it, since nobody would see what is in the clipboard."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.widgets import Input

from cotui.tui.engine.pasted import LineFull


class HiddenInput(Input):
    """An entry line whose text is hidden."""

    def __init__(self, **options: Any) -> None:
        super().__init__(password=True, **options)

    def _on_paste(self, event: events.Paste) -> None:
        """A secret is taken whole or not at all."""
        room = self.max_length - len(self.value) + len(self.selected_text) if self.max_length else None
        if room is not None and len(event.text.strip()) > room:
            event.stop()
            event.prevent_default()
            self.post_message(LineFull(len(event.text), self.max_length or 0, kept=False))

    def action_copy(self) -> None:
        """Copy the marked text, unless it is hidden."""
        if self.password:
            self.app.bell()
        else:
            super().action_copy()

    def action_cut(self) -> None:
        """Cut the marked text out; what is hidden is only removed."""
        if self.password:
            self.delete_selection()
        else:
            super().action_cut()
