"""Notes: what somebody wrote down about another record."""

from __future__ import annotations

from cotui.catalog import Choice, Column, FieldType
from cotui.catalog.build import Section, small_list

ID, TEXT, ENUM, TIME = FieldType.ID, FieldType.TEXT, FieldType.ENUM, FieldType.DATETIME

#: what notes can be about (querying-for-notes); a subscription is called as in older URLs
CONTEXT = (
    Choice("customer", "Customer"),
    Choice("billing_package", "Subscription", ("package",)),
    Choice("invoice", "Invoice"),
    Choice("user", "Contact"),
    Choice("quote", "Quote"),
    Choice("item", "Item"),
)

_note = Section("Note")
NOTE = small_list(
    "note",
    "Note",
    "Notes",
    "the note",
    _note("note", FieldType.MULTILINE, "Note", "What somebody wrote down.", "LGCR"),
    _note("note_is_pinned", FieldType.BOOLEAN, "Pinned", "It stands above the others.", "LGC", "pinned"),
    # Clients up to 2020 call the two obj_type and obj_id.
    _note(
        "context_str",
        ENUM,
        "About",
        "Kind of object the note is about.",
        "LGCF",
        "about obj_type",
        choices=CONTEXT,
    ),
    _note("context_id", ID, "About no.", "Number of that object.", "LGCF", "about_id obj_id"),
    _note("external_key", TEXT, "External key", "The key your own systems know it by.", "LGC", "key"),
    _note("user_id", ID, "User ID", "The user who wrote it.", "LGC"),
    _note("admin_id", ID, "Worker ID", "The worker who wrote it.", "LGC"),
    _note("note_datetime", TIME, "Written", "When it was written.", "LG"),
    _note("token", TEXT, "Token", "Random unique key of the note.", "LG"),
    title="note",
    columns=(Column("note_datetime", "Written", 19, drop=2), Column("note", "Note", 40, grows=True)),
)
