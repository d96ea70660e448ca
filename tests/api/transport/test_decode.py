"""JSON that is not quite JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import NotJson, Truncated
from cotui.api.transport.decode import decode_json


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'\xef\xbb\xbf{"a":1}', {"a": 1}),
        (b' \r\n {"a":1} \n', {"a": 1}),
        (b'{"a":"caf\xe9"}', {"a": "caf�"}),
        (b'{"a":"x\ty\nz"}', {"a": "x\ty\nz"}),
        (rb'{"a":"\ud83d\ude00 \ud800!"}', {"a": "😀 �!"}),
        (rb'{"\udc00":["\udc00"]}', {"�": ["�"]}),
        (rb'{"url":"https:\/\/x\/y"}', {"url": "https://x/y"}),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b"[NaN,Infinity,-Infinity,1e999,-1E+999]", ["NaN", "Infinity", "-Infinity", "1e999", "-1E+999"]),
        (b'{"a":NaN,"b":[1.5,2]}', {"a": "NaN", "b": [1.5, 2]}),
    ],
)
def test_small_sins_are_forgiven(body: bytes, expected: Any) -> None:
    assert decode_json(body) == expected


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"Error: no", b"{'a':1}", b'{"a":1} trailing', b"[" * 5000 + b"]" * 5000]
)
def test_what_is_no_json_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(NotJson):
        decode_json(body)


@pytest.mark.parametrize("depth", [201, 900, 1100, 5_000, 100_000])
@pytest.mark.parametrize(
    ("before", "inside", "after"),
    [(b"[", b"", b"]"), (b'{"a":', b"1", b"}"), (b'[{"a":\t', b'"x\ty"', b"}]")],
)
def test_nesting_has_one_limit_whatever_the_python(
    depth: int, before: bytes, inside: bytes, after: bytes
) -> None:
    with pytest.raises(NotJson):
        decode_json(before * depth + inside + after * depth)
    shallow = decode_json(before * 100 + inside + after * 100)
    assert json.dumps(shallow, separators=(",", ":")).count("[" if before == b"[" else "{") == 100


@pytest.mark.parametrize("body", [b"{", b'{"a"', b'{"a":', b'{"a":"x', b"[1,2", b'{"a":tru'])
def test_half_a_value_is_truncated(body: bytes) -> None:
    with pytest.raises(Truncated):
        decode_json(body)


@given(st.binary(max_size=200))
def test_any_bytes_bring_a_value_or_one_of_our_errors(body: bytes) -> None:
    failure: BaseException | None = None
    try:
        decode_json(body)
    except NotJson as error:
        failure = error
    # The parsers' own errors hold the whole body.
    assert failure is None or (failure.__cause__, failure.__context__) == (None, None)
