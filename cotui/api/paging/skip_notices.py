"""How often to say that rows may have been passed over, while a list changes faster than it can be read."""

from __future__ import annotations

#: seconds before it is said again, the first time and at most
QUIET = 4.0
LONGEST_QUIET = 60.0


class SkipNotices:
    """The notice is given at once, and stands for the whole way: again only after a while, which doubles each time.

    What happens meanwhile is kept back, not forgotten: it is said when the while is over. A way ends where
    somebody goes elsewhere or begins at the top, and the next one is told of at once again.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Another way begins."""
        self._until = float("-inf")
        self._while = QUIET
        self._owed = False

    def owe(self) -> None:
        """Rows may have been passed over, which has to be said."""
        self._owed = True

    def owes(self, now: float) -> bool:
        """Whether it is time to say so."""
        return self._owed and now >= self._until

    def due(self, now: float) -> bool:
        """Whether it is time to say so; then it counts as said."""
        if not self.owes(now):
            return False
        self._owed = False
        self._until = now + self._while
        self._while = min(2 * self._while, LONGEST_QUIET)
        return True
