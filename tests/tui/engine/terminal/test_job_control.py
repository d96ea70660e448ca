"""Signals that end the program wait until the terminal is its own again; what is no terminal is nobody's."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from cotui.tui.engine.terminal.job_control import EndingsNoted, in_foreground, is_ignored, wait_for_foreground


@pytest.fixture
def pipe() -> Iterator[int]:
    ends = os.pipe()
    yield ends[0]
    for end in ends:
        os.close(end)


@pytest.fixture
def came() -> Iterator[list[int]]:
    """The signals that a handler of the program's own was told."""
    told: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, _frame: told.append(number))
    yield told
    signal.signal(signal.SIGUSR1, before)


def test_a_signal_is_noted_once_and_comes_at_the_end(came: list[int]) -> None:
    with EndingsNoted() as endings:
        assert not endings
        for _ in range(3):
            os.kill(os.getpid(), signal.SIGUSR1)
        assert endings.noted == [signal.SIGUSR1] * 3
        assert came == []
    assert came == [signal.SIGUSR1]
    os.kill(os.getpid(), signal.SIGUSR1)
    assert came == [signal.SIGUSR1] * 2, "the handler is its own again"


def test_what_nobody_handles_is_left_as_it_was() -> None:
    handled = {number: signal.getsignal(number) for number in (signal.SIGUSR2, signal.SIGHUP)}
    with EndingsNoted():
        for number, handler in handled.items():
            if handler in (signal.SIG_DFL, signal.SIG_IGN):
                assert signal.getsignal(number) is handler
    assert {number: signal.getsignal(number) for number in handled} == handled


def test_handlers_are_their_own_again_after_a_fault(came: list[int]) -> None:
    handler = signal.getsignal(signal.SIGUSR1)
    with pytest.raises(ZeroDivisionError), EndingsNoted():
        raise ZeroDivisionError
    assert signal.getsignal(signal.SIGUSR1) is handler
    assert came == []


def test_a_signal_that_whoever_started_us_ignores_is_told() -> None:
    before = signal.signal(signal.SIGUSR2, signal.SIG_IGN)
    try:
        assert is_ignored(signal.SIGUSR2)
        signal.signal(signal.SIGUSR2, signal.SIG_DFL)
        assert not is_ignored(signal.SIGUSR2)
    finally:
        signal.signal(signal.SIGUSR2, before)


def test_what_is_no_terminal_is_nobodys_and_never_becomes_ours(pipe: int) -> None:
    before = signal.getsignal(signal.SIGTTOU)
    assert in_foreground(pipe)
    assert not wait_for_foreground(pipe)
    assert not wait_for_foreground(pipe, lambda: True)
    assert signal.getsignal(signal.SIGTTOU) is before
