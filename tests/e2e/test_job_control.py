"""In a shell as people use it: in the background, stopped, brought to the front again."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import struct
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Start
from tests.e2e.faulty import FaultyServer
from tests.e2e.gate import Gate
from tests.e2e.harness import Program
from tests.e2e.screen import ALTERNATE_SCREEN

pytestmark = pytest.mark.xdist_group("e2e")

BOTH = pytest.mark.parametrize("driver", ["lean", "stock"])
PROMPT = "tests> "
LISTED = "1–26 of 250"
COTUI = f"{sys.executable} -m cotui"

Shell = Callable[..., Program]


@pytest.fixture(params=["bash", "sh"])
def shell(request: pytest.FixtureRequest, start: Start, server: FaultyServer) -> Shell:
    """Starts an interactive shell that knows the account of `server`."""
    found = shutil.which(request.param)
    if found is None:
        pytest.skip(f"there is no {request.param} on this machine")

    def run(**environment: str) -> Program:
        options = ["--norc", "--noprofile", "--noediting"] if request.param == "bash" else []
        env = {"PS1": PROMPT, "HISTFILE": "/dev/null", "ENV": ""} | server.account.environment | environment
        program = start(env=env, command=[found, *options, "-i"])
        program.wait_for(PROMPT)
        say(program, "set -m")
        return program

    return run


def say(program: Program, line: str) -> None:
    """Have the shell do something that ends at once."""
    at_prompt(program, line)
    at_prompt(program, "")


def at_prompt(program: Program, line: str) -> None:
    """Type a line where the shell waits for one."""
    program.wait_for(lambda text: text.rstrip("\n").split("\n")[-1].strip() == PROMPT.strip())
    program.type(f"{line}\n")


def stopped(program: Program) -> None:
    """The shell has told that a job has been stopped, and has its terminal as it was."""
    program.wait_for(lambda text: "Stopped" in text or "Suspended" in text)
    program.wait_for(lambda text: text.rstrip("\n").split("\n")[-1].strip() == PROMPT.strip())
    assert program.left_over() == []
    say(program, "clear")


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
    program.press("down", "q")
    assert code(program) == 0
    assert program.left_over() == []


def code(program: Program) -> int:
    """What the shell sees as exit code of what ended last."""
    at_prompt(program, "echo code=$?")
    text = program.wait_for(lambda text: text.split("code=")[-1][:1].isdigit())
    return int(text.split("code=")[-1].split()[0])


@BOTH
def test_started_in_the_background(shell: Shell, driver: str) -> None:
    program = shell()
    at_prompt(program, f"{COTUI} --driver {driver} &")
    stopped_by_itself(program)
    assert b"\x1b[?1049h" not in program.raw
    at_prompt(program, "fg")
    listed(program)
    quit_(program)


def stopped_by_itself(program: Program) -> None:
    """Wait until the shell tells that a job has stopped, which it does before a prompt."""
    for _ in range(200):
        at_prompt(program, "jobs")
        program.wait_for(lambda text: text.rstrip("\n").split("\n")[-1].strip() == PROMPT.strip())
        if "Stopped" in program.text or "Suspended" in program.text:
            return
        say(program, "clear")
    raise AssertionError(f"it was never stopped:\n{program.text}")


@BOTH
def test_ctrl_z_bg_and_fg(shell: Shell, driver: str) -> None:
    program = shell()
    at_prompt(program, f"{COTUI} --driver {driver}")
    before = listed(program)
    program.press("ctrl+z")
    stopped(program)
    program.resize(100, 20)
    at_prompt(program, "bg")
    stopped_by_itself(program)
    assert program.left_over() == []
    program.drain()
    at_prompt(program, "fg")
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
    program.wait_for("⏎ open", without="tab complete")
    quit_(program)


@BOTH
def test_stopped_without_a_warning(shell: Shell, driver: str) -> None:
    program = shell()
    at_prompt(program, f"{COTUI} --driver {driver}")
    before = listed(program)
    number = in_front(program)
    os.kill(number, signal.SIGSTOP)
    program.wait_for(PROMPT.strip())  # on the screen as we left it; nobody could tell us
    at_prompt(program, "bg")
    stopped_by_itself(program)
    at_prompt(program, "fg")
    assert listed(program).splitlines()[2:-1] == before.splitlines()[2:-1]
    quit_(program)
    assert "^[" not in program.text


def in_front(program: Program) -> int:
    """The process that has the terminal."""
    return struct.unpack("i", fcntl.ioctl(program.terminal, termios.TIOCGPGRP, bytes(4)))[0]


@BOTH
def test_ended_while_it_is_stopped(shell: Shell, driver: str, tmp_path: Path) -> None:
    program = shell()
    at_prompt(program, f"{COTUI} --driver {driver}")
    listed(program)
    program.press("ctrl+z")
    stopped(program)
    written = len(program.raw)
    at_prompt(program, "kill %1; wait %1; echo code=$?")
    program.wait_for("code=143")
    assert b"\x1b" not in program.raw[written:]
    assert program.left_over() == []
    assert (tmp_path / "state" / "state.json").exists()


def test_ctrl_z_before_anything_is_loaded(shell: Shell, gate_at_textual: Gate) -> None:
    program = shell(**gate_at_textual.environment)
    at_prompt(program, COTUI)
    gate_at_textual.reached()
    program.wait_for("Loading")
    program.press("ctrl+z")
    stopped(program)
    program.resize(100, 20)
    at_prompt(program, "bg")
    stopped_by_itself(program)
    at_prompt(program, "fg")
    program.wait_for("Loading", without="tests>")
    gate_at_textual.open()
    listed(program, rows=16)
    quit_(program)


@pytest.fixture
def gate_at_textual(tmp_path: Path) -> Gate:
    """Holds cotui in the middle of its start."""
    return Gate(tmp_path / "gate")


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
    at_prompt(program, f"(sleep 0.3; {COTUI} &)")
    program.wait_for("with no shell to bring it to the front")
    assert b"\x1b" not in program.raw[written:]
    assert program.left_over() == []
