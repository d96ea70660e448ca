"""The language over the real objects."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES
from cotui.catalog.field import Field, FieldType
from cotui.catalog.model import Resource
from cotui.query import (
    Condition,
    Op,
    Order,
    Query,
    QueryError,
    complete,
    from_wire,
    parse,
    render,
    spans,
    to_wire,
)
from tests.query.sample import TODAY
from tests.tables import every

VALUES = {
    FieldType.ID: "12",
    FieldType.INTEGER: "3",
    FieldType.NUMBER: "1.5",
    FieldType.MONEY: "99.90",
    FieldType.DATE: "2026-03-31",
    FieldType.DATETIME: "2026-03-31 14:30:00",
    FieldType.BOOLEAN: "true",
}
FILTERS = [(resource, item) for resource in RESOURCES.values() for item in resource.filterable]
ORDERS = [(resource, item) for resource in RESOURCES.values() for item in resource.orderable]


def name(value: object) -> str:
    return value.id if isinstance(value, Resource) else value.name if isinstance(value, Field) else ""


@every(("resource", "field"), FILTERS)
def test_every_filter_reads_back(resource: Resource, field: Field) -> None:
    value = field.choices[0].value if field.choices else VALUES.get(field.type, 'Acme, "Inc": EU')
    for op in Op:
        query = Query((Condition(field.name, op, value if op.takes_value else ""),))
        text = render(query, resource)
        assert parse(text, resource, today=TODAY) == query
        assert from_wire(*to_wire(query)) == query
        assert "error" not in {span.kind for span in spans(text, resource)}


@every(("resource", "field"), FILTERS)
def test_every_name_of_a_filter_is_understood_and_offered(resource: Resource, field: Field) -> None:
    for spelling in (field.name, *field.aliases):
        assert parse(f"{spelling} is null", resource).conditions == (Condition(field.name, Op.IS_NULL),)
        offers = [item.insert.strip() for item in complete(spelling, len(spelling), resource).suggestions]
        assert spelling in offers or field.name.startswith(spelling)


@every(("resource", "field"), ORDERS)
def test_every_order_reads_back(resource: Resource, field: Field) -> None:
    for descending in (False, True):
        query = Query(order=(Order(field.name, descending),))
        assert parse(render(query, resource), resource) == query


@every(("resource", "field"), FILTERS)
def test_every_word_of_an_enumeration_can_be_typed(resource: Resource, field: Field) -> None:
    for choice in field.choices:
        for word in choice.aliases:
            assert parse(f"{field.name} = {word}, {field.name} is null", resource).conditions[0].value, word
        query = Query((Condition(field.name, Op.EQUALS, choice.value),))
        assert parse(render(query, resource), resource) == query
        assert parse(f"{field.name} = {choice.value}", resource) == query
    for shortcut in field.shortcuts:
        expected = [Condition(shortcut.field, Op.EQUALS, shortcut.value)]
        if shortcut.but:
            expected.append(Condition(field.name, Op.NOTEQUALS, shortcut.but))
        assert parse(f"{field.name} = {shortcut.word}", resource) == Query(tuple(expected))


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=name)
def test_the_default_order_is_an_order(resource: Resource) -> None:
    order = from_wire("", resource.default_order).order
    allowed = {item.name for item in resource.orderable}
    assert all(key.field in allowed for key in order)


@pytest.mark.parametrize(
    ("resource", "typed", "sent"),
    [
        ("customer", "status = overdue", "customer_status_str:EQUALS:active-overdue"),
        ("customer", "status = active", "customer_status_state:EQUALS:a"),
        ("customer", "country = Canada", "bill_country:EQUALS:Canada"),
        ("invoice", "status = overdue", "invoice_status_str:EQUALS:open-overdue"),
        ("invoice", "status = open", "invoice_status_state:EQUALS:o"),
        (
            "invoice",
            "status = everything overdue",
            "invoice_status_state:EQUALS:o,invoice_status_str:NOTEQUALS:open-unpaid",
        ),
        ("user", "customer = 12", "customers.customer_id:EQUALS:12"),
    ],
)
def test_examples(resource: str, typed: str, sent: str) -> None:
    assert to_wire(parse(typed, RESOURCES[resource])).where == sent


@pytest.mark.parametrize(
    "typed", ["jane@example.com;", '"jane@example.com;"', "jane", "jane doe@example.com"]
)
def test_an_address_that_nobody_can_have_is_refused_as_in_forms(typed: str) -> None:
    resource = RESOURCES["user"]
    with pytest.raises(QueryError, match="several are parted by commas: “jane"):
        parse(f"email = {typed}", resource)
    assert parse(f"email ~ {typed}", resource).conditions[0].op is Op.CONTAINS
    assert parse("email:EQUALS:jane;", resource).conditions[0].value == "jane;"  # ChargeOver's own grammar


def test_addresses_and_nothing_are_taken() -> None:
    for typed in ("jane@example.com", '"jane@example.com, joe@example.com"', '""', "null"):
        parse(f"email = {typed}", RESOURCES["user"])
