"""What is written to a terminal that is given back or taken again undoes whatever came before it."""

from __future__ import annotations

import pyte
import pytest

from cotui.tui.engine.terminal.holding import RECOVER, RESTORE
from tests.tui.terminal.emulator import Emulator

#: what can have been on its way when the terminal was taken from us
CUT_OFF = ["", "\x1b[38;2;1", "\x1b[5;7r\x1b[44m", "\x1b[?7l\x1b[?25l"]


@pytest.mark.parametrize("cut", CUT_OFF)
def test_a_terminal_that_is_given_back_is_as_it_was(cut: str) -> None:
    terminal = Emulator(20, 8)
    terminal.feed("$ cotui\r\n")
    before = terminal.display
    terminal.feed(f"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2;5r\x1b[1;44mscreen{cut}")
    assert terminal.alternate
    terminal.feed(RESTORE)
    assert not terminal.alternate
    assert terminal.display == before
    assert pyte.modes.DECAWM in terminal.mode
    assert pyte.modes.DECTCEM in terminal.mode
    assert terminal.margins is None
    terminal.feed("$ next")
    assert terminal.display[1].rstrip() == "$ next"


def test_a_terminal_that_is_taken_again_writes_where_it_is_told() -> None:
    terminal = Emulator(12, 4)
    terminal.feed("\x1b[2;3r\x1b[?6h\x1b[4h\x1b[?7h")
    terminal.feed(RECOVER + "\x1b[r\x1b[1;1Habc\x1b[1;1Hx\x1b[4;1Hlast")
    assert [line.rstrip() for line in terminal.display] == ["xbc", "", "", "last"]
    terminal.feed("\x1b[4;10Hlong line")
    assert terminal.display[3].startswith("last")
    assert [line.rstrip() for line in terminal.display][:1] == ["xbc"], "nothing wraps and scrolls"
