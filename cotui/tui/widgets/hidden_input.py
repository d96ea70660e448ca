"""A line for a secret: what is hidden cannot be copied out of it, since nobody would see what is in the clipboard."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input


class HiddenInput(Input):
    """An entry line whose text is hidden."""

    def __init__(self, **options: Any) -> None:
        super().__init__(password=True, **options)

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
