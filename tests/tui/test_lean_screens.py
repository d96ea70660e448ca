"""What each action asks Textual to lay out and to paint: counted, never timed.

Frames may merge when the machine is quick and come apart when it is busy, so painting waits longer here than it does
for users; what is counted is then the same everywhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from textual import events
from textual._compositor import Compositor
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from cotui.tui.base.dialog import Dialog
from cotui.tui.engine import frame_batching as one_frame
from cotui.tui.engine.compositor import FrontCompositor
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.help import HelpDialog
from tests.tui.flow import browse, press, settle, type_text
from tests.tui.painting import Work, counted

pytestmark = pytest.mark.painted

SIZE = (120, 40)
WIDTH, HEIGHT = SIZE
SCREEN = WIDTH * HEIGHT
#: a row of the table, without the scroll bar beside it
ROW = WIDTH - 1
#: the table with its header and scrollbar, between the two lines above and the one below
TABLE = WIDTH * (HEIGHT - 3)
#: where the line above the table says which rows are on the screen
POSITION = 30


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    monkeypatch.setattr(one_frame, "PATIENCE", 5.0)
    with counted(monkeypatch) as counts:
        yield counts


async def _ready(pilot: Pilot[None], work: Work) -> None:
    await settle(pilot)
    work.start()


async def _done(pilot: Pilot[None], work: Work, *keys: str) -> Work:
    """Press keys from a screen at rest."""
    await _ready(pilot, work)
    await press(pilot, *keys)
    return work


def _move(app: CotuiApp, x: int, y: int, button: int = 0) -> None:
    app.post_message(events.MouseMove(None, x, y, 0, 0, button, False, False, False, x, y))


async def test_the_first_screen_is_styled_once_and_parsed_once(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        nodes = [app, app.screen, *app.screen.walk_children()]
        most = sum(1 + len(node._get_component_classes()) for node in nodes)
        assert work.parsed == 0  # that is, a second time
        # Textual's inputs find theirs before they are mounted as well, and each scrollbar is a node of its own
        assert work.styled <= most * 3 // 2
        assert work.frames
        assert sum(work.frames) <= 2 * SCREEN
        assert work.layouts <= 5


async def test_the_cursor_paints_two_rows(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        for key in ("down", "down", "up"):
            await _done(pilot, work, key)
            assert work.summary == (0, 1)
            assert work.frames == [2 * ROW]
            assert work.styled == 0


async def test_scrolling_paints_the_table_and_the_position_in_one_frame(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _done(pilot, work, "pagedown")  # rows are read ahead, which the first line tells
        await _done(pilot, work, "pagedown")
        for key in ("pageup", "home", "end", "home"):
            await _done(pilot, work, key)
            assert work.summary == (0, 1)
            assert work.frames[0] <= TABLE + POSITION
        await press(pilot, *["down"] * (HEIGHT - 5))
        await _done(pilot, work, "down")
        assert work.summary == (0, 1)
        assert work.frames[0] <= TABLE + POSITION


async def test_a_message_paints_the_last_line_and_goes_with_the_key_that_follows(
    app: CotuiApp, work: Work
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _ready(pilot, work)
        app.say("read")
        await settle(pilot)
        assert work.summary == (0, 1)
        assert work.frames == [WIDTH]
        await _done(pilot, work, "down")
        assert work.summary == (0, 1)
        assert work.frames == [2 * ROW + WIDTH]


async def test_a_message_of_several_lines_is_one_layout(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _ready(pilot, work)
        app.say("much to say " * 20)
        await settle(pilot)
        assert work.summary == (1, 1)
        await _done(pilot, work, "down")
        assert work.summary == (1, 1)


async def test_the_budget_paints_the_first_line(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _ready(pilot, work)
        browse(app).set_level("1/250 req/min")
        await settle(pilot)
        assert work.summary == (0, 1)
        assert work.frames == [WIDTH]


async def test_a_key_that_does_nothing_paints_nothing(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _done(pilot, work, "z")
        assert work.frames == []
        assert work.styled == 0


@pytest.mark.parametrize("keys", [(), ("slash",), ("enter",), ("question_mark",)])
async def test_the_pointer_and_other_windows_cost_nothing(
    app: CotuiApp, work: Work, keys: tuple[str, ...]
) -> None:
    async with app.run_test(size=SIZE, tooltips=True) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        await _ready(pilot, work)
        focused = app.focused
        for x, y in ((10, 7), (10, 9), (30, 2), (WIDTH - 1, 7), (5, HEIGHT - 1), (50, 1), (50, 0)):
            _move(app, x, y)
        for event in (events.AppBlur(), events.AppFocus(), events.AppBlur()):
            app.post_message(event)
        await settle(pilot)
        assert work.summary == (0, 0)
        assert work.styled == 0
        assert app.focused is focused
        await press(pilot, "down")
        assert app.focused is focused


async def test_a_pressed_button_still_drags_the_scrollbar(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        x = WIDTH - 1
        app.post_message(events.MouseDown(None, x, 4, 0, 0, 1, False, False, False, x, 4))
        await pilot.pause()
        _move(app, x, 20, button=1)
        await settle(pilot)
        assert browse(app).table.scroll_offset.y > 0


async def test_a_click_paints_two_rows(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        for y in (9, 12):
            await _ready(pilot, work)
            for kind in (events.MouseDown, events.MouseUp):
                app.post_message(kind(None, 10, y, 0, 0, 1, False, False, False, 10, y))
            await settle(pilot)
            assert browse(app).table.cursor == y - 3
            assert work.summary == (0, 1)
            assert work.frames == [2 * ROW]


async def test_focus_from_the_filter_to_the_table_paints_three_lines(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "right")  # a column is selected: its heading shows that the table has the keys
        for key in ("slash", "escape", "slash", "escape"):
            await _done(pilot, work, key)
            assert work.summary == (0, 1)
            assert work.frames[0] <= 3 * WIDTH
            assert work.styled <= 24  # the filter's own, twice when it loses the keys: it is checked then


async def test_typing_paints_the_line_the_list_and_what_it_means(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        for key in "com":
            await _done(pilot, work, key)
            listed = browse(app).query_one("CompletionList").region.area
            assert listed
            assert work.layouts <= 1
            assert len(work.frames) == 1
            assert work.frames[0] <= 2 * WIDTH + 2 * 8 * 50
        await type_text(pilot, "pany ~ ")
        for key in "ab":
            await _done(pilot, work, key)
            assert len(work.frames) == 1
        await _done(pilot, work, "c")
        assert work.summary == (0, 1)
        assert work.frames[0] <= 2 * WIDTH


async def test_the_preview_follows_in_the_same_frame(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=(160, 40)) as pilot:
        await _done(pilot, work, "down")
        pane = browse(app).preview.region
        assert pane.width > 20
        assert work.summary == (0, 1)
        assert work.frames[0] <= pane.area + 2 * 160


async def test_a_record_page_comes_and_goes_in_one_frame_each(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _done(pilot, work, "enter")
        assert len(work.frames) <= 2  # the list's row, and all of the record when it has come
        assert sum(work.frames) <= 2 * SCREEN
        assert work.layouts <= 5
        await _done(pilot, work, "down")
        assert work.summary == (0, 1)
        assert work.frames[0] <= 3 * WIDTH
        await _done(pilot, work, "escape")
        assert work.layouts == 0
        assert work.frames == [SCREEN]


@pytest.mark.parametrize("key", ["question_mark", "colon", "a", "C"])
async def test_a_dialog_is_opaque_and_leaves_without_a_layout(app: CotuiApp, work: Work, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await _done(pilot, work, key)
        assert app.screen.styles.background.a == 1
        assert sum(work.frames) <= 2 * SCREEN
        assert work.layouts <= 5
        await _done(pilot, work, "escape")
        assert isinstance(app.screen, BrowseScreen)
        assert work.layouts == 0
        assert work.frames == [SCREEN]
        assert work.parsed == 0


async def test_what_is_hidden_is_not_painted(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        below = browse(app)
        await press(pilot, "question_mark")
        assert isinstance(app.screen, HelpDialog)
        await _ready(pilot, work)
        below.say("written")
        below.set_level("1/250 req/min")
        below.table.move_to(5)
        below.table.forget_lines()
        await settle(pilot)
        assert work.frames == []
        await press(pilot, "escape")
        assert "written" in "".join(
            segment.text for line in below._compositor.render_strips() for segment in line
        )


async def test_lists_that_were_seen_come_back_as_they_were(app: CotuiApp, work: Work) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        for key in ("1", "3", "1"):
            await _done(pilot, work, key)
            assert work.frames == [SCREEN]
            assert work.layouts <= 1
            assert work.styled == 0
            assert work.parsed == 0


async def test_only_lines_that_are_seen_are_asked_for(app: CotuiApp, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Widget, Region]] = []
    render_lines = Widget.render_lines

    def note(self: Widget, crop: Region) -> list[Strip]:
        asked.append((self, crop))
        return render_lines(self, crop)

    plain = RecordTable.render_lines

    def note_table(self: RecordTable, crop: Region) -> list[Strip]:
        asked.append((self, crop))
        return plain(self, crop)

    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        monkeypatch.setattr(Widget, "render_lines", note)
        monkeypatch.setattr(RecordTable, "render_lines", note_table)
        await press(pilot, "down")
        assert {type(widget).__name__ for widget, _ in asked} == {"RecordTable", "ScrollBar"}
        assert sum(crop.height for widget, crop in asked if widget is browse(app).table) == 2


@pytest.mark.sample("keys0", "keys3", "keys6")
@pytest.mark.parametrize(
    "keys",
    [(), ("down",), ("slash", "c"), ("v",), ("f", "m"), ("enter",), ("a",), ("C",), ("question_mark",)],
)
async def test_the_lines_are_those_of_textuals_own_compositor(app: CotuiApp, keys: tuple[str, ...]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        compositor = app.screen._compositor
        assert isinstance(compositor, FrontCompositor)

        def all_lines(_y: int) -> bool:
            return True

        whole = Region(0, 0, *SIZE)
        ours = compositor._render_chops(whole, all_lines)
        theirs = Compositor._render_chops(compositor, whole, all_lines)
        for mine, stock in zip(ours, theirs, strict=True):
            assert list(mine) == list(stock)
            for cut, strip in mine.items():
                assert list(strip.simplify()) == list(stock[cut].simplify())


@pytest.mark.parametrize("keys", [(), ("3",), ("enter",), ("a",), ("colon",), ("slash", "c")])
async def test_no_widget_keeps_the_screen_waiting(app: CotuiApp, keys: tuple[str, ...]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        assert isinstance(app.screen, one_frame.BatchedScreen)
        assert not app.screen._queued()
        assert app.screen._due is None


async def test_painting_waits_no_longer_than_it_may(app: CotuiApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A widget that is busy for long doesn't keep the screen from being painted."""
    painted = asyncio.Event()
    paint = one_frame.BatchedScreen._paint

    def note(screen: one_frame.BatchedScreen[None]) -> None:
        paint(screen)
        painted.set()

    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = browse(app)
        gate = asyncio.Event()
        screen.bar.call_later(gate.wait)
        await asyncio.sleep(0)
        screen.bar.call_later(screen.say, "")  # waits behind it
        monkeypatch.setattr(one_frame.BatchedScreen, "_paint", note)
        try:
            async with asyncio.timeout(5):
                screen.say("painted meanwhile")
                await painted.wait()
            assert screen._queued()
            assert not screen._compositor._dirty_regions
        finally:
            gate.set()


async def test_a_notification_finds_its_place_when_there_is_one(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        assert not app.screen.query("ToastRack")
        app.notify("press q to quit")
        await settle(pilot)
        assert "quit" in str(app.screen.query_one("Toast").render())


async def test_another_theme_reaches_every_screen(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "1")
        before = browse(app).table.rich_style
        app.theme = "textual-light"
        await settle(pilot)
        assert browse(app).table.rich_style != before
        light = browse(app).table.rich_style
        await press(pilot, "3")
        assert browse(app).table.rich_style == light
        await press(pilot, "question_mark")
        assert isinstance(app.screen, Dialog)
        assert app.screen.styles.background.brightness > 0.5
