"""The engine behind many writes: whatever happens, one result for each and nothing sent twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import (
    ApiError,
    BadRequest,
    Dropped,
    Outcome,
    Priority,
    RateLimited,
    Result,
    Unreachable,
    Write,
)
from cotui.api.transport.budget import Budget
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.bulk.bulk_run import TURNED_AWAY, BulkRun, State
from cotui.tui.bulk.bulk_words import progress_words

ACTION = CUSTOMER.action("setInactive")


def writes_of(number: int) -> list[Write]:
    return [
        Write(CUSTOMER, ACTION, ref, target=f"customer {ref}", name=str(ref)) for ref in range(1, number + 1)
    ]


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.now += seconds


def lost() -> ApiError:
    error = Dropped()
    error.mark_unknown_outcome()
    return error


@dataclass
class Server:
    """Answers batches as it was told to, and remembers what it was sent."""

    clock: Clock
    #: per batch: the fate of the whole batch, or of each item
    plan: Sequence[str | Sequence[str]] = ()
    retry_after: float | None = 7.0
    sent: list[list[Write]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    async def send(self, batch: Sequence[Write]) -> list[Outcome]:
        number = len(self.sent)
        self.sent.append(list(batch))
        self.times.append(self.clock.now)
        self.clock.now += 2.0
        fate = self.plan[number] if number < len(self.plan) else "done"
        if isinstance(fate, str):
            error = self._error(fate)
            return [self._outcome(write, fate, error) for write in batch]
        return [
            self._outcome(write, fate[at % len(fate)], self._error(fate[at % len(fate)]))
            for at, write in enumerate(batch)
        ]

    def _error(self, fate: str) -> ApiError | None:
        match fate:
            case "lost":
                return lost()
            case "limited":
                return RateLimited(retry_after=self.retry_after)
            case "refused":
                return BadRequest(server_message="no")
            case "offline":
                return Unreachable()
            case _:
                return None

    def _outcome(self, write: Write, fate: str, error: ApiError | None) -> Outcome:
        results = {"lost": Result.UNKNOWN, "limited": Result.NOT_SENT, "offline": Result.NOT_SENT}
        return Outcome(write, results.get(fate, Result.REFUSED if fate == "refused" else Result.DONE), error)


def run_of(number: int, server: Server, wait_for: object = None) -> BulkRun:
    return BulkRun(
        writes_of(number),
        send=server.send,
        wait_for=wait_for if callable(wait_for) else lambda _calls: 0.0,
        clock=server.clock,
        sleep=server.clock.sleep,
    )


FATES = ("done", "refused", "lost", "limited", "offline")
PLANS = st.lists(
    st.one_of(st.sampled_from(FATES), st.lists(st.sampled_from(FATES), min_size=1, max_size=25)), max_size=12
)


@given(
    number=st.integers(1, 260),
    plan=PLANS,
    stop_in=st.none() | st.integers(0, 11),
    retry_after=st.none() | st.floats(0, 90),
)
async def test_every_record_has_one_result_and_nothing_is_sent_twice(
    number: int, plan: list[str | list[str]], stop_in: int | None, retry_after: float | None
) -> None:
    server = Server(Clock(), plan, retry_after)
    run = run_of(number, server)

    async def send(batch: Sequence[Write]) -> list[Outcome]:
        if stop_in == len(server.sent):
            run.stop()
        return await server.send(batch)

    run._send = send
    await run.run()

    assert run.state is State.OVER
    assert [outcome.write for outcome in run.outcomes] == list(run.writes)
    sent = [write.request_id for batch in server.sent for write in batch]
    assert len(sent) == len(set(sent))
    assert sent == [write.request_id for write in run.writes[: len(sent)]]
    assert all(1 <= len(batch) <= 25 for batch in server.sent)
    if stop_in is not None:
        assert len(server.sent) <= stop_in + 1
    for outcome in run.outcomes[len(sent) :]:
        assert outcome.result is Result.NOT_SENT
        assert outcome.error is not None
    lost_whole = [
        at
        for at, batch in enumerate(server.sent)
        if all(run.outcomes[at * 25 + n].result is Result.UNKNOWN for n in range(len(batch)))
    ]
    assert lost_whole in ([], [len(server.sent) - 1])
    for before, after in zip(range(len(server.sent)), range(1, len(server.sent)), strict=False):
        limits = [
            item
            for item in run.outcomes[before * 25 : before * 25 + 25]
            if isinstance(item.error, RateLimited)
        ]
        if limits:
            told = 60.0 if retry_after is None else retry_after
            assert server.times[after] - server.times[before] >= 2.0 + told - 1e-6


async def test_a_lost_answer_ends_the_run_and_leaves_the_rest_unsent() -> None:
    server = Server(Clock(), ["done", "lost"])
    run = run_of(80, server)
    await run.run()
    assert [outcome.result for outcome in run.outcomes] == [
        *[Result.DONE] * 25, *[Result.UNKNOWN] * 25, *[Result.NOT_SENT] * 30
    ]  # fmt: skip
    assert len(server.sent) == 2
    assert "lost" in run.outcomes[-1].message


async def test_an_unknown_item_among_others_does_not_end_the_run() -> None:
    server = Server(Clock(), [["done", "lost", "refused"]])
    run = run_of(50, server)
    await run.run()
    assert len(server.sent) == 2
    assert run.outcomes[1].result is Result.UNKNOWN


@pytest.mark.parametrize("fate", ["refused", "offline"])
async def test_a_call_that_fails_as_a_whole_ends_the_run(fate: str) -> None:
    server = Server(Clock(), [fate])
    run = run_of(60, server)
    await run.run()
    assert len(server.sent) == 1
    assert {outcome.result for outcome in run.outcomes[25:]} == {Result.NOT_SENT}


async def test_records_that_are_refused_one_by_one_do_not_end_the_run() -> None:
    server = Server(Clock(), [["refused"]])
    run = run_of(60, server)
    await run.run()
    assert len(server.sent) == 3


async def test_a_batch_turned_away_is_not_repeated_and_the_next_one_waits() -> None:
    clock = Clock()
    server = Server(clock, ["done", "limited"], retry_after=7.0)
    run = run_of(75, server)
    shown: list[str] = []
    run.changed = lambda: shown.append(progress_words(run))
    await run.run()
    assert [len(batch) for batch in server.sent] == [25, 25, 25]
    assert server.times[2] - server.times[1] == pytest.approx(9.0)
    assert [outcome.result for outcome in run.outcomes[25:50]] == [Result.NOT_SENT] * 25
    assert any("waiting 7 s, as ChargeOver asks" in line for line in shown)
    assert any("waiting 1 s, as ChargeOver asks" in line for line in shown)


async def test_batches_turned_away_again_and_again_end_the_run() -> None:
    server = Server(Clock(), ["limited"] * 9)
    run = run_of(225, server)
    await run.run()
    assert len(server.sent) == TURNED_AWAY
    assert len(run.outcomes) == 225


async def test_the_budget_is_waited_for_and_the_wait_is_told() -> None:
    clock = Clock()
    budget = Budget(10, clock)
    for _ in range(9):
        budget.take()
        budget.settle()
    server = Server(clock)
    run = run_of(30, server, lambda calls: budget.wait_for(Priority.PREFETCH, calls))
    shown: list[str] = []
    run.changed = lambda: shown.append(progress_words(run))
    await run.run()
    assert server.times[0] == 1060.0
    assert any("waiting 60 s for the limit of requests" in line for line in shown)
    assert max(clock.slept) <= 1.0


async def test_stopping_while_it_waits_sends_nothing() -> None:
    clock = Clock()
    server = Server(clock)
    run = run_of(30, server, lambda _calls: 1000.0)
    run.changed = lambda: run.stop() if run.state is State.WAITING and not run.stopping else None
    await run.run()
    assert server.sent == []
    assert {outcome.result for outcome in run.outcomes} == {Result.NOT_SENT}
    assert clock.now < 1005


async def test_the_time_left_follows_the_batches_and_the_budget() -> None:
    server = Server(Clock())
    run = run_of(100, server, lambda calls: 50.0 if calls == 2 else 0.0)
    left: list[float | None] = []

    async def send(batch: Sequence[Write]) -> list[Outcome]:
        left.append(run.remaining)
        return await server.send(batch)

    run._send = send
    await run.run()
    # unknown at first; two seconds for each batch, unless the budget needs longer for the two last ones
    assert left == [None, 6.0, 50.0, 2.0]


async def test_a_run_is_run_once() -> None:
    run = run_of(3, Server(Clock()))
    await run.run()
    with pytest.raises(RuntimeError):
        await run.run()


def test_the_budget_tells_how_long_several_requests_take() -> None:
    clock = Clock()
    budget = Budget(10, clock)
    assert budget.wait_for(Priority.PREFETCH, 9) == 0.0
    assert budget.wait_for(Priority.PREFETCH, 10) == 60.0
    budget.take()
    budget.settle()
    clock.now += 10
    assert budget.wait_for(Priority.PREFETCH, 8) == 0.0
    assert budget.wait_for(Priority.PREFETCH, 9) == 50.0
    assert budget.wait_for(Priority.PREFETCH, 18) == 110.0
