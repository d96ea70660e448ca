"""How long a result is, pieced together from counts and pages that need not agree."""

from __future__ import annotations


class LengthEstimate:
    """The length of a result, as far as it is known.

    Evidence carries the number of the request it came from: requests are numbered in the order they
    were sent, and what was asked for later is believed. A page with fewer rows than were asked for
    shows where the result ends; a full one shows only that it is at least that long.

    Attributes:
        total: number of rows, None while it is not known.
        exact: nothing seen so far speaks against `total`.
        floor: number of rows that are known to exist.
        wanted: the rows should be counted (again).
    """

    #: after so many counts in a row that pages showed to be too high or too low, none is asked for
    PATIENCE = 3

    def __init__(self) -> None:
        self.total: int | None = None
        self.exact = False
        self.floor = 0
        self.wanted = True
        self._open = False  # more rows may follow the floor
        self._doubted = False  # the end, though seen, may have moved
        self._total_sent = 0  # number of the request that `total` comes from
        self._floor_sent = 0
        self._floor_known = 0  # last request sent when the floor became known
        self._from_count = False
        self._contradicted = 0

    @property
    def length(self) -> int:
        """Rows to scroll over: the total, or one more than is known while more may follow."""
        known = self.floor + (1 if self._open else 0)
        if self.total is None:
            return known
        return self.total if self.exact else max(self.total, known)

    @property
    def countable(self) -> bool:
        """False once counting proved useless here, because pages contradict it again and again."""
        return self._contradicted < self.PATIENCE

    @property
    def counted(self) -> int | None:
        """The total where a count gave it and nothing speaks against that."""
        return self.total if self.exact and self._from_count else None

    def reopen(self) -> None:
        """What was taken for the end is not known to be it, unless the rows were counted."""
        if self.counted is None:
            self.total, self.exact = None, False
            self._open, self._doubted = True, False

    def count(self, total: int, sent: int) -> bool:
        """The server counted its rows in answer to request number `sent`.

        Returns:
            Whether the count is believed; if not, something newer contradicts it.
        """
        if total < 0 or sent < self._total_sent or (total < self.floor and sent < self._floor_sent):
            return False
        self.total, self.exact = total, True
        self.floor = min(self.floor, total)
        self._open = self._doubted = self.wanted = False
        self._total_sent, self._from_count = sent, True
        self._check_end()
        return True

    def uncounted(self) -> None:
        """The rows cannot be counted; what is only a guess by now is given up."""
        self.wanted = False
        if self.exact:
            return
        self.total = None
        if self._doubted:
            self._open = self.floor > 0

    def doubt(self) -> None:
        """The list changed: the total is no more than a good guess until it is counted again."""
        self.exact = False
        self._doubted = self.wanted = True

    def renew(self) -> None:
        """Everything is asked for anew; until that is here, what is known stands."""
        self.wanted = True
        self._contradicted = 0

    def page(
        self, offset: int, asked: int, got: int, sent: int, *, known: int, followed: bool = False
    ) -> bool:
        """A page arrived.

        Args:
            got: rows in the answer, at most `asked`.
            sent: number of the request.
            known: number of the last request that was sent before the page arrived.
            followed: the next page is loaded, so that what lies behind this one need not be asked for.

        Returns:
            False when a newer request contradicts the page, so that it cannot be trusted.
        """
        end = offset + got
        if got == asked:
            return self._goes_on(end, sent, known, followed)
        if got or self.floor == offset:
            return self._ends_at(end, sent)
        return self._ends_before(end, sent)

    def _goes_on(self, end: int, sent: int, known: int, followed: bool) -> bool:
        """A full page: the result is at least this long."""
        before = self.total
        if before is not None and end > before and sent < self._total_sent:
            return False
        if end >= self.floor:
            self.floor, self._floor_sent, self._floor_known = end, max(sent, self._floor_sent), known
        if before is None:
            self._open = True
        elif end > before:
            self._contradict()
            self.total, self.exact, self.wanted, self._open = end, False, True, True
            self._total_sent, self._from_count = sent, False
            return True
        if not followed:
            self._check_end()
        return True

    def _ends_at(self, end: int, sent: int) -> bool:
        """A page that is not full: the result ends with it."""
        before = self.total
        if before is not None and before != end and sent < self._total_sent:
            return False
        if before == end and self._from_count:
            self._contradicted = 0
        elif before is not None:
            self._contradict()
        self.total, self.exact, self.floor = end, True, end
        self._open = self._doubted = self.wanted = False
        self._total_sent = self._floor_sent = max(sent, self._total_sent)
        self._floor_known = 0
        self._from_count = self._from_count and before == end
        return True

    def _ends_before(self, end: int, sent: int) -> bool:
        """An empty page far off: the result ends somewhere before it, and only counting tells where."""
        before = self.total
        if before is not None and before <= end:
            return True
        if before is not None and sent < self._total_sent:
            return False
        self._contradict()
        if self.floor > end:
            self.floor, self._floor_sent = end, sent
        self.total, self.exact, self.wanted = end, False, True
        self._open, self._doubted = self.floor < end, False
        self._total_sent, self._from_count = sent, False
        return True

    def _check_end(self) -> None:
        """Count again where a full page ends with the total, for rows may have been added behind it since.

        Only a count sent after the page arrived is proof. The first page and the count sent with it are
        taken as one look at the list, or every result of just one full page would take a third request.
        """
        if self.floor == self.total and self._floor_known >= self._total_sent and self._floor_sent > 1:
            self.doubt()

    def _contradict(self) -> None:
        if self._from_count and self.exact:
            self._contradicted += 1
