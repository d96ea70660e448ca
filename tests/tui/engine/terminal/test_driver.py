"""The driver with an app in it: a link that takes nothing, and what others send through it."""

from __future__ import annotations

import asyncio
import codecs
import os
import pty
import signal
import sys
import tty
from collections.abc import Awaitable, Callable, Iterator
from random import Random

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from cotui.tui.engine.terminal.driver import LeanDriver
from tests.tui.terminal.emulator import Emulator
from tests.tui.terminal.pen import PLAIN

COLUMNS, ROWS = 80, 24
PATIENCE = 30.0


class Page(App[None]):
    """A page of text."""

    CSS = "Static { width: 1fr; height: 1fr; background: darkblue; }"

    def __init__(self) -> None:
        super().__init__(driver_class=LeanDriver)

    def compose(self) -> ComposeResult:
        yield Static("first", markup=False)

    def show(self, text: str) -> None:
        """Show a text."""
        self.query_one(Static).update(text)


class Line:
    """The other end of the app's terminal. Nothing is read until somebody waits for something."""

    def __init__(self) -> None:
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        os.set_blocking(self.master, False)
        self.page = Emulator(COLUMNS, ROWS)
        self.raw = bytearray()
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(self.page.display)

    def read(self) -> None:
        """Take what is there now."""
        while True:
            try:
                data = os.read(self.master, 65536)
            except (BlockingIOError, OSError):
                return
            self.raw += data
            self.page.feed(self._decode(data))

    async def until(self, wanted: Callable[[], object]) -> None:
        """Read until something holds."""
        loop, came = asyncio.get_running_loop(), asyncio.Event()

        def ready() -> None:
            self.read()
            if wanted():
                came.set()

        loop.add_reader(self.master, ready)
        try:
            ready()
            await asyncio.wait_for(came.wait(), PATIENCE)
        finally:
            loop.remove_reader(self.master)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """A terminal in the place of this process's own."""
    made = Line()
    streams = [os.fdopen(os.dup(made.slave), mode) for mode in "rw"]
    monkeypatch.setattr(sys, "__stdin__", streams[0])
    monkeypatch.setattr(sys, "__stdout__", streams[1])
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    monkeypatch.setenv("LINES", str(ROWS))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TERM_PROGRAM", "Apple_Terminal")  # asked nothing about synchronised output
    numbers = (signal.SIGWINCH, signal.SIGTSTP, signal.SIGCONT, signal.SIGTTOU, signal.SIGTTIN)
    handlers = {number: signal.getsignal(number) for number in numbers}
    yield made
    for number, handler in handlers.items():
        signal.signal(number, handler)
    for stream in streams:
        stream.close()
    os.close(made.master)
    os.close(made.slave)


async def run(line: Line, play: Callable[[Page, Pilot[object]], Awaitable[None]]) -> None:
    """Run the app, and something in it once its first screen is there."""
    app = Page()
    failed: list[BaseException] = []

    async def pilot(pilot: Pilot[object]) -> None:
        try:
            await line.until(lambda: "first" in line.text)
            await play(app, pilot)
        except BaseException as error:  # noqa: BLE001 - told when the app has given the terminal back
            failed.append(error)
        app.exit()

    await app.run_async(auto_pilot=pilot)
    line.read()
    if failed:
        raise failed[0]


async def test_the_newest_frame_wins(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = 0
    write = LeanDriver.write

    def counted(driver: LeanDriver, data: str) -> None:
        nonlocal drawn
        drawn += len(data)
        write(driver, data)

    monkeypatch.setattr(LeanDriver, "write", counted)
    random = Random(1)

    async def flood(app: Page, pilot: Pilot[object]) -> None:
        for number in range(80):
            app.show(f"number {number} " + "".join(random.choices("abc def ", k=COLUMNS * (ROWS - 2))))
            await pilot.pause()
        assert "first" in line.text, "nobody read meanwhile"
        app.show("the last frame")
        await line.until(lambda: "the last frame" in line.text)
        blanks = {line.strip() for line in line.page.display[1:]}
        assert blanks == {""}, "nothing of the frames before is left"

    await run(line, flood)
    assert drawn > 80 * COLUMNS * (ROWS - 3)
    # what a pseudo-terminal takes unread, and a frame or two
    assert len(line.raw) < drawn / 4


async def test_what_others_send_goes_through_untouched_and_is_painted_over(line: Line) -> None:
    image = "\x1b_Gf=100,a=T;AAAA\x1b\\"

    async def play(app: Page, pilot: Pilot[object]) -> None:
        assert app._driver is not None
        line.read()
        before = len(line.raw)
        app._driver.write(image)
        await line.until(lambda: b"first" in line.raw[before:])
        sent = line.raw[before:].decode()
        assert sent.count(image) == 1
        written_before, _, after = sent.partition(image)
        assert "first" not in written_before
        assert "first" in after, "what the image may have covered is painted anew"

    await run(line, play)


async def test_text_of_others_is_in_the_terminals_own_colours(line: Line) -> None:
    async def play(app: Page, pilot: Pilot[object]) -> None:
        assert app._driver is not None
        line.read()
        before = len(line.raw)
        app._driver.write("plain words")
        await line.until(lambda: b"plain words" in line.raw[before:])
        page = Emulator(COLUMNS, ROWS)
        page.feed(line.raw.partition(b"plain words")[0].decode())
        assert page.pen == PLAIN

    await run(line, play)


async def test_the_bell_and_modes_cost_no_repaint(line: Line) -> None:
    async def play(app: Page, pilot: Pilot[object]) -> None:
        assert app._driver is not None
        line.read()
        before = len(line.raw)
        for data in ("\x07", "\x1b[?1000h", "\x1b]22;pointer\x07", "\x1b]52;c;AAAA\x07"):
            app._driver.write(data)
        await line.until(lambda: line.raw.endswith(b"AAAA\x07"))
        assert line.raw[before:] == b"\x07\x1b[?1000h\x1b]22;pointer\x07\x1b]52;c;AAAA\x07"

    await run(line, play)


async def test_the_terminal_is_left_as_it_was(line: Line) -> None:
    async def nothing(app: Page, pilot: Pilot[object]) -> None:
        assert line.page.alternate

    await run(line, nothing)
    assert not line.page.alternate
    assert line.page.pen == PLAIN
    assert not any(cell.text.strip() for row in line.page.picture() for cell in row)
