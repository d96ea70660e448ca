"""Requests of web pages that wait to be judged."""

from __future__ import annotations

from cotui.catalog import Column, FieldType, Resource
from cotui.catalog.build import Section

ID, TEXT = FieldType.ID, FieldType.TEXT

_request = Section("Request")
CHARGEOVERJS = Resource(
    id="chargeoverjs",
    label="ChargeOver.js request",
    plural="ChargeOver.js requests",
    path="_chargeoverjs",
    primary_key="chargeoverjs_id",
    title_field="action",
    default_order="chargeoverjs_id:ASC",
    paged=False,
    narrowed=True,
    names=("pending requests", "chargeoverjs"),
    fields=(
        _request.own_key("chargeoverjs", "Request ID", "the request", "LG"),
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
