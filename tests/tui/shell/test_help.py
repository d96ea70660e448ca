"""Help lists the keys that are valid where it was opened, and nothing else."""

from __future__ import annotations

from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.help import HelpDialog
from tests.tui.flow import browse, press, record_page, settle, text_of

SIZE = (120, 50)


async def test_help_lists_what_is_valid_on_the_list(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        text = text_of(app)
        for words in ("Order by column", "Columns", "Main contact", "Filter language", "Quit"):
            assert words in text
        assert "Raw JSON" not in text
        await press(pilot, "escape")
        assert browse(app).table.has_focus


async def test_help_of_a_record_lists_other_keys(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "question_mark")
        text = text_of(app)
        assert "Raw JSON" in text
        assert "Order by column" not in text
        await press(pilot, "escape")
        assert record_page(app).is_current


async def test_every_key_that_help_names_has_one_meaning(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for keys in ([], ["enter"]):
            await press(pilot, *keys, "question_mark")
            dialog = app.screen
            assert isinstance(dialog, HelpDialog)
            shown = [key for _, rows in dialog._groups for keys_, _ in rows for key in keys_.split()]
            assert sorted(set(shown)) == sorted(shown)
            await press(pilot, "escape")


async def test_help_is_not_opened_over_itself(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark", "question_mark", "escape")
        assert len(app.screen_stack) == 1


async def test_help_can_be_read_to_its_end_in_a_small_terminal(app: CotuiApp) -> None:
    async with app.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        assert "esc closes this" not in text_of(app)
        seen = text_of(app)
        for _ in range(8):
            await press(pilot, "pagedown")
            seen += text_of(app)
        assert "Order by column" in seen
        assert "esc closes this" in seen
