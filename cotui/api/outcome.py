"""How a write ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cotui.api.envelope import made_id
from cotui.api.errors import ApiError, Closed, RateLimited
from cotui.api.write import HIDDEN
from cotui.safety.text import clean

if TYPE_CHECKING:
    from cotui.api.envelope import Envelope
    from cotui.api.write import Write


class Result(StrEnum):
    """The four ways a write can end."""

    DONE = "done"
    #: the server said no, and changed nothing
    REFUSED = "refused"
    #: it was sent, and no clear answer came: done or not
    UNKNOWN = "unknown"
    #: it never left, or was turned away before anything was looked at
    NOT_SENT = "not sent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known about a write after it.

    Attributes:
        write: the write.
        result: how it ended.
        error: why it was not done, None when it was. Its words are clean.
        answer: `response` of the envelope; not in the repr, since a login link is a password.
        made: id of the record that was made, None where none was.
    """

    write: Write
    result: Result
    error: ApiError | None = None
    answer: Any = field(default=None, repr=False)
    made: int | str | None = None

    @property
    def done(self) -> bool:
        """Whether it was carried out."""
        return self.result is Result.DONE

    @property
    def message(self) -> str:
        """Why it was not done, in one line of clean text; empty when it was."""
        if self.error is None:
            return "" if self.done else "ChargeOver answered no"
        return self.error.server_message or self.error.what


def outcome_of(write: Write, answer: Envelope | ApiError) -> Outcome:
    """What an answer, or the failure in its place, means for a write.

    `pay` from the open balance answers false when there is none (section 11.6 of the API notes).
    """
    if isinstance(answer, ApiError):
        for secret in write.secrets:  # some servers repeat what they refuse
            answer.server_message = answer.server_message.replace(clean(secret), HIDDEN)
        return Outcome(write, result_of(answer), answer)
    if answer.response is False:
        return Outcome(write, Result.REFUSED, answer=False)
    made = made_id(answer) if write.action.name == "create" else None
    return Outcome(write, Result.DONE, answer=answer.response, made=made)


def result_of(error: ApiError) -> Result:
    """What a failure means for the write it ended."""
    if error.unknown_outcome:
        return Result.UNKNOWN
    if error.never_sent or isinstance(error, Closed | RateLimited):
        return Result.NOT_SENT
    return Result.REFUSED
