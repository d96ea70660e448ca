"""The errors that the API answers with, for every room to raise."""

from __future__ import annotations

from collections.abc import Mapping


class AnswerError(Exception):
    """An answer other than success; the text is the envelope's `message`."""

    status = 400
    response: bool | None = False
    headers: Mapping[str, str] = {}


class BadRequestError(AnswerError):
    """400: the request cannot be understood or is not allowed."""


class DeclinedError(BadRequestError):
    """400: a payment failed. What the request wrote stays: the failed attempt is on record."""


class UnauthorizedError(AnswerError):
    """401. Some clients send credentials only after they have been asked for Basic."""

    status = 401
    headers: Mapping[str, str] = {"WWW-Authenticate": 'Basic realm="ChargeOver"'}


class NotFoundError(AnswerError):
    """404: there is no such record."""

    status = 404
    response = None


class TooManyRequestsError(AnswerError):
    """429."""

    status = 429


class SlowError(AnswerError):
    """408: the body did not arrive in time. Nothing was done."""

    status = 408
    headers: Mapping[str, str] = {"Connection": "close"}

    def __init__(self) -> None:
        super().__init__("The request did not arrive in time.")


class InUseError(AnswerError):
    """503: another process keeps the database file locked, or its disk is at fault. Nothing was written."""

    status = 503

    def __init__(self, reason: str = "") -> None:
        super().__init__(
            f"The sandbox's database file cannot be used: {reason}. Nothing was changed."
            if reason
            else "Another process holds the sandbox's database file. Nothing was changed; try again when it is done."
        )


def missing_or_invalid() -> BadRequestError:
    """The documented message for parameters that make no sense."""
    return BadRequestError("Missing or invalid parameter.")


def unsupported_command(verb: str, subject: str, ref: str = "") -> BadRequestError:
    """The recorded message for a verb or action that an object does not have."""
    return BadRequestError(f"The command requested is not supported: {verb}({subject}, {ref})")


def unsupported_object(verb: str, subject: str, ref: str = "") -> BadRequestError:
    """The recorded message for an unknown resource name."""
    return BadRequestError(f"The object type requested is not supported: {verb}({subject}, {ref})")


def no_such(subject: str) -> NotFoundError:
    """The recorded message for a record that does not exist."""
    return NotFoundError(f"This {subject} does not exist.")
