"""The statement is opened under the tab that its user is in, of the customer that a record belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotui.tui.statement.screen import StatementScreen
from tests.tui.flow import press, settle, status, text_of
from tests.tui.writing import account


@pytest.mark.parametrize(
    ("tab", "key"), [("users", "2"), ("invoices", "3"), ("payments", "5"), ("subscriptions", "6")]
)
async def test_whose_it_is(tmp_path: Path, tab: str, key: str) -> None:
    with account(tmp_path, screen="customers") as own:
        async with own.app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            await press(pilot, key)
            record = own.app.screen.table.record  # type: ignore[attr-defined]  # a list is shown
            await press(pilot, "b")
            found = own.app.screen
            assert isinstance(found, StatementScreen), text_of(own.app)
            assert (found.tab, found.customer) == (tab, record.raw["customer_id"])


async def test_a_user_of_nobody_has_none(tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        async with own.app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            await press(pilot, "2")
            record = own.app.screen.table.record  # type: ignore[attr-defined]  # a list is shown
            record.raw["customer_id"] = None
            own.line.reads.clear()
            await press(pilot, "b")
            if isinstance(own.app.screen, StatementScreen):  # the record itself told whose it is
                assert own.line.reads
            else:
                assert "no statement" in status(own.app)
