"""In a shell as people use it: in the background, stopped, brought to the front again."""

from __future__ import annotations

import fcntl
import itertools
import os
import re
import shutil
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import DRIVERS, Start
from tests.e2e.faulty import FaultyServer
from tests.e2e.gate import Gate
from tests.e2e.harness import PATIENCE, Program
from tests.e2e.screen import ALTERNATE_SCREEN

PROMPT = "tests>"
CLEAR = "printf '\\033[H\\033[2J'"
COUNTED = itertools.count(1)
COTUI = f"{sys.executable} -m cotui"

Shell = Callable[..., Program]


@pytest.fixture(params=DRIVERS)
def driver(request: pytest.FixtureRequest) -> str:
    """What draws."""
    return str(request.param)


@pytest.fixture
def shell(request: pytest.FixtureRequest, start: Start, server: FaultyServer) -> Shell:
    """Starts an interactive shell that knows the account of `server`: two shells, one for each driver."""
    stock = "driver" in request.fixturenames and request.getfixturevalue("driver") == "stock"
    found = (None if stock else shutil.which("bash")) or shutil.which("sh")
    if found is None:
        pytest.skip("there is no shell on this machine")

    def run(**environment: str) -> Program:
        options = ["--norc", "--noprofile", "--noediting"] if Path(found).name == "bash" else []
        env = (
            {"PS1": f"{PROMPT} ", "HISTFILE": "/dev/null", "ENV": ""}
            | server.account.environment
            | environment
        )
        program = start(env=env, command=[found, *options, "-i"])
        say(program, "set -m")
        return program

    return run


def in_front(program: Program) -> int:
    """The group of processes that has the terminal."""
    return int(struct.unpack("i", fcntl.ioctl(program.master, termios.TIOCGPGRP, bytes(4)))[0])


def at_prompt(program: Program, line: str) -> None:
    """Type a line when the shell has the terminal."""
    deadline = time.monotonic() + PATIENCE
    while in_front(program) != program.process.pid:
        assert time.monotonic() < deadline, program.text
        time.sleep(0.01)
    program.type(f"{line}\n")


def say(program: Program, line: str) -> str:
    """Have the shell do something that ends at once; returns the screen."""
    end = f"end{next(COUNTED)}"
    at_prompt(program, f"{line}; echo {end[:1]}''{end[1:]}")

    def ended(text: str) -> bool:
        column, line = program.screen.cursor
        return end in text and text.split("\n")[line][:column].rstrip().endswith(PROMPT)

    return program.wait_for(ended)


def clear(program: Program) -> None:
    """An empty screen, but for a prompt."""
    say(program, CLEAR)


def stopped(program: Program) -> None:
    """The shell tells that a job has stopped, and has its terminal as it was."""
    deadline = time.monotonic() + PATIENCE
    while not {"Stopped", "Suspended"} & set(re.findall(r"\w+", say(program, "sleep 0.1; jobs"))):
        assert time.monotonic() < deadline, program.text
    clear(program)


def listed(program: Program, rows: int = 26) -> str:
    """The list is all there is on the screen, and works."""
    text = program.wait_for(
        lambda text: f"–{rows} of 250" in text and f"Company number {rows} " in text and "tests>" not in text
    )
    assert text.startswith(" cotui  environment ")
    assert "^[" not in text
    assert ALTERNATE_SCREEN in program.screen.modes
    return text


def quit_(program: Program) -> None:
    """Quit, and see that the shell has everything as it was."""
    program.press("down")
    program.alone("q")
    assert code(program) == 0
    assert program.left_over() == []


def code(program: Program) -> int:
    """What the shell sees as exit code of what ended last."""
    return int(say(program, "echo code=$?").split("code=")[-1].split()[0])


def test_started_in_the_background(shell: Shell, driver: str) -> None:
    program = shell()
    at_prompt(program, f"{COTUI} --driver {driver} &")
    stopped(program)
    assert b"\x1b[?1049h" not in program.raw
    at_prompt(program, "fg")
    listed(program)
    quit_(program)


def through_the_background(program: Program) -> None:
    """Ctrl+Z, `bg`, `fg` in a window that is 20 lines high from then on; the terminal is the shell's in between."""
    program.press("ctrl+z")
    stopped(program)
    assert program.left_over() == []
    program.resize(100, 20)
    say(program, "bg")
    stopped(program)
    assert program.left_over() == []
    at_prompt(program, "fg")


def test_ctrl_z_bg_and_fg(shell: Shell, driver: str) -> None:
    program = shell()
    at_prompt(program, f"{COTUI} --driver {driver}")
    before = listed(program)
    through_the_background(program)
    listed(program, rows=16)
    program.resize(100, 30)
    assert listed(program).splitlines()[2:-1] == before.splitlines()[2:-1]
    program.press("/")
    program.wait_for("tab complete")
    program.press("ctrl+z")  # from where text is typed as well
    stopped(program)
    at_prompt(program, "fg")
    program.wait_for("tab complete")
    program.press("esc")
    program.wait_for("enter open", without="tab complete")
    quit_(program)


def test_stopped_without_a_warning(shell: Shell, driver: str) -> None:
    program = shell()
    at_prompt(program, f"{COTUI} --driver {driver}")
    before = listed(program)
    number = in_front(program)
    os.kill(number, signal.SIGSTOP)
    clear(program)  # it was written over the list: nothing could be done about that
    say(program, "bg; sleep 0.2")
    stopped(program)
    at_prompt(program, "fg")
    assert listed(program).splitlines()[2:-1] == before.splitlines()[2:-1]
    quit_(program)
    assert "^[" not in program.text


@pytest.mark.long
def test_ended_while_it_is_stopped(shell: Shell, driver: str, tmp_path: Path) -> None:
    program = shell()
    at_prompt(program, f"{COTUI} --driver {driver}")
    listed(program)
    number = in_front(program)
    program.press("ctrl+z")
    stopped(program)
    written = len(program.raw)
    gone = f"while kill -0 {number} 2> /dev/null; do sleep 0.05; done"
    assert "143" in say(program, f"kill %1; kill -CONT %1; {gone}; wait {number}; echo code=$?")
    assert b"\x1b" not in program.raw[written:]
    assert program.left_over() == []
    assert (tmp_path / "state" / "state.json").exists()


@pytest.mark.long
def test_ctrl_z_before_anything_is_loaded(shell: Shell, gate_at_textual: Gate) -> None:
    program = shell(**gate_at_textual.environment)
    at_prompt(program, COTUI)
    gate_at_textual.reached()
    program.wait_for("Loading")
    through_the_background(program)
    program.wait_for("Loading", without="tests>")
    gate_at_textual.open()
    listed(program, rows=16)
    quit_(program)


@pytest.fixture
def gate_at_textual(tmp_path: Path) -> Gate:
    """Holds cotui in the middle of its start."""
    return Gate(tmp_path / "gate")


@pytest.mark.sample("15-143")
@pytest.mark.parametrize(
    ("number", "wanted"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_what_the_shell_sees(shell: Shell, number: signal.Signals, wanted: int) -> None:
    program = shell()
    at_prompt(program, COTUI)
    listed(program)
    os.kill(in_front(program), number)
    assert code(program) == wanted
    assert program.left_over() == []


def test_in_the_background_without_a_shell_that_could_bring_it_to_the_front(shell: Shell) -> None:
    program = shell()
    written = len(program.raw)
    at_prompt(program, f"({COTUI} < /dev/tty &)")
    program.wait_for("in the background, with no shell")
    assert b"\x1b" not in program.raw[written:]
    assert program.left_over() == []
