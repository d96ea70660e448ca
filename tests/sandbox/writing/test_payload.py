"""Bodies of writes."""

from __future__ import annotations

import hashlib

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client

NO_DATA = "A required parameter was missing: No data."


def state(store: Store) -> str:
    """A hash of everything in the database."""
    with store.read() as reader:
        return hashlib.sha256("\n".join(reader.connection.iterdump()).encode()).hexdigest()


@pytest.mark.parametrize("body", [b"", b"{}", b'""', b"[]", b"null", b" "])
@pytest.mark.parametrize(("method", "url"), [("POST", "customer"), ("PUT", "customer/1"), ("POST", "/user")])
async def test_a_write_without_data(
    live: Client, live_store: Store, method: str, url: str, body: bytes
) -> None:
    before = state(live_store)
    answer = await live.send(method, f"/api/v3/{url}", body=body)

    assert (answer.status, answer.message, answer.response) == (400, NO_DATA, False)
    assert state(live_store) == before


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nonsense",
        b"company=Acme&x=1",
        b'"text"',
        b"1",
        b"true",
        b"[1, 2]",
        b'["a"]',
        b'{"company": "\xff"}',
        b'{"company": "\\ud800"}',
        b'{"company": "a\\u0000b"}',
        b'{"company": NaN}',
        b'{"company": {"a": 1}}',
        b'{"company": ["a"]}',
        b'{"company": "x"} trailing',
        b"[" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"company": "' + b"x" * (5 * 1024 * 1024) + b'"}',
    ],
    ids=lambda body: body[:24].decode("latin-1"),
)
async def test_bodies_that_make_no_sense(live: Client, live_store: Store, body: bytes) -> None:
    before = state(live_store)
    for method, url in (("POST", "customer"), ("PUT", "customer/1")):
        answer = await live.send(method, f"/api/v3/{url}", body=body)

        assert answer.status == 400
        assert answer.message == "Missing or invalid parameter."
        assert answer.response is False
    assert state(live_store) == before


async def test_text_survives_in_every_encoding_of_json(live: Client) -> None:
    escaped = b'{"company": "\\u00c9cole \\/ \\ud83d\\ude00", "company": "Last \\u00c9cole \\ud83d\\ude00"}'
    raw = '{"company": "Last École 😀"}'.encode()

    for body in (escaped, raw):
        answer = await live.send("POST", "/api/v3/customer", body=body)
        assert answer.status == 201
        shown = await live.get(f"customer/{answer.response['id']}")
        assert shown.response["company"] == "Last École 😀"
