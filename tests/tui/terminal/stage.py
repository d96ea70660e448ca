"""Panels one above the other, drawn by Textual's own code: what its compositor writes when they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from random import Random
from typing import Final

from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.tui.terminal.texts import Words


@dataclass
class Panel:
    """Something on the screen.

    Attributes:
        region: where.
        lines: what is in it, each as wide as the region.
        bordered: whether it keeps the border it was opened with.
    """

    region: Region
    lines: list[Strip]
    bordered: bool


class Stage:
    """The screen of an app.

    Args:
        columns: cells of a line.
        rows: lines.
        words: where texts come from.
        palette: one of `texts.PALETTES`.
        random: where all that is random comes from; a step may bring its own.
    """

    #: what may happen, each a method that returns the frame it leads to
    STEPS: Final = (
        "scroll", "shift_part", "insert_or_delete", "select_row", "rewrite", "repaint_somewhere", "open", "close",
        "move", "full", "park_cursor",
    )  # fmt: skip

    def __init__(self, columns: int, rows: int, words: Words, palette: str, random: Random) -> None:
        system = {"grey": "truecolor", "none": "truecolor"}.get(palette, palette)
        self._console = Console(color_system=system, file=StringIO(), force_terminal=True)  # type: ignore[arg-type]
        self._words = words
        self._panels: list[Panel] = []
        self._cursor = (0, 0)
        self.resize(columns, rows, random)

    def resize(self, columns: int, rows: int, random: Random) -> str:
        """Lay everything out anew."""
        self.columns, self.rows = columns, rows
        self._panels = [self._panel(Region(0, 0, columns, rows), random, bordered=False)]
        if random.random() < 0.5 and columns > 6:  # a pane at the side
            side = random.randrange(2, columns - 3)
            self._panels.append(self._panel(Region(columns - side, 0, side, rows), random))
        return self.full(random)

    def step(self, name: str, random: Random) -> str:
        """The frame that one of `STEPS` leads to."""
        frame: str = getattr(self, name)(random)
        return frame

    # -- what may happen -------------------------------------------------------------------

    def scroll(self, random: Random) -> str:
        """The lines of a panel move up or down."""
        panel = random.choice(self._panels)
        lines = panel.lines[1:-1] if panel.bordered else panel.lines
        size = random.choice((1, 1, 1, 2, 3))
        fresh = [self._line(panel, random) for _ in range(size)]
        moved = (lines + fresh)[size:] if random.random() < 0.6 else (fresh + lines)[:-size]
        panel.lines = [panel.lines[0], *moved, panel.lines[-1]] if panel.bordered else moved
        return self._partial(panel.region)

    def shift_part(self, random: Random) -> str:
        """A part of a panel's lines moves, and a line elsewhere changes as well."""
        panel = random.choice(self._panels)
        first, last = sorted(random.choices(range(len(panel.lines) + 1), k=2))
        part = panel.lines[first:last]
        panel.lines[first:last] = part[1:] + part[:1] if random.random() < 0.5 else part[-1:] + part[:-1]
        panel.lines[-1] = self._words.line(random, panel.region.width)
        return self._partial(panel.region)

    def insert_or_delete(self, random: Random) -> str:
        """Lines are inserted into a panel or deleted from it."""
        panel = random.choice(self._panels)
        at, height = random.randrange(len(panel.lines)), len(panel.lines)
        if random.random() < 0.5:
            fresh = [self._line(panel, random) for _ in range(random.randrange(1, 3))]
            panel.lines[at:at] = fresh
        else:
            del panel.lines[at : at + random.randrange(1, 3)]
        while len(panel.lines) < height:
            panel.lines.append(self._line(panel, random))
        del panel.lines[height:]
        x, y, width, _ = panel.region
        return self._partial(Region(x, y + at, width, height - at))

    def select_row(self, random: Random) -> str:
        """The cursor row moves: two lines get another style."""
        panel = random.choice(self._panels)
        rows = {random.randrange(len(panel.lines)) for _ in range(2)}
        for row in rows:
            panel.lines[row] = self._words.restyled(random, panel.lines[row])
        x, y, width, _ = panel.region
        return self._partial(*(Region(x, y + row, width, 1) for row in rows))

    def rewrite(self, random: Random) -> str:
        """Some lines of a panel say something else."""
        panel = random.choice(self._panels)
        rows = [random.randrange(len(panel.lines)) for _ in range(random.randrange(1, 4))]
        for row in rows:
            panel.lines[row] = self._line(panel, random)
        x, y, width, _ = panel.region
        return self._partial(*(Region(x, y + row, width, 1) for row in rows))

    def repaint_somewhere(self, random: Random) -> str:
        """A widget asks for a region that has nothing to do with the panels' edges."""
        panel = random.choice(self._panels)
        for row in range(len(panel.lines)):
            if random.random() < 0.3:
                panel.lines[row] = self._line(panel, random)
        return self._partial(*(self._somewhere(random) for _ in range(random.randrange(1, 3))))

    def open(self, random: Random) -> str:
        """A dialog, a menu or a message appears."""
        if len(self._panels) > 4:
            return self.close(random)
        self._panels.append(self._panel(self._somewhere(random), random))
        return self._partial(self._panels[-1].region)

    def close(self, random: Random) -> str:
        """What was opened goes away."""
        if len(self._panels) == 1:
            return self.open(random)
        return self._partial(self._panels.pop().region)

    def move(self, random: Random) -> str:
        """What was opened last moves."""
        if len(self._panels) == 1:
            return self.open(random)
        panel = self._panels[-1]
        before, (_, _, width, height) = panel.region, panel.region
        panel.region = Region(
            random.randrange(self.columns - width + 1),
            random.randrange(self.rows - height + 1),
            width,
            height,
        )
        return self._partial(before, panel.region)

    def full(self, random: Random) -> str:
        """Everything is painted."""
        chops, _ = self._chops()
        strips: list[Iterable[Strip]] = [list(line.values()) for line in chops]
        return self._written(LayoutUpdate(strips, Region(0, 0, self.columns, self.rows)))

    def park_cursor(self, random: Random) -> str:
        """The terminal's cursor is put elsewhere, for input methods."""
        self._cursor = (random.randrange(self.columns), random.randrange(self.rows))
        return self._partial(self._somewhere(random))

    # -- drawing ---------------------------------------------------------------------------

    def _somewhere(self, random: Random) -> Region:
        width, height = random.randrange(1, self.columns + 1), random.randrange(1, self.rows + 1)
        if random.random() < 0.5:
            height = 1
        return Region(
            random.randrange(self.columns - width + 1),
            random.randrange(self.rows - height + 1),
            width,
            height,
        )

    def _panel(self, region: Region, random: Random, *, bordered: bool | None = None) -> Panel:
        if bordered is None:
            bordered = min(region.width, region.height) > 2 and random.random() < 0.7
        panel = Panel(region, [], bordered)
        panel.lines = [self._line(panel, random) for _ in range(region.height)]
        if bordered:
            rule, style = "─" * (region.width - 2), self._words.frame(random)
            panel.lines[0] = Strip([Segment(f"╭{rule}╮", style)], region.width)
            panel.lines[-1] = Strip([Segment(f"╰{rule}╯", style)], region.width)
        return panel

    def _line(self, panel: Panel, random: Random) -> Strip:
        width = panel.region.width
        if not panel.bordered:
            return self._words.line(random, width)
        side = Segment("│", None)
        return Strip([side, *self._words.line(random, width - 2), side], width)

    def _chops(self) -> tuple[list[dict[int, Strip]], list[list[int]]]:
        """As `Compositor._render_chops`: for each line, what is on top between two edges of panels."""
        chops, ends = [], []
        for y in range(self.rows):
            here = [panel for panel in self._panels if panel.region.y <= y < panel.region.bottom]
            cuts = sorted({cut for panel in here for cut in panel.region.column_span})
            line: dict[int, Strip | None] = dict.fromkeys(cuts[:-1])
            for panel in reversed(here):
                first, last = panel.region.column_span
                inside = [cut for cut in cuts if first <= cut <= last]
                parts = panel.lines[y - panel.region.y].divide([cut - first for cut in inside[1:]])
                for cut, strip in zip(inside, parts, strict=False):
                    if line[cut] is None:
                        line[cut] = strip
            chops.append({cut: strip for cut, strip in line.items() if strip is not None})
            ends.append(cuts[1:])
        return chops, ends

    def _partial(self, *regions: Region) -> str:
        chops, ends = self._chops()
        return self._written(ChopsUpdate(chops, list(Compositor._regions_to_spans(regions)), ends))

    def _written(self, update: CompositorUpdate) -> str:
        """As `App._display`."""
        x, y = self._cursor
        place = Control.move_to(min(x, self.columns - 1), min(y, self.rows - 1))
        text: str = update.render_segments(self._console) + place.segment.text
        return text
