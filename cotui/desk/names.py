"""What a record is called that a number stands for."""

from __future__ import annotations

from cotui.api import Api, ApiError, Priority, Record
from cotui.catalog import RESOURCES, Field, Resource
from cotui.safety.text import clean


class CustomerNames:
    """Names of the customers that records belong to, each asked for once. One account's."""

    def __init__(self) -> None:
        self._names: dict[int | str, str] = {}

    async def of(self, api: Api, resource: Resource, record: Record) -> str:
        """Who a record of `resource` belongs to; "" when that can't be told."""
        relation = resource.relation("customer")
        key = relation.source(record.raw) if relation is not None else None
        if key is None:
            return ""
        if key not in self._names:
            try:
                customer = await api.get(RESOURCES["customer"], key, priority=Priority.PREFETCH)
            except ApiError:
                return ""
            self._names[key] = str(customer.shown.get("company") or "")
        return self._names[key]


async def name_of(api: Api, field: Field, number: str) -> str:
    """The title of the record that a key points to; "" when it can't be told, which the number makes up for.

    Short lists are read as such: that one of their entries can be read alone is not documented.
    """
    from cotui.desk.candidates import Candidates

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
