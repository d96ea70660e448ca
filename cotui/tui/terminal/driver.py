"""A Textual driver that sends only what changed, and on a slow link skips to the present.

Textual writes whole regions, each piece with a full style, and repeats them while it starts. Here a frame is
drawn into cells (`screen.py`), and what leads the terminal there from what it shows is sent (`painter.py`),
one frame at a time: while the link is busy, newer frames only change the cells.
"""

from __future__ import annotations

import os
import re
import signal
import threading
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.message import Message

from cotui.tui.terminal.abilities import abilities_of
from cotui.tui.terminal.keys import KeyReader
from cotui.tui.terminal.outlet import Outlet
from cotui.tui.terminal.pace import Pace
from cotui.tui.terminal.painter import Painter
from cotui.tui.terminal.place import screen
from cotui.tui.terminal.screen import Screen
from cotui.tui.terminal.stock import StockDriver

if TYPE_CHECKING:
    from textual.app import App

#: synchronised output; Textual writes it once the terminal has said that it knows it
SYNC_BEGIN: Final = "\x1b[?2026h"
SYNC_END: Final = "\x1b[?2026l"
#: bytes from which a frame is worth the sixteen of synchronised output
SYNC_PAYS: Final = 400

#: sequences that change no cell: modes, questions, keyboard protocols, titles, the clipboard, pointers, the bell
_HARMLESS: Final = re.compile(
    r"(?:\x07"
    r"|\x1b\[[?>=<][0-9;:]*\$?[a-zA-Z]"
    r"|\x1b\[[0-9;]*(?:n|c|t| q)"
    r"|\x1b\][0-9]+;[^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1bPtmux;(?:[^\x1b]|\x1b\x1b)*\x1b\\)+"
)
#: ASCII in both character sets and the first in use, no insertion, no origin in the region, the alternate screen (in
#: the way that doesn't remember a place for the cursor again), no wrapping, no cursor
_RECOVER: Final = "\x0f\x1b(B\x1b)B\x1b[4l\x1b[?6l\x1b[?47h\x1b[?7l\x1b[?25l"
_ALTERNATE: Final = re.compile(r"\x1b\[\?1049([hl])")
_BELL: Final = "\x07"
#: all that has to be undone in a terminal that did not take it in time: first what was cut off in the middle
_RESTORE: Final = (
    "\x18\x1b[m\x1b[r"
    + "".join(f"\x1b[?{mode}l" for mode in (2026, 2004, 1000, 1002, 1003, 1015, 1006, 1016, 2048, 1004))
    + "\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h"
)
#: what the terminal tells of the mouse: buttons and wheel, moves while a button is down; and how it tells it
_CLICKS: Final = "\x1b[?1000"
_DRAGS: Final = "\x1b[?1002"
_SGR_MOUSE: Final = "\x1b[?1006"


class LeanDriver(StockDriver):
    """Textual's driver for Unix with other ways out and in.

    Attributes:
        entered_before: the alternate screen was entered by who started the app, and shows something to look at
            until the first frame.
    """

    entered_before = False

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._screen = Screen(0, 0)
        self._painter = Painter(abilities_of(os.environ))
        self._outlet: Outlet | None = None
        self._keys: KeyReader | None = None
        self._pace = Pace(self._link_free)
        self._thread = threading.get_ident()
        #: whether the terminal knows synchronised output
        self._synchronised = False
        self._in_update = False
        #: whether the terminal shows its alternate screen, ours
        self._entered = False
        #: whether anything was painted since the terminal was taken over
        self._begun = False
        #: whether the cells are newer than what was painted
        self._stale = False
        # handled by the loop they can't come in the middle of a frame
        self._loop.add_signal_handler(signal.SIGTSTP, self._sigtstp_application)
        self._loop.add_signal_handler(signal.SIGCONT, self._sigcont_application)

    # -- begin and end -------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal over, at the start and after having been suspended."""
        self._outlet = Outlet(screen().fileno(), self._link_free)
        try:
            self._keys = KeyReader(self.fileno, self.process_message, self._hung_up, self._pace.answered)
        except OSError:
            self._keys = None  # Textual's thread reads what the loop can't watch
        self._begun = False
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        self._painter.forget()
        if self._get_terminal_size() == (self._screen.columns, self._screen.rows):
            self._loop.call_soon(self.repaint)  # what was there before is gone

    def disable_input(self) -> None:
        """Stop reading keys, at once."""
        if self._keys is not None:
            keys, self._keys = self._keys, None
            keys.stop(self._pace.last_patience)
            self._pace.stop()
        super().disable_input()

    def _enable_mouse_support(self) -> None:
        """Ask for clicks, the wheel and drags. Textual asks for every move of the pointer: some bytes each, for nothing."""
        if self._mouse:
            self.write(f"{_CLICKS}h{_DRAGS}h{_SGR_MOUSE}h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write(f"{_CLICKS}l{_DRAGS}l{_SGR_MOUSE}l")

    def close(self) -> None:
        """Give the terminal back when all is said."""
        super().close()
        if self._outlet is not None:
            self._outlet.close(_RESTORE)
            self._outlet = None

    def _sigcont_application(self, *_: object) -> None:
        """Go on after having been stopped: take the terminal again, or draw over what was written meanwhile."""
        if self._outlet is None:
            super()._sigcont_application()
        else:
            self.repaint()

    def _hung_up(self) -> None:
        """The terminal is gone. In a session of its own it says so by itself; without one nobody does."""
        os.kill(os.getpid(), signal.SIGHUP)

    # -- out -----------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """A frame is drawn, and painted when the link is free; everything else is passed on at once.

        Raises:
            RuntimeError: the driver is not in application mode.
        """
        if threading.get_ident() != self._thread:  # Textual's input thread switches modes
            self._loop.call_soon_threadsafe(self.write, data)
            return
        outlet = self._outlet
        if outlet is None:
            raise RuntimeError("the driver is not in application mode")
        if data == SYNC_BEGIN:
            self._in_update = self._synchronised = True
        elif data == SYNC_END:
            self._in_update = False
            self._paint()
        elif data.startswith("\x1b[") and self._on_screen().draw(data):
            self._stale = True
            if not self._in_update:
                self._paint()
        elif _HARMLESS.fullmatch(data):
            if alternate := _ALTERNATE.search(data):
                outlet.send(self._painter.lay_down())
                self._painter.forget()
                self._entered = alternate[1] == "h"
                if self._entered and self.entered_before:
                    self.entered_before = False  # entering it twice clears it in some terminals
                    return
            if data != _BELL or not outlet.full:
                outlet.send(data)
        else:
            self._pass(data, outlet)

    def _on_screen(self) -> Screen:
        """The cells, of the size that the app draws for."""
        size = self._app.size
        if size != (self._screen.columns, self._screen.rows):
            self._screen = Screen(*size)
            self._painter.forget()  # also when this size was there before: the terminal lost cells since
        return self._screen

    def _pass(self, data: str, outlet: Outlet) -> None:
        """Pass something unknown on as it is. It may have drawn anything: all is painted anew behind it."""
        self._paint(force=True)
        outlet.send(self._painter.lay_down() + data)
        self.repaint()

    def _paint(self, *, force: bool = False) -> None:
        """Bring the terminal up to date, unless it is still busy with what came before."""
        outlet = self._outlet
        if not (self._stale and self._entered) or outlet is None or (self._busy(outlet) and not force):
            return
        screen = self._screen
        if not self._begun and all(line.chars.isspace() for line in screen.lines):
            return  # Textual's first frame is empty; what stands there now is better
        self._begun, self._stale = True, False
        touched, screen.touched = screen.touched, set()
        data = self._painter.paint(screen, touched)
        if screen.cursor != (0, 0):
            data += self._painter.place_cursor(*screen.cursor)
        if data:
            pays = self._synchronised and len(data) > SYNC_PAYS
            size = outlet.send(f"{SYNC_BEGIN}{data}{SYNC_END}" if pays else data)
            self._ask(outlet, size)

    def _busy(self, outlet: Outlet) -> bool:
        return outlet.full or self._pace.full

    def _ask(self, outlet: Outlet, size: int) -> None:
        """Ask the terminal how far it is, where so many more bytes make it worth asking."""
        if self._keys is not None and (question := self._pace.question(size)):
            self._keys.expect()
            outlet.send(question)

    def _link_free(self) -> None:
        if not self._in_update:
            self._paint()

    def recover(self) -> None:
        """Put everything right that something else may have changed in the terminal, and paint anew."""
        if self._outlet is not None and self._entered:
            self._outlet.send(_RECOVER)
            self._enable_mouse_support()
            self._enable_bracketed_paste()
        self.repaint()

    def repaint(self) -> None:
        """Paint everything anew, as after something else wrote to the terminal."""
        self._painter.forget()
        self._stale = self._screen.rows > 0
        self._paint()

    # -- in ------------------------------------------------------------------------------

    def run_input_thread(self) -> None:
        """Textual starts this in a thread; keys are read in the event loop, where it can."""
        if self._keys is None:
            super().run_input_thread()

    def process_message(self, message: Message) -> None:
        """Pass something on to the app. A terminal that changed its size, be it to and fro, has lost cells."""
        if isinstance(message, events.Resize):
            same = message.size == (self._screen.columns, self._screen.rows)
            self._loop.call_soon_threadsafe(self.repaint if same else self._painter.forget)
        super().process_message(message)

    def send_message(self, message: Message) -> None:
        """Hand a message to the app: in the loop at once, without a task for each."""
        if threading.get_ident() == self._thread:
            self._app.post_message(message)
        else:
            super().send_message(message)
