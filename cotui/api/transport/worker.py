"""The one place all requests pass through.

What the user waits for goes first; identical reads under way share one request; when nobody waits for
a read any more it is cancelled down to its socket; reads that failed for a passing reason are sent
again, writes never; the account's limit of requests is kept by waiting, not by failing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from cotui.api.calls import Call
from cotui.api.errors import ApiError, Closed, RateLimited, Stopped
from cotui.api.transport.budget import Budget, Priority
from cotui.api.transport.client import CONNECTIONS, HttpClient
from cotui.api.transport.envelope import Envelope, Reply, contradiction, read_envelope
from cotui.api.transport.json_slices import AT_ONCE
from cotui.api.transport.retry import RetryPolicy
from cotui.api.transport.status import Status, Wait
from cotui.api.transport.tasks import begin_apart
from cotui.api.transport.turnstile import Ticket, Turnstile


class _Job:
    """One request and everybody who waits for it."""

    __slots__ = ("began", "call", "sent", "task", "ticket", "waiters")

    def __init__(self, call: Call, priority: Priority) -> None:
        self.call = call
        #: when the user began to wait for it; None for what is fetched ahead
        self.began: float | None = None
        self.ticket = Ticket(priority, call.requests)
        self.waiters: set[asyncio.Future[Envelope]] = set()
        self.task: asyncio.Task[None] | None = None
        self.sent = False

    def finish(self, envelope: Envelope) -> None:
        for waiter in self.waiters:
            if not waiter.done():
                waiter.set_result(envelope)

    def fail(self, error: BaseException) -> None:
        for waiter in self.waiters:
            if not waiter.done():
                waiter.set_exception(error)


async def _read(reply: Reply) -> Envelope:
    """The answer's envelope; a large answer is decoded aside, while keys go on being answered."""
    if len(reply.body) <= AT_ONCE:
        return read_envelope(reply)
    return await asyncio.to_thread(read_envelope, reply)


class Worker:
    """Sends requests for everybody, in order of urgency.

    Args:
        budget: requests per minute; shown by the status line.
        retry: when reads are sent again.
        clock: seconds, monotonic; the budget's own.
        sleep: waits so many seconds.
        connections: requests under way at once.
    """

    def __init__(
        self,
        client: HttpClient,
        budget: Budget,
        *,
        retry: RetryPolicy | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        connections: int = CONNECTIONS,
    ) -> None:
        self.budget = budget
        self.status = Status(clock)
        self._client = client
        self._retry = retry or RetryPolicy()
        self._clock = clock
        self._sleep = sleep
        self._turnstile = Turnstile(
            budget, connections=connections, clock=clock, sleep=sleep, changed=self._report
        )
        self._jobs: set[_Job] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._shared: dict[Call, _Job] = {}
        self._closed = False
        #: when a call of several requests was last sent
        self._last_batch = float("-inf")

    async def submit(
        self, call: Call, priority: Priority = Priority.INTERACTIVE, *, retry: bool = True
    ) -> Envelope:
        """The answer to a call.

        Cancelling gives up this caller's interest. A read that nobody waits for any more is cancelled
        down to its socket; a write that was sent is left to end, since breaking it off would only
        hide whether it was done.

        Args:
            priority: how urgent it is; joining a read under way makes that one as urgent.
            retry: whether a read that fails for a passing reason is sent again.

        Raises:
            ApiError: it failed; the type names the cause. `Closed` when the worker is.
        """
        if self._closed:
            raise Closed()
        waiter: asyncio.Future[Envelope] = asyncio.get_running_loop().create_future()
        job = self._join(call, priority, retry, waiter)
        try:
            return await waiter
        finally:
            job.waiters.discard(waiter)
            if waiter.done() and not waiter.cancelled():
                waiter.exception()  # looked at, even if this caller was cancelled in the same moment
            if not job.waiters:
                self._abandon(job)

    def give_up(self) -> bool:
        """Its user waits no longer: end every read that is waited for, down to its socket, with `Stopped`.

        What is fetched ahead goes on, and so does a write, which is sent once and answered or not.

        Returns:
            Whether there was any.
        """
        jobs = [job for job in self._jobs if job.began is not None and job.call.reads]
        for job in jobs:
            job.fail(Stopped())
            self._drop(job)
        return bool(jobs)

    async def aclose(self) -> None:
        """Cancel everything under way and close the sockets; waiting callers get `Closed`."""
        self._closed = True
        for job in tuple(self._jobs):
            error = Closed()
            error.never_sent = not job.sent
            self._settle(job, error)
            job.fail(error)
        tasks = tuple(self._tasks)
        for task in tasks:
            if not task.cancelling():  # a second time would break off how it cleans up
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._turnstile.close()
        await self._client.aclose()

    def _join(self, call: Call, priority: Priority, retry: bool, waiter: asyncio.Future[Envelope]) -> _Job:
        """The job under way for an identical read, or a new one; it knows who waits before it begins."""
        job = self._shared.get(call) if call.reads and retry else None
        if job is not None:
            job.waiters.add(waiter)
            self._turnstile.raise_to(job.ticket, priority)
            self._note_wait(job, priority)
            return job
        job = _Job(call, priority)
        job.waiters.add(waiter)
        self._jobs.add(job)
        self._note_wait(job, priority)
        if call.reads and retry:
            self._shared[call] = job
        job.task = begin_apart(self._drive(job, retry and call.reads))
        self._tasks.add(job.task)
        job.task.add_done_callback(self._tasks.discard)
        return job

    def _abandon(self, job: _Job) -> None:
        if job not in self._jobs:
            return
        if job.call.reads or not job.sent:
            self._drop(job)

    def _drop(self, job: _Job) -> None:
        self._forget(job)
        if job.task is not None:
            job.task.cancel()
        self._report()

    def _note_wait(self, job: _Job, priority: Priority) -> None:
        if job.began is None and priority not in (Priority.NAMES, Priority.PREFETCH):
            job.began = self._clock()
            self._report()

    def _forget(self, job: _Job) -> None:
        self._jobs.discard(job)
        if self._shared.get(job.call) is job:
            del self._shared[job.call]

    async def _drive(self, job: _Job, retry: bool) -> None:
        try:
            job.finish(await self._answer(job, retry))
        except Exception as error:  # noqa: BLE001 - a bug too belongs to whoever waits, not to this task
            job.fail(error)
        finally:
            self._forget(job)
            self._report()

    async def _answer(self, job: _Job, retry: bool) -> Envelope:
        """Attempts until one succeeds or trying again makes no sense."""
        began, attempt = self._clock(), 0
        while True:
            attempt += 1
            try:
                envelope = await self._attempt(job, attempt)
            except ApiError as error:
                self.status.failed(error)
                wait = self._retry.wait(error, attempt)
                if not retry or not self._retry.allows(error, attempt, self._clock() - began + wait):
                    self._settle(job, error)
                    raise
                if not isinstance(error, RateLimited):  # the turnstile holds those, with everybody else
                    await self._sleep(wait)
            else:
                self.status.succeeded()
                return envelope

    async def _attempt(self, job: _Job, attempt: int) -> Envelope:
        await self._turnstile.enter(job.ticket)
        counted = True
        try:
            job.sent = True
            if job.call.requests > 1:
                self._last_batch = self._clock()
            if not job.call.reads:
                self._report()
            envelope = await _read(await self._client.send(job.call))
            if not job.call.reads and (doubt := contradiction(envelope)) is not None:
                raise doubt
            return envelope
        except ApiError as error:
            counted = not error.never_sent
            if isinstance(error, RateLimited):
                self._doubt_batches()
                self.budget.hold_names()  # others use the account too: what it takes is for what the user waits for
                # The account's limit is everybody's, so everybody waits: before the next one is let in.
                wait = self._retry.wait(error, attempt)
                self._turnstile.pause_for(min(wait, self._retry.limited_patience))
            raise
        finally:
            self._turnstile.leave(job.ticket, counted=counted)

    def _doubt_batches(self) -> None:
        """The server's count is not ours: if a batch was sent within its minute, each of its requests counts there."""
        if self._clock() - self._last_batch < self.budget.window:
            self.budget.counts_each = True

    @staticmethod
    def _settle(job: _Job, error: ApiError) -> None:
        """Of a write: let the error say whether it may have been carried out."""
        if not job.call.reads:
            from cotui.api.outcome import settle

            settle(error)

    def _report(self) -> None:
        waiting = sum(not self._turnstile.admitted(job.ticket) for job in self._jobs)
        self.status.update(
            in_flight=self._turnstile.inside, waiting=waiting, pause=self._turnstile.pause, wait=self._wait()
        )

    def _wait(self) -> Wait | None:
        """What the user waits for: a write, which can't be left, before all else."""
        waits = [job for job in self._jobs if job.began is not None]
        writes = [job for job in waits if job.sent and not job.call.reads]
        began = [job.began for job in writes or waits if job.began is not None]
        return Wait(min(began), bool(writes)) if began else None
