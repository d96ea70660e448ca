"""Faults that nobody catches are told without their values, in a thread and in a log too; there are no core dumps."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.surroundings import for_programs

SECRET = "s3cret-that-was-worked-with"

BEGIN = f"""\
import asyncio, logging, sys, threading, warnings
from cotui.cli import out
from cotui.cli.quiet import keep_no_records, tell_no_values
out.begin(); tell_no_values(); keep_no_records()
secret = {SECRET!r}
def fail(*_): raise ValueError(secret)
"""

ENDINGS = {
    "uncaught": "fail()",
    "in a thread": "thread = threading.Thread(target=fail); thread.start(); thread.join()",
    "while cleaning up": "class Item:\n    __del__ = fail\nItem()",
    "in a callback": (
        "async def main():\n    asyncio.get_running_loop().call_soon(fail); await asyncio.sleep(0.01)\n"
        "asyncio.run(main())"
    ),
    "never waited for": (
        "async def work(): fail()\n"
        "async def main():\n    task = asyncio.ensure_future(work()); await asyncio.sleep(0.01)\n"
        "asyncio.run(main())"
    ),
    "logged": "logging.getLogger('httpx').error('%s', secret, exc_info=ValueError(secret))",
}


@pytest.mark.sample("-uncaught", "debug-in a thread", "debug-in a callback")
@pytest.mark.parametrize("code", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize(
    "debug", [{}, {"PYTHONASYNCIODEBUG": "1", "COTUI_TRACEBACK": "1"}], ids=["", "debug"]
)
def test_no_values_are_told(code: str, debug: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + code], capture_output=True, text=True, timeout=60, env=for_programs(**debug)
    )  # fmt: skip
    assert SECRET not in done.stdout + done.stderr
    assert "a fault of cotui's own: ValueError" in done.stderr


def test_what_is_only_logged_is_not_told() -> None:
    code = BEGIN + "logging.getLogger('asyncio').warning('Executing %s took 1 s', secret)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=for_programs()
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_program_begins_with_both() -> None:
    code = (
        "import sys\nsys.argv = ['cotui', '--version']\nimport cotui.cli.main as main, cotui.cli.quiet as quiet\n"
        "import cotui.safety.core_dumps as memory\nbegun = []\n"
        "quiet.tell_no_values = lambda: begun.append('values')\nmemory.leave_no_core = lambda: begun.append('core')\n"
        "import atexit\natexit.register(lambda: print(sorted(begun), file=sys.__stderr__, flush=True))\nmain.entry()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=for_programs()
    )
    assert "['core', 'values']" in done.stderr, done.stderr
