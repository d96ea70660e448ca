"""The terminal UI from its start to its end: which driver draws it, and what its end means to a shell."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from cotui.tui.engine.terminal.choice import choose, terminal_stream
from cotui.tui.shell.app import CotuiApp

if TYPE_CHECKING:
    from textual.driver import Driver

    from cotui.tui.base.session import Session


def run(
    session: Session,
    *,
    driver: str = "",
    entered: bool = False,
    started: Callable[[Driver], None] = lambda _driver: None,
    failing: Callable[[], None] = lambda: None,
) -> int | None:
    """Run the terminal UI until its user quits.

    Args:
        session: the account and all that comes with it.
        driver: what draws, see `terminal.choice`; empty for what the setting says.
        entered: the alternate screen stands already, with something to look at until the first frame.
        started: called with Textual's driver once, when it has taken the terminal over.
        failing: called before a fault is told: what is on the screen before the driver has it has to go.

    Returns:
        0 when its user has quit, 128 and the number of a signal when that ended it, None after a fault of the
        program's own, which has been told.
    """
    interface = session.settings.interface
    app = CotuiApp(session)
    app.failing = failing
    driver_class = app.driver_class
    if choose(driver or interface.driver, os.environ).lean:
        from cotui.tui.engine.terminal.driver import LeanDriver

        driver_class = LeanDriver
        LeanDriver.entered_before = entered
    elif driver_class.__module__ == "textual.drivers.linux_driver":
        from cotui.tui.engine.terminal.stock import StockDriver

        driver_class = StockDriver
    app.driver_class = telling(driver_class, started)
    try:
        app.run(mouse=interface.mouse)
    except BaseException:  # a signal too: the terminal is given back in any case
        if app._driver is not None:
            app._driver.close()  # what ended it may have kept it from that
        raise
    return None if app.crashed else app.return_code


def telling(driver_class: type[Driver], started: Callable[[Driver], None]) -> type[Driver]:
    """The same driver, but it says when it has taken the terminal over for the first time."""

    class Telling(driver_class):  # type: ignore[misc, valid-type]  # whichever it is
        told = False

        def start_application_mode(self) -> None:
            if hasattr(self, "_file"):  # where Textual's own drivers draw
                self._file = terminal_stream()
            try:
                super().start_application_mode()
            finally:  # if that failed, it gives the terminal back all the same
                if not self.told:
                    self.told = True
                    started(self)

    return Telling
