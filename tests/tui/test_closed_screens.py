"""What was closed is gone: a desk leaves the program open all day."""

from __future__ import annotations

import gc

import pytest
from textual.strip import Strip

from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import press, settle

pytestmark = pytest.mark.painted


def lines_alive() -> int:
    """How many drawn lines there are in memory."""
    gc.collect()
    return sum(isinstance(thing, Strip) for thing in gc.get_objects())


@pytest.mark.sample("record")
@pytest.mark.parametrize(
    "keys",
    [
        ("question_mark", "escape"),
        ("colon", "escape"),
        ("a", "escape"),
        ("C", "escape"),
        ("enter", "escape"),
    ],
    ids=["help", "palette", "actions", "columns", "record"],
)
async def test_lines_of_a_closed_screen_are_let_go(app: CotuiApp, keys: tuple[str, ...]) -> None:
    """Textual itself keeps the lines of up to a thousand widgets that are gone."""
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for _ in range(2):
            await press(pilot, *keys)
        before = lines_alive()
        for _ in range(3):
            await press(pilot, *keys)
        # one line that stays behind a time would be three
        assert lines_alive() - before < 3
