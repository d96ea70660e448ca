"""Every key of a document is found on the line it stands on."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from cotui.settings.toml_lines import toml_lines

DOCUMENT = '''\
# a comment with [brackets] and key = 1
top = 1
"quoted key" = "a # no comment [x]"
dotted.one.two = 3

[profiles.acme]   # comment
url = "acme"
text = """
url = "not this"
[profiles.nor-this]
"""
literal = \'\'\'
x = 1\'\'\'
list = [
  1, # comment ]
  "]", 'it''s',
  [ 2,
    3 ],
]
inline = { a = 1, b = { c = "}" } }

[[jobs]]
name = "first"
[[jobs]]
name = "second"
[jobs.more]
deep = 2026-01-01 07:00:00
'''.replace("'it''s'", "'its'")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("quoted key",), 3),
        (("dotted",), 4),
        (("dotted", "one", "two"), 4),
        (("profiles",), 6),
        (("profiles", "acme"), 6),
        (("profiles", "acme", "url"), 7),
        (("profiles", "acme", "text"), 8),
        (("profiles", "acme", "literal"), 12),
        (("profiles", "acme", "list"), 14),
        (("profiles", "acme", "list", 0), 15),
        (("profiles", "acme", "list", 1), 16),
        (("profiles", "acme", "list", 3, 1), 18),
        (("profiles", "acme", "inline", "b", "c"), 20),
        (("jobs", 0, "name"), 23),
        (("jobs", 1, "name"), 25),
        (("jobs", 1, "more", "deep"), 27),
    ],
)
def test_every_form_of_key_is_found(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(DOCUMENT)  # the document is one
    assert toml_lines(DOCUMENT).lines[path] == line


def test_headers_are_listed_in_order() -> None:
    headers = [(line, path) for line, path in toml_lines(DOCUMENT).headers]
    assert headers == [
        (6, ("profiles", "acme")),
        (22, ("jobs", 0)),
        (24, ("jobs", 1)),
        (26, ("jobs", 1, "more")),
    ]


def test_what_is_not_there_has_the_line_of_its_table() -> None:
    lines = toml_lines("a = 1\n\n[table]\nb = 2\n")
    assert lines.find(("table", "missing")) == 3
    assert lines.find(("nothing",)) == 1


def test_windows_line_ends_count_once() -> None:
    assert toml_lines("a = 1\r\n\r\nb = 2\r\n").lines[("b",)] == 3


@pytest.mark.parametrize("text", ["a", "= 1", "a = [1", "a = {b = 1", 'a = "x', "a = [ [", "a = {"])
def test_what_stops_too_early_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        toml_lines(text)


@given(st.text(alphabet="[]={}\"'.,#ab1\n\r\\ -_", max_size=40))
def test_whatever_tomllib_accepts_is_accepted_and_has_all_its_keys(text: str) -> None:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(leaves(values)) == set(toml_lines(text).lines)


KEYS = st.text(min_size=1, max_size=8)
SCALARS = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.floats(allow_nan=False),
    st.text(max_size=20),
    st.dates(),
    st.datetimes(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Paths of all tables, lists and values."""
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += leaves(inner, (*path, index))
    return found


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.booleans())
def test_every_key_of_any_document_has_a_line(data: dict[str, Any], multiline: bool) -> None:
    text = tomli_w.dumps(data, multiline_strings=multiline)
    assert set(toml_lines(text).lines) == set(leaves(tomllib.loads(text)))


@given(
    st.lists(st.tuples(KEYS, st.lists(st.tuples(KEYS, SCALARS), max_size=4)), max_size=4),
    st.lists(st.sampled_from(["", "# note", "\t# [x]"]), min_size=30, max_size=30),
)
def test_lines_are_those_the_values_were_written_on(
    tables: list[tuple[str, list[tuple[str, Any]]]], between: list[str]
) -> None:
    """Tables and keys written one to a line, with blank lines and comments strewn in."""
    lines: list[str] = []
    expected: dict[tuple[str | int, ...], int] = {}
    for name, pairs in tables:
        if (name,) in expected:
            continue
        lines += [between[len(lines) % 30], tomli_w.dumps({name: {}}).strip()]
        expected[(name,)] = len(lines)
        for key, value in pairs:
            if (name, key) not in expected:
                lines += [between[len(lines) % 30], tomli_w.dumps({key: value}).strip()]
                expected[(name, key)] = len(lines)
    assert toml_lines("\n".join(lines)).lines == expected
