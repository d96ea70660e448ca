"""A server that takes the connection and says nothing: told after three seconds, left with Esc, asked again with r."""

from __future__ import annotations

from tests.e2e.conftest import Start
from tests.e2e.faulty import FaultyServer, Mode


def test_a_server_that_hangs(start: Start, server: FaultyServer) -> None:
    server.mode = Mode.SILENT
    program = start(env=server.account.environment)
    text = program.wait_for("waiting for 3 s · esc leaves it · 127.0.0.1")
    assert "Loading customers" in text
    program.wait_for("waiting for 4 s")
    program.press("\x1b")
    text = program.wait_for("Stopped")
    assert "r tries again" in text
    assert "waiting for" not in text
    server.mode = Mode.WELL
    program.press("r")
    program.wait_for("Company number 1")
    program.quit()
