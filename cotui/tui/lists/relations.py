"""From a record to those that belong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

import cotui.query as language  # what renders is loaded by the first relation, not by the first screen
from cotui.api import ApiError, Record
from cotui.catalog import RESOURCES, Resource
from cotui.catalog.model import key_of
from cotui.query import Condition, Op, Query
from cotui.tui.lists.list_spec import ObjectListSpec

if TYPE_CHECKING:
    from cotui.tui.base.frame_screen import FrameScreen


def has_page(resource_id: str) -> bool:
    """Whether a key that points to a record of this object can be followed."""
    resource = RESOURCES.get(resource_id)
    return resource is not None and resource.followed


def bind_relations(screen: Screen[Any], resource: Resource) -> None:
    """Give a screen the keys of a resource's relations."""
    for relation in resource.relations:
        if relation.key:
            screen._bindings.bind(relation.key, f"relation('{relation.name}')", relation.label)


def record_named(query: Query, resource: Resource, target: str) -> int | str | None:
    """The one record of an object that a query names, as that of a customer's invoices does."""
    for condition in query.conditions:
        field = resource.find(condition.field)
        if field is not None and field.references == target and condition.op is Op.EQUALS:
            return key_of(condition.value)
    return None


async def follow(screen: FrameScreen[Any], resource: Resource, name: str, record: Record) -> None:
    """Go where a relation of a record leads: to the record, or to the list of those that belong to it.

    Rows of a list carry fewer keys than a record, so where one is missing the record is read first.
    """
    app, api = screen.cotui, screen.cotui.session.api
    relation = resource.relation(name)
    assert relation is not None  # its key is bound for nothing else
    value = relation.source(record.raw)
    if value is None and api is not None and record.ref is not None:
        try:
            record = await api.get(resource, record.ref)
        except ApiError as error:
            screen.say(f"{error.what}: {error.todo}", "error")
            return
        value = relation.source(record.raw)
    if value is None:
        screen.say(f"this {resource.label.casefold()} has no {relation.label.casefold()}", "warning")
    elif relation.to_one:
        app.open_record(relation.target, value, tab=screen.tab)
    elif api is not None:
        # the condition stands in the filter line like any other, so it can be narrowed further
        target = RESOURCES[relation.target]
        query = Query((Condition(relation.target_field, Op.EQUALS, str(value)),))
        whose = record.shown.get(resource.title_field) or f"{resource.label} {record.id}"
        listing = ObjectListSpec(api, target, title=f"{relation.label} of {whose}")
        app.open_list(listing, tab=screen.tab, text=language.render(query, target))
