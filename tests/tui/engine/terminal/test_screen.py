"""The screen: what a frame is, what its cells are, and of which lines they are not sure."""

from __future__ import annotations

import pytest

from cotui.tui.engine.terminal.abilities import Abilities
from cotui.tui.engine.terminal.painter import Painter
from cotui.tui.engine.terminal.screen import Screen
from tests.tui.terminal.emulator import Emulator


def drawn(*frames: str, columns: int = 12, rows: int = 3) -> Screen:
    """A screen after these frames."""
    screen = Screen(columns, rows)
    for frame in frames:
        assert screen.draw(frame), frame
    return screen


def shown_anew(screen: Screen) -> list[str]:
    """What a terminal shows of it that knows nothing yet."""
    emulator = Emulator(screen.columns, screen.rows)
    emulator.feed("\x1b[?7l" + Painter(Abilities()).paint(screen))
    return [line.rstrip() for line in emulator.display]


@pytest.mark.parametrize(
    "frame",
    [
        "\x1b[1;1Habc\x1b[1;1H",
        "\x1b[1;1H\x1b[1mabc\x1b[0m\n\x1b[2;1H   \x1b[3;3H",
        "\x1b[1;1H\x1b]8;id=1;https://example.org\x1b\\\x1b[4mlink\x1b[0m\x1b]8;;\x1b\\\x1b[1;1H",
        "\x1b[1;1H\x1b[38;2;1;2;3;48;5;9;1;3;7;21;53mx\x1b[0m\x1b[1;1H",
        "\x1b[2;3H世界👍e\u0301\x1b[1;1H",
        "\x1b[3;3H",
    ],
)
def test_frames(frame: str) -> None:
    assert Screen(12, 3).draw(frame)


@pytest.mark.parametrize(
    "other",
    [
        "\x1b[2J",
        "\x1b[?1049h",
        "\x07",
        "\x1b[1;1Habc\tdef\x1b[1;1H",
        "\x1b[1;1Habc\x9b31m\x1b[1;1H",
        "\x1b[1;1H\x1b[4:3mcurly\x1b[0m\x1b[1;1H",
        "\x1b[1;1H\x1b[58;5;1mx\x1b[0m\x1b[1;1H",
        "\x1b[1;1H\x1b[?25h\x1b[1;1H",
        "\x1b[1;1Habc\x1b[K\x1b[1;1H",
        "\x1b_Gf=100;AAAA\x1b\\",
        "\x1bPq#0\x1b\\",
        "\x1b]1337;File=inline=1:AAAA\x07",
        "\x1b[1;1Habc\x1b]52;c;AAAA\x07\x1b[1;1H",
        "\x1b[1;1Habc\x1b",
        "\x1b[1;1Habc\x1b[",
    ],
)
def test_what_is_no_frame_changes_nothing(other: str) -> None:
    screen = drawn("\x1b[1;1H\x1b[1mbefore\x1b[0m\x1b[2;2H")
    screen.touched = set()
    lines, cursor = list(screen.lines), screen.cursor
    assert not screen.draw(other)
    assert screen.lines == lines
    assert screen.cursor == cursor
    assert screen.touched == set()


def test_no_frame_in_its_middle_draws_not_even_its_beginning() -> None:
    screen = Screen(12, 3)
    assert not screen.draw("\x1b[1;1Habc\x1b[0m\x1b[2;1H\x1b[58;5;1mx\x1b[0m\x1b[1;1H")
    assert shown_anew(screen) == ["", "", ""]
    assert screen.touched == set()


def test_the_cursor_is_where_the_frame_left_it() -> None:
    assert drawn("\x1b[1;1Habc\x1b[2;5H").cursor == (4, 1)


def test_touched_lines() -> None:
    assert drawn("\x1b[1;1Habc\x1b[0m\x1b[3;1Hx\x1b[2;1H").touched == {0, 2}


def test_text_beyond_the_edges_stays_out() -> None:
    screen = drawn("\x1b[9;1Hbelow\x1b[0m\x1b[2;10Habcdef\x1b[1;1H")
    # behind the last column each character takes the place of the one before: nothing wraps
    assert shown_anew(screen) == ["", "         abf", ""]


def test_cells_that_are_sure() -> None:
    screen = drawn("\x1b[1;1H\x1b[31mab世界é─\x1b[0m\x1b[1;1H")
    assert screen.lines[0].raw is None
    assert shown_anew(screen)[0] == "ab世界é─"


@pytest.mark.parametrize("text", ["e\u0301", "👍", "❤️", "🇩🇪", "क्षि", "ไทย", "\u200d"])
def test_a_line_with_a_text_that_is_counted_differently_is_kept_as_written(text: str) -> None:
    screen = drawn(f"\x1b[1;1Hab{text}cd\x1b[1;1H")
    assert screen.lines[0].raw is not None
    assert shown_anew(screen)[0] == f"ab{text}cd"
    screen.draw("\x1b[1;1Hplain again \x1b[1;1H")
    assert screen.lines[0].raw is None, "written over from edge to edge, the line is sure again"


def test_half_of_a_wide_character_is_not_sure_until_the_line_is_written_anew() -> None:
    screen = drawn("\x1b[1;1H世界世界世界\x1b[1;1H", "\x1b[1;4Hx\x1b[1;1H")
    assert screen.lines[0].raw is not None
    assert shown_anew(screen)[0] == "世 x世界世界"
    screen.draw("\x1b[1;1H世界世界世界\x1b[1;1H")
    assert screen.lines[0].raw is None


def test_sure_lines_do_not_grow_and_neither_do_others() -> None:
    screen = Screen(12, 1)
    for _ in range(50):
        screen.draw("\x1b[1;1H👍 whole line\x1b[1;1H")
        screen.draw("\x1b[1;5Hx\x1b[1;1H")
    raw = screen.lines[0].raw
    assert raw is not None
    assert len(raw) < 10


def test_parts_of_an_unsure_line_do_not_pile_up() -> None:
    """A clock in a line with a picture: only the clock is written again and again."""
    screen = drawn("\x1b[1;1H👍 whole line\x1b[1;1H")
    for second in range(1000):
        screen.draw(f"\x1b[1;5H{second % 60:02}\x1b[1;1H")
    raw = screen.lines[0].raw
    assert raw is None or len(raw) < 100


def test_what_stands_behind_a_sequence_of_emoji_is_kept() -> None:
    # Textual counts the pair as 2 cells, character by character it has 4
    screen = drawn("\x1b[1;1H♥bcdefghijkl\x1b[1;1H", "\x1b[1;1H👨\u200d👩xxxxxxxx\x1b[1;1H")
    assert shown_anew(screen)[0] == "👨\u200d👩xxxxxxxxkl"
