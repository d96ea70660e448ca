"""How far behind the terminal is: what answers is waited for, what never answered is not."""

from __future__ import annotations

import asyncio

import pytest

from cotui.tui.engine.terminal.pace import QUESTION, Pace


class Counted(Pace):
    """A pace that counts how often it said that something arrived."""

    def __init__(self) -> None:
        self.arrivals = 0
        super().__init__(self._count)

    def _count(self) -> None:
        self.arrivals += 1


@pytest.fixture
async def pace() -> Counted:
    """The pace of a terminal that has not been asked yet."""
    return Counted()


def proven(pace: Pace) -> None:
    """The terminal answers its first question."""
    assert pace.question(2000) == QUESTION
    pace.answered()


async def test_little_is_not_worth_a_question(pace: Counted) -> None:
    assert [pace.question(300) for _ in range(4)] == ["", "", "", QUESTION]


async def test_a_terminal_that_was_never_heard_is_not_waited_for(pace: Counted) -> None:
    assert pace.question(100_000) == QUESTION
    assert not pace.full
    assert pace.question(100_000) == ""  # one question is enough to find out
    assert not pace.full


async def test_frames_wait_while_much_is_on_its_way(pace: Counted) -> None:
    proven(pace)
    assert pace.question(3000) == QUESTION
    assert not pace.full
    assert pace.question(3000) == QUESTION
    assert pace.full
    pace.answered()
    assert not pace.full
    assert pace.arrivals == 2


async def test_an_answer_counts_for_what_was_sent_before_its_question(pace: Counted) -> None:
    proven(pace)
    for _ in range(6):
        pace.question(1024)
    assert pace.full
    pace.answered()
    assert pace.full  # five thousand bytes are still on their way
    pace.answered()
    pace.answered()
    assert not pace.full


async def test_a_link_that_stands_still_does_not_stop_the_screen_for_good(pace: Counted) -> None:
    proven(pace)
    pace.question(10_000)
    assert pace.full
    pace.give_up()
    assert not pace.full
    assert pace.arrivals == 2
    assert pace.question(2000) == QUESTION  # it answered before, so it is worth another try


async def test_giving_up_is_on_the_clock_only_while_an_answer_is_due(pace: Counted) -> None:
    assert pace._alarm is None
    pace.question(2000)
    alarm = pace._alarm
    assert isinstance(alarm, asyncio.TimerHandle)
    pace.answered()
    assert alarm.cancelled()
    assert pace._alarm is None


async def test_a_terminal_that_does_not_answer_at_all_is_not_asked_again(pace: Counted) -> None:
    pace.question(2000)
    pace.give_up()
    assert pace.question(100_000) == ""
    pace.answered()  # late, but it can
    assert pace.question(2000) == QUESTION


async def test_leaving_waits_only_for_answers_that_are_due(pace: Counted) -> None:
    assert pace.last_patience == 0
    pace.question(2000)
    unknown = pace.last_patience
    pace.answered()
    assert pace.last_patience == 0
    pace.question(2000)
    assert 0 < unknown < pace.last_patience
    pace.stop()
    assert pace.last_patience == 0
