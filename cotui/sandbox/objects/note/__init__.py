"""Notes on records."""

from __future__ import annotations

from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.note.write import create
from cotui.sandbox.objects.plain_list import ID, TEXT, TIME, plain_list

ENDPOINTS = (
    Endpoint(
        "note",
        plain_list(
            "note",
            "notes",
            {
                "note_id": ID,
                "note": TEXT,
                "obj_type": TEXT,
                "obj_id": ID,
                "user_id": ID,
                "admin_id": ID,
                "note_datetime": TIME,
            },
            filterable=("obj_type", "obj_id"),
        ),
        create=create,
    ),
)
