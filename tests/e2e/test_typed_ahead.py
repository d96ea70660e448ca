"""Keys that arrive together, as over a slow line, do what they would do one by one."""

from __future__ import annotations

from tests.e2e.conftest import Start
from tests.e2e.faulty import FaultyServer


def test_what_is_typed_ahead_goes_where_it_belongs(start: Start, server: FaultyServer) -> None:
    program = start(env=server.account.environment)
    program.wait_for("1–26 of 250")
    program.type("/company ~ 7\r")
    program.wait_for(lambda text: "company ~ 7" in text.splitlines()[1] and "enter open" in text)
    server.wait_for_requests(3)
    assert "where=company%3ACONTAINS%3A7" in server.requests[2]
    # another screen and back, two rows down, open that record, two steps on
    program.type("2" + "1" + "jj" + "\r" + "]]")
    program.wait_for("5 of 250", without="loading the rest")
    program.quit()
