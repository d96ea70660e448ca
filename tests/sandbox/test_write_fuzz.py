"""Nothing that a client can put into a body ends in a server error, and what fails changes nothing."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.catalog.invoice_lines import LINE_ITEMS
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.sandbox.actions import ACTIONS
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.depth import examples
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client

pytestmark = pytest.mark.deep

SETTINGS = settings(max_examples=examples(120))

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 20),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "0",
            "1",
            "1.0",
            "-1",
            "1e400",
            "nan",
            "9" * 400,
            "0x1",
            "٣",
            "a\x00b",
            "\ufffe",
            "2026-01-01",
            "2026-02-30",
            "9999-12-31",
            "0001-01-01",
            "2026-12-21 22:37:12",
            "crd",
            "email",
            "Key-2",
            "sku1",
            "cus000000001",
            "user1",
            "jane@example.com\r\nBcc: x@example.com",
            "true",
            "a,b,,c",
        ]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def keys_of(*fields: str) -> list[str]:
    """Names of fields, and what references to them could be called."""
    found = set(fields)
    for name in fields:
        if name.endswith("_id"):
            found |= {f"{name.removesuffix('_id')}_{form}" for form in ("external_key", "token", "jsonpath")}
    return sorted(found)


line_keys = keys_of(*(item.name for item in LINE_ITEMS))
lines = st.lists(
    st.dictionaries(st.sampled_from(line_keys), scalars, max_size=5)
    | st.fixed_dictionaries({"item_id": st.integers(1, 2)}, optional={"line_rate": scalars}),
    max_size=3,
)
SUBJECTS = {
    "customer": (CUSTOMER, {"company": st.just("A")}),
    "user": (USER, {}),
    "invoice": (INVOICE, {"customer_id": st.integers(1, 14), "line_items": lines}),
}


def payloads(subject: str) -> st.SearchStrategy[dict[str, Any]]:
    resource, needed = SUBJECTS[subject]
    extra = ("invoice_date", "user_id", "message_id", "paymethod", "creditcard_id", "_comment", "x")
    names = keys_of(*(item.name for item in resource.fields), *extra)
    odd = st.dictionaries(st.sampled_from(names), st.one_of(scalars, lines, values), max_size=6)
    return st.one_of(odd, st.tuples(st.fixed_dictionaries(needed), odd).map(lambda both: both[0] | both[1]))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Four customers, so that the whole of it can be compared quickly."""
    store = account.build(customers=4)
    yield store
    store.close()


@pytest.fixture(scope="module")
def writer(store: Store) -> Client:
    return Client(create_app(store, credentials=CREDENTIALS, clock=account.now))


def state(store: Store) -> str:
    with store.read() as reader:
        return hashlib.sha256("\n".join(reader.connection.iterdump()).encode("utf-8", "replace")).hexdigest()


def check(writer: Client, store: Store, method: str, target: str, body: bytes) -> None:
    before = state(store)
    answer = asyncio.run(writer.send(method, target, body=body))

    assert answer.status in (200, 201, 202, 400, 404)
    assert answer.envelope["code"] == answer.status
    assert answer.envelope["status"] == ("OK" if answer.status < 300 else "Error")
    assert isinstance(answer.message, str)
    assert ("location" in answer.headers) == (answer.status in (201, 202))
    if answer.status >= 400:
        assert answer.message
        assert answer.response is (None if answer.status == 404 else False)
        assert state(store) == before
    else:
        assert answer.message == ""


@pytest.mark.parametrize("subject", SUBJECTS)
def test_fields_of_all_kinds(writer: Client, store: Store, subject: str) -> None:
    @SETTINGS
    @given(payloads(subject), st.sampled_from(["POST", "PUT"]), st.integers(1, 6))
    def run(payload: dict[str, Any], method: str, number: int) -> None:
        url = f"/api/v3/{subject}" if method == "POST" else f"/api/v3/{subject}/{number}"
        check(writer, store, method, url, json.dumps(payload).encode())

    run()
    _still_serves(writer)


def test_actions(writer: Client, store: Store) -> None:
    names = st.sampled_from([*ACTIONS["customer"], "setSuperUser", "", "é", "a/b"])

    @SETTINGS
    @given(payloads("customer") | values, names, st.integers(0, 6))
    def run(payload: Any, name: str, number: int) -> None:
        check(
            writer,
            store,
            "POST",
            f"/api/v3/customer/{number}?action={name}&_flag_emails={number % 2}",
            json.dumps(payload).encode(),
        )

    run()
    _still_serves(writer)


@pytest.mark.long
def test_bytes(writer: Client, store: Store) -> None:
    json_like = st.lists(
        st.sampled_from(
            [
                b"{",
                b"}",
                b"[",
                b"]",
                b'"',
                b":",
                b",",
                b"company",
                b"null",
                b"1e999",
                b"\\u",
                b"\xff",
                b"\x00",
            ]
        ),
        max_size=12,
    ).map(b"".join)

    @SETTINGS
    @given(
        st.one_of(st.binary(max_size=40), json_like),
        st.sampled_from(["POST", "PUT", "DELETE", "PATCH"]),
        st.sampled_from(["customer", "user/2", "invoice/external_key:x", "customer/1?action=setPayMethod"]),
    )
    def run(body: bytes, method: str, url: str) -> None:
        check(writer, store, method, f"/api/v3/{url}", body)

    run()


def _still_serves(writer: Client) -> None:
    """Whatever was stored is text, numbers and dates that can be listed, ordered and counted."""
    for subject, (resource, _) in SUBJECTS.items():
        listed = asyncio.run(writer.get(f"{subject}?limit=100&order={resource.primary_key}:DESC"))
        assert listed.status == 200
        for row in listed.response[:20]:
            one = asyncio.run(writer.get(f"{subject}/{row[resource.primary_key]}"))
            assert one.status == 200
