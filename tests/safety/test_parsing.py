"""What a file of the program's own holds is read to a bounded depth."""

from __future__ import annotations

import pytest

from cotui.safety.parsing import DEEPEST, parse_json, refuse_deep


@pytest.mark.parametrize("depth", [1, DEEPEST - 1])
def test_what_our_own_files_hold_is_not_too_deep(depth: int) -> None:
    assert parse_json(b"[" * depth + b"]" * depth) is not None
    with pytest.raises(ValueError, match="too deeply"):
        parse_json(b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1))


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 200_000, b'{"a":' * 200_000])
def test_what_is_no_json_is_a_value_error_and_nothing_else(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its words are for whoever names the file
        parse_json(content)


def test_many_brackets_beside_each_other_are_not_deep() -> None:
    assert len(parse_json(b"[" + b"[]," * 99 + b"{}]")) == 100
    assert parse_json(b'{"a": "' + b"[" * 99 + b'"}') == {"a": "[" * 99}


def test_tables_count_as_lists_do() -> None:
    value: object = 1
    for level in range(DEEPEST - 1):
        value = {"a": value} if level % 2 else [value]
    refuse_deep(value)
    with pytest.raises(ValueError, match="too deeply"):
        refuse_deep([[value]])
