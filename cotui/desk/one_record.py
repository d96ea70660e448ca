"""One record, however it can be had: by its id where the API gives it so, else out of its list."""

from __future__ import annotations

from cotui.api import Api, NotFound, Priority, Record, read_all, source_of
from cotui.catalog import Resource
from cotui.query import Condition, Op, Query


async def one_record(
    api: Api, resource: Resource, ref: int | str, *, priority: Priority = Priority.INTERACTIVE
) -> Record:
    """A record with all its fields, by id, `external_key:VALUE` or `token:VALUE`.

    That single entries of short lists can be read is not documented: they are looked for in the list, whose rows are
    all there is of them.

    Raises:
        NotFound: there is none.
        ApiError: it could not be had.
    """
    if resource.followed:
        return await api.get(resource, ref, priority=priority)
    name, _, value = str(ref).partition(":")
    field = resource.find(name) if value else None
    if field is None:
        field, value = resource.field(resource.primary_key), str(ref)
    if not field.filters:
        return await api.get(resource, ref, priority=priority)
    query = Query((Condition(field.name, Op.EQUALS, value),))
    rows = await read_all(source_of(api, resource, query), most=1, priority=priority).all()
    if not rows:
        raise NotFound(f"There is no {resource.label.casefold()} {ref}")
    return rows[0]
