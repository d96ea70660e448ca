"""The screen as Textual draws it: a grid of cells that frames are read into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cotui.tui.engine.terminal.frame import (
    TAIL,
    NoFrameError,
    Operation,
    Piece,
    cells_of,
    pieces_of,
    styles_of,
)
from cotui.tui.engine.terminal.styles import EMPTY


class ScreenLine:
    """One line of the screen; it never changes, a changed line is another one.

    While `raw` is None the cells are known. A line with characters that terminals count differently is
    redrawn with exactly what Textual wrote: `raw` then holds that, on top of `base`.

    Attributes:
        chars: a character for each cell; `TAIL` for the right half of a wide one.
        styles: code of each cell's style.
        raw: what was written since the cells stopped being sure, None while they are.
        base: the line as it was before that; None once all of it has been written over.
    """

    __slots__ = ("base", "chars", "raw", "styles")

    def __init__(
        self,
        chars: str,
        styles: str,
        raw: tuple[Operation, ...] | None = None,
        base: ScreenLine | None = None,
    ) -> None:
        self.chars = chars
        self.styles = styles
        self.raw = raw
        self.base = base

    @classmethod
    def blank(cls, columns: int, style: str = EMPTY) -> ScreenLine:
        """A line of nothing but blanks of one style."""
        return cls(" " * columns, style * columns)

    def same(self, other: ScreenLine) -> bool:
        """Whether it looks the same on every terminal."""
        if self is other:
            return True
        if self.raw is None:
            return other.raw is None and self.chars == other.chars and self.styles == other.styles
        return self.raw == other.raw and self.base is other.base


class _Cover:
    """How much of an unsure line one frame has written anew, from the left edge without a gap."""

    __slots__ = ("older", "reach", "sure")

    def __init__(self, reach: int, *, sure: bool, older: int | None) -> None:
        self.reach = reach
        self.sure = sure
        #: operations of the frames before; None when the line became unsure in this frame
        self.older = older


class Screen:
    """What the app wants to be seen."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self.lines = [ScreenLine.blank(columns)] * rows
        #: lines that were written to since they were last painted
        self.touched: set[int] = set()
        #: column and row of the terminal's cursor after the last frame
        self.cursor = (0, 0)

    def draw(self, frame: str) -> bool:
        """Read a frame into the cells; False, and nothing is drawn, when it is no frame."""
        try:
            placed = pieces_of(frame, self.rows)
        except NoFrameError:
            return False
        covers: dict[int, _Cover] = {}
        lines, columns = self.lines, self.columns
        for y, x, piece in placed:
            end = x + len(piece.chars)
            if y >= self.rows or not piece.operations:
                continue
            line = lines[y]
            if line.raw is None and self._fits(line, x, end, piece):
                chars, styles = piece.chars, piece.styles
                if end - x < columns:
                    chars = line.chars[:x] + chars + line.chars[end:]
                    styles = line.styles[:x] + styles + line.styles[end:]
                lines[y] = ScreenLine(chars, styles)
            else:
                self._write_unsure(x, y, piece.operations, covers)
            self.touched.add(y)
        if placed:
            self.cursor = (placed[-1].column + len(placed[-1].piece.chars), placed[-1].row)
        return True

    def _fits(self, line: ScreenLine, x: int, end: int, piece: Piece) -> bool:
        """Whether the cells of a line stay sure when a piece is written into it."""
        if not piece.sure or end > self.columns:
            return False
        return TAIL not in line.chars or not _cuts(line.chars, x, end)

    def _write_unsure(
        self, x: int, y: int, operations: Iterable[Operation], covers: dict[int, _Cover]
    ) -> None:
        """Write into a line of which not every terminal shows the same, or will from now on.

        All of a piece is kept as it was written: a character without a width joins what was written before it.
        """
        placed = True
        for _, text, style in operations:
            x = self._put(y, Operation(x if placed else None, text, style), x, covers)
            placed = False

    def _put(self, y: int, operation: Operation, x: int, covers: dict[int, _Cover]) -> int:
        """Write one text of one style into a line; the column behind it."""
        line = self.lines[y]
        text, style = operation.text, operation.style
        chars, sure = (text, True) if text.isascii() else cells_of(text)
        styles = styles_of(chars, style)
        end = x + len(chars)
        raw, base = line.raw, line.base
        if raw is None:
            base, raw = line, ()
            covers[y] = _Cover(x, sure=False, older=None)
        cover = covers.get(y)
        if cover is None:
            cover = covers[y] = _Cover(0, sure=True, older=len(raw))
        if sure and operation.x is not None:
            hidden = _hidden(raw, x, end)
            if cover.older is not None:
                cover.older -= sum(index < cover.older for index in hidden)
            raw = tuple(old for index, old in enumerate(raw) if index not in hidden)
        raw = (*raw, operation)
        stop = min(end, self.columns)
        shown_chars, shown_styles = line.chars, line.styles
        if x < stop:
            shown_chars = shown_chars[:x] + chars[: stop - x] + shown_chars[stop:]
            shown_styles = shown_styles[:x] + styles[: stop - x] + shown_styles[stop:]
        known = False
        if x <= cover.reach:
            cover.reach = max(cover.reach, end)
            cover.sure = cover.sure and sure and end <= self.columns
            if cover.reach >= self.columns:
                known = cover.sure
                if cover.older is not None:
                    # all of it has been written over: what was there before shows no more
                    raw = raw[cover.older :]
                    base, cover.older = None, 0
        self.lines[y] = (
            ScreenLine(shown_chars, shown_styles)
            if known
            else ScreenLine(shown_chars, shown_styles, raw, base)
        )
        return end


def _hidden(raw: Sequence[Operation], x: int, end: int) -> set[int]:
    """Which operations are written over, on every terminal, by a text from `x` up to `end`."""
    hidden = set()
    for index, (start, text, _) in enumerate(raw):
        followed = index + 1 < len(raw) and raw[index + 1].x is None
        if start is not None and start >= x and not followed:
            cells, sure = cells_of(text)
            if sure and start + len(cells) <= end:
                hidden.add(index)
    return hidden


def _cuts(chars: str, x: int, end: int) -> bool:
    """Whether writing here leaves half of a wide character."""
    return chars[x : x + 1] == TAIL or chars[end : end + 1] == TAIL
