"""The filters that were typed into a list's line before, the way back through them, and forth again."""

from __future__ import annotations

from collections.abc import Iterable

from cotui.settings.state import HISTORY_LENGTH


class FilterHistory:
    """What was typed, the oldest first, each once; and how far back its user has gone.

    Attributes:
        texts: what was typed.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = list(texts)
        self._at: int | None = None

    def add(self, text: str) -> None:
        """A filter was typed; the way back begins at the end again."""
        if text:
            self.texts = [*(old for old in self.texts if old != text), text][-HISTORY_LENGTH:]
        self.leave()

    def leave(self) -> None:
        """The way back begins at the end again."""
        self._at = None

    def typed_over(self, text: str) -> None:
        """What stands in the line now; where it is not what was gone back to, the way back begins anew."""
        if self._at is not None and (self._at >= len(self.texts) or self.texts[self._at] != text):
            self._at = None

    def step(self, step: int, shown: str) -> str | None:
        """Go one back (-1) or forth (1); None where there is none.

        Args:
            shown: what stands in the line; where it is the last that was typed, that one is passed over.
        """
        if not self.texts or (self._at is None and step > 0):
            return None
        if self._at is None:
            position = len(self.texts) - 1
            if self.texts[position] == shown and position:
                position -= 1
        else:
            position = self._at + step
        if not 0 <= position < len(self.texts):
            return None
        self._at = position
        return self.texts[position]
