"""How a record is named in a URL."""

from __future__ import annotations

import pytest

from tests.sandbox.client import Client

ACTION = {"customer": "setActive", "user": "password", "invoice": "void"}


@pytest.mark.parametrize(
    "target",
    [
        "/api/v3/customer/1",
        "/api/v3//customer/1/",
        "/api/v3/customer/1?_dummy=1&_flag_emails=0&_flag_webhooks=1&_flag_quickbooks=0&_flag_events=1",
        "/api/v3/customer/external_key:a%2Fb%20c:d,%C3%A9",
        "/api/v3/customer/external_key%3AA%2Fb%20c%3Ad%2C%C3%A9?expand=x",
        "/api/v3/customer/token:cus000000001",
    ],
)
async def test_every_address_of_a_record_can_be_updated(live: Client, target: str) -> None:
    answer = await live.send("PUT", target, body=b'{"company": "Found"}')

    assert answer.status == 202
    assert answer.response == {"id": 1}
    assert (await live.get("customer/1")).response["company"] == "Found"


@pytest.mark.parametrize("ref", ["15", "external_key:mine", "token:{token}"])
async def test_every_address_of_a_record_can_be_deleted(live: Client, ref: str) -> None:
    number = await live.made("user", {"name": "Jane Doe", "external_key": "mine"})
    token = (await live.get(f"user/{number}")).response["token"]

    assert (await live.delete(f"user/{ref.format(token=token)}")).response is True
    assert (await live.get(f"user/{number}")).status == 404


@pytest.mark.parametrize("subject", ["customer", "user", "invoice"])
@pytest.mark.parametrize(
    "ref", ["99999", "0", "-1", "x", "1.0", "9" * 30, "token:none", "external_key:", "token:a%00b"]
)
async def test_records_that_do_not_exist(live: Client, subject: str, ref: str) -> None:
    for answer in (
        await live.put(f"{subject}/{ref}", {"memo": "x"}),
        await live.delete(f"{subject}/{ref}"),
        await live.post(f"{subject}/{ref}/_action/{ACTION[subject]}"),
    ):
        assert answer.status == 404
        assert answer.message == f"This {subject} does not exist."
        assert answer.response is None
