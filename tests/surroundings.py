"""What the tests see of the place they run in: nothing that a developer, a terminal or a CI has put there.

Environment, signals, umask and locale are the same everywhere, for the tests and for every program they start. Set
once, before anything of the product is loaded; tests that want something else set it themselves.
"""

from __future__ import annotations

import contextlib
import gc
import locale
import os
import signal
import site
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import cotui
from tests.at_start.clock_at_start import SHIFT

#: where the product is that is tested; programs that tests start load the same
PRODUCT = Path(cotui.__file__).resolve().parent.parent

#: read by the interpreter, by pytest and its plugins, or needed to find programs
_KEPT = {
    "PATH", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "LD_PRELOAD", "VIRTUAL_ENV", "CI", "BUILD_NUMBER",
    "PYTHONHOME", "PYTHONPATH", "PYTHONHASHSEED", "PYTHONTZPATH", "PYTHONPYCACHEPREFIX", "PYTHONUSERBASE",
    "PYTHONNOUSERSITE", "PYTHON_GIL", "PYTHON_JIT",
}  # fmt: skip
_KEPT_BEGINNINGS = ("PYTEST_", "TEXTUAL_SNAPSHOT_", "HYPOTHESIS_", "COVERAGE_", "COV_", "DYLD_", "TESTS_")

_SET = {
    # for programs that want one; whoever writes into it fails, unless they are root
    "HOME": "/nonexistent",
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    # read once when Textual is imported, as cotui's start sets them
    "TEXTUAL_ANIMATIONS": "none",
    "ESCDELAY": "10",
}

_WATCHED = (
    signal.SIGINT,
    signal.SIGTERM,
    signal.SIGHUP,
    signal.SIGTSTP,
    signal.SIGCONT,
    signal.SIGWINCH,
    signal.SIGPIPE,
)

#: handed on to programs which tests start with an environment of their own
_FOR_PROGRAMS = ("PATH", "PYTHONPATH", SHIFT)


def settle() -> None:
    """Make the surroundings of this process, and of those it starts, the same everywhere."""
    for name in list(os.environ):
        if name not in _KEPT and not name.startswith(_KEPT_BEGINNINGS):
            del os.environ[name]
    os.environ.update(_SET)
    # a program that is nowhere is not there, not forbidden
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    os.environ["PATH"] = os.pathsep.join(folder for folder in folders if os.access(folder, os.X_OK))
    if str(PRODUCT) not in site.getsitepackages():
        put_on_path(PRODUCT)
    set_zone(os.environ.get("TESTS_ZONE", "UTC"))
    os.umask(0o022)
    with contextlib.suppress(locale.Error):
        locale.setlocale(locale.LC_ALL, "C.UTF-8")
    _heed_signals()


def put_on_path(folder: Path) -> None:
    """Let every Python that is started from here look into a folder first."""
    folders = [name for name in os.environ.get("PYTHONPATH", "").split(os.pathsep) if name]
    if str(folder) not in folders:
        os.environ["PYTHONPATH"] = os.pathsep.join([str(folder), *folders])


def set_zone(zone: str) -> None:
    """Let this process and those it starts live in a time zone, by the C library's name for it."""
    os.environ["TZ"] = os.environ["TESTS_ZONE"] = zone
    time.tzset()


def for_programs(**more: str) -> dict[str, str]:
    """An environment for a program, with nothing but what it needs to be the tested one at the tests' time."""
    same = {name: os.environ[name] for name in _FOR_PROGRAMS if name in os.environ}
    # also for those who start programs without pytest, such as the benchmarks
    return same | {"LANG": _SET["LANG"], "TZ": os.environ.get("TESTS_ZONE", "UTC")} | more


def without_clock(environment: Mapping[str, str]) -> dict[str, str]:
    """The same at the machine's own time: for programs whose imports are counted, to which setting a clock adds."""
    return {name: value for name, value in environment.items() if name != SHIFT}


def state() -> dict[str, Any]:
    """What of this process a test could change for all that come after it."""
    umask = os.umask(0o022)
    os.umask(umask)
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return {
        "environment": environment,
        "umask": umask,
        "directory": os.getcwd(),
        "collector": gc.isenabled(),
        "signals": {number: signal.getsignal(number) for number in _WATCHED},
        "zone": time.tzname,
    }


def left_over(before: Mapping[str, Any]) -> list[str]:
    """What is not as it was, and which variables."""
    now = state()
    for number, handler in now["signals"].items():
        if handler in (signal.SIG_DFL, signal.default_int_handler):
            # an event loop that ends leaves it so, whatever was there
            now["signals"][number] = before["signals"][number]
    variables = before["environment"].items() ^ now["environment"].items()
    return [name for name in before if now[name] != before[name]] + sorted({name for name, _ in variables})


def restore(before: Mapping[str, Any]) -> None:
    """Make the process again what it was."""
    now = state()["environment"]
    for name in now.keys() | before["environment"].keys():
        if name in before["environment"]:
            os.environ[name] = before["environment"][name]
        else:
            del os.environ[name]
    time.tzset()
    os.umask(before["umask"])
    os.chdir(before["directory"])
    (gc.enable if before["collector"] else gc.disable)()
    for number, handler in before["signals"].items():
        signal.signal(number, handler)


def _heed_signals() -> None:
    """Programs started from here heed signals, whatever nohup, a shell's `&` or a CI has told this one.

    What is ignored is inherited, what has a handler is not. A run that was started to survive a hang-up still does,
    and so do the workers that share it.
    """
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    # these two Python itself ignores, and its children don't
    asked = signal.valid_signals() - {signal.SIGPIPE, signal.SIGXFSZ}
    unheeded = {int(number) for number in asked if signal.getsignal(number) is signal.SIG_IGN}
    unheeded |= {int(number) for number in os.environ.get("TESTS_UNHEEDED", "").split()}
    os.environ["TESTS_UNHEEDED"] = " ".join(map(str, sorted(unheeded)))
    for number in unheeded:
        # a handler of SIGCHLD would interrupt; without one, ended programs can be waited for
        signal.signal(number, signal.SIG_DFL if number == signal.SIGCHLD else _nothing)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """A handler, so that the signal is not ignored by those that are started from here."""
