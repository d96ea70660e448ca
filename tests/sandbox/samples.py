"""Values that the sandbox takes for a new record, as the catalogue describes it."""

from __future__ import annotations

from typing import Any

from cotui.catalog import Field, Resource


def sample(resource: Resource, *, all_fields: bool = False) -> dict[str, Any]:
    """What a new record must be given by the catalogue's flags, or all that it can be given."""
    if resource.id == "usage":  # what is billed has to be there, which no flag says
        return {"line_item_id": 1, "usage_value": 1.5, "from": "2026-03-01", "to": "2026-03-02T00:00:00"}
    wanted = [item for item in resource.fields if (item.creatable if all_fields else item.required)]
    return {item.name: _value(item) for item in wanted}


def _value(field: Field) -> Any:
    if field.choices:
        return field.choices[0].value
    return "2026-03-01" if field.type.family == "time" else "1"
