"""The rate limit: so many requests per credential within any sixty seconds."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from cotui.sandbox.errors import TooManyRequestsError

WINDOW = 60.0


class RateLimit:
    """A sliding window per credential.

    Args:
        limit: requests allowed within `WINDOW` seconds.
        clock: seconds that never go back.
    """

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}

    def take(self, credential: str) -> None:
        """Counts a request, or refuses it with TooManyRequestsError; one that is refused does not count."""
        now = self._clock()
        seen = self._seen.setdefault(credential, deque())
        while seen and seen[0] <= now - WINDOW:
            seen.popleft()
        if len(seen) >= self._limit:
            raise TooManyRequestsError("Rate limit exceeded")
        seen.append(now)

    def clear(self) -> None:
        """Forgets all requests."""
        self._seen.clear()
