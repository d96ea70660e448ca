"""When a read that failed is sent again, and after how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cotui.api.errors import ApiError, RateLimited
from cotui.api.transport.budget import WINDOW


def _uniform() -> float:
    import random  # loaded when something failed

    return random.SystemRandom().random()


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Exponential back-off with jitter, bounded in number and in time.

    Attributes:
        attempts: how often a read is sent at most, the first time included.
        base: seconds before the second attempt; doubled for each further one.
        cap: most seconds between two attempts.
        patience: a failure later than this many seconds after the first attempt is final, and so is
            one that the server wants repeated later than that.
        limited_base: seconds to pause after a 429 that does not say how long; doubled each time.
        limited_attempts: `attempts` after a 429; together they last longer than the limit's minute.
        limited_patience: `patience` after a 429.
        jitter: a number in [0, 1); the wait is between half and all of the computed one, so that
            several clients do not come back in step.
    """

    attempts: int = 4
    base: float = 0.5
    cap: float = 20.0
    patience: float = 30.0
    limited_base: float = 5.0
    limited_attempts: int = 6
    limited_patience: float = 180.0
    jitter: Callable[[], float] = _uniform

    def wait(self, error: ApiError, attempt: int) -> float:
        """Seconds to wait after a failure.

        Args:
            error: what the last attempt ended in.
            attempt: attempts made so far, at least 1.
        """
        if error.retry_after is not None:
            # A little later than told, never earlier.
            return error.retry_after + self.base * self.jitter()
        if isinstance(error, RateLimited):
            step = min(self.limited_base * 2.0 ** (attempt - 1), WINDOW)
        else:
            step = min(self.base * 2.0 ** (attempt - 1), self.cap)
        return step * (0.5 + 0.5 * self.jitter())

    def allows(self, error: ApiError, attempt: int, elapsed: float) -> bool:
        """Whether there is a next attempt.

        Args:
            error: what the last attempt ended in.
            attempt: attempts made so far, at least 1.
            elapsed: seconds between the beginning of the first attempt and that of the next one.
        """
        if isinstance(error, RateLimited):
            return attempt < self.limited_attempts and elapsed <= self.limited_patience
        return error.transient and attempt < self.attempts and elapsed <= self.patience


def parse_retry_after(value: str, *, date: str = "", now: float) -> float | None:
    """Seconds to wait from a Retry-After header, in either form; None when it cannot be read.

    Args:
        value: the header: a number of seconds, or a date.
        date: the answer's Date header. A date is counted from that, so that a wrong clock on this
            machine does not matter.
        now: seconds since 1970 by this machine's clock, used where there is no Date.
    """
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    until = _timestamp(text)
    if until is None:
        return None
    since = _timestamp(date)
    return max(0.0, until - (now if since is None else since))


def _timestamp(text: str) -> float | None:
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:  # "-0000": no zone given; HTTP dates are UTC
            from datetime import UTC

            moment = moment.replace(tzinfo=UTC)
        return moment.timestamp()
    except (ValueError, OverflowError):
        return None
