"""At the start cotui tells of writes whose session ended before their answer came."""

from __future__ import annotations

from pathlib import Path

from cotui.audit.log import ABANDONED, AuditLog
from tests.tui.flow import press, settle, status
from tests.tui.writing import account

WORDS = "of an earlier session ended unknown: cotui audit --result unknown"


async def test_they_are_told_once_and_noted(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        gone = AuditLog(own.log.directory).begin([{"request_id": "a"}, {"request_id": "b"}])
        gone.give_up()
        async with own.app.run_test(size=(120, 24)) as pilot:
            await settle(pilot)
            assert f"2 writes {WORDS}" in status(own.app)
            await press(pilot, "down")
            assert WORDS not in status(own.app)
        assert [(line["request_id"], line["result"]) for line in own.audited] == [
            ("a", ABANDONED["result"]),
            ("b", ABANDONED["result"]),
        ]
        assert not own.log.unfinished


async def test_a_write_of_a_program_that_lives_is_left_alone(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        other = AuditLog(own.log.directory).begin([{"request_id": "a"}])
        async with own.app.run_test(size=(120, 24)) as pilot:
            await settle(pilot)
            assert WORDS not in status(own.app)
        assert own.log.unfinished
        assert own.audited == []
        other.finish([{"result": "done"}])
        assert [line["result"] for line in own.audited] == ["done"]


async def test_without_any_nothing_is_made_or_said(tmp_path: Path) -> None:
    with account(tmp_path) as own:
        async with own.app.run_test(size=(120, 24)) as pilot:
            await settle(pilot)
            assert WORDS not in status(own.app)
        assert not own.log.directory.exists()


async def test_what_becomes_known_later_is_told_until_the_next_key(tmp_path: Path) -> None:
    """As that the demo's data has no place: before the screen is there, and after."""
    with account(tmp_path) as own:
        own.app.session.news.add("told before")
        async with own.app.run_test(size=(120, 24)) as pilot:
            await settle(pilot)
            assert "told before" in status(own.app)
            own.app.session.news.add("told after")
            await settle(pilot)
            assert "told before · told after" in status(own.app)
            await press(pilot, "down")
            assert "told" not in status(own.app)
