"""The account's log, which `GET /_log_system` shows: one line for each request that changed something."""

from __future__ import annotations

import sqlite3

#: Lines that are kept; older ones are forgotten, so that a load test does not fill the memory with them.
KEPT = 10_000


def note(connection: sqlite3.Connection, msg: str, now: int) -> None:
    """Adds a line.

    Args:
        msg: what happened; never anything that clients keep secret.
        now: Unix seconds.
    """
    cursor = connection.execute("INSERT INTO system_log (msg, log_datetime) VALUES (?, ?)", (msg, now))
    connection.execute("DELETE FROM system_log WHERE log_id <= ?", ((cursor.lastrowid or 0) - KEPT,))
