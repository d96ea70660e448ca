"""What terminals and links send besides keys, in the program itself, through both drivers."""

from __future__ import annotations

import time

import pytest

from tests.e2e.conftest import DRIVERS, Start
from tests.e2e.faulty import FaultyServer
from tests.e2e.harness import Program
from tests.tui.terminal.sent import ANSWERS

#: two terminals, at the ends of a network and not
FAR = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


@pytest.fixture(params=DRIVERS)
def program(request: pytest.FixtureRequest, start: Start, server: FaultyServer) -> Program:
    """The list of customers."""
    program = start("--driver", request.param, env=server.account.environment | FAR)
    program.wait_for("1–26 of 250")
    return program


def test_what_is_no_key_does_nothing(program: Program) -> None:
    before = program.text
    for answer in ANSWERS.values():
        program.send(answer)
    program.press("down", "enter")
    program.wait_for("2 of 250")
    program.press("esc")
    text = program.wait_for("1–26 of 250")
    assert text.splitlines()[1:-1] == before.splitlines()[1:-1]
    program.quit()


def test_a_paste_is_text_wherever_it_is_torn(program: Program) -> None:
    program.send(b"\x1b[200~hello \x1b q\x1b[201~")  # there is no line to put it into
    program.press("/")
    program.wait_for("tab complete")
    for byte in b"\x1b[200~company ~ \x1b3jj\rq\xc3\xb6\x1b[0n\x1b[201~":
        program.send(bytes([byte]))
    program.wait_for(lambda text: "company ~ 3jj qö[0n" in text.splitlines()[1])
    program.press("ctrl+u")
    program.send(b"\x1b[200~company ~ 7")  # and it never ends
    program.wait_for(lambda text: "company ~ 7" in text.splitlines()[1])
    program.press("enter")
    program.wait_for("enter open", without="tab complete")
    program.quit()


def test_a_key_torn_in_two_is_one(program: Program) -> None:
    program.send(b"\x1b")
    time.sleep(0.05)  # what is tried here is a link that takes its time
    program.send(b"[B")
    program.send(b"\x1b[")
    time.sleep(0.3)
    program.send(b"B\r")
    program.wait_for("3 of 250")
    program.press("esc")
    program.wait_for("1–26 of 250")
    program.quit()


def test_what_is_typed_before_the_screens_are_there(start: Start, server: FaultyServer) -> None:
    program = start(env=server.account.environment)
    program.wait_for("Loading")
    program.send(b"\x1b[0n\x1b[?64;1c\x1bP>|XTerm(370)\x1b\\")
    program.paste("q")  # without marks it would quit
    program.press("/")
    program.paste("company ~ 7")
    program.press("enter")
    program.wait_for(lambda text: "company ~ 7" in text.splitlines()[1] and "enter open" in text)
    program.quit()


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.long
def test_the_terminal_knows_its_size_better_than_the_environment(
    start: Start, server: FaultyServer, driver: str
) -> None:
    program = start("--driver", driver, env=server.account.environment | {"COLUMNS": "200", "LINES": "7"})
    program.wait_for("1–26 of 250")
    assert program.line(-1)
    program.resize(100, 20)
    program.wait_for("1–16 of 250")
    program.quit()
