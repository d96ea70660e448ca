"""The results of many writes are written to a file that nothing else is lost by."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cotui.api import Result
from cotui.tui.bulk.bulk_export_dialog import BulkExport
from cotui.tui.shell.app import CotuiApp
from tests.tui.bulk.conftest import GatedWire
from tests.tui.flow import press, text_of, type_text
from tests.tui.many import audit, progress, refused, say_yes

SIZE = (120, 40)


@pytest.mark.long
async def test_the_summary_is_written_to_a_file_of_its_own(
    app: CotuiApp, wire: GatedWire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wire.instead = lambda request: refused(request, 1) if request.url.path.endswith("/_bulk") else None
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "p")
        await say_yes(pilot, 2)
        await press(pilot, "x")
        assert isinstance(app.screen, BulkExport)
        await press(pilot, "enter")
        path = tmp_path / "cotui-user-password-2026-03-16.csv"
        assert "2 results are in" in text_of(app)
        assert path.stat().st_mode & 0o777 == 0o600
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert [(row["id"], row["name"], row["result"], row["message"]) for row in rows] == [
            ("1", "Amelia Whitaker", "done", ""),
            ("2", "Keith Palmer", "refused", "no to 1"),
        ]
        assert [row["request_id"] for row in rows] == [line["request_id"] for line in audit(app)]
        # what is there is not replaced without being asked
        path.write_text("mine")
        await press(pilot, "x", "enter")
        assert isinstance(app.screen, BulkExport)
        assert "is there already: ctrl+o replaces it" in text_of(app)
        assert path.read_text() == "mine"
        await press(pilot, "ctrl+o")
        assert path.read_text().startswith("object,id,name")
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.sample("nowhere/results.csv-No such file")
@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere/results.csv", "No such file"), (".", "directory"), ("~nobody-of-that-name/x", "nobody")],
)
async def test_a_file_that_cannot_be_written_is_said(
    app: CotuiApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "2", "space", "space", "p")
        await say_yes(pilot, 2)
        await press(pilot, "x", "ctrl+u")
        await type_text(pilot, name)
        await press(pilot, "enter")
        assert isinstance(app.screen, BulkExport)
        assert "not written" in text_of(app)
        assert said.casefold() in text_of(app).casefold()
        await press(pilot, "escape")
        assert {outcome.result for outcome in progress(app)._results.values()} == {Result.DONE}
