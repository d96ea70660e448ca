"""Passwords of users for the portal: kept hashed, checked in constant time, and in no e-mail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import sqlite3

from cotui.sandbox.database.store import Store

#: scrypt's cost: 16 MB and some 40 ms a password
_COST, _BLOCK, _PARALLEL = 2**14, 8, 1
_MEMORY = 64 * 1024 * 1024
#: Characters of a password at most.
LONGEST = 1024
_PASSWORD = "your password is "  # noqa: S105 - what stands before one
_NOT_KEPT = "(not kept by the sandbox)"
_LOG_IN = "\n\nLog in: "


def set_password(connection: sqlite3.Connection, user_id: int, password: str, now: int) -> None:
    """Sets a user's password; its portal sessions and unused links end.

    Args:
        password: 1 to `LONGEST` characters.
        now: Unix seconds.
    """
    connection.execute(
        "INSERT INTO user_passwords (user_id, hash, set_datetime) VALUES (?, ?, ?)"
        " ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, set_datetime = excluded.set_datetime",
        (user_id, hashed(password), now),
    )
    connection.execute("DELETE FROM portal_sessions WHERE user_id = ?", (user_id,))
    connection.execute(
        "UPDATE portal_links SET used_datetime = ? WHERE user_id = ? AND used_datetime IS NULL",
        (now, user_id),
    )


def stored_hash(connection: sqlite3.Connection, user_id: int) -> str | None:
    """The hash of a user's password; None when none was ever set."""
    row = connection.execute("SELECT hash FROM user_passwords WHERE user_id = ?", (user_id,)).fetchone()
    return None if row is None else str(row[0])


def hashed(password: str) -> str:
    """A password as it is stored: `scrypt$cost$salt$hash`, salt and hash in base64."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_COST}${_text(salt)}${_text(_scrypt(password, salt, _COST))}"


def matches(password: str, stored: str | None) -> bool:
    """Whether a password is the stored one.

    Without a stored one it takes just as long, so that the time tells nothing about who exists.
    """
    if len(password) > LONGEST:
        return False
    if stored is None:
        _scrypt(password, b"nobody", _COST)
        return False
    _, cost, salt, wanted = stored.split("$")
    found = _scrypt(password, base64.b64decode(salt), int(cost))
    return hmac.compare_digest(found, base64.b64decode(wanted))


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    # a lone surrogate, as JSON can hold it, must not fail
    secret = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=cost, r=_BLOCK, p=_PARALLEL, maxmem=_MEMORY, dklen=32)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def password_mail(name: str, username: str, login: str) -> str:
    """What a user is mailed with a new password, but for the password: whoever set it has it, and this is kept."""
    return f"Hello {name},\n\nyour user name is {username}\n{_PASSWORD}{_NOT_KEPT}{_LOG_IN}{login}"


def hide_passwords(store: Store) -> None:
    """Takes passwords out of e-mails that earlier versions have kept whole."""
    with store.read() as reader:
        found = reader.connection.execute(
            "SELECT email_id, body FROM outbox WHERE cause = 'user.password' AND body LIKE ? AND body NOT LIKE ?",
            (f"%\n{_PASSWORD}%", f"%\n{_PASSWORD}{_NOT_KEPT}\n%"),
        ).fetchall()
    if found:
        with store.write() as connection:
            for email_id, body in found:
                before, _, rest = body.partition(f"\n{_PASSWORD}")
                login = rest.rpartition(_LOG_IN)[2]
                whole = f"{before}\n{_PASSWORD}{_NOT_KEPT}{_LOG_IN}{login}"
                connection.execute("UPDATE outbox SET body = ? WHERE email_id = ?", (whole, email_id))
