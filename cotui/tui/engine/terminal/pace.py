"""How far the terminal is behind with what it was sent.

A pseudo-terminal takes bytes long before they are on a screen: an SSH connection holds tens of kilobytes on
their way, which are seconds on a slow link. So now and then the terminal is asked whether it is well (DSR,
`CSI 5 n`); when its answer (`CSI 0 n`) is back, all that was sent before the question has been shown.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

QUESTION: Final = "\x1b[5n"
ANSWER: Final = b"\x1b[0n"
#: bytes after which the terminal is asked
_STEP: Final = 1024
#: bytes on their way from which the next frame waits: at 128 kbit/s a quarter of a second
_LIMIT: Final = 4096
#: seconds after which a terminal that used to answer is no longer waited for
_PATIENCE: Final = 10.0
#: seconds that leaving waits for answers of a terminal that gave some, and of one that has not been heard yet
_LAST_ANSWERS: Final = 1.0
_FIRST_ANSWER: Final = 0.25


class Pace:
    """Counts what is on its way; tells when some of it has arrived. A terminal that never answered is never waited for."""

    def __init__(self, arrived: Callable[[], None]) -> None:
        self._arrived = arrived
        self._loop = asyncio.get_running_loop()
        #: bytes before each question that has no answer yet
        self._asked: deque[int] = deque()
        self._since = 0
        self._answers = False
        #: a terminal that doesn't answer at all is not asked again
        self._mute = False
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def full(self) -> bool:
        """Whether so much is on its way that the next frame had better wait."""
        return self._answers and sum(self._asked) >= _LIMIT

    @property
    def last_patience(self) -> float:
        """Seconds to wait at the end for answers that are still to come."""
        if not self._asked:
            return 0.0
        return _LAST_ANSWERS if self._answers else _FIRST_ANSWER

    def question(self, size: int) -> str:
        """What to send behind a frame of this many bytes: the question when it is due, else nothing."""
        self._since += size
        if self._mute or self._since < _STEP or (self._asked and not self._answers):
            return ""
        self._asked.append(self._since)
        self._since = 0
        if self._alarm is None:
            self._alarm = self._loop.call_later(_PATIENCE, self.give_up)
        return QUESTION

    def answered(self) -> None:
        """An answer came."""
        self._answers, self._mute = True, False
        if self._asked:
            self._asked.popleft()
        self._stop_alarm()
        if self._asked:
            self._alarm = self._loop.call_later(_PATIENCE, self.give_up)
        self._arrived()

    def give_up(self) -> None:
        """Wait for no answer that is still to come."""
        self._stop_alarm()
        self._mute, self._answers = not self._answers, False
        self._asked.clear()
        self._arrived()

    def stop(self) -> None:
        """End without asking once more."""
        self._stop_alarm()
        self._asked.clear()

    def _stop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
