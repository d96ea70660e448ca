"""Many writes, a batch at a time: one result for each, nothing sent twice, stopped between batches only.

A batch is one bulk call. Before each, the account's limit of requests is waited for, with the reserve that
belongs to what its user looks at meanwhile. After each it is decided whether the next one may go.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Final

from cotui.api import ApiError, Outcome, RateLimited, Result, Write
from cotui.api.calls import BULK_LIMIT
from cotui.api.transport.budget import WINDOW

#: batches turned away by the limit one after the other, after which it is no use going on
TURNED_AWAY: Final = 3
#: seconds after which a wait is shown anew, and looks whether it was stopped
TICK: Final = 1.0


class State(StrEnum):
    """What a run is doing."""

    READY = "ready"
    SENDING = "sending"
    #: for the account's limit of requests, as far as cotui counts them itself
    WAITING = "waiting"
    #: because the server said so
    PAUSED = "paused"
    OVER = "over"


class NotReached(ApiError):  # noqa: N818 - named after its cause, like the errors of cotui.api
    """The run ended before this one's batch was sent."""

    default_what = "The run was stopped before it"
    default_meaning = "Nothing was sent for it."
    never_sent = True


class BulkRun:
    """One pass over some writes. `run` may be called once.

    Args:
        writes: what is to be done, in order; each a write of its own that was never sent.
        send: sends up to 25 of them as one call and says how each ended, in their order.
        wait_for: seconds until so many calls may have been sent, by the budget; called with 1 before each.
        clock: seconds, monotonic.
        sleep: waits so many seconds.

    Attributes:
        outcomes: how the first ones ended; all of them once the run is over.
        state: what it is doing.
        wait: seconds for which it still waits.
        stopping: its user wants no further batch.
        ended_by: why it ended early, in words; "" when it did not.
        changed: called whenever one of these is another.
    """

    def __init__(
        self,
        writes: Sequence[Write],
        *,
        send: Callable[[Sequence[Write]], Awaitable[list[Outcome]]],
        wait_for: Callable[[int], float],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.writes = tuple(writes)
        self.outcomes: list[Outcome] = []
        self.state = State.READY
        self.wait = 0.0
        self.stopping = False
        self.ended_by = ""
        self.changed: Callable[[], None] = lambda: None
        self._send = send
        self._wait_for = wait_for
        self._clock = clock
        self._sleep = sleep
        self._pause_until = 0.0
        self._turned_away = 0
        #: how many batches were sent, and the seconds they took
        self._sent = 0
        self._took = 0.0

    @property
    def batches_left(self) -> int:
        """Calls that have not been answered."""
        return -(-(len(self.writes) - len(self.outcomes)) // BULK_LIMIT)

    @property
    def remaining(self) -> float | None:
        """Seconds it will take, judged by the batches so far and the budget; None before the first."""
        if not self._sent:
            return None
        left = self.batches_left
        pause = max(0.0, self._pause_until - self._clock())
        return pause + max(self._took / self._sent * left, self._wait_for(left)) if left else 0.0

    def stop(self) -> None:
        """Send no further batch; the one under way ends as it ends."""
        if self.state is not State.OVER:
            self.stopping = True
            self.changed()

    async def run(self) -> None:
        """Send batch after batch until all are done or one ends the run.

        Raises:
            RuntimeError: it was called before.
        """
        if self.state is not State.READY:
            raise RuntimeError("a run is run once")
        self._become(State.SENDING)
        for start in range(0, len(self.writes), BULK_LIMIT):
            await self._held_up()
            if self.stopping:
                self.ended_by = NotReached.default_what
            if self.ended_by:
                break
            self._become(State.SENDING)
            batch = self.writes[start : start + BULK_LIMIT]
            began = self._clock()
            answers = await self._send(batch)
            self._took += self._clock() - began
            self._sent += 1
            self.outcomes += answers
            self._judge(answers)
        rest = self.writes[len(self.outcomes) :]
        why = NotReached(self.ended_by) if rest else None
        self.outcomes += [Outcome(write, Result.NOT_SENT, why) for write in rest]
        self._become(State.OVER)

    def _judge(self, answers: Sequence[Outcome]) -> None:
        """Decide from a batch's end whether the next one may go, and when."""
        limits = [item.error for item in answers if isinstance(item.error, RateLimited)]
        self._turned_away = self._turned_away + 1 if limits else 0
        results = Counter(item.result for item in answers)
        whole = answers[0].error is not None and all(item.error is answers[0].error for item in answers)
        if results[Result.UNKNOWN] == len(answers):
            self.ended_by = "The run ended at a batch whose answer was lost"
        elif limits:
            # who does not say for how long means the minute of the limit
            told = [WINDOW if error.retry_after is None else error.retry_after for error in limits]
            self._pause_until = self._clock() + max(told)
            if self._turned_away >= TURNED_AWAY:
                self.ended_by = f"The run ended: {TURNED_AWAY} batches one after the other were turned away"
        elif whole and answers[0].error is not None:
            self.ended_by = f"The run ended: {answers[0].error.what}"

    async def _held_up(self) -> None:
        """Wait for the server's pause and the budget, saying how long it still takes."""
        while not self.stopping and not self.ended_by:
            pause, budget = self._pause_until - self._clock(), self._wait_for(1)
            wait = max(pause, budget)
            if wait <= 0:
                break
            self.wait = wait
            self._become(State.PAUSED if pause >= budget else State.WAITING)
            await self._sleep(min(wait, TICK))
        self.wait = 0.0

    def _become(self, state: State) -> None:
        self.state = state
        self.changed()


def counts(outcomes: Sequence[Outcome]) -> dict[Result, int]:
    """How many ended in which way, for every way."""
    found = Counter(outcome.result for outcome in outcomes)
    return {result: found[result] for result in Result}
