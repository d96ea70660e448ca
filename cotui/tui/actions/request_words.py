"""A write in the words of its confirmation: the e-mails that go out, and the request as it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cotui.api.connection import API_PATH

if TYPE_CHECKING:
    from cotui.api import Connection, Write

#: actions that are an e-mail: without it nothing is left of them
_NOTHING_ELSE = frozenset({"password", "email"})


def emails_optional(write: Write) -> bool:
    """Whether the write makes sense without its e-mails."""
    return bool(write.emails) and write.action.name not in _NOTHING_ELSE


def email_lines(write: Write) -> list[str]:
    """The e-mails that go out, a line each; not cleaned."""
    if not write.emails:
        return ["none"]
    if not write.send_emails:
        return ["none. Left out:", *write.emails]
    return list(write.emails)


def request_lines(write: Write, connection: Connection) -> list[str]:
    """Method and path, and the body where there is one, with secrets hidden; not cleaned."""
    call = write.shown_call(connection.action_style)
    lines = [f"{call.method} {call.target(API_PATH)}"]
    if call.body is not None:
        import msgspec

        lines += msgspec.json.format(call.body, indent=2).decode().split("\n")
    return lines
