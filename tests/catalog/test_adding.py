"""A type of fields and an object are added by adding a file each: nothing that exists is edited."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import cotui.catalog.objects
import cotui.catalog.types
from cotui.api import Record
from cotui.catalog import RESOURCES, FieldType, Resource
from cotui.query import Condition, Op, Query, QueryError, complete, parse, render
from cotui.sandbox.errors import BadRequestError
from cotui.sandbox.http.openapi.schemas import payload, record
from cotui.sandbox.writing.payload import read
from cotui.tui.base.format import cell, full
from cotui.tui.forms.draft import Draft, FormProblem
from cotui.tui.lists.table_columns import default_columns

TODAY = date(2026, 3, 16)
COLOUR = '''
"""Colours as six hexadecimal digits."""
import re
from cotui.catalog.field import FieldType

class Colour(FieldType):
    align = "right"
    width = 7
    expected = "a colour such as ff0000"
    described = "a colour"
    served = {"type": "string", "pattern": "^[0-9a-f]{6}$"}

    def cell(self, value, field, values):
        return f"#{value}"

    def fits(self, text):
        return re.fullmatch("[0-9a-fA-F]{6}", text) is not None

    def meant(self, text):
        return text.lower()

    def parsed(self, text, field, today):
        if not self.fits(text):
            raise ValueError(self.expected)
        return text.lower()

    def read(self, sent, field, zone):
        if not self.fits(str(sent)):
            raise ValueError("not a colour")
        return sent
'''
PAINT = '''
"""Tins of paint."""
from cotui.catalog.build import Section, small_list
from cotui.catalog.model import Column
from cotui.catalog.field import FieldType

_paint = Section("Paint")
PAINT = small_list(
    "paint", "Paint", "Paints", "the paint",
    _paint("name", FieldType.TEXT, "Name", "What is on the tin.", "LGCURF"),
    _paint("colour", FieldType.COLOUR, "Colour", "What is in the tin.", "LGCUF"),
    title="name",
    columns=(Column("name", "Paint", 20, grows=True), Column("colour", "Colour", 7)),
)
'''


@pytest.fixture
def paint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Resource]:
    """A made-up object with a field of a made-up type."""
    for package, name, text in (
        (cotui.catalog.types, "colour", COLOUR),
        (cotui.catalog.objects, "paint", PAINT),
    ):
        folder = tmp_path / package.__name__
        folder.mkdir()
        (folder / f"{name}.py").write_text(text)
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    importlib.invalidate_caches()
    yield RESOURCES["paint"]
    type.__delattr__(FieldType, "COLOUR")
    for package, name in ((cotui.catalog.types, "colour"), (cotui.catalog.objects, "paint")):
        delattr(package, name)
        del sys.modules[f"{package.__name__}.{name}"]


def test_they_are_found(paint: Resource) -> None:
    assert "paint" in RESOURCES
    assert list(RESOURCES)[:2] == ["customer", "user"]
    assert paint.field("colour").type is FieldType.COLOUR
    assert FieldType.COLOUR in list(FieldType)


def test_nothing_is_left_of_them() -> None:
    assert "paint" not in RESOURCES
    with pytest.raises(AttributeError, match="COLOUR"):
        FieldType.COLOUR  # noqa: B018


def test_values_are_shown_and_aligned(paint: Resource) -> None:
    row, field = Record({"paint_id": 1, "name": "Fire", "colour": "ff0000"}), paint.field("colour")
    assert cell(row, field) == "#ff0000"
    assert full(row, field) == ["#ff0000"]
    assert [(item.width, item.align) for item in default_columns(paint)][-1] == (7, "right")


def test_values_are_filtered_by(paint: Resource) -> None:
    query = parse("colour = FF0000", paint)
    assert query == Query((Condition("colour", Op.EQUALS, "ff0000"),))
    assert render(query, paint) == "colour = ff0000"
    assert [item.insert for item in complete("col", 3, paint).suggestions] == ["colour "]
    with pytest.raises(QueryError, match=r"colour takes a colour such as ff0000, not “red”\."):
        parse("colour = red", paint)
    with pytest.raises(QueryError, match="colour is a colour, and ~ looks for text"):
        parse("colour ~ ff", paint)


def test_values_are_typed_in_a_form(paint: Resource) -> None:
    draft = Draft([paint.field("colour")], {"colour": "ff0000"}, changed_only=True, today=TODAY)
    draft.set_text("colour", "00FF00")
    assert draft.payload() == {"colour": "00ff00"}
    draft.set_text("colour", "green")
    with pytest.raises(FormProblem, match="Colour takes a colour such as ff0000"):
        draft.payload()


def test_the_sandbox_describes_and_reads_them(paint: Resource) -> None:
    served = record(paint, listed=True)["properties"]["colour"]
    assert (served["pattern"], served["description"]) == ("^[0-9a-f]{6}$", "What is in the tin.")
    assert payload(paint, creating=True)["required"] == ["name"]
    zone = ZoneInfo("UTC")
    assert read({"colour": "00ff00"}, paint.fields, zone) == {"colour": "00ff00"}
    with pytest.raises(BadRequestError):
        read({"colour": "green"}, paint.fields, zone)
