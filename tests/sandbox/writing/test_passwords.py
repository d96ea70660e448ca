"""Passwords of users: kept hashed, and in no e-mail."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cotui.sandbox.http.server.serve import open_store

SECRET = "s3cret-of-a-user"


async def test_e_mails_of_earlier_versions_are_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    bodies = [
        f"Hello A,\n\nyour user name is a\nyour password is {SECRET}\n\nLog in: http://127.0.0.1/r/login"
    ] * 3
    bodies[1] = bodies[1].replace(SECRET, f"{SECRET}\n\nLog in: {SECRET}")
    with closing(open_store(path, 0, 1)) as store, store.write() as connection:
        for body in bodies:
            connection.execute(
                "INSERT INTO outbox (write_datetime, sender, recipients, cc, bcc, subject, body, html, cause)"
                " VALUES (1, '', 'a@example.com', '', '', 'Your new password', ?, '', 'user.password')",
                (body,),
            )
    with closing(open_store(path, 0, 1)) as store, store.read() as reader:
        found = [row[0] for row in reader.connection.execute("SELECT body FROM outbox")]
    assert found == [bodies[0].replace(SECRET, "(not kept by the sandbox)")] * 3
    assert SECRET.encode() not in path.read_bytes()
