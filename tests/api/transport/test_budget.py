"""The requests a minute: a window that slides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import Budget, Priority
from tests.api.support import ManualTime


def spend(budget: Budget, requests: int) -> None:
    for _ in range(requests):
        budget.take()
        budget.settle()


async def test_slots_come_back_a_minute_after_each_request() -> None:
    time = ManualTime()
    budget = Budget(3, time.clock)
    spend(budget, 2)
    await time.advance(20)
    spend(budget, 1)
    assert (budget.used, budget.remaining, budget.wait_for(Priority.INTERACTIVE)) == (3, 0, 40.0)
    await time.advance(39.5)
    assert budget.wait_for(Priority.INTERACTIVE) == pytest.approx(0.5)
    await time.advance(0.5)
    assert (budget.used, budget.remaining, budget.wait_for(Priority.INTERACTIVE)) == (1, 2, 0.0)
    await time.advance(20)
    assert budget.remaining == 3


async def test_a_slow_request_counts_until_a_minute_after_its_end() -> None:
    time = ManualTime()
    budget = Budget(1, time.clock)
    budget.take()
    await time.advance(90)
    assert budget.remaining == 0
    budget.settle()
    assert budget.wait_for(Priority.INTERACTIVE) == 60.0


def test_what_never_left_gives_its_slot_back() -> None:
    budget = Budget(1, ManualTime().clock)
    budget.take()
    budget.settle(counted=False)
    assert budget.remaining == 1


def test_background_leaves_a_tenth_to_the_user() -> None:
    budget = Budget(20, ManualTime().clock)
    spend(budget, 18)
    assert budget.wait_for(Priority.PREFETCH) == 60.0
    assert budget.wait_for(Priority.EXPORT) == 60.0
    assert budget.wait_for(Priority.INTERACTIVE) == 0.0
    spend(budget, 2)
    assert budget.wait_for(Priority.INTERACTIVE) == 60.0


def test_the_smallest_budget_still_lets_background_through() -> None:
    assert Budget(1, ManualTime().clock).wait_for(Priority.EXPORT) == 0.0


def test_observers_hear_of_every_request_until_they_stop() -> None:
    budget = Budget(5, ManualTime().clock)
    heard: list[int] = []
    stop = budget.on_change(lambda: heard.append(budget.remaining))
    budget.take()
    budget.settle(counted=False)
    stop()
    stop()
    spend(budget, 1)
    assert heard == [4, 5]


def test_a_budget_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        Budget(0)


@given(
    limit=st.integers(1, 5),
    steps=st.lists(st.tuples(st.floats(0, 30), st.floats(0, 5)), min_size=1, max_size=60),
)
def test_no_minute_ever_holds_more_than_the_limit(limit: int, steps: list[tuple[float, float]]) -> None:
    """Whoever waits as told never exceeds the server's own window, wherever on the way it counts."""
    now = 0.0
    budget = Budget(limit, lambda: now)
    arrivals: list[float] = []
    for pause, duration in steps:
        now += pause
        while wait := budget.wait_for(Priority.INTERACTIVE):
            now += wait
        assert budget.remaining > 0
        budget.take()
        arrivals.append(now + duration / 2)
        now += duration
        budget.settle()
    for index, arrival in enumerate(arrivals[limit:]):
        assert arrival - arrivals[index] >= 60.0 - 1e-6


async def test_names_take_a_third_at_most_and_leave_the_rest_to_others() -> None:
    time = ManualTime()
    budget = Budget(30, time.clock)
    for _ in range(10):
        budget.take(names=True)
        budget.settle(names=True)
    assert budget.wait_for(Priority.NAMES) == 60.0
    assert budget.wait_for(Priority.PREFETCH) == budget.wait_for(Priority.INTERACTIVE) == 0.0
    await time.advance(60)
    assert budget.wait_for(Priority.NAMES) == 0.0
    assert budget.used == 0


def test_names_leave_the_reserve_alone_as_well() -> None:
    budget = Budget(30)
    spend(budget, 27)
    assert budget.wait_for(Priority.NAMES) > 0
    assert budget.wait_for(Priority.INTERACTIVE) == 0


def test_a_batch_takes_what_it_costs() -> None:
    budget = Budget(100)
    assert budget.cost(25) == 1
    budget.counts_each = True
    budget.take(budget.cost(25))
    assert budget.used == 25
    budget.settle(25, counted=False)
    assert budget.used == 0
