"""Notes on records."""

from __future__ import annotations

from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.note.write import create
from cotui.sandbox.objects.plain_list import FLAG, ID, TEXT, TIME, plain_list

ENDPOINTS = (
    Endpoint(
        "note",
        plain_list(
            "note",
            "notes",
            {
                "note_id": ID,
                "external_key": TEXT,
                "token": TEXT,
                "note": TEXT,
                "note_is_pinned": FLAG,
                "context_str": TEXT,
                "context_id": ID,
                "user_id": ID,
                "admin_id": ID,
                "note_datetime": TIME,
            },
            filterable=("context_str", "context_id", "note_is_pinned", "external_key"),
            addresses=frozenset({"external_key", "token"}),
            # clients up to 2020
            aliases={"obj_type": "context_str", "obj_id": "context_id"},
            spellings={"context_str": {"package": "billing_package"}},
        ),
        create=create,
    ),
)
