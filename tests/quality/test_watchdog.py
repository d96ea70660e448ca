"""What never ends makes its test fail, and all the others run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]

CONFTEST = """
from tests import watchdog

pytest_plugins = ["tests.watchdog", "tests.workers"]
watchdog.AGAIN, watchdog.GRACE = 0.3, 2.0
"""

TESTS = """
import asyncio, itertools, subprocess, sys, threading, time

import pytest


def test_passes():
    pass


async def test_nothing_comes():
    await asyncio.Event().wait()


async def test_a_task_never_rests():
    async def busy():
        while True:
            pass

    task = asyncio.create_task(busy())
    await asyncio.Event().wait()
    task.cancel()


async def test_a_task_never_rests_and_nobody_waits_for_it():
    async def busy():
        while True:
            pass

    kept.append(asyncio.create_task(busy()))
    await asyncio.sleep(0.1)


kept = []


def test_a_thread():
    thread = threading.Thread(target=time.sleep, args=(600,), daemon=True)
    thread.start()
    thread.join()


async def test_a_thread_of_the_loop():
    await asyncio.to_thread(time.sleep, 600)


def test_a_program():
    subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"])


def test_everything_is_caught():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def test_nothing_can_be_raised():
    all(itertools.repeat(1))


@pytest.mark.xdist_group("group")
class TestGroup:
    def test_before_passes(self):
        pass

    def test_nothing_can_be_raised_either(self):
        all(itertools.repeat(1))

    def test_after_passes(self):
        pass


@pytest.fixture
def endless():
    yield
    threading.Event().wait()


def test_it_cannot_be_taken_down(endless):
    pass


def test_a_thread_stays_behind_passes():
    threading.Thread(target=time.sleep, args=(600,)).start()
"""


@pytest.mark.long
def test_a_run_with_all_that_can_hang_ends(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_hanging.py").write_text(TESTS)
    report = tmp_path / "report.xml"
    options = (
        "-n 2 --dist loadgroup --timeout 2 --timeout-method signal --asyncio-mode auto -p no:cacheprovider"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options.split(), f"--junitxml={report}", "-c", "/dev/null",
         f"--rootdir={tmp_path}", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    cases = ElementTree.parse(report).getroot().iter("testcase")
    good = {case.attrib["name"].partition("@")[0]: not len(case) for case in cases}
    assert good == {name: name.endswith("passes") for name in re.findall(r"def (test_\w+)", TESTS)}
