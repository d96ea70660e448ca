"""The same frames drawn twice: as Textual writes them, and through the lean driver's screen and painter."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final, Protocol

from cotui.tui.engine.terminal.abilities import Abilities
from cotui.tui.engine.terminal.painter import Painter
from cotui.tui.engine.terminal.screen import Screen
from tests.tui.terminal.emulator import Cell
from tests.tui.terminal.stage import Stage
from tests.tui.terminal.texts import PALETTES, SURE, WORDS, Words

#: what Textual sends before its first frame, as far as cells are concerned
PREPARED: Final = "\x1b[?1049h\x1b[?25l\x1b[?7l"
STEPS: Final = (*Stage.STEPS, "resize", "forget")


class Shown(Protocol):
    """What can be looked at."""

    def picture(self) -> list[list[Cell]]:
        """All that can be seen."""


class Terminal(Shown, Protocol):
    """What frames are sent to."""

    def write(self, data: str) -> tuple[int, int]:
        """Show it; column and line of the cursor then."""

    def set_size(self, columns: int, lines: int) -> None:
        """Give the window another size."""


@dataclass(frozen=True)
class Step:
    """Something that happens.

    Attributes:
        name: one of `STEPS`.
        seed: of all that is random in it.
        busy: the link is slow: this frame is drawn, but not painted.
    """

    name: str
    seed: int
    busy: bool = False


@dataclass(frozen=True)
class Piece:
    """What is played.

    Attributes:
        columns: cells of a line.
        rows: lines.
        kinds: kinds of words.
        palette: of colours.
        seed: of the first screen.
        steps: what happens then.
    """

    columns: int
    rows: int
    kinds: tuple[str, ...]
    palette: str
    seed: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Frame:
    """One frame.

    Attributes:
        stock: what Textual writes; "" where only the driver does something.
        ours: what we write; "" while the link is busy.
        busy: whether it is.
        size: columns and rows, None where they have not changed.
        unsure: lines with texts that terminals count differently.
        cursor: column and row of the cursor in the end.
    """

    stock: str
    ours: str
    busy: bool
    size: tuple[int, int] | None
    unsure: frozenset[int]
    cursor: tuple[int, int]


def random_piece(seed: int, steps: int = 12) -> Piece:
    """A piece for runs by the thousand."""
    random = Random(seed)
    kinds = random.choice((SURE, tuple(WORDS), ("ascii", random.choice(tuple(WORDS)))))
    chosen = [
        Step(random.choice(STEPS), random.randrange(1 << 20), random.random() < 0.2) for _ in range(steps)
    ]
    size = random.randrange(6, 42), random.randrange(3, 13)
    return Piece(*size, kinds, random.choice(PALETTES), random.randrange(1 << 20), tuple(chosen))


def frames_of(piece: Piece, abilities: Abilities) -> list[Frame]:
    """Draw a piece.

    Args:
        piece: what to draw.
        abilities: of the terminal, as far as the painter knows.
    """
    words = Words(piece.kinds, piece.palette)
    stage = Stage(piece.columns, piece.rows, words, piece.palette, Random(piece.seed))
    screen, painter = Screen(piece.columns, piece.rows), Painter(abilities)
    frames: list[Frame] = []

    def draw(stock: str, *, busy: bool, size: tuple[int, int] | None = None) -> None:
        if stock:
            assert screen.draw(stock), f"not taken for a frame: {stock!r}"
        ours = ""
        if not busy:
            touched, screen.touched = screen.touched, set()
            ours = painter.paint(screen, touched)
            if screen.cursor != (0, 0):  # as the driver does it: Textual leaves it in the corner otherwise
                ours += painter.place_cursor(*screen.cursor)
        unsure = frozenset(y for y, line in enumerate(screen.lines) if line.raw is not None)
        frames.append(Frame(stock, ours, busy, size, unsure, screen.cursor))

    draw(stage.full(Random(0)), busy=False)
    for number, step in enumerate(piece.steps, 1):
        random = Random(step.seed)
        busy = step.busy and number < len(piece.steps)  # the last frame always arrives
        if step.name == "resize":
            size = random.randrange(6, 42), random.randrange(3, 13)
            frame = stage.resize(*size, random)
            screen = Screen(*size)
            painter.forget()  # as the driver does it: the terminal may have been smaller in between
            draw(frame, busy=busy, size=size)
        elif step.name == "forget":
            painter.forget()
            draw("", busy=busy)
        else:
            draw(stage.step(step.name, random), busy=busy)
    return frames


_CUT_OFF: Final = re.compile("\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])")


def play(
    piece: Piece,
    abilities: Abilities,
    stock: Terminal,
    ours: Terminal,
    *,
    agreed: bool,
    seen: Callable[[Frame], None] = lambda _: None,
) -> str:
    """Play a piece to two terminals.

    Where a terminal counts a text otherwise than Textual, what is left behind it in its line depends on the frames
    before. So when one of the two has missed a frame, such lines are not compared, unless it is known that the
    terminals count as Textual does.

    Args:
        piece: what to play.
        abilities: of the terminals, as far as the painter knows.
        stock: what shows Textual's own output.
        ours: what shows ours.
        agreed: whether these terminals count every text of the piece as Textual does.
        seen: told of every frame.

    Returns:
        How what they show differs first, "" when it never does.
    """
    stock.write(PREPARED)
    ours.write(PREPARED)
    missed = False
    for number, frame in enumerate(frames_of(piece, abilities)):
        if frame.size:
            stock.set_size(*frame.size)
            ours.set_size(*frame.size)
        wanted, got = stock.write(frame.stock), ours.write(frame.ours)
        seen(frame)
        missed = missed or frame.busy or bool(frame.size) or not frame.stock
        # where Textual cuts an emoji off behind its joiner, terminals join whatever they are sent next
        agreed = agreed and not _CUT_OFF.search(frame.stock)
        if frame.busy:
            continue
        found = difference(stock, ours, frame.unsure if missed and not agreed else frozenset())
        if not found and frame.cursor != (0, 0) and got != wanted:
            found = f"the cursor is at {got}, not at {wanted}"
        if found:
            name = piece.steps[number - 1].name if number else "the first frame"
            return f"after step {number} ({name}), {found}\n  stock {frame.stock!r}\n  ours  {frame.ours!r}"
    return ""


def difference(stock: Shown, ours: Shown, but: frozenset[int] = frozenset()) -> str:
    """Where two terminals show something different, in other lines than some; "" where nothing is."""
    for y, (wanted, got) in enumerate(zip(stock.picture(), ours.picture(), strict=True)):
        if wanted != got and y not in but:
            x = next(x for x, cell in enumerate(wanted) if cell != got[x])
            return (
                f"line {y}, column {x}: {wanted[x]} became {got[x]}\n"
                f"  stock |{_text(wanted)}|\n  ours  |{_text(got)}|"
            )
    return ""


def _text(line: list[Cell]) -> str:
    return "".join(cell.text for cell in line)
