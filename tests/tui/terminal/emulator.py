"""A terminal to compare two drivers on: pyte's parser, and a screen that knows what pyte's does not.

That is: scrolling within regions, REP, the alternate screen, hyperlinks, erasing in the pen's background, no
wrapping, and wide characters that lose a half. Where terminals differ, `Habits` says how this one does it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, ClassVar, Final, Literal, NamedTuple

import pyte
from pyte.screens import Margins
from rich.cells import cell_len
from wcwidth import wcwidth

from tests.tui.terminal.pen import PLAIN, Pen
from tests.tui.terminal.texts import SURE

_LINK: Final = re.compile(r"\x1b\]8;([^\x07\x1b]*)(?:\x1b\\|\x07)")
#: a private marker other than `?`, or an intermediate byte: the kitty keyboard, shapes of the cursor, mode queries
_PRIVATE: Final = re.compile(r"\x1b\[[<=>][\d;]*[a-z]|\x1b\[\??[\d;]*[ $][a-z]")
_UNFINISHED: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?\Z")
_JOINER: Final = "\u200d"
_WIDENS: Final = "\ufe0f"
_PICTURE: Final = re.compile("[\u2600-\u27bf\U0001f000-\U0001ffff]")


@dataclass(frozen=True)
class Habits:
    """What terminals do differently.

    Attributes:
        erases_in_colour: erased cells and lines that scroll in take the pen's background.
        widths: whose table of character widths: that of Textual, that of wcwidth, or an old one, in which
            pictures are narrow.
        clusters: sequences of emoji are one picture, two cells wide, as Textual counts them.
        keeps_halves: a wide character of which one half is written over keeps the other.
        joins_anywhere: what has no width joins the cell left of the cursor; otherwise only what was written
            just before, without a movement in between.
    """

    erases_in_colour: bool = True
    widths: Literal["textual", "wcwidth", "old"] = "textual"
    clusters: bool = True
    keeps_halves: bool = False
    joins_anywhere: bool = True

    def agrees(self, kinds: Collection[str]) -> bool:
        """Whether it counts all texts of these kinds (`texts.WORDS`) as Textual does."""
        if set(kinds) <= set(SURE):
            return True
        parts = {"odd", "selectors"} if self.clusters else {"odd", "selectors", "emoji"}
        return self.widths == "textual" and parts.isdisjoint(kinds)


#: terminals as there are, by what is remarkable about them
TERMINALS: Final = {
    "counts as Textual does": Habits(),
    "knows no sequences of emoji": Habits(widths="wcwidth", clusters=False),
    "old table of widths": Habits(widths="old", clusters=False),
    "keeps halves of wide characters": Habits(clusters=False, keeps_halves=True),
    "joins only what was just written": Habits(clusters=False, joins_anywhere=False),
}


class Cell(NamedTuple):
    """One cell; the text is "" in the right half of a wide character."""

    text: str = " "
    pen: Pen = PLAIN

    @property
    def seen(self) -> Cell:
        """What of it can be seen.

        A mark alone in a cell counts as a blank does: the driver knows no other colour of a blank than its ground,
        so where Textual writes a mark behind one, the mark may have another colour. Textual does that where an
        overlay cuts a sequence of emoji in two; what is seen then is no text anyway.
        """
        return Cell(self.text, self.pen.on_blank) if self.text.startswith(" ") else self


@lru_cache(4096)
def _width(table: str, char: str) -> int:
    if table == "old" and (0x1F000 <= ord(char) <= 0x1FFFF or 0x2600 <= ord(char) <= 0x27BF):
        return 1
    return cell_len(char) if table == "textual" else max(0, wcwidth(char))


def _regional(text: str) -> bool:
    return len(text) == 1 and "\U0001f1e6" <= text <= "\U0001f1ff"


class _Stream(pyte.Stream):
    csi: ClassVar[dict[str, str]] = {**pyte.Stream.csi, "S": "scroll_up", "T": "scroll_down", "b": "repeat"}
    events = frozenset(chain(pyte.Stream.events, csi.values()))


class Emulator(pyte.Screen):
    """The terminal.

    Args:
        columns: cells of a line.
        lines: lines.
        habits: how it behaves where terminals differ.
    """

    def __init__(self, columns: int, lines: int, habits: Habits | None = None) -> None:
        self.habits = habits or Habits()
        self.pen = PLAIN
        #: the cell written last, None when the cursor moved since; and the last character, for REP
        self._joint: tuple[int, int] | None = None
        self._last = ""
        self._grid = [[Cell()] * columns for _ in range(lines)]
        self._set_aside: tuple[list[list[Cell]], tuple[int, int], Pen] | None = None
        self._pending = ""
        super().__init__(columns, lines)
        self._stream = _Stream(self)

    # -- outside ---------------------------------------------------------------------------

    def write(self, data: str) -> tuple[int, int]:
        """As `feed`; column and line of the cursor then."""
        self.feed(data)
        return self.place

    def feed(self, data: str) -> None:
        """Show what a program wrote to its terminal, whose line discipline makes CR LF of a line feed."""
        data = self._pending + data
        unfinished = _UNFINISHED.search(data)
        cut = unfinished.start() if unfinished else len(data)
        data, self._pending = data[:cut], data[cut:]
        for number, part in enumerate(_LINK.split(_PRIVATE.sub("", data).replace("\n", "\r\n"))):
            if number % 2:
                self.pen = self.pen.linked("" if part == ";" else part)
            elif part:
                self._stream.feed(part)

    def picture(self) -> list[list[Cell]]:
        """All that can be seen."""
        return [[cell.seen for cell in line] for line in self._grid]

    def set_size(self, columns: int, lines: int) -> None:
        """Give the window another size."""
        self.resize(lines, columns)

    @property
    def display(self) -> list[str]:
        """The text of each line."""
        return ["".join(cell.text for cell in line) for line in self._grid]

    @property
    def place(self) -> tuple[int, int]:
        """Column and line of the cursor."""
        return self.cursor.x, self.cursor.y

    @property
    def alternate(self) -> bool:
        """Whether the alternate screen is on."""
        return self._set_aside is not None

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """The window got another size; of what was shown nothing sensible is left, as after a reflow."""
        self.lines, self.columns = lines or self.lines, columns or self.columns
        self.margins = None
        self._grid = [[Cell("#", PLAIN.after(35))] * self.columns for _ in range(self.lines)]
        if self._set_aside is not None:
            _, (x, y), pen = self._set_aside
            place = min(x, self.columns - 1), min(y, self.lines - 1)
            self._set_aside = [[*line] for line in self._grid], place, pen
        self.cursor.x, self.cursor.y = (
            min(self.cursor.x, self.columns - 1),
            min(self.cursor.y, self.lines - 1),
        )
        self._joint = None  # the cell written last may be none any more

    # -- text ------------------------------------------------------------------------------

    def draw(self, data: str) -> None:
        for char in data:
            self._draw(char)

    def _draw(self, char: str) -> None:
        width = _width(self.habits.widths, char)
        before = self._before()
        if not width or (before and self.habits.clusters and self._clusters(*before, char)):
            if before:
                self._join(*before, char)
            return
        x, y = self.cursor.x, self.cursor.y
        if x + width > self.columns:
            if pyte.modes.DECAWM in self.mode:
                self.carriage_return()
                self.linefeed()
                x, y = self.cursor.x, self.cursor.y
            elif width > 1:
                return  # there is no room, and it must not wrap
            else:
                x = self.columns - 1
        self._split_off(y, x, x + width)
        self._put(y, x, char, width)
        self._joint, self._last = (y, x), char
        wraps = pyte.modes.DECAWM in self.mode
        self.cursor.x = min(x + width, self.columns if wraps else self.columns - 1)

    def _put(self, y: int, x: int, text: str, width: int) -> None:
        line = self._grid[y]
        line[x] = Cell(text, self.pen)
        if width == 2:
            line[x + 1] = Cell("", self.pen)

    def _before(self) -> tuple[int, int] | None:
        """The cell that a character without a width joins."""
        if self._joint is not None or not self.habits.joins_anywhere:
            return self._joint
        x, y = self.cursor.x - 1, self.cursor.y
        if x > 0 and not self._grid[y][x].text:
            x -= 1
        return (y, x) if x >= 0 else None

    def _clusters(self, y: int, x: int, char: str) -> bool:
        text = self._grid[y][x].text
        return bool(
            (text.endswith(_JOINER) and _PICTURE.match(char))
            or (_regional(text) and _regional(char))
            or (0x1F3FB <= ord(char) <= 0x1F3FF and _PICTURE.match(text))
        )

    def _join(self, y: int, x: int, char: str) -> None:
        line = self._grid[y]
        text, pen = line[x]
        if not text:
            return
        line[x] = Cell(text + char, pen)
        wide = x + 1 < self.columns and not line[x + 1].text
        widens = char == _WIDENS and cell_len(text + char) == 2
        if self.habits.clusters and not wide and (widens or _regional(char)) and x + 1 < self.columns:
            self._split_off(y, x + 1, x + 2)
            line[x + 1] = Cell("", pen)
            if self.cursor.x == x + 1:
                self.cursor.x = min(x + 2, self.columns - 1)

    def _split_off(self, y: int, first: int, last: int) -> None:
        """Cells from `first` up to `last` are written over: of a wide character only half of which goes, the rest."""
        line = self._grid[y]
        if self.habits.keeps_halves:
            return
        if 0 < first < self.columns and not line[first].text:
            line[first - 1] = Cell(" ", line[first - 1].pen)
        if last < self.columns and not line[last].text:
            line[last] = Cell(" ", line[last].pen)

    def repeat(self, count: int = 1) -> None:
        """REP: the last character once more, `count` times."""
        assert self._joint is not None, "repeats after a movement: not every terminal does"
        self.draw(self._last * (count or 1))

    # -- pen -------------------------------------------------------------------------------

    def select_graphic_rendition(self, *codes: int, **_: Any) -> None:
        self.pen = self.pen.after(*codes)

    # -- erasing and scrolling -------------------------------------------------------------

    @property
    def _erased(self) -> Cell:
        return Cell(" ", self.pen.ground if self.habits.erases_in_colour else PLAIN)

    def _erase(self, y: int, first: int, last: int) -> None:
        last = min(last, self.columns)
        self._split_off(y, first, last)
        self._grid[y][first:last] = [self._erased] * (last - first)

    def erase_characters(self, count: int | None = None) -> None:
        self._erase(self.cursor.y, self.cursor.x, self.cursor.x + (count or 1))

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        x = self.cursor.x
        self._erase(self.cursor.y, 0 if how else x, x + 1 if how == 1 else self.columns)

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        y = self.cursor.y
        self.erase_in_line(how)
        for other in range(self.lines):
            if how >= 2 or (other > y if how == 0 else other < y):
                self._erase(other, 0, self.columns)

    def scroll_up(self, count: int | None = None) -> None:
        """SU: lines of the region move up."""
        top, bottom = self.margins or Margins(0, self.lines - 1)
        size = min(count or 1, bottom + 1 - top)
        blank = [[self._erased] * self.columns for _ in range(size)]
        self._grid[top : bottom + 1] = self._grid[top + size : bottom + 1] + blank

    def scroll_down(self, count: int | None = None) -> None:
        """SD: lines of the region move down."""
        top, bottom = self.margins or Margins(0, self.lines - 1)
        size = min(count or 1, bottom + 1 - top)
        blank = [[self._erased] * self.columns for _ in range(size)]
        self._grid[top : bottom + 1] = blank + self._grid[top : bottom + 1 - size]

    def index(self) -> None:
        if self.cursor.y == (self.margins.bottom if self.margins else self.lines - 1):
            self.scroll_up(1)
        else:
            self.cursor_down()

    def reverse_index(self) -> None:
        if self.cursor.y == (self.margins.top if self.margins else 0):
            self.scroll_down(1)
        else:
            self.cursor_up()

    def insert_lines(self, count: int | None = None) -> None:
        raise NotImplementedError("no driver uses it")

    delete_lines = insert_characters = delete_characters = insert_lines

    # -- cursor and modes ------------------------------------------------------------------

    def cursor_position(self, line: int | None = None, column: int | None = None) -> None:
        super().cursor_position(line, column)
        self._joint = None

    def cursor_to_column(self, column: int | None = None) -> None:
        super().cursor_to_column(column)
        self._joint = None

    def cursor_forward(self, count: int | None = None) -> None:
        super().cursor_forward(count)
        self._joint = None

    def cursor_back(self, count: int | None = None) -> None:
        super().cursor_back(count)
        self._joint = None

    def cursor_up(self, count: int | None = None) -> None:
        super().cursor_up(count)
        self._joint = None

    def cursor_down(self, count: int | None = None) -> None:
        super().cursor_down(count)
        self._joint = None

    def carriage_return(self) -> None:
        super().carriage_return()
        self._joint = None

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        if not top and bottom is None:
            self.margins = None
            self.cursor_position()  # xterm and all others do, pyte does not
        else:
            super().set_margins(top, bottom)

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and 1049 in modes and self._set_aside is None:
            self._set_aside = self._grid, self.place, self.pen
            self._grid = [[Cell()] * self.columns for _ in range(self.lines)]
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and 1049 in modes and self._set_aside is not None:
            # the pen stays as it is: not every terminal keeps it with the cursor
            self._grid, (self.cursor.x, self.cursor.y), _ = self._set_aside
            self._set_aside = None
        super().reset_mode(*modes, **kwargs)
