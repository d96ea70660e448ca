"""Lead sources: where customers come from."""

from __future__ import annotations

from cotui.catalog import Column, FieldType
from cotui.catalog.build import Section, small_list

TEXT = FieldType.TEXT

_campaign = Section("Lead source")
CAMPAIGN = small_list(
    "campaign",
    "Lead source",
    "Lead sources",
    "the lead source",
    _campaign("campaign", TEXT, "Name", "Where customers come from.", "LG", "name"),
    title="campaign",
    names=("campaigns", "sources"),
    columns=(Column("campaign", "Lead source", 28, grows=True),),
)
