"""Objects of the account itself: its log, hooks for events, and requests of web pages that wait to be judged."""

from __future__ import annotations

from cotui.catalog.build import Section
from cotui.catalog.model import Action, Column, Effect, FieldType, Resource

ID, TEXT, TIME = FieldType.ID, FieldType.TEXT, FieldType.DATETIME

_hook = Section("REST hook")
RESTHOOK = Resource(
    id="resthook",
    label="REST hook",
    plural="REST hooks",
    path="_resthook",
    primary_key="id",
    title_field="target_url",
    default_order="id:ASC",
    fields=(
        _hook("id", ID, "Hook ID", "ChargeOver's own number of the hook.", "LG", references="resthook"),
        _hook("target_url", FieldType.URL, "URL", "The address that is told about the event.", "LGCR"),
        _hook("event", TEXT, "Event", "What it is told about, such as customer.insert.", "LGCR"),
    ),
    columns=(
        Column("id", "ID", 7, drop=1),
        Column("event", "Event", 20),
        Column("target_url", "URL", 36, grows=True),
    ),
    actions=(Action("delete", "Delete", Effect.DESTROYS, "Stops telling the address.", method="DELETE"),),
)

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
    fields=(
        _log(
            "log_id",
            ID,
            "Log ID",
            "ChargeOver's own number of the entry.",
            "LG",
            aliases=("id",),
            references="log_system",
        ),
        _log("log_datetime", TIME, "Time", "When it happened.", "LG"),
        _log("msg", TEXT, "Message", "What happened.", "LG"),
    ),
    columns=(
        Column("log_id", "ID", 8, drop=1),
        Column("log_datetime", "Time", 19),
        Column("msg", "Message", 36, grows=True),
    ),
)

_request = Section("Request")
CHARGEOVERJS = Resource(
    id="chargeoverjs",
    label="ChargeOver.js request",
    plural="ChargeOver.js requests",
    path="_chargeoverjs",
    primary_key="chargeoverjs_id",
    title_field="action",
    default_order="chargeoverjs_id:ASC",
    fields=(
        _request(
            "chargeoverjs_id",
            ID,
            "Request ID",
            "ChargeOver's own number of the request.",
            "LG",
            aliases=("id",),
            references="chargeoverjs",
        ),
        _request("action", TEXT, "Action", "What the page asked for, such as customer.create.", "LG"),
        _request("payload", FieldType.MULTILINE, "Payload", "What it sent, as JSON.", "LG"),
        _request("token", TEXT, "Token", "Names the request when it is committed or rejected.", "LG"),
    ),
    columns=(
        Column("chargeoverjs_id", "ID", 7, drop=1),
        Column("action", "Action", 24),
        Column("payload", "Payload", 50, grows=True, drop=2),
    ),
)
