"""How the program ends: by its user, by a signal, by a fault of its own; what is kept, closed and told then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from cotui.tui.base.connection import ConnectionText
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.base.waiting import Waiting, shows_wait
from cotui.tui.engine.crash import report
from cotui.tui.engine.terminal.job_control import ENDING, is_ignored
from cotui.tui.shell.copying import CopyingApp

if TYPE_CHECKING:
    from rich.console import RenderableType

    from cotui.tui.base.session import Session


class EndingApp(CopyingApp):
    """An app that leaves nothing undone: state saved, writes told, connections closed, the terminal given back."""

    #: whether a fault of the program's own ends it
    crashed = False
    #: called before such a fault is told
    failing: Callable[[], None] = staticmethod(lambda: None)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.connection = ConnectionText(self._level_changed)
        self.waiting = Waiting(
            lambda: shows_wait(self.top),
            whom="the demo's own server" if session.demo else "",
            around=self._context,
        )

    def _level_changed(self) -> None:
        if isinstance(top := self.top, FrameScreen):  # the last request may end after the screens
            with self._context():  # the worker's own tasks know of no app
                top.set_level(self.connection.text)

    def end_on_faults(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on faults that nobody waits for and signals from outside end the program."""
        loop.set_exception_handler(self._fault)
        for number in ENDING:
            if not is_ignored(number):
                loop.add_signal_handler(number, self._ended_from_outside, number)

    def _fault(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A bug that showed in a callback or in a task nobody waits for ends the app, as one anywhere else does."""
        fault = context.get("exception")
        # a future is somebody else's, such as a connection that was given up
        ours = {"task", "handle"} & context.keys() or isinstance(context.get("future"), asyncio.Task)
        if isinstance(fault, Exception) and ours:
            try:
                raise fault  # the report is about what is being handled
            except Exception as raised:  # noqa: BLE001 - it ends the app
                self._handle_exception(raised)
        else:
            self.log.error(str(context.get("message")))

    def _ended_from_outside(self, number: int) -> None:
        """The connection was closed or the program is to stop: keep the state, restore the terminal."""
        self.exit(return_code=128 + number)  # as a shell sees one that a signal has ended
        self.session.state.save()

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End the app; of several reasons the first counts."""
        if self._exit:
            return_code = self._return_code or 0
        super().exit(result, return_code, message)

    async def on_unmount(self) -> None:
        try:
            self.session.state.save()
            self.connection.close()
            self.waiting.close()
            await self.finish_writing()
            if self.session.api is not None:
                await self.session.api.aclose()
            await self._copies.forget()
            await self.finish_writing()  # those that were still waiting know their end now
        except Exception as fault:  # noqa: BLE001 - it is told when the terminal has been given back
            self._handle_exception(fault)

    def _handle_exception(self, error: Exception) -> None:
        self.crashed = True
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """A fault of the program's own ends it. Textual's own report would show passwords that were typed."""
        self.panic(report(self.console))

    def panic(self, *renderables: RenderableType) -> None:
        """End the app after a fault, with a report on the normal screen."""
        self.crashed = True
        self.failing()
        with suppress(Exception):  # the terminal may be what the fault is about
            self.bell()
        super().panic(*renderables)
