"""A box shows by a sign whether it is ticked."""

from __future__ import annotations

import pytest

from cotui.tui.forms.tick_box import TickBox
from tests.tui.support import OneWidget


@pytest.mark.parametrize("ticked", [False, True])
async def test_its_state_is_a_sign(ticked: bool) -> None:
    box = TickBox("Read only", ticked)
    async with OneWidget(box).run_test(size=(40, 3)) as pilot:
        box.focus()
        for _ in range(3):
            shown = str(box.render())
            assert shown.startswith("[x]" if box.value else "[ ]")
            await pilot.press("space")
        assert box.value is not ticked
