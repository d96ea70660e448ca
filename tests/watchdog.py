"""Nothing hangs: a test that takes too long fails and says where it stood, whatever it is that does not end.

pytest-timeout raises in the test after its seconds, which ends waiting and loops. What is raised in a task of the
event loop may be kept there, and the test goes on; so it is raised again until the test has ended, and a test that
swallowed it has failed all the same. What nothing can be raised in (a library's own code, a loop that catches
everything, an end that waits for a thread) is ended with its whole process: the worker's test has failed, and another
worker goes on with the next one.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytest_timeout import timeout_sigalrm

#: seconds between two attempts to end a test
AGAIN = 5.0
#: seconds for coming to an end, before the process is ended: after the first attempt, and after the last test
GRACE = 30.0
#: seconds in which all tests are found
FINDING = 600.0

_until = pytest.StashKey[float]()
_settings = pytest.StashKey[Any]()
_late = pytest.StashKey[bool]()
_errors = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin to watch: modules that are loaded can hang as well."""
    assert sys.__stderr__ is not None
    config.stash[_errors] = os.dup(
        sys.__stderr__.fileno()
    )  # which is the terminal's as long as nothing is captured
    if hasattr(config, "workerinput") or config.getoption("dist", "no") == "no":
        _end_in(config, FINDING)  # where workers do the work, nothing is loaded here


def pytest_collection_finish() -> None:
    """All modules are loaded."""
    faulthandler.cancel_dump_traceback_later()


def pytest_timeout_set_timer(item: pytest.Item, settings: Any) -> bool | None:
    """Note how long a test may take, with all that is made for it and taken down."""
    if settings.method != "signal":
        return None
    item.stash[_settings], item.stash[_until] = settings, time.monotonic() + settings.timeout
    item.cancel_timeout = lambda: None  # type: ignore[attr-defined] - where pytest-timeout looks for it
    return True


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    """End the process when raising does not help. Once for the whole test: the timer is a thread that is waited for."""
    if _until in item.stash:
        _end_in(item.config, item.stash[_until] - time.monotonic() + 2 * GRACE)
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Watch what is made for a test."""
    with _watched(item):
        yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Watch the test. If it went on after its time was over, it has failed."""
    with _watched(item):
        yield
    if item.stash.get(_late, False):
        pytest.fail(
            "It ended, but late: what was raised when its time was over was swallowed.", pytrace=False
        )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Watch what is taken down, which has some time in any case."""
    if _until in item.stash:
        item.stash[_until] = max(item.stash[_until], time.monotonic() + GRACE)
    with _watched(item):
        yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[Any]:
    """Write the report of what was ended while nothing is collected.

    A task that is collected unfinished says so with the source of its lines. pytest reads sources as well, and
    Python 3.11 can't in the middle of reading others: the whole run would end.
    """
    paused = gc.isenabled() and item.stash.get(_late, False)
    if paused:
        gc.disable()
    try:
        return (yield)
    finally:
        if paused:
            gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(node: pytest.Item | pytest.Collector) -> None:
    """Go on watching: pytest has called the end of the process off, for a debugger."""
    if isinstance(node, pytest.Item):
        _end_in(node.config, 2 * GRACE)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """A thread that never ends keeps no run from ending. A worker waits for the others, and is ended by them."""
    if not hasattr(config, "workerinput"):
        _end_in(config, GRACE)


@contextmanager
def _watched(item: pytest.Item) -> Iterator[None]:
    """Raise in what is done here when the test's time is over, again and again.

    Never while pytest writes its reports: that would end the whole run.
    """
    if _until not in item.stash:
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        __tracebackhide__ = True
        item.stash[_late] = True
        timeout_sigalrm(item, item.stash[_settings])

    seconds = max(0.01, item.stash[_until] - time.monotonic())
    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _end_in(config: pytest.Config, seconds: float) -> None:
    """End this process so much later, unless that is called off; what all its threads do is told first."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=config.stash[_errors])
