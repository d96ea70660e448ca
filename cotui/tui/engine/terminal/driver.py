"""A Textual driver that sends only what changed, and on a slow link skips to the present.

Textual writes whole regions, each piece with a full style, and repeats them while it starts. Here a frame is
drawn into cells (`screen.py`), and what leads the terminal there from what it shows is sent (`painter.py`),
one frame at a time: while the link is busy, newer frames only change the cells.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.message import Message

from cotui.tui.engine.terminal.abilities import abilities_of
from cotui.tui.engine.terminal.choice import terminal_stream
from cotui.tui.engine.terminal.holding import RECOVER, RESTORE
from cotui.tui.engine.terminal.job_control import in_foreground
from cotui.tui.engine.terminal.keys import KeyReader
from cotui.tui.engine.terminal.outlet import Outlet
from cotui.tui.engine.terminal.pace import Pace
from cotui.tui.engine.terminal.painter import Painter
from cotui.tui.engine.terminal.screen import Screen
from cotui.tui.engine.terminal.stock import ReadingDriver

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
_ALTERNATE: Final = re.compile(r"\x1b\[\?1049([hl])")
_BELL: Final = "\x07"
#: what the terminal tells of the mouse: buttons and wheel, moves while a button is down; and how it tells it
_CLICKS: Final = "\x1b[?1000"
_DRAGS: Final = "\x1b[?1002"
_SGR_MOUSE: Final = "\x1b[?1006"


class LeanDriver(ReadingDriver):
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

    def start_application_mode(self) -> None:
        """Take the terminal over, at the start and after having been suspended."""
        self._outlet = Outlet(terminal_stream().fileno(), self._link_free)
        try:
            self._keys = KeyReader(self.fileno, self.process_message, self._hung_up, self._pace.answered)
            self._loop.add_reader(self.fileno, self._readable, self._keys._ready)
        except OSError:
            self._keys = None  # Textual's thread reads what the loop can't watch
        self._begun = False
        super().start_application_mode()
        self._painter.forget()
        if self._get_terminal_size() == (self._screen.columns, self._screen.rows):
            self._loop.call_soon(self.repaint)  # what was there before is gone

    def _readable(self, read: Callable[[], None]) -> None:
        """Read, unless what is typed is for the shell: that would stop us, and go on in the middle of reading."""
        if in_foreground(self.fileno):
            read()
        else:
            self._sigcont_application()

    def disable_input(self) -> None:
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
        """Give the terminal back when all has been written."""
        super().close()
        if self._outlet is not None:
            self._outlet.close(RESTORE)
            self._outlet = None

    def _let_go(self) -> None:
        """Neither read nor write any more."""
        super()._let_go()
        if self._keys is not None:
            self._keys.stop()
            self._keys = None
        if self._outlet is not None:
            self._outlet.drop()

    def _take_again(self) -> None:
        """Set up the terminal anew. Answers to what was asked before have gone to somebody else."""
        self._pace.stop()
        super()._take_again()

    def write(self, data: str) -> None:
        """A frame is drawn, and painted when the link is free; everything else is passed on at once.

        Raises:
            RuntimeError: the driver is not in application mode.
        """
        if threading.get_ident() != self._thread:  # Textual's input thread switches modes
            self._loop.call_soon_threadsafe(self.write, data)
            return
        outlet = self._outlet
        if self._away:
            return
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
            self._outlet.send(RECOVER)
            self._enable_mouse_support()
            self._enable_bracketed_paste()
        self.repaint()

    def repaint(self) -> None:
        """Paint everything anew, as after something else wrote to the terminal."""
        self._painter.forget()
        self._stale = self._screen.rows > 0
        self._paint()

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
