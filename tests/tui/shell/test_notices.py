"""What is told without having been asked for stays until the next key."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.notices import Notices
from tests.tui.flow import press, settle, status

SIZE = (120, 40)


async def test_notices_of_the_start_are_shown_until_a_key_is_pressed(session: Session) -> None:
    session.notices = ("password from the keyring", "state.json was damaged")
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert status(app) == "password from the keyring · state.json was damaged"
        await press(pilot, "down")
        assert "keyring" not in status(app)


class Told:
    """What was said, and how grave it was."""

    def __init__(self, *lines: str) -> None:
        self.said: list[tuple[str, str]] = []
        self.notices = Notices(lines, lambda text, severity: self.said.append((text, severity)))


def test_lines_that_nobody_has_read_are_told_together() -> None:
    told = Told("a", "b")
    told.notices.show()
    told.notices.add("c")
    told.notices.read()
    told.notices.show()
    told.notices.add("d")
    assert told.said == [("a · b", "information"), ("a · b · c", "information"), ("d", "information")]


def test_a_warning_makes_what_is_told_with_it_one_and_nothing_after_it() -> None:
    told = Told("a")
    told.notices.add("wrong", "warning")
    told.notices.add("b")
    told.notices.read()
    told.notices.add("c")
    assert told.said == [("a · wrong", "warning"), ("a · wrong · b", "warning"), ("c", "information")]


async def test_unknown_ends_are_counted_and_a_file_that_cannot_be_read_is_no_matter_of_the_start() -> None:
    for number, words in ((0, []), (1, ["1 write of"]), (1234, ["1,234 writes of"])):
        told = Told()
        log: Any = SimpleNamespace(recover=lambda number=number: number)
        await told.notices.tell_unknown(log)
        assert [text[: len(begin)] for (text, _), begin in zip(told.said, words, strict=True)] == words
        assert all(severity == "warning" for _, severity in told.said)

    def broken() -> int:
        raise PermissionError

    told = Told()
    unreadable: Any = SimpleNamespace(recover=broken)
    await told.notices.tell_unknown(unreadable)
    assert told.said == []
