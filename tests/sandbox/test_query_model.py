"""Filtering and ordering against a model in plain Python that looks only at what is served."""

from __future__ import annotations

import asyncio
import operator
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.catalog import Field, FieldType, Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.package import PACKAGE
from cotui.catalog.objects.transaction import TRANSACTION
from cotui.catalog.objects.user import USER
from cotui.query import Condition, Op, Order, Query, to_wire
from cotui.sandbox.database.schema import DEFAULT_TIMEZONE
from tests.depth import examples
from tests.sandbox.client import Client

ZONE = ZoneInfo(DEFAULT_TIMEZONE)
COMPARE = {
    Op.EQUALS: operator.eq,
    Op.NOTEQUALS: operator.ne,
    Op.GT: operator.gt,
    Op.LT: operator.lt,
    Op.GTE: operator.ge,
    Op.LTE: operator.le,
}
NUMBERS = {FieldType.ID, FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY}
RESOURCES = {item.id: item for item in (CUSTOMER, USER, INVOICE, TRANSACTION, PACKAGE)}
#: stand in where no record has a value
EXAMPLES = {FieldType.DATE: "2026-01-01", FieldType.DATETIME: "2026-01-01T00:00:00-05:00"}
#: filters on what a row does not show are tested with fixed expectations elsewhere
PLAIN = {
    name: [item for item in resource.filterable if "." not in item.name and item.name != "package_token"]
    for name, resource in RESOURCES.items()
}


def lower(text: str) -> str:
    """Lower case for the letters whose case SQLite knows."""
    return "".join(char.lower() if char.isascii() else char for char in text)


def typed(item: Field, value: Any) -> Any:
    """A served or sent value as the type it is compared as."""
    if item.type in NUMBERS or item.name == "gateway_status":
        return float(value)
    if item.type is FieldType.BOOLEAN:
        return {"true": True, "false": False, "1": True, "0": False}.get(str(value).lower(), value)
    if item.type is FieldType.DATETIME:
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    return lower(str(value))


def holds(item: Field, served: Any, op: Op, value: str) -> bool:
    """Whether a condition holds for a served value."""
    if op is Op.IS_NULL:
        return served is None
    if served is None:
        return False
    if op is Op.ISNOT_NULL:
        return True
    if op is Op.CONTAINS:
        text = str(served)
        return lower(value) in lower(text) if value.isascii() else value.casefold() in text.casefold()
    left, right = typed(item, served), typed(item, value)
    if isinstance(left, str) and not value.isascii() and op in (Op.EQUALS, Op.NOTEQUALS):
        return bool(COMPARE[op](str(served).casefold(), value.casefold()))
    if isinstance(left, str):
        # SQLite compares the bytes of UTF-8
        return bool(COMPARE[op](left.encode(), right.encode()))
    return bool(COMPARE[op](left, right))


def rank(item: Field, row: Mapping[str, Any]) -> tuple[bool, Any]:
    """Where a row stands in an order: unset values first."""
    value = row[item.name]
    # recorded: next_invoice_datetime of canceled subscriptions is "" when it is unset
    if value is None or (value == "" and item.type is FieldType.DATETIME):
        return (False, 0)
    found = typed(item, value)
    return (True, found.encode() if isinstance(found, str) else found)


class World:
    """All rows of the account, as they are served."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.rows = {name: asyncio.run(client.rows(name, limit=100)) for name in RESOURCES}

    def ask(self, subject: str, query: Query) -> list[dict[str, Any]]:
        where, order = to_wire(query)
        return asyncio.run(self.client.rows(subject, where=where, order=order, limit=100))


@pytest.fixture(scope="module")
def world(client: Client) -> World:
    return World(client)


def values(data: st.DataObject, item: Field, rows: list[dict[str, Any]]) -> str:
    """A value to compare with: mostly one that occurs, or a part of one."""
    seen = sorted({str(row[item.name]) for row in rows if row[item.name] is not None})
    seen = seen or [EXAMPLES.get(item.type, "1")]
    value = data.draw(st.sampled_from(seen))
    if item.type in NUMBERS or item.name == "gateway_status":
        return data.draw(st.sampled_from([value, "0", "-1", "3.5", "99999999999999999999", "007"]))
    if item.type in (FieldType.DATE, FieldType.DATETIME):
        return data.draw(st.sampled_from([value, value[:10], "2026-03-15", "2025-01-10"]))
    if item.type is FieldType.BOOLEAN:
        return data.draw(st.sampled_from(["true", "0"]))
    start = data.draw(st.integers(0, max(0, len(value) - 1)))
    part = value[start : start + data.draw(st.integers(0, 6))]
    return data.draw(
        st.sampled_from([value, value.swapcase() if value.isascii() else value, part, "zz:, \\"])
    )


def as_condition(data: st.DataObject, item: Field, rows: list[dict[str, Any]]) -> Condition:
    op = data.draw(st.sampled_from(list(Op)))
    return Condition(item.name, op, values(data, item, rows) if op.takes_value else "")


def orderable(resource: Resource) -> list[Field]:
    return [item for item in resource.orderable if item.listed]


@pytest.mark.deep
@pytest.mark.parametrize("subject", list(RESOURCES))
def test_filters_and_orders(world: World, subject: str) -> None:
    resource, rows = RESOURCES[subject], world.rows[subject]

    @settings(max_examples=examples(150))
    @given(st.data())
    def run(data: st.DataObject) -> None:
        fields = data.draw(st.lists(st.sampled_from(PLAIN[subject]), max_size=3))
        conditions = tuple(as_condition(data, item, rows) for item in fields)
        keys = data.draw(st.lists(st.sampled_from(orderable(resource)), max_size=2))
        order = tuple(Order(item.name, data.draw(st.booleans())) for item in keys)

        found = world.ask(subject, Query(conditions, order))

        wanted = [
            row
            for row in rows
            if all(
                holds(item, row[item.name], condition.op, condition.value)
                for item, condition in zip(fields, conditions, strict=True)
            )
        ]
        key = resource.primary_key
        assert sorted(row[key] for row in found) == sorted(row[key] for row in wanted)
        # stable sorts by the last key first give the order of all keys
        for item, by in reversed(list(zip(keys, order, strict=True))):
            wanted.sort(key=lambda row, item=item: rank(item, row), reverse=by.descending)
        for item in keys:
            assert [rank(item, row) for row in found] == [rank(item, row) for row in wanted]

    run()


@pytest.mark.parametrize("subject", list(RESOURCES))
@pytest.mark.parametrize("op", list(Op))
def test_every_operator_with_every_field(world: World, subject: str, op: Op) -> None:
    rows = world.rows[subject]
    for item in PLAIN[subject]:
        seen = (row[item.name] for row in rows[3:] if row[item.name] is not None)
        example = next(seen, EXAMPLES.get(item.type, "1"))
        condition = Condition(item.name, op, str(example) if op.takes_value else "")

        found = world.ask(subject, Query((condition,)))

        wanted = [row for row in rows if holds(item, row[item.name], op, condition.value)]
        assert found == wanted, item.name
