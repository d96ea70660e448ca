"""Credentials: which there are, and what those may do that may only read."""

from __future__ import annotations

import json

import pytest

from cotui.sandbox.http.access import Credential, read_credential, read_credentials
from tests.sandbox.client import Client


@pytest.mark.parametrize(
    ("text", "credential"),
    [
        ("a:b", Credential("a", "b")),
        ("a:b:read-only", Credential("a", "b", read_only=True)),
        ("a:b:c", Credential("a", "b:c")),
        ("é:ü ", Credential("é", "ü ")),
    ],
)
def test_credentials(text: str, credential: Credential) -> None:
    assert read_credential(text) == credential


@pytest.mark.parametrize("text", ["", "a", "a:", ":b", ":", "a::read-only", "secret"])
def test_credentials_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="USER:PASSWORD") as error:
        read_credential(text)
    assert "secret" not in str(error.value)


def test_files_of_credentials() -> None:
    assert read_credentials(["# mine", "", " a:b ", "c:d:read-only\n"]) == [
        Credential("a", "b"),
        Credential("c", "d", read_only=True),
    ]
    with pytest.raises(ValueError, match=r"^line 2: "):
        read_credentials(["a:b", "nothing"])


READER = "Basic cmVhZGVyOnNlY3JldA=="


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v3/customer/1", 200),
        ("GET", "/_sandbox/requests", 200),
        ("POST", "/api/v3/_report/4?action=reportData", 200),
        ("POST", "/api/v3/customer", 401),
        ("PUT", "/api/v3/customer/1", 401),
        ("DELETE", "/api/v3/customer/1", 401),
        ("POST", "/api/v3/customer/1?action=setInactive", 401),
        ("POST", "/api/v3/user/1/_action/getLoginURL", 401),
        ("POST", "/_sandbox/reset", 401),
        ("DELETE", "/_sandbox/requests", 401),
    ],
)
async def test_a_key_that_may_only_read(own: Client, method: str, path: str, status: int) -> None:
    answer = await own.send(method, path, authorization=READER)

    assert answer.status == status
    if status == 401:
        assert answer.message == "Invalid or incorrect authorization [This key may only read.]"


async def test_a_key_that_may_only_read_reads_in_batches(own: Client) -> None:
    items = [
        {"request_method": "GET", "uri": "/api/v3/customer/1"},
        {"request_method": "PUT", "uri": "/api/v3/customer/1", "payload": {"company": "Changed"}},
    ]
    answer = await own.send("POST", "/api/v3/_bulk", body=json.dumps(items).encode(), authorization=READER)

    assert [item["code"] for item in answer.response["_bulk"]] == [200, 401]
    assert (await own.get("customer/1")).response["company"] != "Changed"
