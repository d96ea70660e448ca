"""A bound on asking again and again for a list that changes all the time."""

from __future__ import annotations

from collections.abc import Collection

#: requests that each page, and the count, has of its own before there has to be a pause
OWN = 2
#: further ones that they share, so that the few pages by which the place is found again can have most of them
SHARED = 10
#: requests for the same page, and for the count, at most
LIMIT = 8
LIMIT_OF_COUNTS = 2
#: seconds of the first pause, and of the longest
PAUSE = 1.0
LONGEST_PAUSE = 60.0


class RefetchLimit:
    """How often each page was asked for since it came into view.

    A list that changes faster than it can be read would be read forever. So a page for which no request is left
    stays as it is until the user looks again, at least one pause later. Pauses double while they
    do not help.
    """

    def __init__(self) -> None:
        self._spent: dict[int | None, int] = {}
        self._since = 0.0
        self._pause = PAUSE

    def spend(self, page: int | None) -> bool:
        """Use up one request for a page (None: for the count); False when there is none left."""
        spent = self._spent.get(page, 0)
        if not self._left(page, spent):
            return False
        self._spent[page] = spent + 1
        return True

    def _left(self, page: int | None, spent: int) -> bool:
        if spent < OWN:
            return True
        shared = sum(max(0, each - OWN) for each in self._spent.values())
        return shared < SHARED and spent < (LIMIT_OF_COUNTS if page is None else LIMIT)

    def look(self, now: float, wanted: Collection[int]) -> None:
        """The user looks at pages now: those no longer wanted start anew when they come back."""
        if now - self._since >= self._pause:
            exhausted = not all(self._left(page, spent) for page, spent in self._spent.items())
            self._pause = min(self._pause * 2, LONGEST_PAUSE) if exhausted else PAUSE
            self._since = now
            self._spent.clear()
            return
        for page in [page for page in self._spent if page is not None and page not in wanted]:
            del self._spent[page]

    def forget(self, page: int) -> None:
        """A request for the page was taken back."""
        self._spent.pop(page, None)

    def reset(self) -> None:
        """Start anew, because the user asked for it."""
        self._spent.clear()
        self._pause = PAUSE
