"""Noticing a server that sends the first rows again, whatever page it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cotui.api.errors import ApiError, WrongShape
from cotui.api.records import Record


def same_rows_again() -> ApiError:
    """What is wrong with such a server, in words."""
    return WrongShape(
        "The server sends the first rows again",
        meaning="It was asked for later ones, and pays no attention to which. What comes after these can't be shown.",
    )


class IgnoredOffsets:
    """Compares pages with the first one.

    Rows added in front may push the whole first page to where a later one was, so the first page is
    asked for again before it is believed that offsets are ignored.

    Attributes:
        proved: the server ignores offsets.
    """

    def __init__(self) -> None:
        self.proved = False
        self._head: Sequence[Record] = ()
        self._head_sent = 0
        #: number of the last request before the first page was asked for again
        self._suspected: int | None = None

    @property
    def suspected(self) -> bool:
        """Whether the first page has to be asked for again, to tell."""
        return self._suspected is not None and self._head_sent <= self._suspected

    def judge(
        self, number: int, rows: Sequence[Record], sent: int, known: int
    ) -> Literal["fine", "suspect", "same"]:
        """What to make of a page.

        Args:
            sent: number of the request that brought it.
            known: number of the last request sent.

        Returns:
            "suspect": ask for the first page and for this one again; "same": offsets are ignored.
        """
        if number == 0:
            if sent >= self._head_sent:
                self._head, self._head_sent = rows, sent
            return "fine"
        if not self._is_head(rows):
            self._suspected = None
            return "fine"
        if self.proved or (self._suspected is not None and self._head_sent > self._suspected):
            self.proved = True
            return "same"
        if self._suspected is None:
            self._suspected = known
        return "suspect"

    def forget(self) -> None:
        """Start anew, because the user asked for it."""
        self.proved = False
        self._suspected = None

    def _is_head(self, rows: Sequence[Record]) -> bool:
        head = self._head
        if len(rows) < 2 or len(rows) != len(head) or rows[0].raw != head[0].raw:
            return False
        differ = rows[0].id is not None or any(row.raw != rows[0].raw for row in rows)
        return differ and all(one.raw == other.raw for one, other in zip(rows, head, strict=True))
