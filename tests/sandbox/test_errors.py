"""What the API answers with where it does not succeed: status, `response` and words."""

from __future__ import annotations

import pytest

from cotui.sandbox import errors
from cotui.sandbox.errors import AnswerError


@pytest.mark.parametrize(
    ("error", "status", "response"),
    [
        (errors.BadRequestError("x"), 400, False),
        (errors.DeclinedError("x"), 400, False),
        (errors.UnauthorizedError("x"), 401, False),
        (errors.NotFoundError("x"), 404, None),
        (errors.SlowError(), 408, False),
        (errors.TooManyRequestsError("x"), 429, False),
        (errors.InUseError(), 503, False),
    ],
)
def test_status_and_response(error: AnswerError, status: int, response: bool | None) -> None:
    assert (error.status, error.response) == (status, response)
    assert str(error)


def test_who_is_not_known_is_asked_for_keys() -> None:
    assert errors.UnauthorizedError("x").headers["WWW-Authenticate"].startswith("Basic ")


def test_recorded_words() -> None:
    assert str(errors.missing_or_invalid()) == "Missing or invalid parameter."
    assert str(errors.no_such("customer")) == "This customer does not exist."
    command = errors.unsupported_command("PUT", "package", "7")
    assert str(command) == "The command requested is not supported: PUT(package, 7)"
    unknown = errors.unsupported_object("GET", "nonsense")
    assert str(unknown) == "The object type requested is not supported: GET(nonsense, )"
    assert (command.status, unknown.status) == (400, 400)


def test_why_the_file_cannot_be_used_is_said_and_that_nothing_was_done() -> None:
    assert "the disk is full" in str(errors.InUseError("the disk is full"))
    for error in (errors.InUseError("x"), errors.InUseError()):
        assert "Nothing was changed" in str(error)
