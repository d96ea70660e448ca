"""One action at a time, and what it began ends with it."""

from __future__ import annotations

from inspect import CORO_CLOSED, getcoroutinestate

from cotui.tui.shell.app import CotuiApp
from tests.tui.quiet import until_quiet
from tests.tui.test_left_screens import Page


async def test_what_a_dialog_begins_as_it_is_left_is_closed_though_it_never_began(app: CotuiApp) -> None:
    begun: list[str] = []

    async def saving() -> None:
        begun.append("saving")

    async with app.run_test():
        dialog = Page()
        await app.push_screen(dialog)
        dialog.dismiss(None)
        work = saving()
        app.go_on(dialog, work)
        await until_quiet()
        assert getcoroutinestate(work) == CORO_CLOSED  # else Python says that nobody waited for it
    assert begun == []
