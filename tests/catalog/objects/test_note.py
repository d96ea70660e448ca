"""Notes: page `querying-for-notes`."""

from __future__ import annotations

from cotui.catalog import FieldType
from cotui.catalog.objects.note import NOTE
from tests.catalog.objects.facts import otherwise, where


def test_where_it_is() -> None:
    assert where(NOTE)[:2] == ("/api/v3/note", "note_id")


def test_the_text_is_written_once_and_the_server_says_when() -> None:
    assert otherwise(NOTE.fields, {"LG": "note_id note_datetime"}) == {}
    note = NOTE.field("note")
    assert (note.listed, note.creatable, note.updatable, note.type) == (
        True,
        True,
        False,
        FieldType.MULTILINE,
    )


def test_no_page_changes_or_deletes_one() -> None:
    assert not any(field.updatable for field in NOTE.fields)
    assert not NOTE.actions
