"""The account's log."""

from __future__ import annotations

from cotui.catalog import Column, FieldType, Resource
from cotui.catalog.build import Section

ID, TEXT, TIME = FieldType.ID, FieldType.TEXT, FieldType.DATETIME

_log = Section("Log entry")
LOG_SYSTEM = Resource(
    id="log_system",
    label="Log entry",
    plural="System log",
    path="_log_system",
    primary_key="log_id",
    title_field="msg",
    default_order="log_id:ASC",
    paged=False,
    narrowed=True,
    names=("log", "logs", "log entries", "events"),
    fields=(
        _log("log_id", ID, "Log ID", "ChargeOver's own number of the entry.", "LG", "id", to="log_system"),
        _log("log_datetime", TIME, "Time", "When it happened.", "LG"),
        _log("msg", TEXT, "Message", "What happened.", "LG"),
    ),
    columns=(
        Column("log_id", "ID", 8, drop=1),
        Column("log_datetime", "Time", 19),
        Column("msg", "Message", 36, grows=True),
    ),
)
