"""Terminals of any size, and more pasted than anybody meant to."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Start
from tests.e2e.faulty import FaultyServer, Mode


def test_a_tiny_terminal(start: Start, server: FaultyServer) -> None:
    def listed(text: str) -> bool:
        return text.splitlines()[2].startswith(" Company") and " Company num" in text.splitlines()[3]

    program = start(env=server.account.environment, size=(20, 5))
    program.wait_for(listed)
    program.press("down", "down", "enter")
    program.wait_for(lambda text: "customer 3" in text and "Owes" in text and not listed(text))
    program.press("esc")
    program.wait_for(listed)
    program.press("?")
    program.wait_for(lambda text: not listed(text))
    program.press("esc")
    program.wait_for(listed)
    program.type("/company ~ 7\r")
    program.resize(100, 30)
    program.wait_for(lambda text: "company ~ 7" in text and "of 250" in text and "Company number 3 " in text)
    program.quit()


@pytest.mark.long
def test_a_huge_terminal(start: Start, server: FaultyServer) -> None:
    program = start(env=server.account.environment, size=(300, 80))
    # wide enough for the record beside the table
    program.wait_for(lambda text: "1–76 of 250" in text and "key-1" in text)
    program.press("end")
    program.wait_for(lambda text: "175–250 of 250" in text and "Company number 250" in text)
    program.quit()


@pytest.mark.long
def test_resizing_while_rows_are_on_their_way(start: Start, server: FaultyServer) -> None:
    server.mode = Mode.HELD
    program = start(env=server.account.environment, size=(100, 30))
    program.wait_for("Loading customers")
    for size in ((40, 10), (200, 60), (20, 5), (120, 40)):
        program.resize(*size)
    program.wait_for("Loading customers")
    server.release()
    program.wait_for(lambda text: "1–36 of 250" in text and "Company number 36" in text)
    program.quit()


@pytest.mark.long
def test_of_many_resizes_the_last_one_counts(start: Start, server: FaultyServer) -> None:
    program = start(env=server.account.environment)
    program.wait_for("1–26 of 250")
    for columns in range(60, 100):
        program.resize(columns, 16)
        program.resize(columns, 50)
    program.resize(80, 24)
    program.wait_for(lambda text: "1–20 of 250" in text and "Company number 20" in text)
    program.quit()


def test_a_megabyte_pasted_into_the_filter(start: Start, server: FaultyServer) -> None:
    program = start(env=server.account.environment)
    program.wait_for("1–26 of 250")
    program.press("/")
    program.paste("company ~ \u202e\x9b31m\nsecond line " + "x" * 1_000_000)
    text = program.wait_for("1,000,028 characters were pasted")
    assert "the rest was left out" in text
    program.press("home")
    program.wait_for(lambda text: "company ~ " in text.splitlines()[1])
    program.press("ctrl+u")
    program.type("company ~ 7\r")
    program.wait_for(lambda text: "company ~ 7" in text and "1–26 of 250" in text and "enter open" in text)
    assert not set("\u202e\x9b") & set(program.raw.decode()), "what was pasted reached the terminal raw"
    program.quit()
