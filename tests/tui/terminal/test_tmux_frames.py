"""As `test_random_frames.py`, in a real terminal: two panes of a private tmux server, captured after every frame."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cotui.tui.engine.terminal.abilities import Abilities, abilities_of
from tests.tui.terminal.duet import Piece, play, random_piece
from tests.tui.terminal.emulator import Cell
from tests.tui.terminal.pen import PLAIN, pen_after
from tests.tui.terminal.texts import SURE
from tests.tui.terminal.tmux import Pane, Tmux, missing

pytestmark = [
    pytest.mark.xdist_group("tmux"),
    pytest.mark.skipif(bool(missing()), reason=missing() or "tmux is there"),
]

INSIDE = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-1000/default,1,0"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tmux]:
    """Two panes."""
    with Tmux(tmp_path_factory.mktemp("tmux"), 30, 8) as made:
        yield made


def differs(server: Tmux, piece: Piece, abilities: Abilities) -> str:
    """How the two panes differ first."""
    for pane in server.panes:
        pane.clear()
        pane.set_size(piece.columns, piece.rows)
    agreed = set(piece.kinds) <= set(SURE)
    stock, ours = server.panes
    return play(piece, abilities, stock, ours, agreed=agreed)


@pytest.mark.parametrize("seed", [2, 5, 11])
def test_random_frames(server: Tmux, seed: int) -> None:
    assert not differs(server, random_piece(seed, 6), abilities_of(INSIDE))


def test_an_erasure_in_colour_that_cuts_a_wide_character(server: Tmux) -> None:
    # found by a random piece: the right half stays, and writing over it took the ground of its neighbour
    found = differs(server, random_piece(294), Abilities())
    assert not found


def test_what_a_pane_tells(server: Tmux, tmp_path: Path) -> None:
    """The comparison sees texts, styles and erased cells."""
    pane: Pane = server.panes[0]
    pane.clear()
    pane.set_size(10, 3)
    place = pane.write("\x1b[?1049h\x1b[1;31mab\x1b[m世\x1b[44m\x1b[K\x1b[2;1H\x1b[4;21mx\x1b[53my")
    first, second, _ = (line[:10] for line in pane.picture())
    blue = Cell(" ", PLAIN.after(44))
    bold = PLAIN.after(1, 31)
    assert first == [Cell("a", bold), Cell("b", bold), Cell("世"), Cell(""), *[blue] * 6]
    assert second[0] == Cell("x", pen_after("\x1b[44;21m"))
    assert second[1] == Cell("y", pen_after("\x1b[44;21;53m"))
    assert place == (2, 1)
