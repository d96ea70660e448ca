"""Letting the cursor of a list rest on a row, without waiting for it."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from cotui.tui.pages.beside import AnswerBeside
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, settle


def pane(app: CotuiApp) -> AnswerBeside:
    """The page beside the list."""
    return browse(app).query_one(AnswerBeside)


async def rest(pilot: Pilot[Any]) -> None:
    """The cursor has rested where it is; wait for what that reads."""
    assert isinstance(pilot.app, CotuiApp)
    shown = pane(pilot.app)
    if shown._timer is not None:
        shown._timer.stop()
        shown._rested()
    await settle(pilot)
