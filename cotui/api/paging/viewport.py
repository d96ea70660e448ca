"""Where the viewport is and where it is heading: which pages to load before they are needed."""

from __future__ import annotations

from cotui.api.paging.layout import Layout

#: pages loaded ahead of the viewport at most
AHEAD = 2
#: moves of the speed seen last that loaded rows should last for
MOVES = 3


class Viewport:
    """The rows in view, and the direction and speed in which they change.

    A viewport that has not moved yet, or has jumped, is going nowhere: nothing is loaded ahead.
    """

    def __init__(self) -> None:
        self.first = 0
        self.last = 0
        self._direction = 0
        self._speed = 0

    def move(self, first: int, last: int, limit: int) -> bool:
        """The viewport now shows the rows from first to last.

        Args:
            last: index of the last row, included.
            limit: rows of a page; a move of more than two pages is a jump.

        Returns:
            Whether it was a jump.
        """
        step = first - self.first
        self.first, self.last = first, last
        if not step:
            return False
        self._speed = abs(step)
        jumped = self._speed > AHEAD * limit
        self._direction = 0 if jumped else 1 if step > 0 else -1
        return jumped

    def shift(self, by: int) -> None:
        """The rows looked at stand elsewhere by now: looking there is no travel."""
        self.first += by
        self.last += by

    def in_view(self, layout: Layout, length: int) -> range:
        """The pages in view; the first page is always there to look at."""
        last = max(min(self.last, length - 1), 0)
        first = min(max(self.first, 0), last)
        return range(layout.page_of(first), layout.page_of(last) + 1)

    def ahead(self, layout: Layout, length: int) -> list[int]:
        """Pages to load ahead, nearest first: those reached by rows that a few more moves would show."""
        lead = max(layout.limit // 2, MOVES * self._speed)
        view = self.in_view(layout, length)
        if self._direction > 0:
            end = min(self.last + lead, length - 1)
            return [page for page in range(view.stop, view.stop + AHEAD) if layout.start(page) <= end]
        if self._direction < 0:
            begin = max(self.first - lead, 0)
            pages = range(view.start - 1, max(view.start - 1 - AHEAD, -1), -1)
            return [page for page in pages if layout.stop(page) > begin]
        return []
