"""What every driver of ours does when it takes the terminal, lends it, gives it back or loses it.

While the program is stopped the terminal is the shell's, as it was found. It is taken again when the shell has brought
the program to the front, never before. Whatever goes wrong, it is given back at the end.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import termios
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from cotui.tui.engine.terminal.job_control import EndingsNoted, is_ignored, stop, wait_for_foreground

if TYPE_CHECKING:
    from textual.app import App

#: ASCII in both character sets and the first in use, no insertion, no origin in the region, the alternate screen (in
#: the way that doesn't remember a place for the cursor again), no wrapping, no cursor
RECOVER: Final = "\x0f\x1b(B\x1b)B\x1b[4l\x1b[?6l\x1b[?47h\x1b[?7l\x1b[?25l"
#: all that has to be undone in a terminal that did not take it in time: first what was cut off in the middle
RESTORE: Final = (
    "\x18\x1b[m\x1b[r"
    + "".join(f"\x1b[?{mode}l" for mode in (2026, 2004, 1000, 1002, 1003, 1015, 1006, 1016, 2048, 1004))
    + "\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h"
)
#: what a shell sees of a program that ended because its terminal is gone
HUNG_UP: Final = 128 + signal.SIGHUP


class HoldingDriver(LinuxDriver):
    """Textual's driver for Unix, which shares the terminal with the shell as other programs do."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        stoppable = not is_ignored(signal.SIGTSTP)
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        #: whether the terminal is in a state of ours
        self._held = False
        #: whether it is somebody else's for now, or gone: then nothing is written to it
        self._away = False
        #: the line discipline as we want it
        self._ours: list[Any] | None = None
        #: whether we know already that we have been continued
        self._back = False
        # handled by the loop they can't come in the middle of a frame
        if stoppable:
            self._loop.add_signal_handler(signal.SIGTSTP, self._sigtstp_application)
        else:
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        self._loop.add_signal_handler(signal.SIGCONT, self._sigcont_application)

    def start_application_mode(self) -> None:
        """Take the terminal over, at the start and after having been suspended.

        Raises:
            OSError: it is gone, or in the background there is no shell to bring us to the front.
        """
        if not wait_for_foreground(self.fileno) and os.isatty(self.fileno):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self._held, self._away = True, False
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        with contextlib.suppress(termios.error):
            self._ours = termios.tcgetattr(self.fileno)

    def write(self, data: str) -> None:
        """Write to the terminal, while it is ours."""
        if not self._away:
            super().write(data)

    def disable_input(self) -> None:
        if not self._away:
            super().disable_input()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        if not self._away:
            super().stop_application_mode()
            self._held = False

    def suspend_application_mode(self) -> None:
        """Lend the terminal to somebody else."""
        super().suspend_application_mode()
        self._away = True

    def close(self) -> None:
        """Clean up, also after something went wrong on the way into or out of the terminal."""
        if self._held and not self._away:
            self._held = False
            self._give_back()
        super().close()

    def _give_back(self) -> None:
        with contextlib.suppress(termios.error, OSError):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with contextlib.suppress(Exception):  # the way to the terminal is what has failed
            self.write(RESTORE)

    def stop_with_group(self) -> bool:
        """Go back to the shell until it brings us to the front again, as every program does on Ctrl+Z.

        Returns:
            Whether there was a shell to go back to.
        """
        return not is_ignored(signal.SIGTSTP) and self._stop(group=True)

    def _sigtstp_application(self, *_: object) -> None:
        self._stop(group=False)

    def _stop(self, *, group: bool) -> bool:
        lends = self._auto_restart and not self._away
        if lends:
            self.suspend_application_mode()
        ours = True
        with EndingsNoted() as endings:
            stopped = stop(group=group)
            if not stopped and not group:
                os.kill(
                    os.getpid(), signal.SIGSTOP
                )  # somebody who is no shell wants it, and will continue us
            if lends:
                ours = wait_for_foreground(self.fileno, lambda: endings)
        if lends:
            self._know_that_we_are_back()
            if ours:
                self._must_signal_resume = True
                self.resume_application_mode()
            elif not endings:
                self._hung_up()
        return stopped

    def _sigcont_application(self, *_: object) -> None:
        """Continued after having been stopped without a warning: the shell has had the terminal as we left it."""
        if self._back or self._away or not self._auto_restart:
            return
        with EndingsNoted() as endings:
            ours = wait_for_foreground(self.fileno, lambda: endings)
        self._know_that_we_are_back()
        if ours:
            self._take_again()
        elif endings:
            self._let_go()  # it is the shell's, which has put it right for itself
        else:
            self._hung_up()

    def _take_again(self) -> None:
        """Set up the terminal anew, which somebody else has used."""
        if self._ours is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._ours)
        size = Size(*self._get_terminal_size())
        self.recover()
        if size != self._app.size:
            self.process_message(events.Resize(size, size))

    def recover(self) -> None:
        """Put everything right that something else may have changed in the terminal, and paint anew."""
        if self._held and not self._away:
            self.write(RECOVER)
            self._enable_mouse_support()
            self._enable_bracketed_paste()
        self.process_message(self.SignalResume())

    def _know_that_we_are_back(self) -> None:
        """Have the loop tell us nothing of what woke us: it comes to that in the round after the next."""
        self._back = True

        def forget() -> None:
            self._back = False

        self._loop.call_soon(self._loop.call_soon, self._loop.call_soon, forget)

    def _let_go(self) -> None:
        """Neither read nor write any more: the terminal is not ours, and will not be again."""
        self._away = True
        self.exit_event.set()

    def _hung_up(self) -> None:
        """The terminal is gone, and so is everybody who looked at it.

        In a session of its own the system says so by a signal; without one, or when that is ignored, nobody does.
        """
        self._let_go()
        self._app.exit(return_code=HUNG_UP)
