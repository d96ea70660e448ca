"""How long to wait before a read is sent again, and when to stop."""

from __future__ import annotations

import pytest

from cotui.api import (
    ApiError,
    BadRequest,
    ConnectTimedOut,
    RateLimited,
    RetryPolicy,
    ServerFailure,
    TimedOut,
    TlsFailure,
)
from cotui.api.transport.retry import parse_retry_after

NOW = 1_445_412_480.0  # 2015-10-21 07:28:00 UTC


@pytest.mark.parametrize(
    ("value", "date", "expected"),
    [
        ("120", "", 120.0),
        (" 0 ", "", 0.0),
        ("Wed, 21 Oct 2015 07:28:30 GMT", "", 30.0),
        ("Wed, 21 Oct 2015 07:28:30 -0000", "", 30.0),
        ("Wed, 21 Oct 2015 07:27:00 GMT", "", 0.0),
        # a wrong clock here does not matter when the answer says what time it is there
        ("Wed, 21 Oct 2015 10:00:30 GMT", "Wed, 21 Oct 2015 10:00:00 GMT", 30.0),
        ("Wed, 21 Oct 2015 07:28:30 GMT", "nonsense", 30.0),
        ("soon", "", None),
        ("-5", "", None),
        ("1.5", "", None),
        ("9" * 40, "", None),
        ("", "", None),
        ("Wed, 99 Oct 2015 07:28:30 GMT", "", None),
    ],
)
def test_both_forms_of_retry_after(value: str, date: str, expected: float | None) -> None:
    assert parse_retry_after(value, date=date, now=NOW) == expected


def test_waits_double_up_to_the_cap() -> None:
    policy = RetryPolicy(base=1.0, cap=5.0, jitter=lambda: 1.0)
    assert [policy.wait(ServerFailure(), attempt) for attempt in range(1, 6)] == [1.0, 2.0, 4.0, 5.0, 5.0]


def test_jitter_shortens_by_at_most_half() -> None:
    policy = RetryPolicy(base=1.0, jitter=lambda: 0.0)
    assert policy.wait(ServerFailure(), 1) == 0.5
    assert all(0.5 <= RetryPolicy(base=1.0).wait(ServerFailure(), 1) <= 1.0 for _ in range(100))


def test_a_429_without_advice_waits_longer() -> None:
    policy = RetryPolicy(jitter=lambda: 1.0)
    assert [policy.wait(RateLimited(), attempt) for attempt in range(1, 7)] == [5, 10, 20, 40, 60, 60]


def test_the_servers_advice_is_never_undercut() -> None:
    for jitter in (0.0, 0.5, 0.99):
        wait = RetryPolicy(jitter=lambda jitter=jitter: jitter).wait(RateLimited(retry_after=30.0), 1)
        assert 30.0 <= wait <= 30.5


@pytest.mark.parametrize(
    ("error", "attempt", "elapsed", "again"),
    [
        (ServerFailure(), 1, 0.5, True),
        (ServerFailure(), 3, 10, True),
        (ServerFailure(), 4, 10, False),
        (ConnectTimedOut(), 2, 21.0, True),
        (TimedOut(), 1, 30.5, False),
        (TimedOut(), 2, 61.0, False),
        (RateLimited(), 1, 61.0, True),
        (RateLimited(), 1, 181.0, False),
        (RateLimited(), 5, 100.0, True),
        (RateLimited(), 6, 100.0, False),
        (BadRequest(), 1, 0, False),
        (TlsFailure(), 1, 0, False),
    ],
)
def test_trying_again_is_bounded(error: ApiError, attempt: int, elapsed: float, again: bool) -> None:
    assert RetryPolicy().allows(error, attempt, elapsed) is again
