"""All rows of a result that has few of them: how many requests what is missing takes, and reading it.

A window keeps what is looked at and what comes next. Somebody who looks for a text in all rows needs the others too;
they come through the window like any others, so that they are checked, told and read again as all are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from cotui.api.paging.narrowed import NarrowedSource

if TYPE_CHECKING:
    from cotui.api.paging.loaded_rows import LoadedRows
    from cotui.api.paging.page_loader import PageLoader
    from cotui.api.paging.sources import PageSource

#: rows from which on a result is not read whole: the server finds in them
TOO_MANY: Final = 2_000


class RestOfRows:
    """What a window has not read of a result.

    Args:
        source: where the rows come from.
        pump: has the loader start what is missing.
    """

    def __init__(
        self, source: PageSource, rows: LoadedRows, loader: PageLoader, pump: Callable[[], None]
    ) -> None:
        #: whether the whole list was read for its first rows, so that the rest takes no request
        self.free = isinstance(source, NarrowedSource)
        self._rows = rows
        self._pump = pump
        #: whether all is wanted, from now on
        self._wanted = False
        loader.whole = lambda: self._pages() if self._wanted else range(0)

    @property
    def few(self) -> bool:
        """Whether it is known how many rows there are, and they are few enough."""
        total = self._rows.estimate.total
        return total is not None and total < TOO_MANY and not self._rows.guessed

    @property
    def requests(self) -> int:
        """How many pages it takes to have all rows here, without those that failed; 0 where all are, or are too many."""
        errors, trusted = self._rows.errors, self._rows.trusted
        return sum(number not in errors and trusted(number) is None for number in self._pages())

    @property
    def failed(self) -> int:
        """How many requests for rows of it have failed: those rows are missing."""
        return sum(number in self._rows.errors for number in self._pages())

    @property
    def under_way(self) -> bool:
        """Whether all is wanted, and some of it is still to come."""
        return self._wanted and self.requests > 0

    def load(self) -> None:
        """Read what is missing, and keep all of it, as long as there are few rows. Changes are told as always."""
        self._wanted = True
        self._pump()

    def _pages(self) -> range:
        rows = self._rows
        if not rows.arranged or not self.few or not rows.length:
            return range(0)
        return range(rows.layout.page_of(rows.length - 1) + 1)
