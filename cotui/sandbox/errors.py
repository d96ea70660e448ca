"""The errors that the API answers with, for every room to raise."""

from __future__ import annotations

import re
from collections.abc import Mapping

_POSITION = re.compile(r"\(byte (\d+)\)")
#: a surrogate, of which two make a character
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
#: what JavaScript and Python write for numbers that JSON does not have
_NO_NUMBER = re.compile(rb"-?(?:NaN|Infinity)")


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


#: Characters of a value that a message repeats.
_MOST_SHOWN = 40


def missing_or_invalid(name: str, why: str) -> BadRequestError:
    """The documented message for a parameter that makes no sense, with what the service does not say.

    Args:
        name: the parameter, as on the wire; "body" for the whole of it.
        why: what is wrong with it, without the values of secrets.
    """
    return BadRequestError(f"Missing or invalid parameter: {name} ({why})")


def invalid_value(name: str, sent: object, fault: ValueError, *, secret: bool = False) -> BadRequestError:
    """The message for a value that is not of its parameter's type.

    Args:
        fault: what reading it has raised.
        secret: the value is not repeated.
    """
    why = str(fault)
    return missing_or_invalid(name, why if secret or ": " in why else f"{why}: {shown(sent)}")


def shown(sent: object) -> str:
    """A value of a request in a message: texts in quotation marks, long ones cut."""
    if isinstance(sent, dict | list):
        return "an object" if isinstance(sent, dict) else "a list"
    if sent is None or isinstance(sent, bool):
        return {None: "null", True: "true", False: "false"}[sent]
    if isinstance(sent, int) and abs(sent) >= 10**_MOST_SHOWN:
        # beyond thousands of digits Python refuses to write it
        return "a number of very many digits"
    text = sent if isinstance(sent, str) else str(sent)
    cut = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
    return f'"{cut}"' if isinstance(sent, str) else cut


def not_json(fault: Exception, body: bytes) -> BadRequestError:
    """The message for a body that cannot be read, with the place where it breaks.

    Args:
        fault: what reading it has raised.
        body: what was sent.
    """
    if isinstance(fault, RecursionError):
        return missing_or_invalid("body", "its values are nested too deeply")
    if isinstance(fault, UnicodeDecodeError):
        return missing_or_invalid("body", f"it is not UTF-8: byte {fault.start + 1}")
    said = str(fault).removeprefix("JSON is malformed: ")
    if found := _POSITION.search(said):
        at = int(found[1])
        # one line for people who look it up in an editor, and the byte for programs
        line, column = body.count(b"\n", 0, at) + 1, at - body.rfind(b"\n", 0, at)
        place = f"byte {at + 1}, line {line} column {column}"
        what = _NO_NUMBER.match(body, at)
        reason = f"{what[0].decode()} is no number in JSON" if what else said[: found.start()].strip()
        return missing_or_invalid("body", f"it is not JSON: {reason} at {place}")
    if "truncated" in said:
        reason = "it holds half of a character" if _HALF.search(body) else "it ends too early"
        return missing_or_invalid("body", f"it is not JSON: {reason}, {len(body)} bytes long")
    return missing_or_invalid("body", f"it is not JSON: {said}")


def unsupported_command(verb: str, subject: str, ref: str = "") -> BadRequestError:
    """The recorded message for a verb or action that an object does not have."""
    return BadRequestError(f"The command requested is not supported: {verb}({subject}, {ref})")


def unsupported_object(verb: str, subject: str, ref: str = "") -> BadRequestError:
    """The recorded message for an unknown resource name."""
    return BadRequestError(f"The object type requested is not supported: {verb}({subject}, {ref})")


def no_such(subject: str) -> NotFoundError:
    """The recorded message for a record that does not exist."""
    return NotFoundError(f"This {subject} does not exist.")
