"""Typing a filter: completion, history, mistakes, and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual import events

from cotui.api import Api, Connection
from cotui.settings import StateStore
from cotui.tui.base.session import Session
from cotui.tui.base.status_line import StatusLine
from cotui.tui.lists.completion_list import CompletionList
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.filtering import edit, labels, paste
from tests.tui.flow import browse, press, settle, status, text_of, type_text

SIZE = (120, 40)


# -- completion -------------------------------------------------------------------------------


async def test_tab_goes_from_field_to_operator_to_value(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot)
        await press(pilot, "3", "escape", "escape")  # "3" is typed, not a tab's key
        assert bar.text == "3"
        await press(pilot, "3")
        bar = await edit(pilot, "stat")
        assert labels(bar)[0] == "status"
        await press(pilot, "tab")
        assert bar.input.value == "status "
        assert "=" in labels(bar)
        await press(pilot, "tab")
        assert bar.input.value == "status = "
        assert "overdue" in labels(bar)
        await type_text(pilot, "ov")
        await press(pilot, "tab")
        assert bar.input.value == "status = overdue "
        await press(pilot, "enter")
        assert bar.applied == "status = overdue"


async def test_arrows_choose_and_enter_takes_what_was_chosen(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        bar = await edit(pilot, "status = ")
        offered = labels(bar)
        before = len(wire.requests)
        await press(pilot, "down", "down", "enter")
        assert bar.input.value == f"status = {offered[2]} "
        assert len(wire.requests) == before, "a filter was applied that was only being completed"
        await press(pilot, "enter")
        assert bar.applied == f"status = {offered[2]}"


async def test_enter_applies_although_suggestions_are_open(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "company = M")
        assert labels(bar)
        await press(pilot, "enter")
        assert bar.applied == "company = M"


async def test_the_mouse_takes_a_suggestion(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "co")
        third = bar.suggestions.items[2]
        await pilot.click(CompletionList, offset=(3, 2))
        await settle(pilot)
        assert bar.input.value == f"{third.insert.strip()} "
        assert bar.input.has_focus


async def test_completion_in_the_middle_keeps_the_rest(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "comp country = Canada")
        await press(pilot, "home", *["right"] * 4)
        await press(pilot, "tab")  # opens the list for the place of the cursor
        await press(pilot, "tab")
        assert bar.input.value == "company country = Canada"
        assert bar.input.cursor_position == len("company ")


async def test_escape_closes_the_list_first_and_then_leaves(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "comp")
        assert labels(bar)
        await press(pilot, "escape")
        assert not labels(bar)
        assert bar.input.has_focus
        await press(pilot, "escape")
        assert browse(app).table.has_focus
        assert bar.text == "comp"


async def test_leaving_by_the_mouse_closes_the_list(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "comp")
        assert labels(bar)
        await pilot.click("#table", offset=(100, 30))
        await settle(pilot)
        assert browse(app).table.has_focus
        assert not labels(bar)
        assert "tab completes" not in status(app)


async def test_an_unfinished_word_is_not_called_a_mistake(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await edit(pilot, "company ")
        assert "tab completes" in status(app)
        await type_text(pilot, "= ")
        assert "has to follow" not in status(app)


# -- history ----------------------------------------------------------------------------------


@pytest.mark.long
async def test_up_and_down_go_through_earlier_filters(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot)
        for text in ("id = 1", "id = 2", "id = 3"):
            await press(pilot, "ctrl+u")
            await type_text(pilot, text)
            await press(pilot, "escape", "slash")  # whatever list is open
            await press(pilot, "enter")
            assert bar.applied == text
            await press(pilot, "slash")
        seen = []
        for key in ("up", "up", "up", "down"):
            await press(pilot, key)
            seen.append(bar.input.value)
        assert seen == ["id = 2", "id = 1", "id = 1", "id = 2"]
        assert bar.edited, "recalling a filter must not apply it"
        await press(pilot, "enter")
        assert bar.applied == "id = 2"
        assert browse(app).table.length == 1


async def test_down_does_nothing_before_up(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "id = 1")
        await press(pilot, "enter", "slash", "down")
        assert bar.input.value.strip() == "id = 1"


# -- typing and mistakes ------------------------------------------------------------------------


async def test_keys_of_the_lists_are_letters_here(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot)
        keys = ["q", "1", "question_mark", "slash", "colon", "r", "f", "v", "left_square_bracket", "C"]
        await press(pilot, *keys)
        assert bar.input.value == "q1?/:rfv[C"
        assert app.is_running
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("company ~ acme or country = Canada", len("company ~ acme "), "OR"),
        ("country = Canada colour = red", len("country = Canada "), "colour"),
        ("company ~", len("company ~"), "value"),
        ("date > yesterdayish", 0, "date"),
        ('company = "open', len("company = "), "quot"),
    ],
)
async def test_enter_on_a_mistake_puts_the_cursor_on_it(
    app: CotuiApp, wire: Wire, text: str, at: int, words: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, text)
        before = len(wire.requests)
        await press(pilot, "enter")
        assert bar.input.cursor_position == at
        assert words in status(app)
        assert bar.input.value == text
        assert bar.input.has_focus
        assert bar.applied == ""
        assert len(wire.requests) == before


async def test_a_long_explanation_is_shown_whole(app: CotuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await edit(pilot, "balance > 10")
        lines = text_of(app).splitlines()
        assert lines[-1].rstrip().endswith("…")
        await press(pilot, "enter")
        shown = " ".join(line.strip() for line in text_of(app).splitlines())
        assert status(app) in shown
        line = app.screen.query_one(StatusLine)
        assert line.size.height > 1
        await type_text(pilot, "x")
        assert line.size.height == 1, "the rows get their room back when typing goes on"


async def test_a_filter_is_applied_once_however_often_enter_is_pressed(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await edit(pilot, "country = Canada")
        before = len(wire.requests)
        await press(pilot, "enter")
        # the second Enter is the table's: it opens the row
        assert sum("where" in path for path in wire.paths[before:]) == 2


# -- pastes ---------------------------------------------------------------------------------------


async def test_a_paste_over_the_rows_changes_nothing(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await paste(pilot, "q1rrr\n")
        assert app.is_running
        assert browse(app).bar.input.value == ""
        assert browse(app).table.cursor == 0


# -- remembered -----------------------------------------------------------------------------------


def next_start(session: Session, wire: Wire) -> CotuiApp:
    """The app as it is started the next time, from what the last run wrote down."""
    api = Api(Connection("demo", "localhost", "demo", "demo"), transport=wire)
    return CotuiApp(replace(session, api=api, state=StateStore(session.state.path)))


async def test_the_filter_is_there_at_the_next_start(session: Session, wire: Wire) -> None:
    async with CotuiApp(session).run_test(size=SIZE) as pilot:
        for text in ("company ~ Maple", "country = Canada order by company desc"):
            await edit(pilot)
            await press(pilot, "ctrl+u")
            await paste(pilot, text)
            await press(pilot, "enter")
        await press(pilot, "3")
    asked = len(wire.requests)
    app = next_start(session, wire)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert browse(app).listing.key == "invoices", "the last screen comes first"
        await press(pilot, "1")
        bar = browse(app).bar
        assert bar.applied == bar.input.value == "country = Canada order by company desc"
        assert "Company ↓" in text_of(app)
        assert any("bill_country%3AEQUALS%3ACanada" in path for path in wire.paths[asked:])
        await press(pilot, "slash", "up")
        assert bar.input.value == "company ~ Maple"


async def test_a_remembered_filter_that_no_longer_parses_is_shown_not_applied(
    session: Session, wire: Wire
) -> None:
    session.state.screen(session.account, "customers").filter = "colour = red"
    session.state.save()
    app = next_start(session, wire)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        bar = browse(app).bar
        assert bar.input.value == "colour = red"
        assert bar.applied == ""
        assert "remembered filter" in status(app)
        assert browse(app).table.length == 120
        await press(pilot, "slash", "ctrl+u")
        await type_text(pilot, "id = 1")
        await press(pilot, "enter")
        assert browse(app).table.length == 1


async def test_what_was_typed_but_not_applied_is_not_remembered(session: Session, wire: Wire) -> None:
    async with CotuiApp(session).run_test(size=SIZE) as pilot:
        await edit(pilot, "id = 1")
        await press(pilot, "enter")
        await edit(pilot, "7")
    app = next_start(session, wire)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert browse(app).bar.applied == "id = 1"


# -- what does not fit ------------------------------------------------------------------------


async def test_how_many_rows_there_are_is_said_before_which_is_the_last_on_the_screen(app: CotuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        bar = browse(app).bar
        bar.set_position("149,000–149,018 of 149,396")
        await settle(pilot)
        assert "149,000 of 149,396" in text_of(app)
        await pilot.resize_terminal(120, 24)
        await settle(pilot)
        bar.set_position("149,000–149,018 of 149,396")
        await settle(pilot)
        assert "149,000–149,018 of 149,396" in text_of(app)


async def test_what_nobody_sees_of_a_paste_is_no_part_of_the_filter(session: Session, wire: Wire) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await edit(pilot, "company ~ ")
        line = app.focused
        assert line is not None
        line.post_message(events.Paste("Ma\u200bp\u00adle\x1b".replace("\x1b", "␛")))
        await settle(pilot)
        assert browse(app).bar.input.value == "company ~ Maple"
        assert status(app) == "what can't be seen was left out: control character, U+200B, U+00AD"
        await press(pilot, "enter")
        assert any("company%3ACONTAINS%3AMaple&" in path for path in wire.paths)


@pytest.mark.parametrize(
    ("blank", "what"), [("\t", "tab"), ("\u2028", "U+2028"), ("\u00a0", "U+00A0 (now a plain blank)")]
)
async def test_a_paste_s_strange_blanks_are_told(session: Session, wire: Wire, blank: str, what: str) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await edit(pilot, "company = ")
        line = app.focused
        assert line is not None
        line.post_message(events.Paste(f"Maple{blank}Leaf\n"))
        await settle(pilot)
        assert browse(app).bar.input.value == "company = Maple Leaf"
        assert status(app) == f"what can't be seen was left out: {what}"


# -- left without being applied ----------------------------------------------------------------


async def test_the_kept_text_is_there_again_by_the_mouse_too(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "id = 3")
        await press(pilot, "enter")
        await edit(pilot, "country = Oslo")
        await pilot.click("#table", offset=(100, 30))
        await settle(pilot)
        assert bar.input.value == "id = 3"
        await pilot.click("#filter")
        await settle(pilot)
        assert bar.input.value == "id = 3 country = Oslo"


async def test_what_stays_on_the_line_while_others_have_the_keys_of_the_terminal(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "country = Oslo")
        for event in (events.AppBlur(), events.AppFocus()):
            app.post_message(event)
            await settle(pilot)
            assert bar.input.value == "country = Oslo"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (20, "/ filter"),
        (36, "/ filter"),
        (60, "/ filter"),
        (80, "/ filter, for example: country = Canada"),
        (120, "/ filter, for example: country = Canada order by balance desc"),
    ],
)
async def test_an_empty_line_shows_an_example_that_is_called_one(
    app: CotuiApp, width: int, shown: str
) -> None:
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        line = text_of(app).splitlines()[1].strip().removeprefix("where ")
        assert line.partition("  ")[0] == shown


async def test_leaving_for_good_says_which_filter_was_not_applied(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await edit(pilot, "company ~ x")
        await press(pilot, "escape", "escape", "3", "ctrl+q")
        assert "Quit and discard what you typed?" in text_of(app)
        assert "customers: company ~ x, a filter that was not applied" in text_of(app)
        await press(pilot, "escape")


@pytest.mark.parametrize("first", ["company ~ m order by company desc", ""])
@pytest.mark.parametrize("refused", [False, True])
async def test_a_draft_goes_with_the_filter_and_is_had_again(
    app: CotuiApp, first: str, refused: bool
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        bar = await edit(pilot, first)
        await press(pilot, "enter", "slash", "ctrl+u")
        draft = "colour = red" if refused else "company = nobody status = current"
        await type_text(pilot, draft)
        await press(pilot, *["enter"] * refused, "escape")
        if bar.input.has_focus:  # suggestions were open
            await press(pilot, "escape")
        await press(pilot, "home")
        assert "ctrl+u show all" in status(app)
        await press(pilot, "ctrl+u")
        assert bar.applied == ("order by company desc" if first else "")
        assert browse(app).table.length == 120
        assert not bar.put_by
        assert "up bring back" in status(app)
        await press(pilot, "slash", "up")
        assert bar.input.value == draft


async def test_the_key_that_leads_into_the_line_goes_on_behind_a_mistake(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "colour = red company ~ m")
        await press(pilot, "enter")
        assert bar.input.cursor_position == 0
        await press(pilot, "slash", "x")
        assert bar.input.value == "colour = red company ~ m x"
        await press(pilot, "enter", "x", "slash")  # it is mended: a letter like any other
        assert bar.input.value == "x/colour = red company ~ m x"
