"""Contacts and notes as lines of an answer."""

from __future__ import annotations

from typing import Final

from cotui.api import Record
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.page import Column, Ref, Row
from cotui.desk.answers.values import day_in, flag_in, raw_in, ref_in, text_in

CONTACT_COLUMNS: Final = (
    Column("name", "Name"),
    Column("email", "E-mail", drop=1),
    Column("phone", "Phone", drop=2),
)
NOTE_COLUMNS: Final = (Column("date", "Written"), Column("note", "Note"))


def contact_row(record: Record, main: Ref | None) -> Row:
    """A contact as a line of a table.

    Args:
        main: the main contact's key.
    """
    row = record.raw
    is_main = main is not None and record.ref == main
    name = text_in(row, "name", "display_as", "email") or f"contact {record.ref}"
    named = f"{name} (main)" if is_main else name
    email, phone = text_in(row, "email"), text_in(row, "phone", "mobile")
    said = ", ".join(dict.fromkeys(filter(None, (named, email, phone))))
    return Row("user", record.ref, (named, email, phone), None, "", said, record)


def contact_json(record: Record, main: Ref | None) -> forms.Json:
    """A contact as JSON."""
    row = record.raw
    return {
        "id": record.ref,
        "name": raw_in(row, "name", "display_as"),
        "email": raw_in(row, "email"),
        "phone": raw_in(row, "phone", "mobile"),
        "main": main is not None and record.ref == main,
    }


def note_row(record: Record) -> Row:
    """A note as a line of a table."""
    row = record.raw
    day, text = str(day_in(row, "note_datetime") or ""), text_in(row, "note")
    pinned = "pinned" if flag_in(row, "note_is_pinned") else ""
    said = ", ".join(filter(None, (day, pinned, text)))
    return Row("note", record.ref, (day, text), None, "", said, record)


def note_json(record: Record) -> forms.Json:
    """A note as JSON; who wrote it by number, where that is told."""
    row = record.raw
    by = ref_in(row, "admin_id") or ref_in(row, "user_id")
    return {
        "id": record.ref,
        "at": raw_in(row, "note_datetime"),
        "by": None if by is None else str(by),
        "pinned": flag_in(row, "note_is_pinned"),
        "text": raw_in(row, "note") or "",
    }
