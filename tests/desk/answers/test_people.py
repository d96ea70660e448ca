"""Contacts and notes as lines."""

from __future__ import annotations

from cotui.desk.answers.people import CONTACT_COLUMNS, contact_json, contact_row, note_json, note_row
from tests.desk.answers.situations import record


def test_contacts() -> None:
    one = record("user", user_id=3, name="Amelia", email="a@example.com", mobile="555")
    row = contact_row(one, 3)
    assert row.cells == ("Amelia (main)", "a@example.com", "555")
    assert len(row.cells) == len(CONTACT_COLUMNS)
    assert contact_row(one, 4).said == "Amelia, a@example.com, 555"
    assert contact_json(one, 3) == {
        "id": 3,
        "name": "Amelia",
        "email": "a@example.com",
        "phone": "555",
        "main": True,
    }
    nameless = record("user", user_id=4, email="b@example.com")
    assert contact_row(nameless, None).said == "b@example.com"
    assert not contact_json(nameless, None)["main"]


def test_notes() -> None:
    one = record(
        "note", note_id=1, note="hostile \x1b[2J", note_datetime="2026-11-03", admin_id=2, note_is_pinned=True
    )
    row = note_row(one)
    assert row.said.startswith("2026-11-03, pinned, hostile")
    assert "\x1b" not in row.said
    found = note_json(one)
    assert (found["at"], found["by"], found["pinned"], found["text"]) == (
        "2026-11-03",
        "2",
        True,
        "hostile \x1b[2J",
    )
    assert note_json(record("note", note_id=2))["by"] is None
