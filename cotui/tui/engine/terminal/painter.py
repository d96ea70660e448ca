"""From the cells that a terminal shows to those it is to show: the fewest bytes that lead there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import ne, or_
from typing import Final

from cotui.tui.engine.terminal.abilities import Abilities
from cotui.tui.engine.terminal.frame import TAIL
from cotui.tui.engine.terminal.screen import Screen, ScreenLine
from cotui.tui.engine.terminal.scrolling import Scroll, find_scroll
from cotui.tui.engine.terminal.styles import EMPTY, PLAIN, ground_of, pen_of, style_of, transition

#: fewest lines that have to change together before a scroll is looked for
LEAST_SCROLL: Final = 4
#: longest stretch of unchanged cells that is written again rather than moved over (CSI n C has four bytes)
_BRIDGE: Final = 4
#: blanks between words that are erased and moved over: ECH and CUF have up to five bytes each
_MANY_BLANKS: Final = 11
_BLANKS: Final = re.compile(" {5,}")
#: stretches of blanks on one ground from which it may pay to erase the whole line first
_WORTH_ERASING: Final = 2
#: runs of one character of one cell: boxes and bars among them only where the terminal repeats those too
_REPEATED: Final = re.compile("([ -~])\\1{4,}")
_REPEATED_ANY: Final = re.compile("([ -~\u2500-\u259f])\\1{2,}")


class Painter:
    """Knows what the terminal shows, and writes what it takes to show something else."""

    def __init__(self, abilities: Abilities) -> None:
        self.abilities = abilities
        self._runs = _REPEATED_ANY if abilities.repeats_boxes else _REPEATED if abilities.repeats else None
        #: what the terminal shows; None for a line of which that is not known
        self._shown: list[ScreenLine | None] = []
        self._columns = 0
        self._pen: str | None = None
        #: where the terminal's cursor is, None when that is not known
        self._at: tuple[int, int] | None = None
        self._out: list[str] = []
        #: characters of the line that is written over, "" when they are not known
        self._under = ""

    def forget(self) -> None:
        """Something else wrote to the terminal: what it shows is not known any more."""
        self._shown = [None] * len(self._shown)
        self._pen = self._at = None

    def paint(self, screen: Screen, lines: Iterable[int] | None = None) -> str:
        """What to write so that the terminal shows this screen.

        Args:
            screen: what is to be seen.
            lines: those that may differ from what was painted last; None for all.
        """
        if len(self._shown) != screen.rows or self._columns != screen.columns:
            self._shown, self._columns = [None] * screen.rows, screen.columns
            self._pen = self._at = None
        if None in self._shown:
            lines = None
        self._out = []
        target = screen.lines
        changed = [
            y
            for y in (range(screen.rows) if lines is None else sorted(lines))
            if (shown := self._shown[y]) is None or not shown.same(target[y])
        ]
        if not changed:
            return ""
        if self._pen is None:
            self._out.append("\x1b[r\x1b[m")  # whoever wrote before us may have left a scroll region
            self._pen = PLAIN
        if self.abilities.scrolls and len(changed) >= LEAST_SCROLL:
            scroll = find_scroll(self._shown, target, changed)
            if scroll is not None:
                changed = self._scroll(scroll, target, changed)
        for y in changed:
            self._line(y, target[y], self._shown[y])
            self._shown[y] = target[y]
        if style_of(self._pen).link:
            self._use(PLAIN)  # what others write is no link
        return "".join(self._out)

    def place_cursor(self, x: int, y: int) -> str:
        """What moves the terminal's cursor there; it is hidden, but input methods look where it is."""
        self._out = []
        self._move(y, x)
        return "".join(self._out)

    def lay_down(self) -> str:
        """What gives the terminal a plain pen, as everybody else expects it."""
        self._out = []
        self._use(PLAIN)
        return "".join(self._out)

    # -- one line --------------------------------------------------------------------------

    def _line(self, y: int, new: ScreenLine, shown: ScreenLine | None) -> None:
        if new.raw is None:
            self._sure(y, new, shown)
            return
        done = 0
        if shown is not None and shown.raw is not None and shown.base is new.base:
            # what is shown and no longer wanted has been written over by what comes behind the last that is both
            there = set(map(id, shown.raw))
            done = max((n for n, old in enumerate(new.raw, 1) if id(old) in there), default=0)
        elif new.base is not None:
            self._sure(y, new.base, shown)
        elif shown is None:
            self._sure(y, ScreenLine.blank(self._columns), None)
        for x, text, style in new.raw[done:]:
            if x is not None:
                self._at = None  # as Textual does it: wherever the text before went, this one begins there
                self._move(y, x)
            self._use(style)
            self._out.append(text)
            self._at = None

    def _sure(self, y: int, new: ScreenLine, shown: ScreenLine | None) -> None:
        """Make a line look like one of which the cells are known."""
        ground, stretches = self._ground_to_erase(new)
        if shown is None or shown.raw is not None:
            self._erase_and_write(y, new, ground)
            return
        self._under = shown.chars
        spans = list(self._differences(new, shown))
        if stretches < _WORTH_ERASING or sum(end - first for first, end in spans) < self._columns // 3:
            self._spans(y, new, spans)
            return
        # two ways: from what is shown, or from nothing
        out, pen, at = self._out, self._pen, self._at
        self._out = []
        self._erase_and_write(y, new, ground)
        if shown.chars != new.chars:
            way, state = self._out, (self._pen, self._at)
            self._out, self._pen, self._at = [], pen, at
            self._under = shown.chars
            self._spans(y, new, spans)
            if sum(map(len, self._out)) > sum(map(len, way)):
                self._out, (self._pen, self._at) = way, state
        out += self._out
        self._out = out

    def _erase_and_write(self, y: int, new: ScreenLine, ground: str) -> None:
        self._move(y, 0)
        self._use_ground(ground, new.styles[0])
        self._out.append("\x1b[K")
        blank = ScreenLine.blank(self._columns, ground)
        self._under = blank.chars
        self._spans(y, new, self._differences(new, blank))

    def _spans(self, y: int, new: ScreenLine, spans: Iterable[tuple[int, int]]) -> None:
        for first, end in spans:
            self._span(y, new, first, end)

    def _ground_to_erase(self, line: ScreenLine) -> tuple[str, int]:
        """The ground that a line is best erased to before its words are written, and its stretches of blanks."""
        grounds = Counter(line.styles[blanks.start()] for blanks in _BLANKS.finditer(line.chars))
        ground, stretches = grounds.most_common(1)[0] if grounds else (EMPTY, 0)
        return (ground, stretches) if self._erasable(ground) else (EMPTY, 0)

    def _differences(self, new: ScreenLine, shown: ScreenLine) -> Iterator[tuple[int, int]]:
        """The stretches to write, with what lies between them where that is shorter than moving over it."""
        chars, styles, columns = new.chars, new.styles, self._columns
        flags = bytes(map(or_, map(ne, chars, shown.chars), map(ne, styles, shown.styles)))
        first = end = -1
        x = flags.find(1)
        while x >= 0:
            lead = x - 1 if chars[x] == TAIL else x
            if first < 0:
                first = lead
            elif lead > end and not self._bridges(styles, end, lead):
                yield first, end
                first = lead
            end = flags.find(0, x)
            if end < 0:
                end = columns
            elif chars[end] == TAIL:
                end += 1
            x = flags.find(1, end)
        if first >= 0:
            yield first, end

    @staticmethod
    def _bridges(styles: str, first: int, last: int) -> bool:
        """Whether writing the cells between two changes is shorter than moving over them."""
        if last - first > _BRIDGE:
            return False
        pen = pen_of(styles[first - 1])
        return not styles[first:last].strip(pen + ground_of(pen))

    def _span(self, y: int, line: ScreenLine, first: int, last: int) -> None:
        """Write the cells from `first` up to `last`, blanks in the shortest way."""
        chars, styles = line.chars, line.styles
        stop = last
        rest = styles[-1]
        if self._erasable(rest):
            blank_from = max(first, len(styles.rstrip(rest)))
            if (
                last - blank_from > 3
            ):  # EL has three bytes, and erases behind the span what is blank there already
                stop = blank_from
        x = first
        while x < stop:
            style = styles[x]
            end = stop - len(styles[x:stop].lstrip(style + ground_of(style)))
            if style_of(style).blank:
                self._blanks(y, x, end, styles, stop=stop, last=last)
            else:
                end = self._word_end(chars, styles, x, end, stop)
                self._write(y, x, end, chars[x:end], style)
            x = end
        if stop < last:
            self._move(y, stop)
            self._use_ground(rest, "")
            self._out.append("\x1b[K")

    def _word_end(self, chars: str, styles: str, x: int, end: int, stop: int) -> int:
        """Where to stop writing a text of one style: before blanks that are better erased."""
        many = chars.find(" " * _MANY_BLANKS, x, end)
        if many > x and self._erasable(styles[many]):
            return many
        if end == stop:
            words = x + len(chars[x:end].rstrip(" "))
            if end - words > 5 and words > x and self._erasable(styles[words]):
                return words
        return end

    def _blanks(self, y: int, x: int, end: int, styles: str, *, stop: int, last: int) -> None:
        style, count = styles[x], end - x
        self._move(y, x)
        self._use_ground(style, styles[end : end + 1] if end < stop else "")
        erase = f"\x1b[{count}X"
        ahead = end < last
        # half of a wide character must not be left behind erased cells: tmux then forgets their colour
        whole = self._under[end : end + 1] not in (TAIL, "") or end == self._columns
        if whole and self._erasable(style) and count > len(erase) + (5 if ahead else 0):
            self._out.append(erase)
        else:
            self._write_here(y, end, " " * count)

    def _write(self, y: int, x: int, end: int, cells: str, style: str) -> None:
        self._move(y, x)
        self._use(style)
        self._write_here(y, end, cells.replace(TAIL, ""))

    def _write_here(self, y: int, end: int, text: str) -> None:
        if self._runs is not None and len(text) > 2:
            text = self._runs.sub(_repeated, text)
        self._out.append(text)
        # behind the last column the cursor's place is a matter of taste
        self._at = (y, end) if end < self._columns else None

    def _erasable(self, code: str) -> bool:
        style = style_of(code)
        return style.blank and (self.abilities.erases_in_colour or style.background == "49")

    # -- pen and cursor ---------------------------------------------------------------------

    def _use(self, style: str) -> None:
        if style != self._pen and self._pen is not None:
            self._out.append(transition(self._pen, style))
            self._pen = style

    def _use_ground(self, ground: str, following: str) -> None:
        """Take a pen that leaves this ground: the present one, that of the text that follows, or the plain one."""
        assert self._pen is not None
        if ground_of(self._pen) == ground:
            return
        if following and ground_of(following) == ground and not style_of(following).blank:
            self._use(following)
        else:
            self._use(pen_of(ground))

    def _move(self, y: int, x: int) -> None:
        """The shortest way of the cursor."""
        if self._at == (y, x):
            return
        if self._at is None:
            self._out.append(_place(y, x))
        else:
            self._out.append(_way(*self._at, y, x))
        self._at = (y, x)

    # -- scrolling ---------------------------------------------------------------------------

    def _scroll(self, scroll: Scroll, target: Sequence[ScreenLine], changed: Iterable[int]) -> list[int]:
        """Move lines in the terminal; those that still have to be painted after that."""
        shown = self._shown
        top, bottom, by = scroll
        size = abs(by)
        self._use(PLAIN)
        self._out.append(
            f"\x1b[{top + 1};{bottom + 1}r\x1b[{'' if size == 1 else size}{'S' if by > 0 else 'T'}\x1b[r"
        )
        self._at = (0, 0)  # setting the region moves the cursor home
        body = shown[top : bottom + 1]
        blanks: list[ScreenLine | None] = [ScreenLine.blank(self._columns, EMPTY)] * size
        shown[top : bottom + 1] = body[by:] + blanks if by > 0 else blanks + body[:by]
        left = {y for y in changed if not top <= y <= bottom}
        left |= {y for y in range(top, bottom + 1) if (line := shown[y]) is None or not line.same(target[y])}
        return sorted(left)


def _place(y: int, x: int) -> str:
    return "\x1b[H" if not x and not y else f"\x1b[{y + 1}H" if not x else f"\x1b[{y + 1};{x + 1}H"


@lru_cache(8192)
def _way(row: int, column: int, y: int, x: int) -> str:
    """The shortest way of the cursor from one place to another."""
    ways = [_place(y, x)]
    if row == y:
        step = x - column
        ways.append("\r" if not x else f"\x1b[{x + 1}G")
        if step > 0:
            ways.append("\x1b[C" if step == 1 else f"\x1b[{step}C")
        else:
            ways.append("\b" * -step if step > -4 else f"\x1b[{-step}D")
    elif column == x:
        step = y - row
        ways.append(f"\x1b[{'' if abs(step) == 1 else abs(step)}{'B' if step > 0 else 'A'}")
    elif not x and y == row + 1:
        ways.append("\r\n")  # never on the last line, which has none below: nothing scrolls
    return min(ways, key=len)


def _repeated(run: re.Match[str]) -> str:
    """A run of one character, or the character and a repetition where that is shorter."""
    text = run[0]
    short = f"{text[0]}\x1b[{len(text) - 1}b"
    return short if len(short.encode()) < len(text.encode()) else text
