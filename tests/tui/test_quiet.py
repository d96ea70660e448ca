"""What tests of the interface rest on: waiting until all is done, and style sheets parsed once."""

from __future__ import annotations

import asyncio
import time

import pytest
import textual.app
import textual.pilot
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.layout import Layout

from cotui.tui.shell.app import CotuiApp
from tests.tui import parsed_once
from tests.tui.flow import settle
from tests.tui.quiet import SOON, until_quiet


def test_the_pilot_waits_like_this() -> None:
    assert textual.pilot.wait_for_idle is textual.app.wait_for_idle is until_quiet


async def test_a_chain_of_callbacks_is_waited_for() -> None:
    loop = asyncio.get_running_loop()
    left = 100

    def one() -> None:
        nonlocal left
        left -= 1
        if left:
            loop.call_soon(one)

    loop.call_soon(one)
    await until_quiet()
    assert left == 0


async def test_threads_are_waited_for_and_what_follows_them() -> None:
    done: list[str] = []

    async def work() -> None:
        for name in ("first", "second"):
            await asyncio.to_thread(time.sleep, 2 * SOON)
            done.append(name)

    task = asyncio.create_task(work())
    await until_quiet()
    assert done == ["first", "second"]
    await task


async def test_a_thread_that_fails_is_not_waited_for_for_ever() -> None:
    def fail() -> None:
        raise ValueError

    task = asyncio.create_task(asyncio.to_thread(fail))
    await until_quiet()
    assert isinstance(task.exception(), ValueError)


async def test_timers_that_ring_soon_are_waited_for_and_later_ones_are_not() -> None:
    loop = asyncio.get_running_loop()
    rung: list[str] = []
    start = loop.time()
    loop.call_at(start + SOON / 2, rung.append, "soon")
    # set by another one, for a moment that is soon however long the machine lets this process wait
    loop.call_at(start + SOON / 4, loop.call_at, start + SOON * 3 / 4, rung.append, "after another one")
    late = loop.call_later(30, rung.append, "late")
    loop.call_later(SOON / 2, rung.append, "never").cancel()
    await until_quiet()
    assert rung == ["soon", "after another one"]
    late.cancel()


async def test_it_ends_though_there_is_always_something_to_do() -> None:
    loop = asyncio.get_running_loop()
    running = True

    def again() -> None:
        if running:
            loop.call_soon(again)

    again()
    start = loop.time()
    await until_quiet(max_sleep=0.05)
    assert loop.time() - start >= 0.05
    running = False


def facts(rule: RuleSet) -> list[object]:
    """All there is to a rule; layouts are equal if all that can be set of them is."""
    values = {
        name: (type(value), vars(value)) if isinstance(value, Layout) else value
        for name, value in rule.styles.get_rules().items()
    }
    who = [rule.selector_set, rule.selector_names, rule.pseudo_classes]
    return [*who, values, rule.styles.important, rule.is_default_rules, rule.tie_breaker, rule.errors]


@pytest.mark.long
async def test_style_sheets_that_are_kept_stay_what_they_were(app: CotuiApp) -> None:
    """Rules are shared between apps, so no app may change them."""
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("question_mark", "escape", "3", "f", "escape", "tab")
        await settle(pilot)
    assert len(parsed_once._parsed) > 10
    for (css, read_from, is_default, tie_breaker, scope, variables), kept in parsed_once._parsed.items():
        sheet = Stylesheet(variables=dict(variables))
        fresh = parsed_once._parse_rules(sheet, css, read_from, is_default, tie_breaker, scope)
        assert [*map(facts, kept)] == [*map(facts, fresh)]


def test_other_variables_are_other_style_sheets() -> None:
    css, place = "Label { color: $test-colour; }", ("", "test")
    red, blue = (Stylesheet(variables={"test-colour": colour}) for colour in ("red", "blue"))
    (one,), (other,) = red._parse_rules(css, place), blue._parse_rules(css, place)
    assert one.styles.color != other.styles.color
    assert Stylesheet(variables={"test-colour": "red"})._parse_rules(css, place) == [one]
