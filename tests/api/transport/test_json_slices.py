"""A large answer is decoded in slices, with the result of a decoder that takes it whole."""

from __future__ import annotations

import json
import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.api.errors import ApiError, NotJson, TooLarge, Truncated
from cotui.api.transport import json_slices
from cotui.api.transport.decode import decode_json
from tests.depth import examples

texts = st.text(st.sampled_from('a,"\\[]{}:é\n\u2028😀 '), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(texts, inner, max_size=6),
    max_leaves=30,
)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slices of a few bytes, so that small values are large ones."""
    monkeypatch.setattr(json_slices, "AT_ONCE", 24)
    monkeypatch.setattr(json_slices, "_COMMAS", 2)
    monkeypatch.setattr(json_slices, "_BYTES", 40)


def decode(text: bytes) -> Any:
    return json_slices.decode_in_slices(text, msgspec.json.decode)


def levels(value: Any) -> int:
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return 1 + max(map(levels, inner), default=0)


@settings(max_examples=examples(300))
@given(values, st.sampled_from([None, 1]), st.booleans())
def test_the_value_is_that_of_the_whole(value: Any, indent: int | None, plain: bool) -> None:
    text = json.dumps(value, ensure_ascii=plain, indent=indent).encode()
    try:
        assert decode(text) == value
    except RecursionError:
        assert levels(value) > 8


@settings(max_examples=examples(300))
@given(values, st.data())
def test_what_is_wrong_with_it_is_found(value: Any, data: st.DataObject) -> None:
    """Never a value that the whole does not have: half of it, or something behind it, is an error."""
    text = json.dumps([value, "x" * 30]).encode()
    cut = data.draw(st.integers(1, len(text) - 1))
    for broken in (text[:cut], text + b"]", text[:cut] + b"\x01" + text[cut:]):
        try:
            whole = msgspec.json.decode(broken)
        except (msgspec.DecodeError, UnicodeDecodeError):
            with pytest.raises((ValueError, msgspec.DecodeError, RecursionError)):
                decode(broken)
        else:
            assert decode(broken) == whole


LARGE = 300_000


def enveloped(response: bytes) -> bytes:
    return b'{"code":200,"status":"OK","response":%b}' % response


@pytest.mark.sample("values", "cut off", "half a text")
@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"[" + b"1," * 1_000_000 + b"1]", TooLarge),
        (b"{" + b",".join(b'"%d":1' % number for number in range(600_000)) + b"}", TooLarge),
        (b'"' + b"\\u0000" * 2_100_000 + b'"', TooLarge),
        (b"[" * LARGE + b"]" * LARGE, NotJson),
        (b'{"a":' * LARGE + b"1" + b"}" * LARGE, NotJson),
        (b"[" + b"1," * LARGE, Truncated),
        (b'["' + b"a" * LARGE, Truncated),
        (b"[" + b"1," * LARGE + b",1]", NotJson),
        (b"[" + b"1," * LARGE + b"1]]", NotJson),
        (b"[" + b"x," * LARGE + b"1]", NotJson),
    ],
    ids=["values", "names", "escapes", "lists", "objects", "cut off", "half a text", "gap", "rest", "words"],
)
def test_a_large_answer_that_cannot_be_used_is_refused_in_words(body: bytes, error: type[ApiError]) -> None:
    for text in (body, enveloped(body)):
        with pytest.raises(ApiError) as refused:
            decode_json(text)
        assert isinstance(refused.value, error) or text is not body
        assert refused.value.what


@pytest.mark.parametrize(
    "raw",
    [b"\x00", b"\xff", b"\\ud800", b"NaN", b"1e999", b"9" * 5000],
    ids=["NUL", "no UTF-8", "half", "NaN", "huge", "digits"],
)
def test_a_large_answer_is_forgiven_what_a_small_one_is(raw: bytes) -> None:
    quoted = raw if raw[:1] in b"N19" else b'"%b"' % raw
    small, filler = b"[%b]" % quoted, b'"%b"' % (b"x" * LARGE)
    assert decode_json(b"[%b,%b]" % (quoted, filler))[0] == decode_json(small)[0]
    if raw[:1] == b"9":
        assert decode_json(small) == ["9" * 5000]


def test_rows_of_every_size_come_through() -> None:
    rows = [{"id": number, "text": 'é{["' * random.Random(number).randrange(2000)} for number in range(300)]
    body = enveloped(json.dumps(rows).encode())
    assert len(body) > 512 * 1024
    assert decode_json(body)["response"] == rows
