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
    ("body", "why"),
    [
        (b"{", "body (it is not JSON: it ends too early, 1 bytes long)"),
        (b"nonsense", "body (it is not JSON: invalid character at byte 5, line 1 column 5)"),
        (b"company=Acme&x=1", "body (it is not JSON: invalid character at byte 1, line 1 column 1)"),
        (b'{\n  "company" "x"\n}', "body (it is not JSON: expected ':' at byte 15, line 2 column 13)"),
        (b'"text"', 'body (neither an object nor a list: "text")'),
        (b"1", "body (neither an object nor a list: 1)"),
        (b"true", "body (neither an object nor a list: true)"),
        (b"[1, 2]", "body (it is a list where an object belongs)"),
        (b'["a"]', "body (it is a list where an object belongs)"),
        (b'{"company": "\xff"}', "body (it is not JSON: Invalid UTF-8 encoded string)"),
        (b'{"company": "\\ud800"}', "body (it is not JSON: it holds half of a character, 21 bytes long)"),
        (b'{"company": "a\\u0000b"}', 'company (not a text: "a\0b")'),
        (b'{"company": NaN}', "body (it is not JSON: NaN is no number in JSON at byte 13, line 1 column 13)"),
        (
            b'{"a": -Infinity}',
            "body (it is not JSON: Infinity is no number in JSON at byte 8, line 1 column 8)",
        ),
        (b'{"company": {"a": 1}}', "company (not a text: an object)"),
        (b'{"company": ["a"]}', "company (not a text: a list)"),
        (
            b'{"company": "x"} trailing',
            "body (it is not JSON: trailing characters at byte 19, line 1 column 19)",
        ),
        (b"[" * 100_000, "body (its values are nested too deeply)"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "body (its values are nested too deeply)"),
        (b'{"company": "' + b"x" * (5 * 1024 * 1024) + b'"}', "body (it is longer than 4,194,304 bytes)"),
        (b'{"company": "x", "no_taxes": "perhaps"}', "no_taxes (neither true nor false: 'perhaps')"),
        (b'{"company": "x", "terms_id": 99}', "terms_id (no such record: 99)"),
        (b'{"company": "x", "terms_id": "net"}', 'terms_id (not a whole number: "net")'),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else "",
)
async def test_bodies_that_make_no_sense(live: Client, live_store: Store, body: bytes, why: str) -> None:
    before = state(live_store)
    for method, url in (("POST", "customer"), ("PUT", "customer/1")):
        answer = await live.send(method, f"/api/v3/{url}", body=body)

        assert answer.status == 400
        assert answer.message == f"Missing or invalid parameter: {why}"
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
