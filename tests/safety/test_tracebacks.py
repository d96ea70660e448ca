"""The way to a fault is told, what was worked with on it is not."""

from __future__ import annotations

from cotui.safety.tracebacks import way

SECRET = "s3cret"


def read_number(text: str) -> int:
    return int(text)


def fail(text: str) -> None:
    try:
        read_number(text)
    except ValueError as error:
        raise RuntimeError(f"no number: {text}") from error


def way_of(text: str) -> str:
    try:
        fail(text)
    except RuntimeError as error:
        return "".join(way(error))
    raise AssertionError


def test_every_error_of_the_chain_is_named_with_its_calls() -> None:
    told = way_of("x")
    assert told.index("builtins.RuntimeError, most recent call last:") < told.index("builtins.ValueError")
    assert "in fail" in told
    assert "in read_number" in told


def test_no_value_is_in_it() -> None:
    assert SECRET not in way_of(SECRET)


def test_errors_that_follow_from_each_other_come_to_an_end() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert [line.partition(",")[0] for line in way(one)] == ["builtins.ValueError", "builtins.KeyError"]
