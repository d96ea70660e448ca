"""What the worker is doing is told when it changes, and only then."""

from __future__ import annotations

import pytest

from cotui.api.errors import ApiError, BadRequest, Forbidden, Refused, Unauthorized, WrongUrl
from cotui.api.transport.status import Pause, Status, Wait


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def heard(status: Status) -> list[int]:
    times: list[int] = []
    status.subscribe(lambda: times.append(1))
    return times


def test_the_same_again_is_not_told() -> None:
    status = Status()
    times = heard(status)
    for _ in range(2):
        status.update(in_flight=1, waiting=2, pause=None)
    assert (len(times), status.in_flight, status.waiting) == (1, 1, 2)
    status.update(in_flight=1, waiting=2, pause=None, wait=Wait(5.0))
    assert len(times) == 2


def test_pauses_and_waits_are_seconds_that_pass() -> None:
    clock = Clock()
    status = Status(clock)
    assert (status.paused_for, status.waited_for) == (0.0, 0.0)
    status.update(in_flight=0, waiting=1, pause=Pause("server", 110.0), wait=Wait(99.0))
    assert (status.paused_for, status.waited_for) == (10.0, 1.0)
    clock.now = 111.0
    assert (status.paused_for, status.waited_for) == (0.0, 12.0)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Unauthorized(), "refused"),
        (Forbidden(), "refused"),
        (Refused("nobody"), "offline"),
        (WrongUrl("another"), "offline"),
        (BadRequest("no"), "online"),
    ],
)
def test_what_a_failure_says_of_the_connection(error: ApiError, state: str) -> None:
    status = Status()
    assert status.connection == "untried"
    status.failed(error)
    assert (status.connection, status.last_error) == (state, error)


def test_a_success_ends_a_failure_and_is_told_once() -> None:
    status = Status()
    status.failed(Unauthorized())
    times = heard(status)
    for _ in range(3):
        status.succeeded()
    assert (status.connection, status.last_error, len(times)) == ("online", None, 1)
