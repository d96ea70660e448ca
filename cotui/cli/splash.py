"""The first thing on the screen: the alternate screen with the frame of the first list, before anything is loaded.

Python is up after some ten milliseconds and the interface only after twenty times as many. What stands here
stands where the interface will paint the same. Until the interface has taken the terminal over, `end` gives it
back as it was; whatever prints a message calls it first, so that the message stays on the normal screen.

Nothing is imported for it but what Python has loaded anyway and the names of the lists; tests keep the few facts
that are written down a second time equal to those of the interface.
"""

from __future__ import annotations

import os
import sys

from cotui.catalog.start_lists import START_LISTS, tab_texts

TYPE_CHECKING = False  # `typing` takes longer to load than all this to run
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType
    from typing import Any

#: options of `cotui [SCREEN]` that stand alone
_FLAGS = ("--demo", "--read-only")
#: options with a value, and what it may be: anything, a whole number from so many, one of some words
_VALUES: dict[str, int | tuple[str, ...] | None] = {
    "--profile": None,
    "--customers": 1,
    "--seed": 0,
    "--driver": ("auto", "lean", "stock"),
}
#: rate limit of a profile that does not set one: what is left of it stands at the right
_RATE = 250
#: the modes that Textual may have switched on when a signal ends it before it listens for signals
_MODES_OFF = (
    "\x1b[<u"
    + "".join(f"\x1b[?{mode}l" for mode in (2004, 1000, 1002, 1003, 1015, 1006, 1004, 2048))
    + "\x1b[?7h"
)
_LEAVE = "\x1b[?1049l\x1b[?25h"
#: pasted text comes between marks, from the first moment on
_PASTES = "\x1b[?2004"

#: where the screens are drawn, see `cotui.tui.engine.terminal.choice`
_SCREEN = 1

#: the one that is on the screen
_shown: Splash | None = None


def show(words: Sequence[str], environ: Mapping[str, str] = os.environ) -> None:
    """Show the first frame, if these words open the screens and this is a terminal to show them on."""
    global _shown
    if _shown is None and opens_screens(words) and _on_terminal(environ) and in_foreground():
        _shown = Splash(words, environ)


def tell(account: str, badges: str = "", rate: int = _RATE) -> None:
    """Complete the top line, now that it is known whose account is opened.

    Args:
        account: the profile's name.
        badges: what stands behind it, such as "PRODUCTION".
        rate: the profile's requests per minute.
    """
    if _shown is not None:
        _shown.tell(account, badges, rate)


def lend() -> None:
    """A program may talk to the user now: give it the terminal's input as it was, and a cursor."""
    if _shown is not None:
        _shown.lend()


def take_back() -> None:
    """That program has ended."""
    if _shown is not None:
        _shown.take_back()


def taken_over(driver: Any) -> None:
    """A driver has the terminal now, and gives it back at its end as it was before the splash."""
    global _shown
    if _shown is not None:
        _shown.hand_over(driver)
        _shown = None


def end() -> None:
    """Give the terminal back, unless there is nothing to give back or it was handed over."""
    global _shown
    if _shown is not None:
        shown, _shown = _shown, None
        shown.end()


def stands() -> bool:
    """Whether it is on the screen."""
    return _shown is not None


def in_foreground() -> bool:
    """Whether the terminal is ours. In the background we stop, as other programs do, until the shell brings us to the front.

    False where there is no shell that could.
    """
    if sys.platform == "win32":
        return True
    try:
        if os.tcgetpgrp(0) == os.getpgrp():  # as job_control has it, which is not loaded for that
            return True
    except OSError:
        return True  # the terminal is nobody's
    from cotui.tui.engine.terminal.job_control import wait_for_foreground

    return wait_for_foreground(0)


def opens_screens(words: Sequence[str]) -> bool:
    """Whether these words open the screens, beyond doubt: what is left to argparse may end in its complaint."""
    screen = False
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if word in START_LISTS and not screen:
            screen = True
        elif name in _VALUES:
            value = value if equals else next(rest, "-")
            if not _fits(_VALUES[name], value):
                return False
        elif word not in _FLAGS:
            return False
    return True


def _fits(wanted: int | tuple[str, ...] | None, value: str) -> bool:
    if isinstance(wanted, tuple):
        return value in wanted
    if isinstance(wanted, int):
        return value.isascii() and value.isdecimal() and len(value) < 10 and int(value) >= wanted
    return not value.startswith("-")


def _on_terminal(environ: Mapping[str, str]) -> bool:
    if (
        environ.get("TERM", "dumb").lower() in ("", "dumb", "unknown", "network", "dialup")
        or sys.platform == "win32"
    ):
        return False
    try:
        return all(map(os.isatty, (0, _SCREEN)))
    except OSError:
        return False


class Splash:
    """The frame on the screen, and what has to be put back.

    Args:
        words: the command line's; they open the screens.
    """

    def __init__(self, words: Sequence[str], environ: Mapping[str, str]) -> None:
        self._attributes: list[Any] | None = None
        self._handlers: dict[int, Any] = {}
        self._environ = environ
        self._lent = False
        #: whether the terminal is the shell's
        self._away = False
        utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        screen = next((f" {word}" for word in words if word in START_LISTS), "")
        #: what is said about the first rows
        self._loading = f" Loading{screen}{' …' if utf8 else ''}"
        #: whose account it is, as far as that is known
        self._account = _account(words, environ)
        self._ended = False
        self._catch_signals()
        self.hold_input()  # before anybody can see that there is something to type to
        self._draw()

    # -- what stands where: as cotui.tui.base.top_bar and record_table have it ------------

    def _draw(self) -> None:
        """All of it, on the alternate screen."""
        self._columns, self._lines = _size(self._environ)
        #: what the top line says behind the program's name
        self._line = self._rest_of_line(*self._account)
        self._write(
            f"\x1b[?1049h\x1b[?25l{_PASTES}h\x1b[H\x1b[J\x1b[1m cotui \x1b[m"
            + self._line
            + self._place(0)
            + self._loading
        )

    def _rest_of_line(self, account: str, badges: str, rate: int) -> str:
        if not account:
            return ""
        line = f" {account} " + (f" {badges} " if badges else "")
        room = self._columns - 7 - len(line) - len(f"{rate}/{rate} req/min") - 2
        return (line + "".join(tab_texts(room)))[: max(0, self._columns - 7)]

    def _place(self, below: int) -> str:
        """Where the words about the first rows stand, or some lines below."""
        return f"\x1b[{4 + max(0, self._lines - 5) // 3 + below};1H"

    def tell(self, account: str, badges: str, rate: int) -> None:
        """Complete the top line."""
        from cotui.safety.text import is_plain

        line = self._rest_of_line(account, badges, rate)
        # the interface knows how wide other characters are
        if line != self._line and is_plain(account):
            self._account, self._line = (account, badges, rate), line
            self._write(f"\x1b[1;8H{line}")

    # -- the terminal ------------------------------------------------------------------------

    def hold_input(self) -> None:
        """What is typed from now on waits for the interface, as it would get it, and is not shown."""
        import termios

        self._lent = False
        try:
            if self._attributes is None:
                self._attributes = termios.tcgetattr(0)
            held = list(self._attributes)
            # as Textual has it, but Ctrl+C still ends the program, and Ctrl+Z goes back to the shell
            held[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
            held[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            held[6] = list(held[6])
            held[6][termios.VMIN] = 1
            held[6][termios.VQUIT] = bytes([os.fpathconf(0, "PC_VDISABLE")])
            termios.tcsetattr(0, termios.TCSANOW, held)
            if self._ended:  # meanwhile, in another thread
                self._release_input()
        except (termios.error, OSError):
            pass  # the terminal is gone; whoever needs it will say so

    def lend(self) -> None:
        """Input as it was found, and a cursor below the frame."""
        self._lent = True
        self._release_input()
        self._write(f"{_PASTES}l{self._place(2)}\x1b[?25h")

    def take_back(self) -> None:
        """Input as the interface wants it, again."""
        self._write(f"{_PASTES}h")
        self.hold_input()

    def _release_input(self) -> None:
        import termios

        if self._attributes is not None:
            try:  # noqa: SIM105 - contextlib is not loaded yet
                termios.tcsetattr(0, termios.TCSANOW, self._attributes)
            except termios.error:
                pass

    def end(self) -> None:
        """Everything as it was found."""
        self._ended = True
        if not self._away:
            self._release_input()
            self._write(f"{_PASTES}l{_LEAVE}")
        self._forget_signals()

    def hand_over(self, driver: Any) -> None:
        """The driver found the input as it is held here; what it puts back at its end is what was before."""
        if self._attributes is not None and hasattr(driver, "attrs_before"):
            driver.attrs_before = self._attributes
        # the signals' handlers stay until the app has its own: they put back what both have done

    def _write(self, text: str) -> None:
        try:  # noqa: SIM105 - contextlib would be loaded before the first paint
            os.write(_SCREEN, text.encode(errors="replace"))
        except OSError:
            pass  # the terminal is gone

    # -- signals -----------------------------------------------------------------------------

    def _catch_signals(self) -> None:
        import signal

        from cotui.tui.engine.terminal.job_control import ENDING

        def catch(number: int, handler: Any) -> None:
            if signal.getsignal(number) is signal.SIG_DFL:  # under nohup it stays ignored
                self._handlers[number] = signal.signal(number, handler)

        for number in ENDING:
            catch(number, self._ended_from_outside)  # Python's own handler of Ctrl+C stays
        catch(signal.SIGTSTP, self._stopped)
        catch(signal.SIGCONT, self._continued)

    def _forget_signals(self) -> None:
        import signal

        for number, before in self._handlers.items():
            if getattr(signal.getsignal(number), "__self__", None) is self:
                signal.signal(number, before)

    def _ended_from_outside(self, number: int, _frame: FrameType | None) -> None:
        if not self._away:
            self._release_input()
            self._write(_MODES_OFF + _LEAVE)
        os._exit(128 + number)  # what a shell sees of a program that the signal itself has ended

    def _stopped(self, _number: int, _frame: FrameType | None) -> None:
        """Ctrl+Z: the shell gets the terminal as it was, until it brings us to the front again."""
        from cotui.tui.engine.terminal.job_control import stop

        if not self._ended:
            self._release_input()
            self._write(f"{_PASTES}l{_LEAVE}")
            self._away = True
        stop(group=False)  # all others that Ctrl+Z is for have heard of it themselves
        self._continued()

    def _continued(self, *_: object) -> None:
        """Take the terminal again, which the shell has had."""
        if self._ended:
            return
        self._away = True
        if not in_foreground():
            return
        self._away = False
        lent = self._lent
        self._draw()
        if lent:
            self._write(f"{_PASTES}l{self._place(2)}\x1b[?25h")
        else:
            self.hold_input()


def _size(environ: Mapping[str, str]) -> tuple[int, int]:
    """Columns and lines, as `cotui.tui.engine.terminal.stock.terminal_size` finds them, which takes longer to load."""
    try:
        found = tuple(os.get_terminal_size(_SCREEN))
    except OSError:
        found = (0, 0)
    if all(found):
        return found[0], found[1]
    said = [environ.get(name, "") for name in ("COLUMNS", "LINES")]
    sizes = [int(text[:4]) if text.isascii() and text.isdecimal() else 0 for text in said]
    return sizes[0] or 80, sizes[1] or 24


def _account(words: Sequence[str], environ: Mapping[str, str]) -> tuple[str, str, int]:
    """The account's name, its badges and its rate limit, where they are known without the configuration."""
    badges = "read-only" if "--read-only" in words else ""
    if "--demo" in words:
        return "demo", badges, _RATE
    named = any(word.partition("=")[0] == "--profile" for word in words) or environ.get("COTUI_PROFILE")
    if environ.get("COTUI_URL") and not named:
        return "environment", badges, _RATE
    return "", "", _RATE
