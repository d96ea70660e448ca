"""Ended from outside: the terminal is as it was, and what was done is remembered."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from tests.e2e.conftest import Start
from tests.e2e.faulty import FaultyServer, Mode
from tests.e2e.harness import Program
from tests.e2e.steps import apply_filter

FILTER = "company ~ number"


def filtered(start: Start, server: FaultyServer) -> Program:
    """cotui with a filter applied."""
    program = start(env=server.account.environment)
    program.wait_for("1–26 of 250")
    apply_filter(program, FILTER)
    return program


def remembered(start: Start, server: FaultyServer) -> None:
    """The next start has the filter again, and asks for it at once."""
    server.requests.clear()
    program = start(env=server.account.environment)
    program.wait_for(lambda text: FILTER in text and "1–26 of 250" in text)
    assert all("where=company%3ACONTAINS%3Anumber" in target for target in server.requests)
    program.quit()


@pytest.mark.sample("SIGHUP")
@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name
)
def test_a_signal_restores_the_terminal_and_keeps_the_state(
    start: Start, server: FaultyServer, number: signal.Signals
) -> None:
    program = filtered(start, server)
    program.terminate(number)
    assert program.wait_exit() == 128 + number
    assert program.left_over() == []
    assert program.last_words == ""
    remembered(start, server)


@pytest.mark.long
def test_a_line_that_breaks_ends_the_program_and_keeps_the_state(
    start: Start, server: FaultyServer, tmp_path: Path
) -> None:
    program = filtered(start, server)
    program.hang_up()
    assert program.wait_exit() == 128 + signal.SIGHUP
    state = json.loads((tmp_path / "state" / "state.json").read_text())
    assert FILTER in json.dumps(state)
    remembered(start, server)


def test_a_signal_while_loading_ends_it_as_well(start: Start, server: FaultyServer) -> None:
    server.mode = Mode.HELD
    program = start(env=server.account.environment)
    program.wait_for("Loading customers")
    program.terminate(signal.SIGTERM)
    assert program.wait_exit() == 128 + signal.SIGTERM
    assert program.left_over() == []
    assert program.last_words == ""
