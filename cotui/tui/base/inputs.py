"""Lines to type or paste into."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.widgets import Input

from cotui.safety.text import clean_typed
from cotui.tui.engine.pasted import LineFull

#: characters of a line that has no bound of its own
_LONGEST = 1_000


class FramelessInput(Input):
    """One line without a frame; its cursor does not blink, which would cost bytes."""

    DEFAULT_CSS = """
    FramelessInput { background: $panel; }
    FramelessInput:focus { background: $panel-lighten-2; }
    """

    def __init__(self, value: str | None = None, **options: Any) -> None:
        super().__init__(value, compact=True, **options)
        self.cursor_blink = False


class TypedLine(FramelessInput):
    """One line. What is pasted becomes one line too, with every sign in it visible; what finds no room is told."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        most = self.max_length or _LONGEST
        start, end = sorted(self.selection)
        room = max(0, most - len(self.value) + end - start)
        # a paste may be of megabytes
        head = event.text[: most * 2]
        text = clean_typed(self.one_line(head))
        self.replace(text[:room], start, end)
        if len(text) > room or len(head) < len(event.text):
            self.post_message(LineFull(len(event.text), most))

    def one_line(self, text: str) -> str:
        """Several lines as one."""
        return " ".join(text.splitlines()).strip()


class HiddenInput(FramelessInput):
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
        if self.password:
            self.app.bell()
        else:
            super().action_copy()

    def action_cut(self) -> None:
        if self.password:
            self.delete_selection()
        else:
            super().action_cut()
