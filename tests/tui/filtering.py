"""Typing into the filter line of a list."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot

from cotui.tui.lists.filter_bar import FilterBar
from tests.tui.flow import press, settle, type_text


async def edit(pilot: Pilot[None], text: str = "") -> FilterBar:
    """Go to the filter line and type a text."""
    await settle(pilot)
    await press(pilot, "slash")
    await type_text(pilot, text)
    bar = pilot.app.screen.query_one(FilterBar)
    assert bar.input.has_focus
    return bar


async def paste(pilot: Pilot[None], text: str) -> None:
    """What a terminal sends when its user pastes."""
    pilot.app.post_message(events.Paste(text))
    await settle(pilot)


def labels(bar: FilterBar) -> list[str]:
    """The suggestions on the screen."""
    return [item.label for item in bar.suggestions.items]
