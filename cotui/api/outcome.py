"""How a write ended: the one place that decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from cotui.api.errors import ApiError, RateLimited, WrongShape
from cotui.api.records import coerce_id
from cotui.api.transport.envelope import Envelope, contradiction, made_id
from cotui.api.write import HIDDEN
from cotui.safety.text import clean

if TYPE_CHECKING:
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

    What did nothing is answered with false, such as `pay` from an open balance that is not there (section 11.6
    of the API notes). What does not fit the write is some other request's answer, so nothing is known of this one.
    """
    failure = answer if isinstance(answer, ApiError) else _misfit(write, answer)
    if failure is not None:
        # it is kept as the state of the connection; what led to it may hold a password
        failure.__traceback__ = failure.__cause__ = failure.__context__ = None
        for secret in write.secrets:  # some servers repeat what they refuse
            failure.server_message = failure.server_message.replace(clean(secret), HIDDEN)
        return Outcome(write, settle(failure), failure)
    assert not isinstance(answer, ApiError)
    if answer.response is False:
        return Outcome(write, Result.REFUSED, answer=False)
    made = made_id(answer) if write.action.name == "create" else None
    return Outcome(write, Result.DONE, answer=answer.response, made=made)


def settle(error: ApiError) -> Result:
    """What a failure means for the write that it ended; it says so itself where that is not known.

    "Refused" and "not sent" are promises that nothing was changed. So they are given for what proves it and for
    nothing else: the API's own no, its limit of requests, and what never left this machine.
    """
    result = Result.UNKNOWN
    if not error.unknown_outcome:
        if error.refusal:
            result = Result.NOT_SENT if isinstance(error, RateLimited) else Result.REFUSED
        elif error.never_sent:
            result = Result.NOT_SENT
    if result is Result.UNKNOWN:
        error.mark_unknown_outcome()
    return result


def _misfit(write: Write, answer: Envelope) -> WrongShape | None:
    """Why an answer can't be the one to this write; None where it can (sections 3.1 and 3.2 of the API notes)."""
    contradicts = contradiction(answer)
    if contradicts is not None:
        return contradicts
    action = write.action
    if answer.response is False:  # any write may be answered so: nothing was done
        return None
    if action.name == "create":
        fits = answer.code != 202 and _has_id(answer)
    elif action.method == "PUT":
        fits = answer.code != 201 and _names(answer, write.ref)
    elif action.method == "POST" and action.answer in _ANSWERS:
        fits = _ANSWERS[action.answer](answer)
    else:
        fits = answer.response is True or _names(answer, write.ref)
    if fits:
        return None
    return WrongShape(f"The answer is not one to “{action.label}”", status=answer.code)


def _has_id(answer: Envelope) -> bool:
    return isinstance(answer.response, dict) and made_id(answer) is not None


def _names(answer: Envelope, ref: int | str | None) -> bool:
    """Whether an answer is about a record; one that was named by another key has a number nobody knows yet."""
    wanted = coerce_id(ref)
    return _has_id(answer) and (isinstance(wanted, str) or made_id(answer) == wanted)


def _is_link(answer: Envelope) -> bool:
    """Whether this may hold a link; the documentation does not agree with itself how (section 17, A6)."""
    response = answer.response
    found = response.get("url") if isinstance(response, dict) else response
    return found is True or (isinstance(found, str) and bool(found))


def _is_number(answer: Envelope) -> bool:
    return isinstance(answer.response, int | float) and not isinstance(answer.response, bool)


#: what actions answer with, by the catalogue's word for it, where that is not just true
_ANSWERS: Final[Mapping[str, Callable[[Envelope], bool]]] = {
    "id": _has_id,
    "url": _is_link,
    "rate": _is_number,
    "unknown": lambda answer: answer.response is not None,
}
