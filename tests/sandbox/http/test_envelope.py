"""Envelopes and status codes of success and of every kind of failure."""

from __future__ import annotations

import pytest

from cotui.sandbox.http.app import MAX_BODY
from tests.sandbox.client import Client


async def test_success(client: Client) -> None:
    answer = await client.get("customer?limit=0")

    assert answer.body == b'{"code":200,"status":"OK","message":"","details":{},"response":[]}'


@pytest.mark.parametrize(
    ("url", "status", "message"),
    [
        ("customer/999999", 404, "This customer does not exist."),
        ("customer/0", 404, "This customer does not exist."),
        ("customer/99999999999999999999999", 404, "This customer does not exist."),
        ("user/12x", 404, "This user does not exist."),
        ("invoice/token:nope", 404, "This invoice does not exist."),
        ("invoice/external_key:", 404, "This invoice does not exist."),
        ("terms/token:x", 404, "This terms does not exist."),
        ("customer/external_key:%00", 404, "This customer does not exist."),
        ("billing_package/999", 404, "This package does not exist."),
        ("customers", 400, "The object type requested is not supported: list(customers, )"),
        ("customers/5", 400, "The object type requested is not supported: get(customers, 5)"),
        ("", 400, "The object type requested is not supported: list(, )"),
        ("Customer", 400, "The object type requested is not supported: list(Customer, )"),
        ("customer/5/_count", 400, "The command requested is not supported: get(customer, 5)"),
        ("customer/5/invoices", 400, "The command requested is not supported: get(customer, 5)"),
        ("customer/5/_action/frob", 400, "The command requested is not supported: frob(customer, 5)"),
        ("customer?action=frob", 400, "The command requested is not supported: frob(customer, )"),
        ("customer?where=balance:GT:5", 400, "You cannot filter by: balance."),
        ("user?where=mod_datetime:GT:2020-01-01", 400, "You cannot filter by: mod_datetime."),
        ("terms?where=days:EQUALS:3", 400, "You cannot filter by: days."),
        (
            "customer?where=company",
            400,
            "Malformed WHERE clause: “” is not an operator of ChargeOver (character 8)",
        ),
        (
            "customer?where=company:FOO:x",
            400,
            "Malformed WHERE clause: “FOO” is not an operator of ChargeOver (character 9)",
        ),
        ("customer?where=:EQUALS:x", 400, "Malformed WHERE clause: “” is not a field name (character 1)"),
        (
            "customer?where=company:EQUALS",
            400,
            "Malformed WHERE clause: A colon and a value have to follow EQUALS (character 15)",
        ),
        (
            "customer?where=customer_id:EQUALS:abc",
            400,
            "Malformed WHERE clause: customer_id (not a number: 'abc')",
        ),
        ("customer?where=customer_id:EQUALS:", 400, "Malformed WHERE clause: customer_id (not a number: '')"),
        (
            "customer?where=customer_id:EQUALS:NaN",
            400,
            "Malformed WHERE clause: customer_id (not a number: 'NaN')",
        ),
        (
            "customer?where=mod_datetime:GT:2026-13-45",
            400,
            'Malformed WHERE clause: mod_datetime (month must be in 1..12: "2026-13-45")',
        ),
        (
            "invoice?where=date:EQUALS:yesterday",
            400,
            "Malformed WHERE clause: date (not a date: 'yesterday')",
        ),
        ("customer?where=company:CONTAINS:%00", 400, "Malformed WHERE clause: it holds a NUL character"),
        ("customer?order=url_self:ASC", 400, "You cannot order by: url_self."),
        (
            "customer?order=company:UP",
            400,
            "Malformed ORDER clause: The direction is ASC or DESC, not “UP” (character 9)",
        ),
        ("customer?order=:ASC", 400, "Malformed ORDER clause: “” is not a field name (character 1)"),
        ("customer?limit=abc", 400, 'Missing or invalid parameter: limit (not a whole number from 0: "abc")'),
        ("customer?limit=-1", 400, 'Missing or invalid parameter: limit (not a whole number from 0: "-1")'),
        (
            "customer?offset=1.5",
            400,
            'Missing or invalid parameter: offset (not a whole number from 0: "1.5")',
        ),
    ],
)
async def test_failures(client: Client, url: str, status: int, message: str) -> None:
    answer = await client.get(url)

    assert answer.status == status
    assert answer.envelope == {
        "code": status,
        "status": "Error",
        "message": message,
        "details": {},
        "response": None if status == 404 else False,
    }


@pytest.mark.parametrize(
    ("method", "path", "message"),
    [
        ("POST", "/api/v3/terms", "create(terms, )"),
        ("PUT", "/api/v3/country/1", "modify(country, 1)"),
        ("DELETE", "/api/v3//class/1", "delete(class, 1)"),
        ("POST", "/api/v3/transaction/1009/?action=frob", "frob(transaction, 1009)"),
        ("OPTIONS", "/api/v3/customer", "options(customer, )"),
        ("BREW", "/api/v3/customer", "brew(customer, )"),
    ],
)
async def test_verbs_that_are_not_served(client: Client, method: str, path: str, message: str) -> None:
    answer = await client.send(method, path, body=b'""')

    assert answer.status == 400
    assert answer.message == f"The command requested is not supported: {message}"


@pytest.mark.parametrize("path", ["/", "/api/v2/customer", "/index.html", "/api"])
async def test_pages_outside_the_api(client: Client, path: str) -> None:
    answer = await client.send("GET", path)

    assert answer.status == 404
    assert answer.response is None


async def test_head_is_answered_like_get(client: Client) -> None:
    assert (await client.send("HEAD", "/api/v3/customer/1")).status == 200


async def test_bodies_that_are_too_long(client: Client) -> None:
    answer = await client.send("POST", "/api/v3/customer", body=b" " * (MAX_BODY + 1))

    assert answer.status == 400
