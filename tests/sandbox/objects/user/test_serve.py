"""Users as they are served, and found by their customers."""

from __future__ import annotations

from tests.sandbox.client import Client


async def test_a_user(client: Client) -> None:
    row = (await client.get("user/2")).response

    assert (row["name"], row["display_as"]) == ("Jane Doe", "Jane Doe")
    assert (row["user_type_id"], row["user_type_name"]) == (1, "Billing")
    assert row["url_self"] == "http://127.0.0.1:8080/admin/r/user/view/2"
    assert row["write_datetime"] == "2025-01-04T03:30:00-05:00"
    assert "password" not in row


async def test_a_single_one_tells_all_its_customers_and_a_list_does_not(client: Client) -> None:
    row = (await client.get("user/2")).response
    assert [entry["customer_id"] for entry in row["customers"]] == ["1", "2"]
    assert row["customers"][0]["company"] == "back\\slash 1"
    (listed,) = await client.rows("user", where="user_id:EQUALS:2")
    assert "customers" not in listed
    assert listed["customer_id"] == 2


async def test_users_are_found_by_every_customer_they_belong_to(client: Client) -> None:
    rows = await client.rows("user", where="customers.customer_id:EQUALS:1")
    assert [row["user_id"] for row in rows] == [1, 2]


async def test_what_is_not_a_filter_is_refused(client: Client) -> None:
    answer = await client.get("user?where=mod_datetime:GT:2020-01-01")
    assert answer.status == 400
