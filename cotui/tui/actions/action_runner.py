"""The part of the app that acts: one action at a time, its dialogs, and what follows when it has written."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from cotui.api.transport.tasks import begin_task
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.engine.key_queue import KeyQueueApp
from cotui.tui.engine.life import LivingScreen

if TYPE_CHECKING:
    from cotui.api import Api, Outcome
    from cotui.catalog import Resource
    from cotui.tui.base.session import Session
    from cotui.tui.base.writer import AuditedWriter

Answer = TypeVar("Answer")


class ActionRunnerApp(KeyQueueApp[None]):
    """An app whose screens act on the account of a session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        super().__init__()
        #: the action under way, from its key to the end of its dialogs; there is never a second one
        self._action: asyncio.Task[None] | None = None
        #: what dialogs of the action are doing for it
        self._steps: set[asyncio.Task[None]] = set()
        #: dialogs of the action that wait for an answer
        self._asking = 0
        self._writer: AuditedWriter | None = None

    @property
    def api(self) -> Api:
        """The account; there is one wherever something can be acted on."""
        api = self.session.api
        assert api is not None
        return api

    @property
    def writer(self) -> AuditedWriter:
        """What every write goes through; made when the first one is near."""
        if self._writer is None:
            from cotui.tui.base.writer import AuditedWriter

            session = self.session
            self._writer = AuditedWriter(
                self.api,
                session.audit,
                profile=session.label,
                operator=session.operator,
                read_only=session.read_only,
            )
        return self._writer

    @property
    def acting(self) -> bool:
        """Whether an action is busy, which means that it does not wait for its user."""
        return self._action is not None and not self._asking

    def act(
        self, screen: FrameScreen[Any], resource: Resource, name: str, refs: Sequence[int | str | None]
    ) -> None:
        """Begin an action, unless one is under way; `name` "" shows all of them.

        Args:
            refs: ids of the records; one None to make a record.
        """
        if self._action is not None or self.session.read_only:
            return
        from cotui.tui.actions.dispatch import begin

        self._action = task = begin_task(begin(screen, resource, name, refs))
        task.add_done_callback(self._acted)
        forget = screen.at_end(partial(self._screen_left, task))
        task.add_done_callback(lambda _task: forget())

    def _screen_left(self, task: asyncio.Task[None]) -> None:
        """What was only being read for an action is no longer wanted where its screen was left."""
        if task is self._action and not self._asking:
            _cancel(task)

    def _acted(self, task: asyncio.Task[None]) -> None:
        self._action = None
        if not task.cancelled() and isinstance(fault := task.exception(), Exception):
            self._handle_exception(fault)

    async def ask(self, dialog: LivingScreen[Answer]) -> Answer | None:
        """Show a dialog and wait for its result; None when it was left, in whatever way.

        Unlike Textual's `push_screen_wait` it needs no worker, which would belong to a screen and end with it.
        """
        left = asyncio.Event()
        self._asking += 1
        try:
            dialog.at_end(left.set)
            self.push_screen(dialog)
            await left.wait()
            return dialog.answer
        finally:
            self._asking -= 1

    def go_on(self, dialog: LivingScreen[Any], work: Coroutine[Any, Any, None]) -> None:
        """Do something for the action under way that one of its dialogs began, such as saving a form.

        The dialog stays open and does not count as waiting for its user meanwhile, except while `work` itself
        asks something. `work` ends with the dialog.
        """

        async def run() -> None:
            self._asking -= 1
            try:
                await work
            finally:
                self._asking += 1

        task = begin_task(run())
        self._steps.add(task)
        task.add_done_callback(self._step_done)
        task.add_done_callback(lambda _task: work.close())  # where the dialog is left before it began
        forget = dialog.at_end(partial(_cancel, task))
        task.add_done_callback(lambda _task: forget())

    def _step_done(self, task: asyncio.Task[None]) -> None:
        self._steps.discard(task)
        if not task.cancelled() and isinstance(fault := task.exception(), Exception):
            self._handle_exception(fault)

    def written(self, outcome: Outcome) -> None:
        """A write has ended: say so, and have what shows its record read again."""
        from cotui.tui.actions.dispatch import ending

        gone = outcome.done and outcome.write.action.method == "DELETE"
        if outcome.write.action.changes:
            self.records_changed()
        for screen in [*self.screen_stack]:
            if isinstance(screen, FrameScreen):
                screen.written(outcome)
                if gone:
                    screen.record_gone(outcome.write.resource, outcome.write.ref)
        text, severity = ending(outcome)
        if self.writer.audit_problem:
            text, severity = f"{text} · {self.writer.audit_problem}", "warning"
        self.call_later(self.say, text, severity)

    def records_changed(self) -> None:
        """What any screen shows may be out of date: it is read again, now or when it is next looked at."""
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, FrameScreen):
                    screen.records_changed()

    def end_lives(self) -> None:
        """The program ends, and what is done for actions; what was sent is waited for all the same."""
        super().end_lives()
        for task in (self._action, *self._steps):
            if task is not None:
                _cancel(task)

    async def finish_writing(self) -> None:
        """Wait a little for what was sent and not answered, so that it is noted how it ended."""
        if self._writer is not None:
            await self._writer.finish()

    def say(self, text: str, severity: str = "information") -> None:
        if isinstance(top := self.top, FrameScreen):
            top.say(text, severity)


def _cancel(task: asyncio.Task[None]) -> None:
    """End a task, unless it is the one that ends the screen: that one says how it ended."""
    if task is not asyncio.current_task():
        task.cancel()
