"""Whose the terminal is: stopped like any other program, and never touching it from the background.

Nothing of Textual is loaded here: the first frame needs it before anything else is there.
"""

from __future__ import annotations

import errno
import os
import signal
import time

TYPE_CHECKING = False  # `typing` takes longer to load than this to run
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

#: signals that end a program unless it says otherwise, and that somebody may send to it
ENDING = tuple(
    getattr(signal, name)
    for name in (
        "SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGXCPU",
    )
    if hasattr(signal, name)
)  # fmt: skip

#: seconds in which a signal that continued us must have been noticed
_NOTICED = 0.05


def is_ignored(number: int) -> bool:
    """Whether who started us wants us to ignore a signal, as `nohup` does: it stays ignored."""
    return signal.getsignal(number) is signal.SIG_IGN


def in_foreground(descriptor: int) -> bool:
    """Whether a terminal is ours now, or nobody's."""
    try:
        return os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:
        return True


def wait_for_foreground(descriptor: int, given_up: Callable[[], object] = lambda: False) -> bool:
    """Stop, as programs do that want the terminal in the background, until the shell has brought us to the front.

    Args:
        given_up: asked whenever we were woken up: whether to go on waiting makes no sense any more.

    Returns:
        Whether the terminal is ours. False too when it is gone, or when no shell is there to bring us to the front.
    """
    import termios

    # whoever sets the attributes of a terminal from the background is stopped by the system, unless it ignores that
    before = signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    try:
        while not given_up():
            try:
                termios.tcsetattr(descriptor, termios.TCSANOW, termios.tcgetattr(descriptor))
            except termios.error as error:
                if error.args[0] != errno.EINTR:
                    return False
            else:
                return True
        return False
    finally:
        signal.signal(signal.SIGTTOU, before)


def stop(*, group: bool) -> bool:
    """Stop until somebody continues us.

    Args:
        group: stop all programs that were started together with this one, as Ctrl+Z does. The shell waits for all.

    Returns:
        False when the system did not let us: there is no shell that could continue us.
    """
    seen: list[int] = []
    before = [
        (number, signal.signal(number, handler))
        for number, handler in (
            (signal.SIGTSTP, signal.SIG_DFL),
            (signal.SIGCONT, lambda number, _frame: seen.append(number)),
        )
    ]
    try:
        if group:
            os.killpg(0, signal.SIGTSTP)
        else:
            os.kill(os.getpid(), signal.SIGTSTP)
        until = time.monotonic() + _NOTICED
        while not seen and time.monotonic() < until:
            time.sleep(0.001)
        return bool(seen)
    finally:
        for number, handler in before:
            signal.signal(number, handler)


class EndingsNoted:
    """While this holds, signals that would have ended the program by a handler of its own are only noted.

    Their handlers would write to the terminal, or could not run before the terminal is ours again. What was noted is
    sent once more at the end.

    Attributes:
        noted: the signals that came.
    """

    def __init__(self) -> None:
        self.noted: list[int] = []
        self._before: list[tuple[int, Any]] = []

    def __bool__(self) -> bool:
        return bool(self.noted)

    def __enter__(self) -> EndingsNoted:
        for number in ENDING:
            handler = signal.getsignal(number)
            if handler not in (signal.SIG_DFL, signal.SIG_IGN, None):
                self._before.append((number, handler))
                signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before:
            signal.signal(number, handler)
        for number in dict.fromkeys(self.noted):
            os.kill(os.getpid(), number)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.noted.append(number)
