"""Links into the customer portal and the sessions they begin.

A link works once and for a while; the database keeps only hashes of its secret and of sessions' secrets,
so that a copy of the database lets nobody in.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from enum import StrEnum
from typing import NamedTuple

#: Seconds that a login link works, unless `meta` has `login_link_seconds`.
LOGIN_SECONDS = 60
#: Seconds that a link for setting a new password works.
RESET_SECONDS = 24 * 3600
#: Seconds that a session lasts.
SESSION_SECONDS = 3600

#: The page with the log-in form.
LOGIN_FORM = "/r/login"
LOGIN_PATH = "/r/login/link/"
RESET_PATH = "/r/login/reset/"

#: Pages of the portal that a login link can lead to; "" is its home page.
DESTINATIONS = (
    "subscriptions",
    "invoices",
    "payments",
    "info",
    "paymethods",
    "paymethods-creditcard",
    "paymethods-ach",
    "password",
)


class LinkState(StrEnum):
    """What a link is good for at this moment."""

    GOOD = "good"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class Link(NamedTuple):
    """A link and what it is good for. `user_id` is 0 when there is no such link."""

    state: LinkState
    user_id: int = 0
    destination: str = ""


def new_login(connection: sqlite3.Connection, user_id: int, destination: str, now: int) -> str:
    """Makes a link that logs a user in once; answers its path."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'login_link_seconds'").fetchone()
    lifetime = LOGIN_SECONDS if row is None else int(row[0])
    return LOGIN_PATH + _new(connection, "login", user_id, destination, now, lifetime)


def new_reset(connection: sqlite3.Connection, user_id: int, now: int) -> str:
    """Makes a link under which a user sets a new password; answers its path."""
    return RESET_PATH + _new(connection, "reset", user_id, "", now, RESET_SECONDS)


def _new(
    connection: sqlite3.Connection, kind: str, user_id: int, destination: str, now: int, lifetime: int
) -> str:
    secret = secrets.token_urlsafe(24)
    connection.execute(
        "INSERT INTO portal_links (secret_hash, kind, user_id, destination, write_datetime, expire_datetime)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (_hash(secret), kind, user_id, destination, now, now + lifetime),
    )
    return secret


def look_up(connection: sqlite3.Connection, kind: str, secret: str, now: int) -> Link:
    """What a link is good for, without using it."""
    row = connection.execute(
        "SELECT user_id, destination, used_datetime, expire_datetime FROM portal_links"
        " WHERE secret_hash = ? AND kind = ?",
        (_hash(secret), kind),
    ).fetchone()
    if row is None:
        return Link(LinkState.UNKNOWN)
    user_id, destination, used, expires = row
    state = LinkState.USED if used is not None else LinkState.EXPIRED if now >= expires else LinkState.GOOD
    return Link(state, user_id, destination)


def use(connection: sqlite3.Connection, kind: str, secret: str, now: int) -> Link:
    """Uses a link up, if it is good, inside a write transaction; answers what it was good for until now."""
    link = look_up(connection, kind, secret, now)
    if link.state is LinkState.GOOD:
        connection.execute(
            "UPDATE portal_links SET used_datetime = ? WHERE secret_hash = ?", (now, _hash(secret))
        )
    return link


def begin_session(connection: sqlite3.Connection, user_id: int, now: int) -> str:
    """Begins a session; answers its secret, for the cookie."""
    secret = secrets.token_urlsafe(24)
    connection.execute("DELETE FROM portal_sessions WHERE expire_datetime <= ?", (now,))
    connection.execute(
        "INSERT INTO portal_sessions (secret_hash, user_id, expire_datetime) VALUES (?, ?, ?)",
        (_hash(secret), user_id, now + SESSION_SECONDS),
    )
    return secret


def session_user(connection: sqlite3.Connection, secret: str, now: int) -> int | None:
    """Whose session it is; None when it has ended or never was."""
    row = connection.execute(
        "SELECT user_id FROM portal_sessions WHERE secret_hash = ? AND expire_datetime > ?",
        (_hash(secret), now),
    ).fetchone()
    return None if row is None else int(row[0])


def end_session(connection: sqlite3.Connection, secret: str) -> None:
    """Ends a session."""
    connection.execute("DELETE FROM portal_sessions WHERE secret_hash = ?", (_hash(secret),))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
