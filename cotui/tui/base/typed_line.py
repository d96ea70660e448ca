"""A line to type or paste into."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from cotui.safety.text import clean_typed
from cotui.tui.engine.pasted import LineFull

#: characters of a line that has no bound of its own
_LONGEST = 1_000


class TypedLine(Input):
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
            self.post_message(self.cut_message(len(event.text), most))

    def one_line(self, text: str) -> str:
        """Several lines as one."""
        return " ".join(text.splitlines()).strip()

    def cut_message(self, size: int, most: int) -> LineFull:
        """What is told where `size` pasted characters were too many for a line that takes `most`."""
        return LineFull(size, most)
