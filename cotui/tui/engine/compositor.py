"""Asks widgets only for lines that will be seen.

Textual asks every widget on the screen for all of its lines whenever one line is to be painted, those behind other
widgets included, and throws away what it doesn't need. For a cursor that moves by one row that was most of the work.

What it overrides is not public: tests/tui/test_lean_screens.py compares its lines with those of Textual's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

#: the parts of a line by the column they begin in; None is a part that nothing has been found for yet
LineParts = dict[int, Strip | None]


class FrontCompositor(Compositor):
    """A compositor that goes from front to back, line by line, and stops where nothing shows through."""

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        cuts = self.cuts
        lines: list[LineParts] = [{} for _ in cuts]
        #: how many parts of a line are still to be found
        missing: dict[int, int] = {}
        for y in crop.line_range:
            if 0 <= y < len(cuts) and is_rendered_line(y):
                lines[y] = dict.fromkeys(cuts[y][:-1])
                missing[y] = len(lines[y])
        for widget, (region, clip) in self.visible_widgets.items():
            if not missing:
                break
            shown = region.intersection(clip)
            for first, stop in _runs(y for y in shown.line_range if y in missing):
                area = Region(shown.x - region.x, first - region.y, shown.width, stop - first)
                for y, strip in zip(range(first, stop), widget.render_lines(area), strict=False):
                    missing[y] -= _fill(lines[y], strip, shown.x, [*_within(cuts[y], shown)])
                    if not missing[y]:
                        del missing[y]
        return lines  # type: ignore[return-value]  # the screen itself is behind everything: nothing is None


def _fill(line: LineParts, strip: Strip, left: int, cuts: list[int]) -> int:
    """Put the parts of a widget's line where nothing stands in front of it; how many there were."""
    filled = 0
    if any(line[cut] is None for cut in cuts[:-1]):
        for cut, part in zip(cuts, strip.divide([cut - left for cut in cuts[1:]]), strict=False):
            if line.get(cut) is None:
                line[cut] = part
                filled += 1
    return filled


def _within(cuts: list[int], shown: Region) -> Iterable[int]:
    return (cut for cut in cuts if shown.x <= cut <= shown.right)


def _runs(numbers: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Rising numbers as ranges: first and one after the last."""
    rising = list(numbers)
    breaks = [at for at, (a, b) in enumerate(pairwise(rising), 1) if b != a + 1]
    for start, stop in zip([0, *breaks], [*breaks, len(rising)], strict=True):
        if start < stop:
            yield rising[start], rising[stop - 1] + 1
