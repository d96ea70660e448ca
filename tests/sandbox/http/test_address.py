"""What existing clients send: every spelling of a URL that the wire facts list for reading."""

from __future__ import annotations

import pytest

from tests.sandbox.client import Client


@pytest.mark.parametrize(
    "target",
    [
        "/api/v3/customer?where=bill_state:EQUALS:CT,external_key:ISNOT:NULL",
        "/api/v3/customer?_dummy=1&where=bill_state%3AEQUALS%3ACT,external_key%3AISNOT%3ANULL",
        "/api/v3/customer?where=bill_state%3AEQUALS%3ACT%2Cexternal_key%3AISNOT%3ANULL",
        "/api/v3//customer?where=bill_state:equals:ct,external_key:isnot:null",
        "/api/v3/customer/?where=bill_state:EQUALS:CT,external_key:ISNOT:NULL&expand=x&fields=y",
        "//api//v3/customer//?where=bill_state:EQUALS:CT,external_key:ISNOT:NULL,",
    ],
)
async def test_spellings_of_one_list(client: Client, target: str) -> None:
    answer = await client.send("GET", target)

    assert answer.status == 200
    assert [row["customer_id"] for row in answer.response] == [1, 5, 7, 11, 13]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        # = Acme\, Inc\: EU 8
        ("company%3AEQUALS%3AAcme%5C%2C+Inc%5C%3A+EU+8", [8]),
        # a bare colon belongs to the value
        ("company:EQUALS:Acme%5C%2C%20Inc:%20EU%208", [8]),
        ("company:CONTAINS:%22", []),
        ("company:CONTAINS:back%5C%5Cslash", [1, 9]),
        ("company:CONTAINS:100%25_sure", [3, 11]),
        ("company:CONTAINS:%C3%A9cole", [2, 10]),
        ("company:EQUALS:%C3%9CN%C3%8DCODE", []),
        ("company:CONTAINS:\u65e5\u672c\u8a9e", [6, 14]),
        ("company:CONTAINS:%CF%83%CE%AF%CF%83%CF%85%CF%86%CE%BF%CF%83", [7]),
        ("customer_id:NEQUALS:1,customer_id:LT:4", [2, 3]),
    ],
)
async def test_values_on_the_wire(client: Client, where: str, found: list[int]) -> None:
    answer = await client.send("GET", f"/api/v3/customer?limit=100&where={where}".encode())

    assert answer.status == 200
    assert [row["customer_id"] for row in answer.response] == found


async def test_unescaped_datetimes(client: Client) -> None:
    late = await client.get("customer?where=mod_datetime:GTE:2025-01-14+04:30:00&limit=100")
    escaped = await client.get("customer?where=mod_datetime:GTE:2025-01-14+04%5C%3A30%5C%3A00&limit=100")
    with_offset = await client.get("customer?where=mod_datetime:GTE:2025-01-14T09:30:00Z&limit=100")

    assert [row["customer_id"] for row in late.response] == [12, 13, 14]
    assert late.response == escaped.response == with_offset.response


@pytest.mark.parametrize(
    "ref",
    [
        "1",
        "token:cus000000001",
        "token%3Acus000000001",
        "external_key:a%2Fb%20c:d,%C3%A9",
        "external_key%3Aa%2Fb%20c%3Ad%2C%C3%A9",
    ],
)
async def test_addresses_of_one_record(client: Client, ref: str) -> None:
    answer = await client.get(f"customer/{ref}")

    assert answer.status == 200
    assert answer.response["customer_id"] == 1


async def test_the_old_name_of_packages(client: Client) -> None:
    assert (await client.get("billing_package/3")).response == (await client.get("package/3")).response
    assert len(await client.rows("billing_package")) == 10


async def test_expand(client: Client) -> None:
    plain = (await client.rows("package", limit=2))[1]
    expanded = (await client.rows("package", limit=2, expand="line_items"))[1]

    assert "line_items" not in plain
    assert expanded == (await client.get("package/2")).response
    assert expanded["line_items"][0]["tierset"]["pricemodel"] == "fla"


async def test_related_records(client: Client) -> None:
    async def ids(subject: str, where: str) -> list[int]:
        rows = await client.rows(subject, where=where, limit=100)
        return [row[f"{subject}_id"] for row in rows]

    assert await ids("user", "customers.customer_id:EQUALS:1") == [1, 2]
    assert await ids("user", "customers.customer_id:IS:NULL") == []
    assert await ids("invoice", "transaction.transaction_id:EQUALS:2") == [2]
    assert await ids("invoice", "quote.quote_id:EQUALS:7") == [10, 20, 30, 40, 50, 60, 70]
    assert await ids("invoice", "package_token:EQUALS:pkg000000003") == [11, 13, 15]
    assert await ids("invoice", "package_token:IS:NULL,customer_id:EQUALS:1") == [2, 4]
    assert await ids("invoice", "line_items.item_id:EQUALS:2,customer_id:EQUALS:1") == [1, 3, 5]
    assert await ids("invoice", "line_items.custom_1:EQUALS:Line 3,customer_id:LTE:2") == [3, 8]
    assert await ids(
        "invoice", "line_items.item.categories.item_category_id:EQUALS:1,customer_id:EQUALS:2"
    ) == [7, 9]
    assert await ids("transaction", "applied_to.invoice_id:EQUALS:3") == [3]
    assert await ids("transaction", "applied_to.package_id:EQUALS:1") == [3]
    assert await ids("transaction", "applied_to.package_external_key:EQUALS:sub-3") == [13]
    assert await ids("transaction", "amount:GTE:1.049,customer_id:EQUALS:2") == [7]
    assert await ids("package", "line_items.item_id:EQUALS:2,package_id:LTE:4") == [1, 3]
    assert await ids("package", "customer.users.email:CONTAINS:jane2@") == [1, 2]
    assert await ids("package", "customer.superuser_email:EQUALS:jane2@example.com") == [2]
    assert await ids("customer", "superuser_email:EQUALS:JANE2@example.com") == [2]
    assert await ids("customer", "superuser_email:IS:NULL") == [5, 6, 10, 12]


@pytest.mark.parametrize("accept", ["text/html, image/gif, image/jpeg, */*; q=0.2", "application/json", ""])
async def test_answers_are_json_whatever_is_accepted(client: Client, accept: str) -> None:
    answer = await client.get("customer/1", headers={"accept": accept, "content-type": "application/json"})

    assert answer.headers["content-type"] == "application/json"
