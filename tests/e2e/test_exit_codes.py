"""Every way out has its exit code, and leaves the terminal as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.e2e.conftest import DRIVERS, Start
from tests.e2e.faulty import FaultyServer, Mode
from tests.e2e.harness import PATIENCE, Program, clean_environment

LISTED = "1–26 of 250"
BOTH = pytest.mark.parametrize("driver", DRIVERS)

#: makes one method of the program fail, as a fault in it would
BROKEN = """\
import importlib.abc, importlib.util, os, sys

module, _, path = os.environ["BROKEN"].partition(":")


class Breaker(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name != module:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module

        def execute_and_break(loaded):
            execute(loaded)
            break_it(loaded)

        spec.loader.exec_module = execute_and_break
        return spec


def break_it(loaded):
    owner, _, name = path.rpartition(".")
    owner = getattr(loaded, owner) if owner else loaded

    def fail(*_, **__):
        private = "pass" + "word"
        raise LookupError("what was \\x1b]0;looked for\\x07 is not there")

    async def fail_later(*_, **__):
        fail()

    assert hasattr(owner, name.lstrip("~")), path
    setattr(owner, name.lstrip("~"), fail_later if name.startswith("~") else fail)


sys.meta_path.insert(0, Breaker())
"""

#: what fails -> where: a module, and in it a method; a `~` before the name of one that is awaited
FAULTS = {
    "while the app starts": "cotui.tui.shell.app:CotuiApp.on_mount",
    "while the first screen is made": "cotui.tui.lists.browse:BrowseScreen.compose",
    "while the first screen is put up": "cotui.tui.lists.browse:BrowseScreen.on_mount",
    "in a callback of the loop": "cotui.tui.engine.frame_batching:BatchedScreen._frame_when_quiet",
    "in a subscriber": "cotui.tui.lists.browse:BrowseScreen._explain_state",
    "while a line is drawn": "cotui.tui.lists.record_table:RecordTable.render_line",
    "while a frame is painted": "cotui.tui.engine.terminal.painter:Painter.paint",
    "while the driver is made": "cotui.tui.engine.terminal.pace:Pace.__init__",
    "while the terminal is taken": "cotui.tui.engine.terminal.holding:HoldingDriver._patch_lflag",
    "while keys are read": "cotui.tui.engine.terminal.keys:KeyReader._ready",
}
WHEN_QUITTING = {
    "while the state is kept": "cotui.settings.state:StateStore.save",
    "while the account is closed": "cotui.api.api:Api.~aclose",
    "while the terminal is given back": "cotui.tui.engine.terminal.holding:HoldingDriver._disable_bracketed_paste",
}


def broken(start: Start, server: FaultyServer, tmp_path: Path, where: str, *words: str) -> Program:
    """cotui with one method that fails."""
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(BROKEN)
    paths = os.pathsep.join([str(hook), *filter(None, [os.environ.get("PYTHONPATH")])])
    return start(*words, env=server.account.environment | {"PYTHONPATH": paths, "BROKEN": where})


@pytest.mark.sample(
    "while keys are read",
)
@pytest.mark.parametrize("where", (FAULTS | WHEN_QUITTING).values(), ids=(FAULTS | WHEN_QUITTING).keys())
def test_a_fault_ends_it_with_its_own_code(
    start: Start, server: FaultyServer, tmp_path: Path, where: str
) -> None:
    program = broken(start, server, tmp_path, where)
    if where in WHEN_QUITTING.values():
        program.wait_for(LISTED)
        program.press("q")
    assert program.wait_exit() == 70
    program.drain()
    assert program.left_over() == []
    assert "LookupError" in program.last_words
    assert "password" not in program.last_words
    assert b"\x1b]0;looked" not in program.raw


@BOTH
def test_a_terminal_that_is_gone_ends_it_where_no_signal_does(
    start: Start, server: FaultyServer, driver: str
) -> None:
    program = start("--driver", driver, env=server.account.environment, ignored=[signal.SIGHUP])
    program.wait_for(LISTED)
    program.hang_up()
    assert program.wait_exit() == 129


@BOTH
def test_signals_that_the_parent_ignores_stay_ignored(
    start: Start, server: FaultyServer, driver: str
) -> None:
    ignored = [signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGTSTP]
    program = start("--driver", driver, env=server.account.environment, ignored=ignored)
    program.wait_for(LISTED)
    for number in ignored:
        program.terminate(number)
    program.press("ctrl+z")
    program.wait_for("no shell to go back to")
    program.press("down", "enter")
    program.wait_for("2 of 250", without=LISTED)
    program.quit()


#: what is sent -> the exit code
ENDINGS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}
COMMANDS = {
    "list": ["list", "customers"],
    "count": ["count", "customers", "company ~ a"],
    "report": ["report"],
}


def command(words: Sequence[str], env: dict[str, str], *ignored: int) -> subprocess.Popen[str]:
    """A command without a terminal. Signals are as they were given to it, whatever the tests' parent ignores."""
    ending = {int(number) for number in ENDINGS}
    code = (
        "import os, signal, sys\n"
        f"for number in {sorted(ending)}:\n"
        f"    wanted = signal.SIG_IGN if number in {[int(number) for number in ignored]} else signal.SIG_DFL\n"
        "    signal.signal(number, wanted)\n"
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    line = [sys.executable, "-I", "-S", "-c", code, sys.executable, "-m", "cotui", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True, env=env)


@pytest.mark.sample("SIGHUP-count")
@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())
@pytest.mark.parametrize(("number", "code"), ENDINGS.items(), ids=[number.name for number in ENDINGS])
def test_a_command_that_waits_is_ended(
    server: FaultyServer, tmp_path: Path, words: list[str], number: signal.Signals, code: int
) -> None:
    server.mode = Mode.HELD
    with command(words, clean_environment(tmp_path, **server.account.environment)) as process:
        server.wait_for_requests(1)
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (code, "", "")


@pytest.mark.long
def test_a_command_goes_on_where_the_parent_wants_signals_ignored(
    server: FaultyServer, tmp_path: Path
) -> None:
    server.mode = Mode.HELD
    env = clean_environment(tmp_path, **server.account.environment)
    with command(["count", "customers"], env, *ENDINGS) as process:
        server.wait_for_requests(1)
        for number in ENDINGS:
            process.send_signal(number)
        server.release()
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, "250\n", "")


@pytest.mark.sample("SIGTERM")
@pytest.mark.parametrize(("number", "code"), ENDINGS.items(), ids=[number.name for number in ENDINGS])
def test_the_sandbox_puts_its_private_key_away(tmp_path: Path, number: signal.Signals, code: int) -> None:
    env = clean_environment(tmp_path, TMPDIR=str(tmp_path))
    with command(["sandbox", "--customers", "0", "--tls", "--quiet"], env) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        assert [path.name for path in tmp_path.glob("cotui-tls-*")]
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (code, "", "")
    assert [path.name for path in tmp_path.glob("cotui-*")] == []


def test_the_sandbox_goes_on_where_the_parent_wants_signals_ignored(tmp_path: Path) -> None:
    env = clean_environment(tmp_path)
    with command(["sandbox", "--customers", "0", "--quiet"], env, signal.SIGINT, signal.SIGHUP) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGHUP)
        process.terminate()
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
