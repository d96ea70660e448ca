"""From a record to those that belong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.screen import Screen

import cotui.query as language  # what renders is loaded by the first relation, not by the first screen
from cotui.api import Api, ApiError, Record
from cotui.catalog import RESOURCES, Relation, Resource
from cotui.catalog.model import key_of
from cotui.query import Condition, Op, Query
from cotui.tui.base.object_register import hooks_of, load
from cotui.tui.lists.list_spec import NamedRecordsListSpec, ObjectListSpec

if TYPE_CHECKING:
    from cotui.catalog.field import Field
    from cotui.tui.base.frame_screen import FrameScreen


def has_page(resource_id: str) -> bool:
    """Whether a key that points to a record of this object can be followed."""
    resource = RESOURCES.get(resource_id)
    return resource is not None and (resource.followed or resource.narrowed)


def _binding(relation: Relation) -> Binding:
    """The key of a relation that has one. `[keys]` knows it by the relation's name, which is one key's everywhere."""
    return Binding(
        "dollar_sign" if relation.key == "$" else relation.key,
        f"relation('{relation.name}')",
        relation.label,
        key_display=relation.key,
        tooltip=relation.short,
        id=f"relation.{relation.name}",
    )


def relation_bindings(resource: Resource, record: Record | None = None) -> Iterator[Binding]:
    """The keys of all relations of an object, called by where they lead from one `record`."""
    for relation in resource.relations:
        if relation.key:
            led = relation if record is None else resource.followed_as(relation, record.raw)
            yield _binding(relation._replace(label=led.label, short=led.short))


def bind_relations(screen: Screen[Any], resource: Resource, record: Record | None = None) -> None:
    """Give a screen the keys of a resource's relations, or of a record's, in the place of those that it had."""
    held = screen._bindings.key_to_bindings
    for key, bindings in list(held.items()):
        held[key] = [item for item in bindings if not item.action.startswith("relation(")]
        if not held[key]:
            del held[key]
    for binding in relation_bindings(resource, record):
        held.setdefault(binding.key, []).append(binding)


def record_named(query: Query, resource: Resource, target: str) -> int | str | None:
    """The one record of an object that a query names, as that of a customer's invoices does."""
    for condition in query.conditions:
        field = resource.find(condition.field)
        if field is not None and field.references == target and condition.op is Op.EQUALS:
            return key_of(condition.value)
    return None


async def follow(
    screen: FrameScreen[Any], resource: Resource, name: str, record: Record, selected: Field | None = None
) -> None:
    """Go where a relation of a record leads: to the record, or to the list of those that belong to it.

    Rows of a list carry fewer keys than a record, so where one is missing the record is read first.

    Args:
        selected: the field under the selection: of several in a report's row that name such a record, it is meant.
    """
    relation = resource.relation(name)
    assert relation is not None  # its key is bound for nothing else
    if selected is not None and resource.open_fields and selected.references == relation.target:
        relation = relation._replace(source_field=selected.name, label=selected.label)
    api = screen.cotui.session.api
    if api is None:
        return
    try:
        record = await _telling(api, resource, relation, record)
    except ApiError as error:
        screen.say(f"{error.what}: {error.todo}", "error")
        return
    relation = resource.followed_as(relation, record.raw)
    keys = relation.named(record.raw) if relation.through else None
    value = (keys[0] if keys else None) if relation.through else relation.source(record.raw)
    own = hooks_of(resource.id).relations.get(name)
    if value is None or relation.says_none(record.raw):
        screen.say(
            nothing_words(f"this {resource.label_of(record.raw).casefold()}", relation, record), "warning"
        )
    elif own is not None:
        load(own)(screen, relation, record, value)
    elif relation.to_one or (keys is not None and len(keys) == 1):
        screen.cotui.open_record(relation.target, value, tab=screen.tab)
    elif keys is not None:
        title = title_of_list(relation, resource, record)
        listing = NamedRecordsListSpec(api, RESOURCES[relation.target], keys, title=title)
        screen.cotui.open_list(listing, tab=screen.tab)
    else:
        _open_list(screen, api, resource, relation, record, value)


def nothing_words(whose: str, relation: Relation, record: Record) -> str:
    """That `whose` relation ("this invoice") leads nowhere, or that what was answered does not tell where."""
    label = relation.label.casefold()
    if relation.to_one and not relation.is_told(record.raw):
        return f"this answer does not name its {label}"
    return f"{whose} {relation.lacking or f'has no {label}'}"


def title_of_list(relation: Relation, resource: Resource, record: Record) -> str:
    """What a list of related records is called: "Invoices of Maple Ridge Dental", "Payments of invoice 4965"."""
    whose = str(record.shown.get(resource.title_field) or "")
    if not whose or resource.title_field == resource.primary_key:
        whose = f"{resource.label_of(record.raw).casefold()} {record.id}"
    elif whose.isdigit():
        whose = f"{resource.label_of(record.raw).casefold()} {whose}"
    return f"{relation.label} of {whose}"


def _open_list(
    screen: FrameScreen[Any],
    api: Api,
    resource: Resource,
    relation: Relation,
    record: Record,
    value: int | str,
) -> None:
    # the condition stands in the filter line like any other, so it can be narrowed further
    target = RESOURCES[relation.target]
    conditions = [Condition(field, Op.EQUALS, wanted) for field, wanted in relation.where]
    query = Query((*conditions, Condition(relation.target_field, Op.EQUALS, str(value))))
    title = title_of_list(relation, resource, record)
    if relation.target == resource.id and relation.source_field != resource.primary_key:
        title = f"{relation.label} as {title.removeprefix(f'{relation.label} of ')}"
    listing = ObjectListSpec(api, target, title=title)
    screen.cotui.open_list(listing, tab=screen.tab, text=language.render(query, target))


async def _telling(api: Api, resource: Resource, relation: Relation, record: Record) -> Record:
    """The record with what tells where a relation leads: its row in a list, or all of it where that lacks the keys.

    Raises:
        ApiError: it could not be read.
    """
    from cotui.desk.one_record import one_record

    row = record.raw
    relation = resource.followed_as(relation, row)
    known = relation.named(row) is not None if relation.through else relation.source(row) is not None
    field, _ = relation.when
    if known or record.ref is None or (field and row.get(field) is not None):
        return record
    return await one_record(api, resource, record.ref)
