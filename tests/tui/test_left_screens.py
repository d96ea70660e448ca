"""What ends with a screen, and when: in the turn of the event loop in which leaving it begins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from cotui.tui.engine.frame_batching import BatchedApp, BatchedScreen
from cotui.tui.engine.life import LivingScreen, lives, open_over
from tests.tui.quiet import until_quiet
from tests.tui.turns import turns


class Told(Message):
    """Something a widget says."""


class Page(BatchedScreen[str]):
    """A screen that does all that screens do, and writes down what comes of it."""

    BINDINGS: ClassVar = [Binding("x", "noted", "Note")]

    def __init__(self) -> None:
        super().__init__()
        self.line = Static("", id="line")
        self.entry = Input()
        self.noted: list[str] = []
        self.gate = asyncio.Event()
        self.ended = 0

    def compose(self) -> ComposeResult:
        yield self.line
        yield self.entry

    def note(self, what: str) -> None:
        self.query_one("#line", Static).update(what)  # it must be there
        self.noted.append(what)

    def action_noted(self) -> None:
        self.note("key")

    def on_told(self) -> None:
        self.note("message")

    def on_input_changed(self) -> None:
        self.note("typed")

    @work
    async def working(self) -> None:
        await self.gate.wait()
        self.note("worker")

    def schedule(self) -> None:
        """Everything that could come after the end."""
        self.working()
        self.entry.run_worker(self._of_widget())
        self.call_later(self.note, "later")
        self.call_next(self.note, "next")
        self.call_after_refresh(self.note, "after refresh")
        self.entry.call_after_refresh(self.note, "after refresh of a widget")
        self.entry.call_later(self.note, "later of a widget")
        self.set_timer(0.001, lambda: self.note("timer"))
        self.set_interval(0.001, lambda: self.note("interval"))
        self.entry.set_interval(0.001, lambda: self.note("interval of a widget"))
        self.post_message(Told())
        self.entry.post_message(Told())
        self.entry.value += "a"

    async def _of_widget(self) -> None:
        await self.gate.wait()
        self.note("worker of a widget")

    def end(self) -> None:
        self.ended += 1
        assert self.query_one("#line")  # nothing has been taken out yet


class Pages(BatchedApp[None]):
    """An app of such screens."""

    def get_default_screen(self) -> Screen[None]:
        return BatchedScreen(id="_default")


async def opened(app: Pages) -> Page:
    page = Page()
    await app.push_screen(page)
    await until_quiet()
    page.noted.clear()
    page.at_end(page.end)
    return page


WAYS: dict[str, Callable[[Pages, Page], object]] = {
    "dismissed": lambda app, page: page.dismiss("yes"),
    "popped": lambda app, page: app.pop_screen(),
    "switched": lambda app, page: app.switch_screen(Page()),
    "left twice": lambda app, page: (page.dismiss("yes"), page.dismiss("no")),
    "ended": lambda app, page: app.exit(),
    "a fault": lambda app, page: app._close_messages_no_wait(),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("before", [0, 1, 2, 3, 5, 8])
async def test_nothing_comes_after_the_end(way: str, before: int) -> None:
    app = Pages()
    async with app.run_test():
        page = await opened(app)
        page.schedule()
        await turns(before)
        WAYS[way](app, page)
        if way != "a fault":
            assert not page.living
            assert page.ended == 1
            page.noted.clear()
        page.gate.set()
        page.entry.post_message(Told())
        await turns(20)
        if way != "a fault":
            assert page.noted == []
    assert not page.living
    assert page.ended == 1


async def test_all_of_it_comes_while_the_screen_lives() -> None:
    """The test above would pass as well where nothing ever came."""
    app = Pages()
    async with app.run_test() as pilot:
        page = await opened(app)
        page.schedule()
        page.gate.set()
        await until_quiet(min_sleep=0.02, max_sleep=0.1)
        await pilot.press("x")
        assert {
            "worker",
            "worker of a widget",
            "later",
            "next",
            "after refresh",
            "after refresh of a widget",
        } < {*page.noted}
        assert {"later of a widget", "timer", "interval", "interval of a widget", "message", "typed"} < {
            *page.noted
        }
        page.set_focus(None)
        await pilot.press("x")
        assert "key" in page.noted
        assert lives(page)
        assert lives(page.entry)
        page.dismiss(None)
        assert not lives(page)
        assert not lives(page.entry)
        await until_quiet()
        assert not lives(page.entry)
        assert lives(app)


async def test_a_screen_leaves_itself_and_no_other() -> None:
    app = Pages()
    async with app.run_test():
        below, above = Page(), Page()
        answers: list[Any] = []
        await app.push_screen(below, answers.append)
        await app.push_screen(above)
        below.dismiss("from below")
        below.dismiss("again")
        await until_quiet()
        assert app.screen is above
        assert above.living
        assert answers == ["from below"]
        assert below.answer == "from below"
        above.dismiss(None)
        above.dismiss(None)
        await until_quiet()
        assert len(app.screen_stack) == 1
        assert isinstance(app.screen, LivingScreen)
        assert app.screen.living


async def test_who_was_left_hears_no_answer() -> None:
    app = Pages()
    async with app.run_test():
        page = await opened(app)
        answers: list[Any] = []
        dialogs = [Page(), Page()]
        page.open_screen(dialogs[0], answers.append)
        await until_quiet()
        dialogs[0].dismiss("one")
        await until_quiet()
        open_over(page.entry, dialogs[1], answers.append)
        await until_quiet()
        page.dismiss(None)
        dialogs[1].dismiss("two")
        await until_quiet()
        assert answers == ["one"]


async def test_what_is_subscribed_after_the_end_ends_at_once_and_what_has_ended_is_forgotten() -> None:
    app = Pages()
    ended: list[str] = []
    async with app.run_test():
        page = await opened(app)
        page.at_end(lambda: ended.append("kept"))
        page.at_end(lambda: ended.append("forgotten"))()
        page.dismiss(None)
        assert ended == ["kept"]
        page.at_end(lambda: ended.append("late"))
        assert ended == ["kept", "late"]


async def test_closing_goes_on_beyond_the_life_and_is_waited_for() -> None:
    app = Pages()
    closed: list[str] = []
    gate = asyncio.Event()

    async def close() -> None:
        await gate.wait()
        closed.append("yes")

    async with app.run_test():
        page = await opened(app)
        page.at_end(lambda: page.let_go(close))
        page.dismiss(None)
        await turns(30)
        assert page.is_running or page._task is not None
        gate.set()
        await until_quiet()
        assert closed == ["yes"]
        assert not page.is_attached


@pytest.mark.parametrize("number", range(4))
async def test_what_others_want_after_a_refresh_comes_after_that_of_the_next_screen(number: int) -> None:
    app = Pages()
    called: list[str] = []
    async with app.run_test():
        page = await opened(app)
        with app.batch_update():  # no refresh meanwhile
            app.call_after_refresh(called.append, "of the app")
            page.call_after_refresh(called.append, "of the page")
            page.entry.call_after_refresh(called.append, "of a widget")
            page.refresh()
            await turns(number)
            page.dismiss(None)
        await until_quiet()
        assert called.count("of the app") == 1


@pytest.mark.parametrize("number", range(12))
async def test_a_screen_that_is_being_made_can_be_left(number: int) -> None:
    app = Pages()
    async with app.run_test():
        page = Page()
        app.push_screen(page)
        await turns(number)
        page.dismiss(None)
        await until_quiet()
        assert len(app.screen_stack) == 1
        assert not page.is_running
        assert page.noted == []


async def test_keys_do_nothing_before_a_screen_is_made_and_after_its_end() -> None:
    app = Pages()
    async with app.run_test():
        page = Page()
        app.push_screen(page)
        assert not await app.run_action("noted", page)
        await until_quiet()
        page.noted.clear()
        assert await app.run_action("noted", page)
        page.dismiss(None)
        assert not await app.run_action("noted", page)
        assert page.noted == ["key"]


@pytest.mark.parametrize("number", range(0, 12, 3))
async def test_a_screen_shown_when_the_program_ends_already_has_no_life(number: int) -> None:
    app, page = Pages(), Page()
    ended: list[str] = []
    page.at_end(lambda: ended.append("page"))
    async with app.run_test():
        app.exit()
        await turns(number)
        app.push_screen(page)
        assert not page.living
        assert ended == ["page"]  # who waits for its answer waits no longer
        await turns(number)
    assert page.noted == []


def test_below_is_what_a_screen_stands_on_whichever_tab_is_in_front() -> None:
    app = Pages()
    first, second, third = Page(), Page(), Page()
    app._screen_stacks |= {"here": [first, second], "there": [third]}
    with app._context():
        assert second.below is first
        assert first.below is first
        assert third.below is third
