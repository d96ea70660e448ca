"""The last line: what just happened, else what the filter means, else for how long one waits, else the keys."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from cotui.safety.text import clean
from cotui.tui.base.cells import cell_len, wrap

#: lines a message may take that does not fit into one
MOST_LINES = 8
_CLASSES = {"information": "", "warning": "warning", "error": "error"}


class StatusLine(Widget):
    """A message until the next key, the filter's feedback, a wait that takes long, or key hints: the first there is.

    A message stands behind the wait, if there is one. A message, or why a filter was not applied, may take more lines.
    """

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $panel-darken-1; color: $text-muted; padding: 0 1; }
    StatusLine.warning { color: $text-warning; text-style: bold; }
    StatusLine.error { color: $text-error; text-style: bold; }
    StatusLine.said { color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: tuple[str, str] | None = None
        self._feedback: tuple[str, bool] = ("", False)
        self._whole = False
        self._wait = ""
        self._hints: list[str] = []
        self._last = 1
        self._shown: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        return self._shown[0]

    def say(self, text: str, severity: str = "information") -> None:
        self._said = (clean(text), severity)
        self._update()

    def hush(self) -> None:
        if self._said is not None:
            self._said = None
            self._update()

    def feedback(self, text: str, wrong: bool, *, whole: bool = False) -> None:
        """What the filter under edit means, or what is wrong with it; "" when nothing is under edit.

        `whole` shows all of it, on more lines if it must be; not while somebody types.
        """
        self._feedback, self._whole = (clean(text), wrong), whole
        if text:
            self._said = None
        self._update()

    def wait(self, text: str) -> None:
        """For how long somebody waits and how to leave that; empty when nobody does."""
        if text != self._wait:
            self._wait = text
            self._update()

    def hint(self, bindings: list[tuple[str, Binding]], *, last: int = 1) -> None:
        """The keys worth showing, by the name shown for them; so many at the end stay whatever happens."""
        self._last = last
        self._hints = [f"{key} {(item.tooltip or item.description).casefold()}" for key, item in bindings]
        self._update()

    def _update(self) -> None:
        if self._said is not None:
            text, severity = self._said
            text = f"{self._wait} · {text}" if self._wait else text
            shown = (text, _CLASSES[severity] or "said")
        elif self._feedback[0]:
            shown = (self._feedback[0], "error" if self._feedback[1] else "said")
        elif self._wait:
            shown = (self._wait, "said")
        else:
            shown = (self._fitting_hints(), "")
        if shown[1] != self._shown[1]:
            self.set_classes(shown[1])
        if shown != self._shown:
            self._shown = shown
            self.refresh()
        self._grow()

    def _grow(self) -> None:
        """Take the lines that are needed: a layout, so only when their number changes."""
        lines = len(self._lines())
        if self.styles.height is None or self.styles.height.value != lines:
            self.styles.height = lines

    def _fitting_hints(self) -> str:
        """As many hints as there is room for; the way back and the key that leads to all keys are always there."""
        shown = list(self._hints)
        width = self.content_size.width
        last = min(self._last, len(shown))
        while len(shown) > max(1, last) and cell_len(" · ".join(shown)) > width > 0:
            del shown[-1 - last]
        return " · ".join(shown)

    def _lines(self) -> list[str]:
        text, width = self._shown[0], self.content_size.width
        whole = self._said is not None or (self._whole and text == self._feedback[0])
        if not whole or width <= 0:
            return [text]
        most = max(1, min(MOST_LINES, self.screen.size.height // 3))
        lines = wrap(text, width)
        # what does not fit even so is cut with a mark
        return [*lines[: most - 1], " ".join(lines[most - 1 :])] if len(lines) > most else lines

    def on_resize(self) -> None:
        self._update()

    def render(self) -> Content:
        width = self.content_size.width
        return Content("\n").join([Content(line).truncate(width, ellipsis=True) for line in self._lines()])
