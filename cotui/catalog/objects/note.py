"""Notes: what somebody wrote down about another record."""

from __future__ import annotations

from cotui.catalog import Column, FieldType
from cotui.catalog.build import Section, small_list

ID, TEXT, TIME = FieldType.ID, FieldType.TEXT, FieldType.DATETIME

_note = Section("Note")
NOTE = small_list(
    "note",
    "Note",
    "Notes",
    "the note",
    _note("note", FieldType.MULTILINE, "Note", "What somebody wrote down.", "LGCR"),
    _note("obj_type", TEXT, "About", "Kind of object the note is about, such as customer.", "LGCF"),
    _note("obj_id", ID, "About no.", "Number of that object.", "LGCF"),
    _note("user_id", ID, "User ID", "The user who wrote it.", "LGC"),
    _note("admin_id", ID, "Worker ID", "The worker who wrote it.", "LGC"),
    _note("note_datetime", TIME, "Written", "When it was written.", "LG"),
    title="note",
    columns=(Column("note_datetime", "Written", 19, drop=2), Column("note", "Note", 40, grows=True)),
)
