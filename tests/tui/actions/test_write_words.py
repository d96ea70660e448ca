"""A write in words: what goes out, and why it did not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cotui.api import ApiError, BadRequest, Dropped, NotFound, Outcome, Result, Unreachable, Write
from cotui.catalog.objects.user import USER
from cotui.tui.actions.write_words import email_lines, emails_optional, not_done, outcome_lines, request_lines
from tests.api.support import connection

RESET = Write(USER, USER.action("password"), 1, emails=("a letter (jane@acme)",))
DELETE = Write(USER, USER.action("delete"), 1)
SECRET = Write(USER, USER.action("setPassword"), 1, {"password": "s3cret", "x": "[/]\u202e"})


def refused(write: Write, error: ApiError | None, result: Result = Result.REFUSED) -> Outcome:
    return Outcome(write, result, error)


def test_emails_are_a_line_each_and_those_left_out_are_named() -> None:
    assert email_lines(RESET) == ["a letter (jane@acme)"]
    assert email_lines(replace(RESET, send_emails=False)) == ["none. Left out:", "a letter (jane@acme)"]
    assert email_lines(DELETE) == ["none"]


def test_an_action_that_is_an_email_cannot_do_without() -> None:
    assert not emails_optional(RESET)
    assert not emails_optional(SECRET)
    assert emails_optional(replace(SECRET, emails=("x",)))


def test_a_request_is_shown_as_it_is_sent_without_its_secrets() -> None:
    lines = request_lines(SECRET, connection())
    assert lines[0].startswith("POST /api/v3/user/1")
    assert "s3cret" not in "".join(lines)
    assert any("•••" in line for line in lines)
    (line,) = request_lines(DELETE, connection())
    assert line == "DELETE /api/v3/user/1"


@pytest.mark.parametrize(
    ("result", "error", "words"),
    [
        (Result.UNKNOWN, Dropped(), "It is not known whether this was done. Look."),
        (Result.REFUSED, BadRequest(server_message="no"), "Refused: no"),
        (Result.REFUSED, None, "Refused: ChargeOver answered no"),
        (Result.NOT_SENT, Unreachable(), f"Not sent: {Unreachable().what}"),
    ],
)
def test_why_in_one_line(result: Result, error: ApiError | None, words: str) -> None:
    assert not_done(Outcome(RESET, result, error), "Look.") == words


def test_a_refusal_is_explained_by_the_server_or_by_what_is_known_of_the_action() -> None:
    lines = outcome_lines(refused(DELETE, BadRequest(server_message="main \x1b[2Jcontact")))
    assert lines[0] == "Refused: nothing was changed."
    assert "The server says: main ␛[2Jcontact" in lines
    assert lines[-1] == DELETE.action.refused != ""
    assert "It gave no reason." in outcome_lines(refused(RESET, BadRequest()))
    assert "ChargeOver answered no, without a reason." in outcome_lines(refused(RESET, None))
    assert outcome_lines(refused(DELETE, None))[-1] == DELETE.action.refused


def test_what_somebody_else_has_deleted_is_said_to_be() -> None:
    said = "Somebody else has deleted it already."
    assert outcome_lines(refused(DELETE, NotFound()))[-1] == said
    assert said not in outcome_lines(refused(RESET, NotFound()))
    assert DELETE.action.refused not in outcome_lines(refused(DELETE, NotFound()))


def test_an_unknown_end_says_what_to_do_and_nothing_of_a_refusal() -> None:
    error: Any = Dropped()
    error.mark_unknown_outcome()
    lines = outcome_lines(Outcome(DELETE, Result.UNKNOWN, error))
    assert lines == ["It is not known whether this was done.", error.what, error.todo]
