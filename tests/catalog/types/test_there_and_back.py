"""What stands in a field of a form means the value it was made of: for every type, whatever the value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog import RESOURCES, FieldType
from cotui.catalog.field import Choice
from cotui.safety.text import without_unseen
from tests.catalog.types.support import TODAY, made

#: what has to be told apart: marks, what they stand for, what parts tags, quotes and escapes
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from("␦⇥⏎␛,;\"'\\ \t\n\r\u200b\ufeff\u00ad\u2028\u0301\u200d\u200c\ufe0f👨👩é0-@."),
    ),
    max_size=12,
)
LINES = TEXTS.map(lambda text: without_unseen(text).strip()).filter(bool)
PARAGRAPHS = TEXTS.map(lambda text: without_unseen(text, lines=True))
WORDS = st.from_regex(r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]{1,8}", fullmatch=True)
ADDRESSES = st.builds("{}@{}.example".format, WORDS, st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | TEXTS, lambda inner: st.lists(inner, max_size=3)
)
AMOUNTS = st.floats(-1e14, 1e14, allow_nan=False).filter(lambda number: number == 0 or abs(number) > 1e-9)
SENSIBLE: dict[str, st.SearchStrategy[Any]] = {
    "BOOLEAN": st.booleans(),
    "DATE": st.dates().map(str),
    "DATETIME": st.datetimes(timezones=st.just(None) | st.timezones()).map(
        lambda moment: moment.replace(microsecond=0).isoformat()[:25]
    ),
    "EMAIL": st.lists(ADDRESSES, min_size=1, max_size=3).map(", ".join),
    "ID": st.integers(1, 10**15 - 1),
    "INTEGER": st.integers(-(10**15) + 1, 10**15 - 1),
    "MONEY": AMOUNTS,
    "MULTILINE": PARAGRAPHS,
    "NUMBER": AMOUNTS,
    "OBJECTS": st.lists(st.dictionaries(TEXTS, JSON, max_size=3), min_size=1, max_size=3),
    "PHONE": LINES,
    "TAGS": st.lists(LINES, min_size=1, max_size=4, unique=True),
    "TEXT": LINES,
    "URL": st.just("https://example.com/a?b=c,d#é"),
}


@given(st.data())
@pytest.mark.parametrize("name", sorted(SENSIBLE))
def test_a_value_comes_back(name: str, data: st.DataObject) -> None:
    kind, value = getattr(FieldType, name), data.draw(SENSIBLE[name])
    assert kind.to_value(kind.to_text(value, made(kind)), made(kind), TODAY) == value


def test_no_type_is_left_out() -> None:
    assert {type(kind).__name__.upper() for kind in FieldType} == {*SENSIBLE, "ENUM"}


@given(TEXTS)
@pytest.mark.parametrize("name", ["TEXT", "PHONE", "TAGS", "MULTILINE"])
def test_a_hostile_value_comes_back_without_what_nobody_sees_and_with_no_mark_for_it(
    name: str, text: str
) -> None:
    kind = getattr(FieldType, name)
    value = [text] if name == "TAGS" else text
    shown = kind.to_text(value, made(kind))
    back = kind.to_value(shown, made(kind), TODAY)
    back = "".join(back) if isinstance(back, list) else str(back)
    for mark in "␦⇥⏎␛":
        assert back.count(mark) == text.count(mark)
    assert without_unseen(back, lines=name == "MULTILINE") == back


def test_each_choice_of_the_catalogue_comes_back() -> None:
    fields = [field for resource in RESOURCES.values() for field in resource.fields if field.choices]
    for field in fields:
        if field.type is FieldType.ENUM:
            for choice in field.choices:
                text = field.type.to_text(choice.value, field)
                assert field.type.to_value(text, field, TODAY) == choice.value, (field.name, choice)


def test_a_label_is_its_own_choices_whatever_others_are_called() -> None:
    field = made(FieldType.ENUM, choices=(Choice("a", "First", ("second",)), Choice("b", "Second")))
    assert field.type.to_value("Second", field, TODAY) == "b"
    assert field.type.to_text(1, made(FieldType.ENUM, choices=(Choice("1", "One"),))) == "One"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ('"a, b", c', ["a, b", "c"]),
        ('5" pipe, "say ""hi"""', ['5" pipe', 'say "hi"']),
        ("a,,b,", ["a", "b"]),
        ('"a"', ["a"]),
    ],
)
def test_a_tag_with_a_comma_stands_in_quotation_marks(text: str, tags: list[str]) -> None:
    assert FieldType.TAGS.to_value(text, made(FieldType.TAGS), TODAY) == tags


@pytest.mark.parametrize("text", ['"a', '"a"b, c', 'a, "b'])
def test_quotation_marks_of_tags_are_closed(text: str) -> None:
    with pytest.raises(ValueError, match="quoted"):
        FieldType.TAGS.to_value(text, made(FieldType.TAGS), TODAY)
