"""Classes that invoices and items are sorted into."""

from __future__ import annotations

from cotui.catalog.build import Section, small_list
from cotui.catalog.field import FieldType
from cotui.catalog.model import Column

TEXT = FieldType.TEXT

_class = Section("Class")
CLASS = small_list(
    "class",
    "Class",
    "Classes",
    "the class",
    _class("name", TEXT, "Name", "Name of the class.", "LG"),
    title="name",
    columns=(Column("name", "Class", 28, grows=True),),
)
