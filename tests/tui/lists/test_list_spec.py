"""What a table can list, and what is learnt of it from its first rows."""

from __future__ import annotations

import pytest

from cotui.api import Record
from cotui.api.report_columns import MOST, columns_in
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle, status
from tests.tui.objects.test_report import report_of


@pytest.mark.parametrize("apart", [False, True])
async def test_a_report_offers_so_many_columns_and_says_it(app: CotuiApp, wire: Wire, apart: bool) -> None:
    """All in each row, or others in every row."""
    rows = [
        {f"column_{(row * 300 if apart else 0) + n}": n for n in range(300 if apart else MOST + 100)}
        for row in range(4)
    ]
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        wire.instead = report_of(rows)
        await press(pilot, "4", "enter")
        assert len(browse(app).table.columns) == MOST
        assert f"{1200 if apart else MOST + 100:,} columns" in status(app)
        assert f"first {MOST}" in status(app)


def test_so_many_columns_are_all_there_and_not_worth_a_word() -> None:
    found = columns_in([Record({f"column_{n}": n for n in range(MOST)})])
    assert (len(found.fields), found.total) == (MOST, 0)
