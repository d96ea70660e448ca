"""A frame taken apart: where its pieces stand, what their cells are, and what is no frame."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from cotui.tui.engine.terminal.frame import TAIL, NoFrameError, cells_of, pieces_of, styles_of
from cotui.tui.engine.terminal.styles import PLAIN, ground_of, read_sgr

RED = read_sgr("31", PLAIN)
ON_RED = read_sgr("41", PLAIN)


def test_pieces_stand_where_they_were_placed() -> None:
    pieces = pieces_of("\x1b[1;1Hab\n\x1b[2;3H\x1b[31mc\x1b[0m\x1b[3;4H", 3)
    assert [(piece.row, piece.column, piece.piece.chars) for piece in pieces] == [
        (0, 0, "ab"),
        (1, 2, "c"),
        (2, 3, ""),
    ]
    assert pieces[1].piece.styles == RED


@pytest.mark.parametrize("place", ["\x1b[H", "\x1b[0H", "\x1b[1;H", "\x1b[;1H", "\x1b[0;0H"])
def test_what_is_left_out_of_a_place_is_the_first(place: str) -> None:
    (piece,) = pieces_of(f"{place}x", 1)
    assert (piece.row, piece.column) == (0, 0)


def test_a_line_feed_may_not_scroll() -> None:
    assert pieces_of("\x1b[2;1Hx\n\x1b[1;1H", 3)
    assert pieces_of("\x1b[1;1Hx\n\n\x1b[1;1H", 3)
    for frame in ("\x1b[3;1Hx\n\x1b[1;1H", "\x1b[2;1Hx\n\n\x1b[1;1H"):
        with pytest.raises(NoFrameError):
            pieces_of(frame, 3)


@pytest.mark.parametrize(
    "frame",
    [
        "x",
        "\x1b[1;1Hx\x1b[2K",
        "\x1b[1;1Ha\nb",
        "\x1b[1;1H\x1b[31mleft open",
        "\x1b[1;1H\x1b[999mx\x1b[0m",
        "\x1b[123456;1Hx",
    ],
)
def test_what_is_not_known_is_no_frame(frame: str) -> None:
    with pytest.raises(NoFrameError):
        pieces_of(frame, 3)


def test_a_wide_character_has_a_tail() -> None:
    assert cells_of("a会b") == (f"a会{TAIL}b", True)


@pytest.mark.parametrize("text", ["👨\u200d👩\u200d👧", "e\u0301", "☺\ufe0f"])
def test_where_terminals_differ_there_are_as_many_cells_as_textual_counts(text: str) -> None:
    cells, sure = cells_of(text)
    assert (len(cells), sure) == (cell_len(text), False)
    (piece,) = pieces_of(f"\x1b[1;1Hab{text}", 1)
    assert not piece.piece.sure
    assert len(piece.piece.chars) == 2 + cell_len(text)


def test_of_a_blank_only_its_ground_is_seen() -> None:
    for style in (PLAIN, RED, ON_RED):
        assert styles_of("a b", style) == style + ground_of(style) + style
    assert styles_of("   ", RED) == styles_of("   ", PLAIN)
    assert styles_of("   ", ON_RED) != styles_of("   ", PLAIN)
