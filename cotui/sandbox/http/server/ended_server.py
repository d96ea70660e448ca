"""A server that signals end in order: what is under way is answered, then who started it learns which signal it was."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Final

import uvicorn

_ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP")


class EndedServer(uvicorn.Server):
    """uvicorn's server. Its own also takes signals that the parent wants ignored, and none for a terminal that is gone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals end the server; when it has ended they are raised again, for whoever handled them before."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        captured: list[int] = []

        def end(number: int, frame: FrameType | None) -> None:
            captured.append(number)
            self.handle_exit(number, frame)

        numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
        before = {
            number: signal.signal(number, end)
            for number in numbers
            if signal.getsignal(number) is not signal.SIG_IGN
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        for number in captured[:1]:
            signal.raise_signal(number)
