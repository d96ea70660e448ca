"""On whose behalf a write is done: checked, sent once, and forgotten with the lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.flow import press, settle, type_text
from tests.tui.writing import account, ready, words


@pytest.mark.long
async def test_on_behalf_of_the_customer_for_one_write_only(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(60, 16)) as pilot:
            await settle(pilot)
            await press(pilot, "p")
            dialog = await ready(pilot)
            await press(pilot, "b")
            await type_text(pilot, "no address")
            await press(pilot, "enter")
            await type_text(pilot, "Jane Doe & Co")
            await press(pilot, "enter", "y")
            assert "“no address” is no IP address" in words(own)
            assert own.line.sent == []
            dialog.query_one("#address", Input).value = "2001:db8::1"
            await pilot.pause()
            await press(pilot, "y")
            assert own.line.sent[0].url.params["on_behalf_addr"] == "2001:db8::1"
            assert own.line.sent[0].url.params["on_behalf_details"] == "Jane Doe & Co"
            await press(pilot, "p")
            await ready(pilot)
            await press(pilot, "y")
            assert "on_behalf" not in str(own.line.sent[1].url)
        assert "on_behalf_addr=2001%3Adb8%3A%3A1" in own.audited[0]["path"]


@pytest.mark.long
async def test_closing_the_pane_forgets_what_was_typed(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "p")
            dialog = await ready(pilot)
            await press(pilot, "b")
            await type_text(pilot, "127.0.0.1")
            dialog.query_one("#no").focus()
            await press(pilot, "b")
            assert dialog.write.on_behalf_addr == ""
