"""What a terminal would show, the modes it is in, and what it answers."""

from __future__ import annotations

import codecs
import re

from tests.tui.terminal.emulator import Cell, Emulator
from tests.tui.terminal.pen import Pen

#: modes a full-screen program may switch on and has to switch off again
ALTERNATE_SCREEN, CURSOR, PASTE, FOCUS, IN_BAND_RESIZE = 1049, 25, 2004, 1004, 2048
#: while it is on, a frame is being drawn and the terminal goes on showing the one before
SYNCHRONISED = 2026
MOUSE = (9, 1000, 1001, 1002, 1003, 1005, 1006, 1015, 1016)

# CSI with a private marker or an intermediate byte: modes, queries and the kitty keyboard protocol
_PRIVATE = re.compile(r"\x1b\[(?P<mark>[<=>?]?)(?P<numbers>[\d;:]*)(?P<between>[ -/]*)(?P<final>[@-~])")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*)?\Z")


class EmulatedScreen:
    """Keeps text and modes; `answer` is what the terminal would send back."""

    def __init__(self, columns: int, lines: int) -> None:
        self._screen = Emulator(columns, lines)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._pending = ""
        #: DEC private modes that are on; a terminal starts with a visible cursor and wrapping lines
        self.modes = {CURSOR, 7}
        self.kitty_flags: list[int] = []

    @property
    def drawing(self) -> bool:
        """Whether a frame has begun and not ended: what is here now is not meant to be seen."""
        return SYNCHRONISED in self.modes

    @property
    def lines(self) -> list[str]:
        """The lines on show, without the blanks at their ends."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def picture(self) -> list[list[Cell]]:
        """All cells as they look."""
        return self._screen.picture()

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the cursor."""
        return self._screen.place

    @property
    def pen(self) -> Pen:
        """How the next character would look."""
        return self._screen.pen

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines."""
        return self._screen.columns, self._screen.lines

    def resize(self, columns: int, lines: int) -> None:
        """The window got another size."""
        self._screen.resize(lines, columns)

    def feed(self, data: bytes) -> bytes:
        """Show what a program wrote; returns what the terminal answers."""
        text = self._pending + self._decode(data)
        unfinished = _UNFINISHED.search(text)
        cut = unfinished.start() if unfinished else len(text)
        text, self._pending = text[:cut], text[cut:]
        answers: list[bytes] = []
        self._screen.feed(_PRIVATE.sub(lambda found: self._private(found, answers), text))
        return b"".join(answers)

    def _private(self, found: re.Match[str], answers: list[bytes]) -> str:
        """Keep a mode in mind; what pyte can read goes on to it."""
        mark, numbers, between, final = found.group("mark", "numbers", "between", "final")
        if not mark and not between:
            if (numbers, final) == ("5", "n"):
                answers.append(b"\x1b[0n")  # all is well, and all that came before has been shown
            return found[0]
        if mark == "?" and final in "hl" and not between:
            for number in map(int, filter(None, numbers.split(";"))):
                (self.modes.add if final == "h" else self.modes.discard)(number)
            return found[0]
        if final == "u" and mark == ">":
            self.kitty_flags.append(int(numbers or 0))
        elif final == "u" and mark == "<":
            del self.kitty_flags[-int(numbers or 1) :]
        elif (mark, between, final, numbers) == ("?", "$", "p", "2026"):
            answers.append(b"\x1b[?2026;2$y")  # synchronised updates are known: as in current terminals
        return ""
