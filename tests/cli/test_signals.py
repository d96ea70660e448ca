"""What ends a command from outside cancels it, and its exit code says which signal it was."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys

import pytest

from cotui.cli.signals import run
from tests.surroundings import for_programs

#: says when it waits, puts something away when it is ended
PROGRAM = """
import asyncio
from cotui.cli.signals import end_in_order, run
end_in_order()
async def work():
    print("waits", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        print("put away", flush=True)
run(work())
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_it_puts_away_what_it_has_begun(number: signal.Signals, code: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True, env=for_programs()
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "waits\n"
        program.send_signal(number)
        assert program.stdout.read() == "put away\n"
    assert program.returncode == code


def test_work_that_ends_by_itself_is_only_run() -> None:
    done: list[int] = []

    async def work() -> None:
        await asyncio.sleep(0)
        done.append(1)

    run(work())
    assert done == [1]


def test_what_is_cancelled_otherwise_is_no_signal() -> None:
    async def work() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        run(work())


def test_errors_go_on_as_they_are() -> None:
    async def work() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        run(work())
