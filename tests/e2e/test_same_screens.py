"""The same session through Textual's own driver and through ours: identical screens, cells and styles, at every step.

Both run side by side on the same demo data and get the same keys. A step is over when both show what it waits for
and nothing differs any more; one that goes on differing fails.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.harness import Program, clean_environment
from tests.tui.terminal.duet import difference
from tests.tui.terminal.emulator import Cell
from tests.tui.terminal.pen import PLAIN

pytestmark = pytest.mark.xdist_group("e2e-same")

SIZE = (100, 30)
_REQUESTS = re.compile(r" *\d+(?=/\d+ req/min)")
#: seconds that a difference may last: the two are not equally fast
SETTLED = 15.0


class Look(NamedTuple):
    """A terminal at one moment.

    Attributes:
        cells: all that can be seen.
        cursor: column and line of the cursor.
    """

    cells: list[list[Cell]]
    cursor: tuple[int, int]

    def picture(self) -> list[list[Cell]]:
        """All that can be seen but what depends on the second: how many requests are left this minute."""
        for line in self.cells:
            if found := _REQUESTS.search("".join(cell.text or " " for cell in line)):
                for x in range(*found.span()):
                    line[x] = line[x]._replace(text="#")
        return self.cells


class Watched(Program):
    """A program of which every cell counts."""

    def __init__(self, driver: str, home: Path, cache: Path, env: dict[str, str]) -> None:
        home.mkdir()
        words = ("--demo", "--customers", "120", "--driver", driver)
        super().__init__(words, clean_environment(home, **(env | {"COTUI_CACHE_DIR": str(cache)})), SIZE)
        self._seen = 0

    @property
    def look(self) -> Look:
        """What its terminal shows now."""
        with self._changed:
            self._seen = len(self.raw)
            return Look(self.screen.picture, self.screen.cursor)

    def await_more(self, seconds: float) -> None:
        """Wait until something came since the last look, or so long."""
        with self._changed:
            self._changed.wait_for(lambda: len(self.raw) > self._seen, seconds)


class Session:
    """The same session twice."""

    def __init__(self, stock: Watched, lean: Watched) -> None:
        self.stock, self.lean = self.both = stock, lean

    def press(self, *keys: str) -> None:
        """Press keys."""
        for program in self.both:
            program.press(*keys)

    def type(self, text: str) -> None:
        """Type a text."""
        for program in self.both:
            program.type(text)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of both windows."""
        for program in self.both:
            program.resize(columns, lines)

    def same(self, wanted: str | Callable[[str], object], *, without: str = "") -> None:
        """Wait for something, see that both screens are the same then."""
        for program in self.both:
            program.wait_for(wanted, without=without)
        until = time.monotonic() + SETTLED
        while found := self._difference():
            left = until - time.monotonic()
            assert left > 0, found
            self.lean.await_more(min(left, 0.05))
            self.stock.await_more(min(left, 0.05))

    def _difference(self) -> str:
        stock, lean = self.stock.look, self.lean.look
        if stock.cursor not in ((0, 0), lean.cursor):
            return f"the cursor is at {lean.cursor}, not at {stock.cursor}"
        return difference(stock, lean)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One directory for the demo's data, so that it is made once."""
    return tmp_path_factory.mktemp("cache")


def count(cache: Path, table: str) -> str:
    """How many rows the demo has of something, as the screen writes it: its data follows the day."""
    [path] = cache.glob("demo-*.sqlite")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as made:
        return f"{made.execute(f'SELECT count(*) FROM {table}').fetchone()[0]:,}"


@pytest.fixture(params=["16", "no colour"])
def session(request: pytest.FixtureRequest, tmp_path: Path, cache: Path) -> Iterator[Session]:
    """Both programs on the list of customers."""
    env = {
        "truecolor": {},
        "16": {"COLORTERM": "", "TERM": "xterm"},
        "no colour": {"NO_COLOR": "1"},
    }[request.param]
    with closing(Watched("stock", tmp_path / "stock", cache, env)) as stock:
        stock.wait_for("1–26 of 120")  # the data is made once
        with closing(Watched("lean", tmp_path / "lean", cache, env)) as lean:
            made = Session(stock, lean)
            made.same("1–26 of 120")
            yield made


def quit_both(session: Session) -> None:
    """Quit; both terminals are as they were, and write as the shell does."""
    session.press("ctrl+q")
    for program in session.both:
        assert program.wait_exit() == 0
        assert program.left_over() == []
        assert program.last_words == ""
    assert session.lean.look == session.stock.look
    assert session.lean.screen.pen == PLAIN


def narrow_for_a_moment(session: Session) -> None:
    """Stopped meanwhile, the program finds the size as it was; but the terminal has lost all cells.

    Textual's own driver leaves it at that, ours heals it: the other program's window stays as it is.
    """
    lean = session.lean
    lean.process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, lean.process.pid, os.WSTOPPED | os.WNOWAIT)
    lean.resize(40, 10)
    lean.resize(*SIZE)
    lean.process.send_signal(signal.SIGCONT)
    session.press("down")
    session.same("enter open")


def texts_that_terminals_count_differently(session: Session, users: str) -> None:
    """The demo's hostile records, in the list, beside it and as a page."""
    session.resize(140, 30)
    session.press("/", "ctrl+u")
    session.type("id >= 41 id <= 48\r")
    session.same("1–8 of 8", without="tab complete")
    for _ in range(7):
        session.press("down")
        session.same("1–8 of 8", without="loading")
    session.press("home", "enter")
    session.same("1 of 8", without="loading the rest")
    session.press("pagedown")
    session.same("1 of 8")
    session.press("]")
    session.same("2 of 8", without="loading the rest")
    session.press("esc")
    session.same("1–8 of 8")
    session.type("2")
    session.same(users)
    session.type("/customer >= 41 customer <= 48\r")
    session.same("customer <= 48", without="tab complete")
    session.resize(60, 16)
    session.same("enter open")


@pytest.mark.parametrize("session", ["truecolor"], indirect=True)
@pytest.mark.long
def test_a_whole_session(session: Session, cache: Path) -> None:
    same, press, keys = session.same, session.press, session.type
    users, invoices = (f"of {count(cache, table)}" for table in ("users", "invoices"))
    # moving, page by page and to both ends
    press(*["down"] * 30)
    same("of 120")
    press("pagedown", "pagedown")
    same("of 120")
    press("end")
    same("of 120")
    press("home")
    same("1–26 of 120")
    # filter, order
    keys("/country = Canada\r")
    same(lambda text: "country = Canada" in text and "enter open" in text, without="tab complete")
    press("right", "right", "o")
    same("Canada")
    press("o")
    same("Canada")
    # a record, its neighbour, raw JSON, its users, back
    press("enter")
    same("Main contact", without="loading the rest")
    press("]")
    same("Main contact", without="loading the rest")
    press("pagedown")
    same("of ")
    press("x")
    same('"superuser_token"')
    press("x", "esc")
    same("country = Canada")
    # dialogs over the table: keys, commands, columns, actions
    for key, shown, lasting in (
        ("?", "Previous row", "Next column"),  # the first lines are scrolled away
        (":", "Search for commands", "Search for commands"),
        ("C", "Columns of customers", "Columns of customers"),
        ("a", "can't be undone", "can't be undone"),
    ):
        press(key)
        same(shown)
        press("down", "down")
        same(lasting)
        press("esc")
        same("enter open", without=lasting)
    # the other lists
    for key, shown in (
        ("2", users),
        ("3", invoices),
        ("4", "Failed Payments"),
        ("1", "country = Canada"),
    ):
        keys(key)
        same(shown, without="Loading")
    # beside the table the record, then narrow and wide again
    session.resize(140, 36)
    same(lambda text: "Canada" in text and len(text.splitlines()) >= 30, without="loading")
    press("down")
    same("Canada", without="loading")
    session.resize(60, 16)
    same("enter open")
    session.resize(100, 30)
    same("enter open")
    narrow_for_a_moment(session)
    texts_that_terminals_count_differently(session, users)
    quit_both(session)


@pytest.mark.sample("no colour")
@pytest.mark.long
def test_colours(session: Session) -> None:
    session.press("down")
    session.same("of 120")
    session.press("enter")
    session.same("Main contact", without="loading the rest")
    session.press("esc")
    session.same("1–26 of 120")
    session.press("?")
    session.same("Previous row")
    session.press("esc")
    session.same("1–26 of 120")
    quit_both(session)
