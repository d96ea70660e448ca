"""Lines to type or paste into."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, key_to_character
from textual.widget import Widget
from textual.widgets import Input

from cotui.safety.text import JOINERS, from_paste, unseen_words, without_unseen
from cotui.tui.engine.pasted import LeftOut, LineFull

#: characters of a line that has no bound of its own
_LONGEST = 1_000
#: characters before the cursor that a typed mark without width may stand on
_BASE = 8


def takes_as_text(focused: Widget | None, key: str, character: str | None = None) -> bool:
    """Whether a key is text where the focus is, whatever else it would do."""
    if focused is None:
        return False
    # a character is found by its name in Unicode, where Textual has names of its own, "slash" and the like
    return focused.check_consume_key(key, character or key_to_character(REPLACED_KEYS.get(key, key)))


def textual_keys(keys: str) -> list[str]:
    """What Textual calls the keys of a binding or of an entry in `[keys]`: "P,!" are "P" and "exclamation_mark"."""
    return [_character_to_key(name) if len(name) == 1 else name for name in keys.split(",")]


class FramelessInput(Input):
    """One line without a frame; its cursor does not blink, which would cost bytes."""

    DEFAULT_CSS = """
    FramelessInput { background: $panel; }
    FramelessInput:focus { background: $panel-lighten-2; }
    """

    def __init__(self, value: str | None = None, **options: Any) -> None:
        super().__init__(value, compact=True, **options)
        self.cursor_blink = False
        #: what it held before anything was typed
        self.opened_with = value or ""


class TypedLine(FramelessInput):
    """One line. What is pasted becomes one line too; what can't be seen, or finds no room, is left out and told."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        most = self.max_length or _LONGEST
        start, end = sorted(self.selection)
        room = max(0, most - len(self.value) + end - start)
        # a paste may be of megabytes
        head = event.text[: most * 2]
        text, unseen = from_paste(self.one_line(head))
        self.replace(text[:room], start, end)
        if unseen:
            self.post_message(LeftOut(unseen))
        if len(text) > room or len(head) < len(event.text):
            self.post_message(LineFull(len(event.text), most))

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in the place of another, or of none: without what can't be seen."""
        before = self.value[max(0, min(start, end) - _BASE) : min(start, end)]
        together = without_unseen(before + text)
        kept = together[len(before) :] if together.startswith(before) else without_unseen(text)
        if text in JOINERS:  # typed; what it joins to comes with the next key
            kept = text
        super().replace(kept, start, end)
        if kept != text:
            self.post_message(LeftOut(unseen_words(text)))

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
