"""How often somebody may be wrong: passwords and links cannot be guessed at without end."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

#: seconds that an attempt counts
PERIOD: Final = 15 * 60
#: attempts in that time for one user name, and from one address
FOR_NAME: Final = 10
FROM_ADDRESS: Final = 100
#: names and addresses that are remembered; beyond that those longest untried are forgotten
_KEPT: Final = 10_000


class Attempts:
    """Attempts that failed, or have not succeeded yet. Safe in several threads.

    Args:
        clock: seconds, monotonic: the account's own clock can be moved.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._made: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, address: str, name: str | None = None) -> int:
        """Count an attempt before it is judged, so that none are made at the same time.

        Args:
            address: where it comes from.
            name: whose password is tried; None for a link.

        Returns:
            0, or the seconds to wait: then it must not be judged at all.
        """
        now = self._clock()
        with self._lock:
            asked = [(self._of(key, now), most) for key, most in _keys(address, name)]
            waits = [made[0] + PERIOD - now for made, most in asked if len(made) >= most]
            if waits:
                return max(1, round(max(waits)))
            for made, _ in asked:
                made.append(now)
        return 0

    def succeeded(self, address: str, name: str | None = None) -> None:
        """The attempt that was begun was right: it does not count, nor do those before it for that name."""
        with self._lock:
            for key, _ in _keys(address, name):
                if key[0] == "name":
                    self._made.pop(key, None)
                elif self._made.get(key):
                    self._made[key].pop()

    def forget(self) -> None:
        """Everybody may try again."""
        with self._lock:
            self._made.clear()

    def _of(self, key: tuple[str, str], now: float) -> deque[float]:
        made = self._made.setdefault(key, deque())
        self._made.move_to_end(key)
        while made and made[0] <= now - PERIOD:
            made.popleft()
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return made


def _keys(address: str, name: str | None) -> list[tuple[tuple[str, str], int]]:
    keys = [(("address", address), FROM_ADDRESS)]
    if name is not None:
        keys.append((("name", name.strip().casefold()[:200]), FOR_NAME))
    return keys
