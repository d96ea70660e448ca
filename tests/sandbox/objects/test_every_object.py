"""What the sandbox and the catalogue say of every object agrees: what does not is named here, before a client meets it."""

from __future__ import annotations

import sqlite3

import pytest

from cotui.catalog import RESOURCES, Resource
from cotui.sandbox.database.object_model import SandboxObject
from cotui.sandbox.database.store import Store
from cotui.sandbox.objects import endpoint, served_objects
from tests.sandbox.client import Client
from tests.sandbox.samples import sample
from tests.tables import every

CREATED = [
    resource
    for resource in RESOURCES.values()
    if (found := endpoint(resource.path)) and found.create is not None
]


#: what the service demands although its documentation does not say so
UNMARKED = {("package", "customer_id"), ("transaction", "amount")}


@every("subject", served_objects().values())
def test_what_is_served_is_in_its_table(store: Store, subject: SandboxObject) -> None:
    expressions = {
        "what is served": subject.select,
        **{name: source.sql for name, source in subject.sources.items() if source.through is None},
        **{
            f"the currency of {name}": source.currency
            for name, source in subject.sources.items()
            if source.type.storage == "amount" and source.through is None
        },
        **{name: f"t.{name}" for name in subject.addresses},
    }
    with store.read() as reader:
        for what, sql in expressions.items():
            statement = f"SELECT {sql} FROM {subject.table} t {subject.joins} LIMIT 0"
            try:
                reader.connection.execute(statement, {"today": "2026-03-15", "tomorrow": 0})
            except sqlite3.Error as error:
                pytest.fail(f"{subject.name}, {what}: {error}, in {statement}")
    assert subject.filterable | subject.orderable <= subject.sources.keys()


@every("resource", CREATED)
async def test_create_demands_what_the_catalogue_marks_required(live: Client, resource: Resource) -> None:
    given = sample(resource)
    for name in (item.name for item in resource.fields if item.required):
        rest = {key: value for key, value in given.items() if key != name}
        answer = await live.post(resource.path, rest or {"nothing": 1})
        if answer.status != 400:
            pytest.fail(f"create takes a {resource.id} without {name}, which the catalogue marks R")
    answer = await live.post(resource.path, given or {"nothing": 1})
    _, missing, name = answer.message.partition("required parameter was missing: ")
    if missing and (resource.id, name) not in UNMARKED:
        pytest.fail(f"create demands {name} of a {resource.id}, which the catalogue does not mark R")


@every("resource", CREATED)
async def test_no_field_is_answered_with_a_fault_of_the_server(live: Client, resource: Resource) -> None:
    answer = await live.post(resource.path, sample(resource, all_fields=True))
    if answer.status >= 500:
        pytest.fail(
            f"what create makes of the fields of a {resource.id} marked C can't be kept: {answer.message}"
        )
