"""Signals end the server in order and are then whoever's they were before."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from cotui.sandbox.http.server.ended_server import EndedServer

HANDLED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """What reaches whoever handled signals before."""
    found: list[int] = []
    before = {number: signal.signal(number, lambda given, _: found.append(given)) for number in HANDLED}
    yield found
    for number, handler in before.items():
        signal.signal(number, handler)


def made() -> EndedServer:
    async def app(*_: object) -> None:
        raise AssertionError

    return EndedServer(uvicorn.Config(app))


@pytest.mark.parametrize("number", HANDLED)
def test_it_ends_and_then_who_started_it_learns_by_which(number: signal.Signals, heard: list[int]) -> None:
    server = made()
    with server.capture_signals():
        signal.raise_signal(number)
        assert server.should_exit
        assert heard == []
    assert heard == [number]


def test_of_several_the_first_is_told(heard: list[int]) -> None:
    with made().capture_signals():
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGHUP)
    assert heard == [signal.SIGTERM]


def test_what_the_parent_wants_ignored_stays_ignored(heard: list[int]) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    server = made()
    with server.capture_signals():
        signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    assert not server.should_exit
    assert heard == []


def test_in_another_thread_signals_are_nobody_s(heard: list[int]) -> None:
    seen: list[object] = []

    def work() -> None:
        before = signal.getsignal(signal.SIGTERM)
        with made().capture_signals():
            seen.append(signal.getsignal(signal.SIGTERM) is before)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [True]
