"""Notes, usage, REST hooks, coupons, exchange rates, the log, ChargeOver.js, settings and aggregates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cotui.catalog import RESOURCES, Resource
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.objects import served, served_objects
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.samples import sample
from tests.sandbox.served_types import OLD, check_types


@pytest.fixture(scope="module")
def demo() -> Iterator[Client]:
    """A client of a demo account; tests do not change it."""
    store = Store()
    populate(store, 60, 1, account.TODAY)
    yield Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    store.close()


@pytest.mark.long
@pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))
async def test_every_catalogued_field_is_served(demo: Client, resource: Resource) -> None:
    if resource.id == "report":
        pytest.skip("reports have tests of their own")
    names = {item.name for item in resource.fields if item.listed and "." not in item.name} - OLD
    rows = await demo.rows(resource.path, limit=100)
    if not rows:  # the demo has none of it
        rows = [
            (await demo.get(f"{resource.path}/{await demo.made(resource.path, sample(resource))}")).response
        ]
    assert rows
    for row in rows:
        assert names <= row.keys()
        check_types(resource.fields, row)
    key = rows[0][resource.primary_key]
    assert (await demo.get(f"{resource.path}/{key}")).response.items() >= rows[0].items()
    assert (await demo.get(f"{resource.path}/_count")).response >= len(rows)
    for item in resource.orderable:
        if item.name in served(resource.path).orderable:
            assert await demo.rows(resource.path, order=f"{item.name}:DESC", limit=2)


def test_every_object_is_in_the_catalogue() -> None:
    assert {resource.path for resource in RESOURCES.values()} - {"_report"} == set(served_objects())


async def test_recurring_revenue_of_the_demo_is_what_its_lines_cost(demo: Client) -> None:
    """The generator adds up by itself; any change of a subscription adds up again, to the same amount."""
    for customer_id in range(1, 61):
        before = (await demo.get(f"customer/{customer_id}")).response["mrr"]
        packages = await demo.rows("package", where=f"customer_id:EQUALS:{customer_id}")
        assert sum(row["mrr"] for row in packages) == pytest.approx(before), customer_id
        for row in packages:
            number = row["package_id"]
            assert (
                await demo.post(f"package/{number}?action=paycycle", {"paycycle": row["paycycle"]})
            ).status == 200
            again = (await demo.get(f"package/{number}")).response
            assert (again["mrr"], again["arr"]) == (row["mrr"], row["arr"]), number
        assert (await demo.get(f"customer/{customer_id}")).response["mrr"] == before, customer_id
