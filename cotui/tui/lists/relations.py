"""From a record to those that belong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from cotui.api import ApiError, Record
from cotui.catalog import RESOURCES, Relation, Resource
from cotui.query import Condition, Op, Query
from cotui.tui.lists.list_spec import ObjectListSpec

if TYPE_CHECKING:
    from cotui.tui.base.frame_screen import FrameScreen
    from cotui.tui.lists.browse import BrowseScreen
    from cotui.tui.shell.app import CotuiApp

#: relation -> the key that follows it, wherever the record is shown
RELATION_KEYS = {
    "users": "u",
    "invoices": "i",
    "siblings": "i",
    "customer": "c",
    "contact": "m",
    "parent": "p",
    "children": "d",
}


#: objects that have a record page: the API gives one by id
PAGES = frozenset({"customer", "user", "invoice"})


def has_page(resource_id: str) -> bool:
    """Whether records of this object can be opened."""
    return resource_id in PAGES


def bind_relations(screen: Screen[Any], resource: Resource) -> None:
    """Give a screen the keys of a resource's relations."""
    for relation in resource.relations:
        key = RELATION_KEYS[relation.name]
        screen._bindings.bind(key, f"relation('{relation.name}')", relation.label)


async def follow(screen: FrameScreen[Any], resource: Resource, name: str, record: Record) -> None:
    """Go where a relation of a record leads.

    Rows of a list carry fewer keys than a record, so where one is missing the record is read first.
    """
    app = screen.cotui
    api = app.session.api
    relation = next(item for item in resource.relations if item.name == name)
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
    else:
        app.push_screen(list_of(app, resource, relation, record, value, tab=screen.tab))


def list_of(
    app: CotuiApp, resource: Resource, relation: Relation, record: Record, value: int | str, *, tab: str
) -> BrowseScreen:
    """The list of records that belong to one, e.g. the invoices of a customer.

    The condition stands in the filter line like any other, so it can be narrowed further.
    """
    from cotui.tui.lists.browse import BrowseScreen

    target = RESOURCES[relation.target]
    query = Query((Condition(relation.target_field, Op.EQUALS, str(value)),))
    name = record.shown.get(resource.title_field) or f"{resource.label} {record.id}"
    assert app.session.api is not None
    listing = ObjectListSpec(app.session.api, target, title=f"{relation.label} of {name}")
    return BrowseScreen(listing, tab=tab, text=query.render(target), remember=False)
