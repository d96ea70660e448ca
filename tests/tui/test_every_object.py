"""Every object of the catalogue can be listed, opened and filtered on the screen: new ones have to do no more for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cotui.api import calls
from cotui.catalog import RESOURCES, Resource
from cotui.query import Condition, Op, Query, render
from cotui.tui.lists.list_spec import ObjectListSpec
from tests.sandbox.samples import sample
from tests.tui.flow import browse, press, record_page, settle, text_of, type_text
from tests.tui.writing import Account, account

OBJECTS = [
    resource for resource in RESOURCES.values() if resource.id != "report"
]  # tested in objects/test_report.py


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers") as made:
        yield made


def rows(own: Account) -> list[dict[str, Any]]:
    window = browse(own.app).window
    assert window is not None
    return [dict(row.raw) for _, row in window.loaded()]


def a_filter(resource: Resource, row: dict[str, Any]) -> str:
    """A filter that a row meets; "" for an object that can't be filtered."""
    for field in sorted(resource.filterable, key=lambda field: field.name != resource.primary_key):
        if row.get(field.name) not in (None, "") and field.type.family in ("key", "text", "choice"):
            return render(Query((Condition(field.name, Op.EQUALS, str(row[field.name])),)), resource)
    return ""


async def test_every_object_is_listed_opened_and_filtered(own: Account) -> None:
    async with own.app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        for resource in OBJECTS:
            where = f"{resource.id}, whose screen is:\n"
            if not (await own.api.page(resource, Query(), 0, 1)).rows:
                await own.api.call(calls.create(resource.path, sample(resource)))
            own.app.open_list(ObjectListSpec(own.api, resource, title=resource.plural), tab="customers")
            await settle(pilot)
            assert browse(own.app).listing.resource is resource
            found = rows(own)
            assert found, where + text_of(own.app)
            await press(pilot, "enter")
            assert record_page(own.app).resource is resource, where + text_of(own.app)
            assert record_page(own.app).whole, where + text_of(own.app)
            await press(pilot, "escape")
            if text := a_filter(resource, found[0]):
                await press(pilot, "slash")
                await type_text(pilot, text)
                await press(pilot, "escape", "slash", "enter")
                key = resource.primary_key
                assert found[0][key] in [row[key] for row in rows(own)], where + text_of(own.app)
            await press(pilot, "escape", "escape")
