"""Texts of several lines: joiners stay, and the arrows leave at the ends."""

from __future__ import annotations

from textual.widgets import TextArea

from tests.tui.flow import FAMILY, settle, type_signs
from tests.tui.writing import Account

SIZE = (100, 30)


async def test_joiners_in_texts_of_several_lines(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        area = TextArea()
        await own.app.screen.mount(area)
        area.focus()
        await settle(pilot)
        await type_signs(pilot, f"\u200d\nä\u200c{FAMILY}")
        assert area.text.strip() == f"ä\u200c{FAMILY}"
