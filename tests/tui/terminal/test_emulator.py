"""The emulator that drivers are compared on does what terminals do (xterm's control sequences, ECMA-48)."""

from __future__ import annotations

import pytest

from tests.tui.terminal.emulator import Cell, Emulator, Habits
from tests.tui.terminal.pen import PLAIN

RED = PLAIN.after(41)


def shown(text: str, columns: int = 6, lines: int = 3, **habits: object) -> list[str]:
    """The lines that a text leaves."""
    emulator = Emulator(columns, lines, Habits(**habits))  # type: ignore[arg-type]
    emulator.feed("\x1b[?7l" + text)
    return [line.rstrip() for line in emulator.display]


def test_lines_move_within_their_region_only() -> None:
    text = "a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[S\x1b[r"
    assert shown(text, lines=4) == ["a", "c", "", "d"]
    assert shown(text.replace("S", "T"), lines=4) == ["a", "", "b", "d"]
    assert shown(text + "x", lines=4) == ["x", "c", "", "d"], "setting the region moves the cursor home"


def test_a_line_feed_on_the_last_line_scrolls() -> None:
    assert shown("a\nb\nc\nd") == ["b", "c", "d"]


def test_a_character_repeats() -> None:
    assert shown("x\x1b[3b|") == ["xxxx|", "", ""]
    with pytest.raises(AssertionError):
        shown("x\x1b[1G\x1b[3b")


def test_nothing_wraps_while_that_is_off() -> None:
    assert shown("abcdefgh") == ["abcdeh", "", ""]
    assert shown("abcde世") == ["abcde", "", ""]
    assert shown("\x1b[?7habcdefgh") == ["abcdef", "gh", ""]


@pytest.mark.parametrize("sequence", ["\x1b[K", "\x1b[6X", "\x1b[2J", "\x1b[6S"])
def test_what_is_erased_takes_the_ground_of_the_pen_where_the_terminal_does_that(sequence: str) -> None:
    for colour, habits in ((RED, Habits()), (PLAIN, Habits(erases_in_colour=False))):
        emulator = Emulator(6, 3, habits)
        emulator.feed(f"\x1b[1;33;41m{sequence}")
        assert emulator.picture()[0] == [Cell(" ", colour)] * 6


def test_half_of_a_wide_character_does_not_stay() -> None:
    assert shown("世界\x1b[2Gx") == [" x界", "", ""]
    assert shown("世界\x1b[3Gx") == ["世x", "", ""]
    assert shown("世界\x1b[2Gx", keeps_halves=True) == ["世x界", "", ""]
    assert shown("世界\x1b[3G\x1b[X") == ["世", "", ""]


def test_marks_join_what_was_written_before() -> None:
    assert shown("e\u0301x") == ["e\u0301x", "", ""]
    assert shown("ex\x1b[2G\u0301") == ["e\u0301x", "", ""]
    assert shown("ex\x1b[2G\u0301", joins_anywhere=False) == ["ex", "", ""]


def test_sequences_of_emoji_are_one_picture_where_the_terminal_does_that() -> None:
    family, flag, key = "👩\u200d👧", "🇩🇪", "1\ufe0f\u20e3"
    assert shown(f"{family}{flag}{key}") == [f"{family}{flag}{key}", "", ""]
    emulator = Emulator(8, 1)
    emulator.feed(f"\x1b[?7l{family}{flag}{key}")
    assert emulator.place == (6, 0)
    separate = Emulator(8, 1, Habits(clusters=False))
    separate.feed(f"\x1b[?7l{family}")
    assert separate.place == (4, 0)


def test_links_and_attributes_are_kept_with_the_cell() -> None:
    emulator = Emulator(6, 1)
    emulator.feed("\x1b]8;id=1;https://example.org\x1b\\\x1b[1;4;38;5;9ma\x1b]8;;\x1b\\\x1b[mb")
    first, second = emulator.picture()[0][:2]
    assert first == Cell("a", PLAIN.after(1, 4, 38, 5, 9).linked("id=1;https://example.org"))
    assert second == Cell("b")


def test_the_alternate_screen_is_another_one() -> None:
    emulator = Emulator(6, 2)
    emulator.feed("shell\x1b[?1049h\x1b[Happ")
    assert emulator.alternate
    assert [line.rstrip() for line in emulator.display] == ["app", ""]
    emulator.feed("\x1b[31m\x1b[?1049l")
    assert not emulator.alternate
    assert emulator.place == (5, 0)
    assert emulator.display[0].rstrip() == "shell"
    assert emulator.pen == PLAIN.after(31), "not every terminal brings the pen back"


def test_of_a_blank_only_what_can_be_seen_counts() -> None:
    emulator = Emulator(3, 1)
    emulator.feed("\x1b[1;3;31;41m \x1b[7m \x1b[;31;4m ")
    assert emulator.picture()[0] == [
        Cell(" ", RED), Cell(" ", PLAIN.after(7, 31, 41)), Cell(" ", PLAIN.after(4, 31)),
    ]  # fmt: skip


def test_sequences_may_come_in_parts() -> None:
    emulator = Emulator(6, 1)
    for char in "\x1b[31m\x1b]8;;https://example.org\x1b\\a\x1b]8;;\x1b\\b\x1b[?2026$p\x1b[>1uc":
        emulator.feed(char)
    assert emulator.display == ["abc   "]
    assert emulator.picture()[0][0].pen.link == ";https://example.org"


def test_a_text_goes_on_in_a_window_that_became_smaller_meanwhile() -> None:
    emulator = Emulator(20, 5)
    emulator.feed("\x1b[5;18Hxy")
    emulator.resize(2, 4)
    emulator.feed("z\u0301")
    assert emulator.display[1].endswith("z\u0301")
