"""A write in words: what goes out with it, the request as it is sent, and why it was not carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cotui.api import BadRequest, NotFound, Result
from cotui.api.connection import API_PATH

if TYPE_CHECKING:
    from cotui.api import Connection, Outcome, Write


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


_HEADS: Final = {
    Result.UNKNOWN: "It is not known whether this was done.",
    Result.REFUSED: "Refused: nothing was changed.",
    Result.NOT_SENT: "Not done: it never reached the account.",
}


def not_done(outcome: Outcome, unknown: str) -> str:
    """Why a write was not carried out, in one line, and what to do where that is unknown; not cleaned."""
    if outcome.result is Result.UNKNOWN:
        return f"It is not known whether this was done. {unknown}"
    return f"{'Refused' if outcome.result is Result.REFUSED else 'Not sent'}: {outcome.message}"


def outcome_lines(outcome: Outcome) -> list[str]:
    """How a write ended that was not carried out, a line each; clean."""
    error = outcome.error
    lines = [_HEADS[outcome.result]]
    if error is None:
        lines.append("ChargeOver answered no, without a reason.")
    else:
        lines.append(error.what)
        if error.server_message:
            lines.append(f"The server says: {error.server_message}")
        if outcome.result is Result.UNKNOWN:
            return [*lines, error.todo]
        if type(error) is not BadRequest:
            lines.append(f"{error.meaning} {error.todo}".strip())
        elif not error.server_message:
            lines.append("It gave no reason.")
    if outcome.result is Result.REFUSED and (error is None or type(error) is BadRequest):
        lines += [outcome.write.action.refused] * bool(outcome.write.action.refused)
    if isinstance(error, NotFound) and outcome.write.action.method == "DELETE":
        lines.append("Somebody else has deleted it already.")
    return lines
