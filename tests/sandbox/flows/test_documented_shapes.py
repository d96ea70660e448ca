"""Every object is served as documented and recorded: its keys, the kinds of its values, and what is null."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from cotui.catalog import RESOURCES, Field, Resource
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.objects import served_objects
from tests.catalog.documented import FILTERS
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.documented_shapes import SHAPES, Shape, shape_of
from tests.sandbox.recordings import FIXTURES
from tests.sandbox.served_types import OLD

Records = dict[str, list[dict[str, Any]]]

#: As little as a new record can do with, by its path. Named values are of what was made before.
BARE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("customer", {"company": "Bare"}),
    ("user", {"email": "bare@example.com"}),
    ("user", {"name": "Bare Bones"}),
    ("item", {"name": "Bare"}),
    (
        "item",
        {"name": "Tiers", "pricemodel": {"pricemodel": "tie", "tiers": [{"unit_from": 1, "amount": 2}]}},
    ),
    ("invoice", {"customer_id": "customer", "line_items": [{"item_id": "item"}]}),
    ("transaction", {"customer_id": "customer", "amount": 5, "transaction_type": "pay"}),
    ("transaction", {"customer_id": "customer", "amount": 3, "transaction_type": "cre"}),
    ("package", {"customer_id": "customer", "line_items": [{"item_id": "item"}]}),
    ("creditcard", {"customer_id": "customer", "number": "3530111333300000", "expdate": "2030-05-01"}),
    ("creditcard", {"customer_id": "customer", "number": "4111111111111111", "expdate": "2030-11-01"}),
    ("ach", {"customer_id": "customer", "number": "856667", "routing": "072403004"}),
    ("tokenized", {"customer_id": "customer", "token": "cus_1"}),
    ("note", {"note": "Bare"}),
    ("usage", {"line_item_id": 1, "usage_value": 1}),
    ("_resthook", {"target_url": "https://example.com/a", "event": "customer.insert"}),
)


#: Filters that no documentation has.
MORE_FILTERS = {"note": {"note_is_pinned", "external_key"}}
#: What can be unset, and in this account never is: lines are described by their items.
ALWAYS_SET = {
    "invoice.line_items": {"descrip"},
    "brand": {f"brand_{part}" for part in ("addr1", "city", "state", "postcode", "country", "block")},
    "admin": {"initials"},
    "country": {"cctld"},
}


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A client of a demo account that has a bare record of each object too; tests do not change it."""
    store = Store()
    populate(store, 40, 1, account.TODAY)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    asyncio.run(_add_bare_records(client))
    yield client
    store.close()


async def _add_bare_records(client: Client) -> None:
    made: dict[str, int] = {}
    for path, sent in BARE:
        made[path] = await client.made(path, _named(sent, made))
    await client.post(f"package/{made['package']}/_action/invoice")
    canceled = await client.made("package", {"customer_id": made["customer"]})
    await client.post(f"package/{canceled}/_action/cancel")
    schedule = [{"amount": 1, "date": "2026-04-01", "paymethod": "crd", "creditcard_id": made["creditcard"]}]
    await client.post(f"invoice/{made['invoice']}/_action/schedule", {"schedule": schedule})


def _named(sent: Any, made: dict[str, int]) -> Any:
    if isinstance(sent, dict):
        return {
            key: made[value] if key.endswith("_id") and isinstance(value, str) else _named(value, made)
            for key, value in sent.items()
        }
    return [_named(each, made) for each in sent] if isinstance(sent, list) else sent


async def _records(client: Client, path: str) -> tuple[Records, Records]:
    """All rows of an object's list, and each alone; with what stands in them, under names of their own."""
    key = served_objects()[path].key
    rows = await client.rows(path, limit=100, order=f"{key}:DESC" if path[0] != "_" else "")
    alone = [(await client.get(f"{path}/{row[key]}")).response for row in rows[:60]]
    return _parts(path, rows), _parts(path, alone)


def _parts(name: str, rows: list[dict[str, Any]]) -> Records:
    found: Records = {name: rows}
    for row in rows:
        for key, value in row.items():
            inner = [
                part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict)
            ]
            if inner and f"{name}.{key}" in SHAPES:
                for part, records in _parts(f"{name}.{key}", inner).items():
                    found.setdefault(part, []).extend(records)
    return found


@pytest.mark.parametrize("path", [name for name in SHAPES if "." not in name])
async def test_shapes(client: Client, path: str) -> None:
    listed, alone = await _records(client, path)
    assert listed[path]
    for records, in_lists in ((listed, True), (alone, False)):
        for name, rows in records.items():
            shapes = shape_of(name)
            keys = {key for key, shape in shapes.items() if not (in_lists and shape.single)}
            for row in rows:
                if name != "transaction.gateway_opts" or row:
                    assert set(row) == keys, name
                wrong = {key: value for key, value in row.items() if not shapes[key].admits(value)}
                assert not wrong, name
    # nothing is said to be unset in a way that it never is
    for name, rows in alone.items():
        never = {key for key, shape in shape_of(name).items() if shape.unset and not _ever(rows, key, shape)}
        assert never == ALWAYS_SET.get(name, set()), name


def _ever(rows: list[dict[str, Any]], key: str, shape: Shape) -> bool:
    return any(row.get(key) == ("" if shape.unset == "~" else None) for row in rows)


@pytest.mark.parametrize("path", FILTERS)
async def test_filters(client: Client, path: str) -> None:
    """All documented ones, and no others: a field that cannot be filtered by is refused by name."""
    for name in FILTERS[path].split():
        assert (await client.get(f"{path}/_count?where={name}:IS:NULL")).status == 200, name
    others = set(shape_of(path)) - set(FILTERS[path].split()) - MORE_FILTERS.get(path, set())
    for name in others:
        answer = await client.get(f"{path}/_count?where={name}:IS:NULL")
        assert answer.message == f"You cannot filter by: {name}."


def test_every_object_is_in_the_table() -> None:
    assert {name for name in SHAPES if "." not in name} == set(served_objects())


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))
def test_the_catalogue_has_the_same_keys(resource: Resource) -> None:
    if resource.id != "report":  # its rows are the account's own
        _same_keys(resource.path, resource.fields)


def _same_keys(name: str, fields: tuple[Field, ...]) -> None:
    read = {item.name: item for item in fields if (item.readable or item.listed) and "." not in item.name}
    assert read.keys() - OLD == shape_of(name).keys(), name
    for key, item in read.items():
        if f"{name}.{key}" in SHAPES:
            _same_keys(f"{name}.{key}", item.parts)


#: Recordings, and what each holds records of. Older documentation samples with ids as texts say nothing of kinds.
RECORDINGS = (
    ("customer_list__ruby_vcr.json", "customer"),
    ("customer_get__ruby_vcr.json", "customer"),
    ("user_list__ruby_vcr.json", "user"),
    ("user_get__ruby_vcr.json", "user"),
    ("invoice_query_status_ordered__ruby_vcr.json", "invoice"),
    ("invoice_get_before_void__ruby_vcr.json", "invoice"),
    ("invoice_get_after_void__ruby_vcr.json", "invoice"),
    ("invoice_get_open_with_lines__ruby_vcr.json", "invoice"),
    ("invoice_get_taxed_onetime__ruby_vcr.json", "invoice"),
    ("transaction_query__docs_api.json", "transaction"),
    ("chargeoverjs_pending_list__docs_api.json", "_chargeoverjs"),
)


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")
@pytest.mark.parametrize(("file", "name"), RECORDINGS, ids=[file for file, _ in RECORDINGS])
def test_the_table_admits_what_was_recorded(file: str, name: str) -> None:
    recorded = json.loads((FIXTURES / file).read_text(encoding="utf-8"))["response"]
    for part, rows in _parts(name, recorded if isinstance(recorded, list) else [recorded]).items():
        shapes = shape_of(part)
        for row in rows:
            wrong = {
                key: value for key, value in row.items() if key not in shapes or not shapes[key].admits(value)
            }
            assert not wrong, part
