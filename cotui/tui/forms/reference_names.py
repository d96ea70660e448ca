"""What a record is called that a key points to."""

from __future__ import annotations

from cotui.api import Api, ApiError, Priority
from cotui.catalog import RESOURCES, Field
from cotui.safety.text import clean
from cotui.tui.forms.candidates import Candidates


async def name_of(api: Api, field: Field, number: str) -> str:
    """The title of the record that a key points to; "" when it can't be told, which the number makes up for.

    Short lists are read as such: that one of their entries can be read alone is not documented.
    """
    resource = RESOURCES[field.references]
    try:
        if resource.followed or resource.field(resource.title_field).filterable:
            record = await api.get(resource, number, priority=Priority.PREFETCH)
        else:
            rows = await Candidates(api, resource).matching("")
            found = next((row for row in rows if str(row.id) == number), None)
            if found is None:
                return ""
            record = found
    except ApiError:
        return ""
    return clean(str(record.shown.get(resource.title_field) or ""))
