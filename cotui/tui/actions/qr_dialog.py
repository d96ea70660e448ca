"""A link as a QR code, to be scanned from the screen with a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from cotui.tui.base.dialog import Dialog
from cotui.tui.base.line import TextLine

#: modules of white around the code, as the standard wants it
QUIET: Final = 4
#: columns of what stands below the code
LINE: Final = 66
#: what phones still read, for terminals in which the standard's does not fit
QUIET_LEAST: Final = 2

# upper half dark, lower half dark
_CELLS: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def half_blocks(text: str, quiet: int = QUIET) -> list[str]:
    """Lines of equal length, a cell for two modules above each other; the ink is dark and has to stand on white.

    Args:
        quiet: modules of white on each side.

    Raises:
        ValueError: the text is longer than a QR code can hold (2,953 bytes).
    """
    import segno

    # more correction would make the code larger; a screen has no stains
    code = segno.make(text, error="l", micro=False, boost_error=False)
    rows = [[bool(module) for module in row] for row in code.matrix_iter(border=quiet)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        "".join(_CELLS[above, below] for above, below in zip(rows[at], rows[at + 1], strict=True))
        for at in range(0, len(rows), 2)
    ]


#: whatever the theme: phones look for dark on light
_INK = Style(color="#000000", bgcolor="#ffffff", bold=False, dim=False)


class QrCode(Widget):
    """The code in the middle of what room there is, or what room it needs."""

    DEFAULT_CSS = "QrCode { width: 1fr; height: 1fr; }"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._codes = [half_blocks(text, quiet) for quiet in (QUIET, QUIET_LEAST)]

    def fitting(self, size: Size) -> list[str]:
        """The largest form of the code that fits there; empty when none does."""
        width, height = size
        return next((code for code in self._codes if len(code[0]) <= width and len(code) <= height), [])

    @property
    def lines(self) -> list[str]:
        """The lines of the code that is shown; none when there is no room for it."""
        return self.fitting(self.size)

    @property
    def needs(self) -> tuple[int, int]:
        """Columns and lines of the smallest form."""
        code = self._codes[-1]
        return len(code[0]), len(code)

    def _words(self) -> list[str]:
        width, height = self.needs
        screen = self.app.size
        return [
            f"The QR code needs {width} columns and {height} lines;",
            f"this terminal has {screen.width} and {screen.height}.",
            "Make it larger, or its font smaller.",
        ]

    def render_line(self, y: int) -> Strip:
        code = self.lines
        shown = code or self._words()
        at = y - max(0, (self.size.height - len(shown)) // 2)
        style = self.visual_style.rich_style
        if not 0 <= at < len(shown):
            return Strip.blank(self.size.width, style)
        text = shown[at][: self.size.width]
        left = (self.size.width - len(text)) // 2
        return Strip(
            [
                Segment(" " * left, style),
                Segment(text, _INK if code else style),
                Segment(" " * (self.size.width - left - len(text)), style),
            ],
            self.size.width,
        )


class QrScreen(Dialog[None]):
    """The code, with its own white around it; below it, where there is room, what `about` says each second.

    It is in no picture of what lies below: a code that logs in is a password.
    """

    DEFAULT_CSS = """
    QrScreen { align: center middle; }
    QrScreen > TextLine { width: 100%; max-width: 66; text-align: center; background: $surface; color: $text-muted; }
    QrScreen.full > TextLine { display: none; }
    """
    BINDINGS = [Binding("k,q,enter,space", "leave", "Close", show=False, id="link.close_qr")]

    def __init__(self, text: str, about: Callable[[], str]) -> None:
        super().__init__()
        self._code = QrCode(text)
        self._about = about

    @property
    def shown_below(self) -> bool:
        return False

    def compose(self) -> ComposeResult:
        yield self._code
        self._line = TextLine(self._about())
        yield self._line

    def on_mount(self) -> None:
        self.set_interval(1, self.tick)

    def tick(self) -> None:
        self._line.show(self._about())

    def on_resize(self) -> None:
        # the last line is the code's where it has no other room
        width, height = self.app.size
        room, less = Size(width, height), Size(width, max(0, height - 1))
        full = bool(self._code.fitting(room)) and not self._code.fitting(less)
        self.set_class(full, "full")
        code = self._code.fitting(room if full else less)
        self._code.styles.width = max(len(code[0]), min(width, LINE)) if code else "1fr"
        self._code.styles.height = len(code) if code else "1fr"
        self._code.refresh()
