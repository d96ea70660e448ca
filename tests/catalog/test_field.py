"""What all types of fields have in common: whatever they are given is shown clean, read or refused in words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cotui.catalog
from cotui.api.calls import encode
from cotui.catalog.choices import DELIVERY
from cotui.catalog.field import FieldType
from cotui.safety.text import clean
from cotui.tui.forms.draft import to_text
from tests.catalog.types.support import made, typed


def test_every_type_that_is_named_has_its_file() -> None:
    """Type checkers take any name for one."""
    sources = [path.read_text() for path in Path(cotui.catalog.__file__).parents[1].rglob("*.py")]
    names = {name for source in sources for name in re.findall(r"\bFieldType\.([A-Z]+)\b", source)}
    assert len(names) > 10
    assert {repr(kind) for kind in FieldType} == {f"FieldType.{name}" for name in names}
    with pytest.raises(AttributeError, match="there is no type of fields 'NOTHING'"):
        FieldType.NOTHING  # noqa: B018


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5)
)
def test_whatever_the_server_sends_is_shown_on_one_clean_line(value: object) -> None:
    for kind in FieldType:
        text = to_text(made(kind, choices=DELIVERY), value)
        if kind is FieldType.MULTILINE:  # which keeps lines and tabs
            text = text.replace("\n", "").replace("\t", "")
        assert text == clean(text)


@given(st.sampled_from(list(FieldType)), st.text(max_size=30))
def test_what_is_typed_is_a_json_value_or_said_to_make_no_sense(kind: FieldType, text: str) -> None:
    value, words = None, ""
    try:
        value = typed(kind, text, choices=DELIVERY)
    except ValueError as error:
        words = str(error)
    assert words or json.loads(encode(value)) == value
    assert words == clean(words)


@pytest.mark.parametrize(
    ("kind", "nothing"),
    [(FieldType.TEXT, ""), (FieldType.EMAIL, ""), (FieldType.ID, None), (FieldType.MONEY, None),
     (FieldType.DATE, None), (FieldType.ENUM, None), (FieldType.TAGS, [])],
)  # fmt: skip
def test_an_emptied_field_is_what_the_api_takes_for_nothing(kind: FieldType, nothing: object) -> None:
    assert typed(kind, "  ") == nothing
    assert to_text(made(kind), nothing) == ""


def test_secrets_are_never_shown() -> None:
    assert to_text(made(FieldType.TEXT, secret=True), "hunter2") == ""
