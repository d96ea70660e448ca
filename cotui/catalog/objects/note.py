"""Notes: what somebody wrote down about another record."""

from __future__ import annotations

from cotui.catalog import Choice, Column, FieldType, Relation
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


def _about(name: str, label: str, target: str, context: str, key: str) -> Relation:
    """What a note is about, where that is of this kind."""
    return Relation(name, label, target, "context_id", to_one=True, key=key, when=("context_str", context))


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
    _note("context_id", ID, "About no.", "Number of that object.", "LGCF", "about_id obj_id")._replace(
        customer_where=("context_str", "customer")
    ),
    _note("external_key", TEXT, "External key", "The key your own systems know it by.", "LGC", "key"),
    _note("user_id", ID, "User ID", "The user who wrote it.", "LGC"),
    _note("admin_id", ID, "Worker ID", "The worker who wrote it.", "LGC"),
    _note("note_datetime", TIME, "Written", "When it was written.", "LG"),
    _note("token", TEXT, "Token", "Random unique key of the note.", "LG"),
    title="note",
    columns=(
        Column("note_datetime", "Written", 16, drop=4),
        Column("context_str", "About", 12, drop=2),
        Column("context_id", "No.", 7, drop=3),
        Column("note", "Note", 40, grows=True),
    ),
    relations=(
        _about("customer", "Customer", "customer", "customer", "c"),
        _about("invoice", "Invoice", "invoice", "invoice", "i"),
        _about("package", "Subscription", "package", "billing_package", "S"),
        _about("user", "Contact", "user", "user", "u"),
        _about("item", "Item", "item", "item", "I"),
    ),
)
