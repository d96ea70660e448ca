"""A program on one of the drivers that does on a key what happens to programs: fails, runs an editor, shows a picture.

python -m tests.e2e.driven lean|stock
"""

from __future__ import annotations

import subprocess
import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from cotui.tui.engine.terminal.driver import LeanDriver
from cotui.tui.engine.terminal.stock import StockDriver

#: a picture in the graphics of DEC terminals (sixel), which the drivers know nothing of
PICTURE = "\x1bPq#0;2;0;0;0#0~~@@vv@@~~$-\x1b\\"
#: what the editor writes over the screen
EDITED = "the editor was here"
PAGES = 9


class Driven(App[None]):
    """Lines that say on which page they are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next"),
        Binding("x", "fail"),
        Binding("e", "edit"),
        Binding("p", "picture"),
        Binding("q", "quit"),
    ]
    ENABLE_COMMAND_PALETTE = False

    page = 0

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static()

    def on_mount(self) -> None:
        """Show the first page."""
        self.action_next()

    def action_next(self) -> None:
        """Show the next page."""
        self.page = self.page % PAGES + 1
        lines = (f"line {number} of page {self.page}" for number in range(1, 31))
        self.query_one(Static).update("\n".join(lines))

    def action_fail(self) -> None:
        """Fail."""
        raise LookupError("what was looked for is not there")

    def action_edit(self) -> None:
        """Let another program have the terminal."""
        with self.suspend():
            words = [sys.executable, "-c", f"print('\\x1b[5;5H\\x1b[41m{EDITED}\\x1b[r\\x1b[?7h'); input()"]
            subprocess.run(words, check=True)

    def action_picture(self) -> None:
        """Write what the driver knows nothing of."""
        assert self._driver is not None
        self._driver.write(PICTURE)


if __name__ == "__main__":
    app = Driven(driver_class=LeanDriver if sys.argv[1:] == ["lean"] else StockDriver)
    app.run()
    sys.exit(app.return_code)
