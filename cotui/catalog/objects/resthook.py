"""REST hooks: addresses that are told about events."""

from __future__ import annotations

from cotui.catalog import Action, Column, Effect, FieldType, Resource
from cotui.catalog.build import Section

ID, TEXT = FieldType.ID, FieldType.TEXT

_hook = Section("REST hook")
RESTHOOK = Resource(
    id="resthook",
    label="REST hook",
    plural="REST hooks",
    path="_resthook",
    primary_key="id",
    title_field="target_url",
    default_order="id:ASC",
    narrowed=True,
    names=("hooks", "webhooks"),
    fields=(
        _hook("id", ID, "Hook ID", "ChargeOver's own number of the hook.", "LG", to="resthook"),
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
