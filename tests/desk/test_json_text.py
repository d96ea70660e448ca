"""JSON is JSON in any encoding, to any reader, on any terminal."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from cotui.cli.streams import encodable
from cotui.desk.json_text import has_every_character, json_text
from tests.encodings import ENCODINGS, TEXTS

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)


def finite(value: object) -> object:
    """The value as JSON can hold it."""
    if isinstance(value, float) and value - value != 0:
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, list):
        return [finite(item) for item in value]
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    return value


def no_constants(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


@given(encoding=st.sampled_from(ENCODINGS), value=values)
def test_json_is_json_in_any_encoding(encoding: str, value: object) -> None:
    text = json_text(value, encoding)
    read = encodable(text, encoding)
    assert json.loads(read, parse_constant=no_constants) == finite(value)
    assert not any("\x7f" <= character <= "\x9f" for character in text)


def test_numbers_that_json_does_not_have_are_texts_however_deep() -> None:
    value = {"a": [float("nan"), {"b": (float("inf"), -float("inf"))}], "c": 1.5}
    assert json.loads(json_text(value)) == {"a": ["NaN", {"b": ["Infinity", "-Infinity"]}], "c": 1.5}


def test_only_an_encoding_of_unicode_s_has_every_character() -> None:
    for name in (None, "utf-8", "UTF8", "utf-16-le", "utf_32"):
        assert has_every_character(name)
    for name in ("ascii", "latin-1", "cp1252", "utf-7", "gb18030", "no-such-encoding"):
        assert not has_every_character(name)


def test_what_a_terminal_could_act_on_is_an_escape_and_honest_text_is_not() -> None:
    assert json_text("ü😀") == '"ü😀"'
    assert json_text("ü", "ascii") == '"\\u00fc"'
    assert json_text("a\x1b\x9b\u202e") == '"a\\u001b\\u009b\\u202e"'
    assert json_text([1], indent=2) == "[\n  1\n]"
