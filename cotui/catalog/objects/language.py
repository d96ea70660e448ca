"""Languages that customers are written to in."""

from __future__ import annotations

from cotui.catalog import Column, FieldType
from cotui.catalog.build import Section, small_list

TEXT = FieldType.TEXT

_language = Section("Language")
LANGUAGE = small_list(
    "language",
    "Language",
    "Languages",
    "the language",
    _language("language", TEXT, "Name", "Name of the language.", "LG", "name"),
    _language("iso639", TEXT, "Code", "Its ISO 639 code of two letters.", "LG"),
    title="language",
    columns=(Column("language", "Language", 24, grows=True),),
)
