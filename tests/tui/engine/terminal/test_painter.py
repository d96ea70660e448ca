"""The painter: few bytes, and only what the terminal can do."""

from __future__ import annotations

import re

import pytest

from cotui.tui.engine.terminal.abilities import Abilities
from cotui.tui.engine.terminal.painter import Painter
from cotui.tui.engine.terminal.screen import Screen
from tests.tui.terminal.emulator import Emulator, Habits
from tests.tui.terminal.pen import Pen

PLAIN_TERMINAL = Abilities(erases_in_colour=False, repeats=False, scrolls=False)
#: two styles of a table and of its cursor row, in true colours as Textual's themes have them
ROW = "\x1b[38;2;224;224;224;48;2;18;18;18m"
OTHER = "\x1b[38;2;140;140;140;48;2;18;18;18m"
CURSOR_ROW = "\x1b[1;38;2;255;255;255;48;2;1;120;212m"
_NAMES = ("North", "Maple", "Qi ", "Zephyr", "Oak", "Bright", "Umber", "Vale", "Iron", "Juniper", "Kestrel")


def row(number: int, columns: int, style: str = ROW) -> str:
    """A line of a table: three columns in two styles, blanks between them and to the end."""
    second = OTHER if style == ROW else style
    name = _NAMES[number % 7] + _NAMES[number % 11]
    cells = [
        (style, f" {name:<20}"),
        (second, f"mail{number}@example.org     "),
        (style, f"{number * 37:>9,}.00 "),
    ]
    text = "".join(f"{sgr}{cell}\x1b[0m" for sgr, cell in cells)
    rest = columns - sum(len(cell) for _, cell in cells)
    return f"{text}{style}{' ' * rest}\x1b[0m"


def table(first: int, selected: int, columns: int = 120, rows: int = 40) -> str:
    """The frame that Textual writes for a table: rows from a number on, one of them selected."""
    lines = [
        f"\x1b[{y + 1};1H{row(first + y, columns, CURSOR_ROW if first + y == selected else ROW)}"
        for y in range(rows)
    ]
    return "\n".join(lines) + "\x1b[1;1H"


class Both:
    """A screen, its painter, and two terminals: one for Textual's frames, one for ours."""

    def __init__(self, abilities: Abilities, columns: int = 120, rows: int = 40) -> None:
        habits = Habits(erases_in_colour=abilities.erases_in_colour)
        self.screen, self.painter = Screen(columns, rows), Painter(abilities)
        self._stock, self._ours = (Emulator(columns, rows, habits) for _ in range(2))
        for emulator in (self._stock, self._ours):
            emulator.feed("\x1b[?7l")

    @property
    def pen(self) -> Pen:
        """The pen of our terminal."""
        return self._ours.pen

    def print(self, text: str) -> None:
        """Something else writes to our terminal."""
        self._ours.feed(text)

    def draw(self, frame: str) -> str:
        """What we write for a frame; both terminals show the same then."""
        assert self.screen.draw(frame)
        touched, self.screen.touched = self.screen.touched, set()
        data = self.painter.paint(self.screen, touched)
        self._stock.feed(frame)
        self._ours.feed(data)
        assert self._ours.picture() == self._stock.picture()
        return data


@pytest.fixture(
    params=[Abilities(), PLAIN_TERMINAL, Abilities(repeats=True)], ids=["usual", "plain", "repeats"]
)
def both(request: pytest.FixtureRequest) -> Both:
    """Both terminals, the table on show."""
    made = Both(request.param)
    made.draw(table(100, 110))
    return made


def test_the_same_again_costs_nothing(both: Both) -> None:
    assert both.draw(table(100, 110)) == ""


def test_a_cursor_row_that_moves(both: Both) -> None:
    assert len(both.draw(table(100, 111)).encode()) <= 420


def test_one_character(both: Both) -> None:
    frame = table(100, 110).replace("mail120@", "mail12x@")
    assert re.fullmatch(r"\x1b\[21;28H(?:\x1b\[[0-9;]*m)?x", both.draw(frame))


def test_scrolling_by_one_where_the_terminal_can() -> None:
    both = Both(Abilities())
    both.draw(table(100, 139))
    data = both.draw(table(101, 140))
    assert re.search(r"\x1b\[1;40r\x1b\[S\x1b\[r", data)
    assert len(data.encode()) <= 480


def test_scrolling_back_by_three() -> None:
    both = Both(Abilities())
    both.draw(table(100, 100))
    data = both.draw(table(97, 97))
    assert "\x1b[3T" in data
    assert len(data.encode()) <= 700


def test_without_scroll_regions_none_is_set() -> None:
    both = Both(Abilities(scrolls=False))
    both.draw(table(100, 139))
    assert not re.search(r"\x1b\[[0-9;]*[rST]", both.draw(table(101, 140)))


def test_a_frame_around_what_scrolls_stays() -> None:
    """A border and a side pane: the region is whole lines, and what moved with them is put back."""

    def framed(first: int) -> str:
        top, bottom = "╭" + "─" * 58 + "╮", "╰" + "─" * 58 + "╯"
        lines = [top, *(f"│{first + y:<40}│ side pane {y:02}    │" for y in range(28)), bottom]
        return "\n".join(f"\x1b[{y};1H{line}" for y, line in enumerate(lines, 1)) + "\x1b[1;1H"

    both = Both(Abilities(), 60, 30)
    both.draw(framed(1000))
    data = both.draw(framed(1001))
    assert len(data) < len(framed(1001)) / 2


def test_the_end_of_a_line_is_erased() -> None:
    both = Both(Abilities(), 40, 2)
    both.draw(f"\x1b[1;1H\x1b[41m{'x' * 40}\x1b[0m\x1b[1;1H")
    data = both.draw(f"\x1b[1;1H\x1b[41mxx{' ' * 38}\x1b[0m\x1b[1;1H")
    assert data.endswith("\x1b[K")
    assert len(data) < 20


def test_blanks_in_colour_are_written_where_erasing_takes_no_colour() -> None:
    both = Both(PLAIN_TERMINAL, 40, 2)
    both.draw(f"\x1b[1;1H\x1b[41m{'x' * 40}\x1b[0m\x1b[1;1H")
    data = both.draw(f"\x1b[1;1H\x1b[41m{'x' * 10}{' ' * 30}\x1b[0m\x1b[1;1H")
    assert " " * 30 in data
    assert not re.search(r"\x1b\[\d*[KX]", data)
    assert both.draw(f"\x1b[1;1H{' ' * 40}\x1b[1;1H").endswith("\x1b[K"), "without colour it is erased"


def test_blanks_in_the_middle_are_erased() -> None:
    both = Both(Abilities(), 60, 2)
    both.draw(f"\x1b[1;1H\x1b[41m{'x' * 60}\x1b[0m\x1b[1;1H")
    data = both.draw(f"\x1b[1;1H\x1b[41m{'x' * 10}{' ' * 40}{'x' * 10}\x1b[0m\x1b[1;1H")
    assert "\x1b[40X" in data
    assert len(data) < 30


def test_runs_of_one_character_are_repeated_where_the_terminal_can() -> None:
    frame = f"\x1b[1;1H{'~' * 60}\x1b[1;1H"
    assert "~\x1b[59b" in Both(Abilities(repeats=True), 60, 2).draw(frame)
    assert "~" * 60 in Both(Abilities(repeats=False), 60, 2).draw(frame)


def test_boxes_are_not_repeated_where_only_ascii_is() -> None:
    # tmux and xterm do not repeat what is not ASCII
    assert "─" * 60 in Both(Abilities(repeats=True), 60, 2).draw(f"\x1b[1;1H{'─' * 60}\x1b[1;1H")


def test_what_was_forgotten_is_painted_anew() -> None:
    both = Both(Abilities())
    both.draw(table(100, 110))
    both.print(
        "\x1b[3;7r\x1b[5;5H\x1b[1;44mother words\x1b[S\x1b[r\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\"
    )
    both.painter.forget()
    both.draw(table(100, 110))


def test_frames_that_were_never_painted_cost_nothing() -> None:
    both = Both(Abilities())
    both.draw(table(100, 110))
    for number in range(20):
        both.screen.draw(table(200 + 40 * number, 210))
    assert len(both.draw(table(100, 111)).encode()) <= 420


def test_links_end_with_the_frame() -> None:
    both = Both(Abilities(), 40, 2)
    both.draw("\x1b[1;1H\x1b]8;id=1;https://example.org\x1b\\link\x1b]8;;\x1b\\\x1b[1;1H")
    both.draw("\x1b[2;1H\x1b]8;id=1;https://example.org\x1b\\link\x1b]8;;\x1b\\\x1b[1;1H")
    assert both.pen.link == ""


def test_the_cursor_is_placed() -> None:
    painter = Painter(Abilities())
    painter.paint(Screen(10, 5))
    assert painter.place_cursor(3, 2) == "\x1b[3;4H"
    assert painter.place_cursor(3, 2) == ""
    assert painter.place_cursor(4, 2) == "\x1b[C"
