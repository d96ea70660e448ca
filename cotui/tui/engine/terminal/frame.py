"""A frame as Textual writes it, taken apart into pieces of lines."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from cotui.tui.engine.terminal.glyphs import UNSURE, width
from cotui.tui.engine.terminal.styles import PLAIN, UnknownStyleError, ground_of, linked, read_sgr

#: the right half of a wide character
TAIL: Final = "\x00"

_PLACE: Final = re.compile(r"\x1b\[([0-9]{0,5})(?:;([0-9]{0,5}))?H")
#: a style and mostly the text in it and the end of it, a hyperlink, or bare text
_TOKEN: Final = re.compile(
    r"\x1b\[([0-9;]*)m(?:([^\x00-\x1f\x7f-\x9f]+)(?:(\x1b\[0m))?)?"
    r"|\x1b\]8;([^\x00-\x1f\x7f-\x9f]*)(?:\x1b\\|\x07)"
    r"|([^\x00-\x1f\x7f-\x9f]+)"
)


class Operation(NamedTuple):
    """A piece of text as Textual wrote it.

    Attributes:
        x: column it was placed at; None where it just follows the piece before it.
        text: the characters.
        style: code of how they look.
    """

    x: int | None
    text: str
    style: str


class Piece(NamedTuple):
    """What was written at one place of a line.

    Attributes:
        operations: as Textual wrote them.
        chars: text of the cells, one character each; `TAIL` for the right half of a wide one.
        styles: codes of the cells' styles.
        sure: whether every terminal fills these cells with this text.
    """

    operations: tuple[Operation, ...]
    chars: str
    styles: str
    sure: bool


class Placed(NamedTuple):
    """A piece with the row and the column it starts at."""

    row: int
    column: int
    piece: Piece


class NoFrameError(ValueError):
    """What was written is no frame: it holds something other than text, styles and places."""


def pieces_of(frame: str, rows: int) -> list[Placed]:
    """Take a frame apart. The last piece is empty where the frame ends by placing the cursor.

    Args:
        rows: lines of the screen; a line feed on the last one would scroll it.

    Raises:
        NoFrameError: it is none.
    """
    before, *parts = _PLACE.split(frame)
    if before:
        raise NoFrameError(before)
    placed = []
    for row, column, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        y, x = int(row or 1), int(column or 1)
        if text and text[-1] == "\n":
            # what follows is placed anew; a line feed only matters where it scrolls
            trimmed = text.rstrip("\n")
            if y + len(text) - len(trimmed) > rows:
                raise NoFrameError(text)
            text = trimmed
        placed.append(Placed(y - 1 if y else 0, x - 1 if x else 0, _piece(text)))
    return placed


# A table that scrolls writes the lines it wrote before at other places: they are read once.
@lru_cache(1024)
def _piece(text: str) -> Piece:
    style = PLAIN
    operations: list[Operation] = []
    chars: list[str] = []
    styles: list[str] = []
    sure = True
    end = 0
    for token in _TOKEN.finditer(text):
        if token.start() != end:
            break
        end = token.end()
        sgr, styled, reset, address, bare = token.groups()
        try:
            if address is not None:
                style = linked(address, style)
                continue
            if sgr is not None:
                style = read_sgr(sgr, style)
        except UnknownStyleError:
            raise NoFrameError(text) from None
        words = styled or bare
        if words:
            cells, agreed = (words, True) if words.isascii() else cells_of(words)
            sure = sure and agreed
            operations.append(Operation(None, words, style))
            chars.append(cells)
            styles.append(styles_of(cells, style))
            if reset:
                style = read_sgr("0", style)
    if end != len(text) or style != PLAIN:
        raise NoFrameError(text)
    return Piece(tuple(operations), "".join(chars), "".join(styles), sure)


def styles_of(cells: str, style: str) -> str:
    """The cells' styles when all are written in one: of blanks only what is seen of them."""
    ground = ground_of(style)
    if ground == style or " " not in cells:
        return style * len(cells)
    return "".join([ground if char == " " else style for char in cells])


def cells_of(text: str) -> tuple[str, bool]:
    """The cells of a text, and whether every terminal agrees about them. If not, they are as many as Textual counts."""
    chars: list[str] = []
    sure = True
    for char in text:
        size = width(char)
        if size == UNSURE:
            sure = False
            break
        chars.append(char if size == 1 else char + TAIL)
    if sure:
        return "".join(chars), True
    from rich.cells import cell_len

    # which cell shows what is not known; where the text ends is, and what is left of these is never compared
    return text[0] * cell_len(text), False
