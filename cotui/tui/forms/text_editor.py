"""The text of several lines that is being edited in a form. Apart, because loading Textual's editor takes time."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from cotui.safety.text import from_paste
from cotui.tui.engine.pasted import LeftOut
from cotui.tui.forms.layout import TEXT_LINES


class TextEditor(TextArea):
    """Some lines of text; the arrows leave it at its first and last line."""

    DEFAULT_CSS = f"""
    TextEditor, TextEditor:focus {{
        position: absolute; height: {TEXT_LINES}; border: none; padding: 0; background: $panel-lighten-2;
        scrollbar-size-vertical: 1;
    }}
    """

    @dataclass
    class Left(Message):
        """The arrows went beyond the first or last line."""

        step: int

    def __init__(self, *, id: str = "text") -> None:
        super().__init__(
            compact=True, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False, id=id
        )
        self.cursor_blink = False

    def open_text(self, text: str) -> None:
        with self.prevent(TextArea.Changed):
            self.load_text(text)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text, unseen = from_paste(event.text, lines=True)
        self.replace(text, *self.selection)
        if unseen:
            self.post_message(LeftOut(unseen))

    def action_cursor_up(self, select: bool = False) -> None:
        if not select and self.cursor_at_first_line:
            self.post_message(self.Left(-1))
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        if not select and self.cursor_at_last_line:
            self.post_message(self.Left(1))
        else:
            super().action_cursor_down(select)
