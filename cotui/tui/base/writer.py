"""The one place of the terminal UI that writes: noted before it is sent, sent once, noted how it ended."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cotui.api import Api, ApiError, Outcome, Result, Write
from cotui.api.calls import BULK_LIMIT, bulk
from cotui.api.connection import API_PATH
from cotui.api.outcome import outcome_of
from cotui.api.transport.envelope import bulk_of
from cotui.api.transport.tasks import begin_apart
from cotui.safety.faults import FileFault, show_path
from cotui.settings.paths import STATE

if TYPE_CHECKING:
    from cotui.audit.log import AuditLog

#: seconds that leaving waits for the answer to a write that was sent
PATIENCE: Final = 5.0

T = TypeVar("T")


class AlreadySentError(RuntimeError):
    """A write was handed over a second time: a bug, since every request is a write of its own."""


class AuditUnwritable(ApiError):  # noqa: N818 - named after its cause, like the errors of cotui.api
    """The write was not sent, because it could not be noted down."""

    default_what = "The audit file cannot be written"
    default_meaning = "Every change is written down before it is made."
    default_todo = "Free some space or mend the permissions of cotui's state directory."
    never_sent = True


class AuditedWriter:
    """Sends writes for all screens. It outlives them: closing a dialog breaks off nothing.

    Args:
        audit: where every write is noted.
        profile: the account's name in the notes.
        operator: login name of who sits at the terminal.
        now: the time for the notes.
        read_only: refuse everything; no screen offers a write then, so this is the second net.
    """

    def __init__(
        self,
        api: Api,
        audit: AuditLog,
        *,
        profile: str,
        operator: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        read_only: bool = False,
    ) -> None:
        self._api = api
        self._audit = audit
        self._profile = profile
        self._operator = operator
        self._now = now
        self._read_only = read_only
        self._tasks: set[asyncio.Task[Any]] = set()
        self._seen: set[str] = set()
        #: why the note of a write that was sent could not be completed; shown by whoever sent it
        self.audit_problem = ""

    @property
    def busy(self) -> bool:
        return bool(self._tasks)

    async def send(self, write: Write) -> Outcome:
        """Carry out one write.

        Raises:
            AlreadySentError: it was handed over before.
            PermissionError: the session is read-only.
        """
        return (await self._sheltered(self._run([write], self._single)))[0]

    async def send_together(self, writes: Sequence[Write]) -> list[Outcome]:
        """Carry out up to 25 writes as one bulk call; each has an outcome of its own, in their order.

        Raises:
            AlreadySentError: one was handed over before.
            PermissionError: the session is read-only.
            ValueError: too many, or none.
        """
        if not 1 <= len(writes) <= BULK_LIMIT:
            raise ValueError(f"a bulk call holds 1 to {BULK_LIMIT} writes, not {len(writes)}")
        return await self._sheltered(self._run(writes, self._bulk))

    async def finish(self, patience: float = PATIENCE) -> None:
        """Wait for what is under way, `patience` seconds at most, and note what could not be noted before."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        if self._audit.late:
            with contextlib.suppress(OSError):  # the next start of cotui notes them as unknown
                await asyncio.to_thread(self._audit.catch_up)

    async def _sheltered(self, run: Coroutine[Any, Any, T]) -> T:
        task = begin_apart(run)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def _run(
        self, writes: Sequence[Write], send: Callable[[Sequence[Write]], Coroutine[Any, Any, list[Outcome]]]
    ) -> list[Outcome]:
        if self._read_only:
            raise PermissionError("this session is read-only")
        self.audit_problem = ""
        for write in writes:
            if write.request_id in self._seen:
                raise AlreadySentError(write.request_id)
            self._seen.add(write.request_id)
        entries = [self._entry(write) for write in writes]
        try:
            pending = await asyncio.to_thread(self._audit.begin, entries)
        except OSError as error:
            refused = AuditUnwritable(
                f"{AuditUnwritable.default_what}: {_reason(error)}", todo=_remedy(error)
            )
            return [Outcome(write, Result.NOT_SENT, refused) for write in writes]
        try:
            outcomes = await send(writes)
        except BaseException:  # cancelled or a bug: it may have been sent
            pending.give_up()  # the next program, or the next write, notes it as unknown
            raise
        try:
            await asyncio.to_thread(pending.finish, [_result(outcome) for outcome in outcomes])
        except OSError as error:
            self.audit_problem = f"the audit file could not be completed: {_reason(error)}"
        return outcomes

    async def _single(self, writes: Sequence[Write]) -> list[Outcome]:
        return [await self._api.write(writes[0])]

    async def _bulk(self, writes: Sequence[Write]) -> list[Outcome]:
        style = self._api.connection.action_style
        try:
            answer = await self._api.call(bulk([write.bulk_request(style) for write in writes]))
            answers = bulk_of(answer, len(writes))
        except ApiError as error:
            return [outcome_of(write, error) for write in writes]
        return [outcome_of(write, item) for write, item in zip(writes, answers, strict=True)]

    def _entry(self, write: Write) -> dict[str, object]:
        """What is noted of a write before it is sent: no secret among it."""
        call = write.shown_call(self._api.connection.action_style)
        entry: dict[str, object] = {
            "time": self._now().isoformat(timespec="milliseconds"),
            "request_id": write.request_id,
            "profile": self._profile,
            "host": self._api.connection.host,
            "operator": self._operator,
            "action": f"{write.resource.id}.{write.action.name}",
            "target": {"object": write.resource.id, "id": write.ref, "name": write.target},
            "method": call.method,
            "path": call.target(API_PATH),
            "payload": write.shown_payload,
        }
        return entry


def _result(outcome: Outcome) -> dict[str, object]:
    """What is noted after it: never the answer, which may be a login link."""
    error = outcome.error
    return {
        "result": outcome.result.value,
        "status": error.status if error is not None else None,
        "message": outcome.message,
        "made": outcome.made,
    }


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _remedy(error: OSError) -> str:
    """What to do about the file; empty where the error says nothing of it."""
    if not isinstance(error, FileFault):
        return ""
    return f"{error.remedy[:1].upper()}{error.remedy[1:]} ({STATE}): {show_path(error.filename)}"
