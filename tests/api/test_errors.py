"""Every error speaks to a support agent: what happened, what it means, what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cotui.api import ApiError, BadRequest, NotJson, TimedOut, Truncated, Unreachable
from cotui.api.errors import MESSAGE_LIMIT


def kinds(parent: type[ApiError] = ApiError) -> Iterator[type[ApiError]]:
    for kind in parent.__subclasses__():
        yield kind
        yield from kinds(kind)


ALL = sorted(set(kinds()), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_cause_has_its_three_sentences(kind: type[ApiError]) -> None:
    error = kind()
    assert error.what != ApiError.default_what
    assert not error.what.endswith(".")
    assert error.meaning.endswith(".")
    assert error.todo.endswith((".", ")."))
    assert "\n" not in error.what + error.meaning + error.todo
    assert len(error.what) <= 70
    assert str(error) == error.what


def test_no_two_causes_say_the_same() -> None:
    told = [(kind().what, kind().meaning) for kind in ALL]
    assert len(set(told)) == len(told)


def test_everything_said_is_cleaned() -> None:
    hostile = "\x1b]0;owned\x07\u202e"
    error = BadRequest(hostile, meaning=hostile, todo=hostile, server_message=hostile, status=400)
    for words in (str(error), error.what, error.meaning, error.todo, error.server_message, repr(error)):
        assert "\x1b" not in words
        assert "\u202e" not in words


def test_the_servers_words_follow_ours() -> None:
    error = BadRequest(server_message="You cannot filter by: mod_datetime.", status=400)
    assert str(error) == "ChargeOver refuses the request: You cannot filter by: mod_datetime."
    assert len(BadRequest(server_message="x" * 10_000).server_message) == MESSAGE_LIMIT + 1


def test_related_causes_can_be_caught_together() -> None:
    from cotui.api import ConnectTimedOut

    assert issubclass(ConnectTimedOut, TimedOut)
    assert issubclass(ConnectTimedOut, Unreachable)
    assert issubclass(Truncated, NotJson)
