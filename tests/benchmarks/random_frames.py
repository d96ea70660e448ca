"""Random screens drawn by Textual and by the lean driver, compared after every frame.

    python -m tests.benchmarks.random_frames [PIECES] [--first SEED] [--steps 12] [--tmux]

Each piece is a screen of panels and some steps: scrolling, overlays, other texts, another size, frames that a slow
link skips. It is played to every emulator of `tests/tui/terminal/emulator.py`, or with --tmux to two panes of a
private tmux server. The first pieces that look different are printed; then the exit code is 1.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields, replace
from itertools import product
from pathlib import Path

from cotui.tui.engine.terminal.abilities import Abilities, abilities_of
from tests.benchmarks import options
from tests.tui.terminal.duet import Frame, Piece, Terminal, play, random_piece
from tests.tui.terminal.emulator import TERMINALS, Emulator
from tests.tui.terminal.texts import SURE
from tests.tui.terminal.tmux import Tmux, missing

#: after so many differences there is enough to look at
ENOUGH = 3
INSIDE_TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-1000/default,1,0"}


class Totals:
    """Counts what was compared."""

    def __init__(self) -> None:
        self.frames = self.stock = self.ours = 0

    def add(self, frame: Frame) -> None:
        """One more frame."""
        self.frames += 1
        self.stock += len(frame.stock.encode())
        self.ours += len(frame.ours.encode())


def emulators(piece: Piece, seed: int) -> Iterator[tuple[str, Abilities, Terminal, Terminal, bool]]:
    """Terminals to play a piece to: all kinds of them, with one set of abilities each."""
    names = [field.name for field in fields(Abilities)]
    every = [dict(zip(names, able, strict=True)) for able in product((True, False), repeat=len(names))]
    for number, (name, habits) in enumerate(TERMINALS.items()):
        abilities = Abilities(**every[(seed + 3 * number) % len(every)])
        own = replace(habits, erases_in_colour=abilities.erases_in_colour)
        stock, ours = (Emulator(piece.columns, piece.rows, own) for _ in range(2))
        yield name, abilities, stock, ours, own.agrees(piece.kinds)


def main() -> None:
    """Play pieces until enough differ."""
    parser = options.parser(__doc__)
    parser.add_argument("pieces", type=int, nargs="?", default=200)
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--tmux", action="store_true")
    words = options.options(parser, pieces=3, steps=6)
    if words.tmux and missing():
        print(missing(), file=sys.stderr)
        sys.exit(options.LACKING)
    totals, different = Totals(), 0
    with ExitStack() as stack:
        server = None
        if words.tmux:
            home = stack.enter_context(tempfile.TemporaryDirectory())
            server = stack.enter_context(Tmux(Path(home), 40, 10))
        for seed in range(words.first, words.first + words.pieces):
            piece = random_piece(seed, words.steps)
            if server is None:
                games = list(emulators(piece, seed))
            else:
                for pane in server.panes:
                    pane.clear()
                    pane.set_size(piece.columns, piece.rows)
                agreed = set(piece.kinds) <= set(SURE)
                games = [("tmux", abilities_of(INSIDE_TMUX), *server.panes, agreed)]
            for name, abilities, stock, ours, agreed in games:
                found = play(piece, abilities, stock, ours, agreed=agreed, seen=totals.add)
                if found:
                    different += 1
                    print(f"seed {seed}, {name}, {abilities}: {found}\n", flush=True)
            if different >= ENOUGH:
                break
    print(
        f"{totals.frames} frames, {totals.stock} bytes by Textual, {totals.ours} by us, {different} different"
    )
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
