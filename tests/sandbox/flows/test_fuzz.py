"""Nothing a client can put into a URL, a header or a body ends in a server error."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.sandbox.http.app import create_app
from cotui.sandbox.objects import served_objects
from tests.depth import examples
from tests.sandbox import account
from tests.sandbox.client import BASIC, CREDENTIALS, Client

pytestmark = pytest.mark.deep

SETTINGS = settings(max_examples=examples(300))

names = st.sampled_from([*served_objects(), "_report", "_bulk", "billing_package", "x", "_count", "_action"])
fields = st.sampled_from(
    sorted(
        {name for item in served_objects().values() for name in item.sources}
        | {"invoice_date", "t.token", "a b", ""}
    )
)
operators = st.sampled_from(
    [
        "EQUALS",
        "NOTEQUALS",
        "NEQUALS",
        "GT",
        "LT",
        "GTE",
        "LTE",
        "CONTAINS",
        "IS",
        "ISNOT",
        "contains",
        "LIKE",
        "",
    ]
)
values = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "NULL",
            "null",
            "-1",
            "1e400",
            "nan",
            "inf",
            "0x10",
            "9" * 5000,
            "1." + "0" * 390 + "1",
            "-0.0",
            "٣",
            "²",
        ]
    ),
    st.sampled_from(
        [
            "0000-00-00",
            "9999-12-31",
            "0001-01-01",
            "2026-02-30",
            "9999-12-31T23:59:59-14:00",
            "2026-01-01 25:00",
        ]
    ),
    st.integers().map(str),
    st.floats().map(str),
)
conditions = st.lists(st.tuples(fields, operators, values).map(":".join), max_size=3).map(",".join)
segments = st.one_of(
    names, st.text(max_size=8), st.sampled_from(["1", "token:x", "external_key:%", "..", "%00", "%ff"])
)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A client of an account of its own: some of what is sent here changes records."""
    store = account.build()
    yield Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    store.close()


def escaped(text: str) -> bytes:
    """Any text as bytes of a URL: percent-encoded as little as servers insist on."""
    return b"".join(
        bytes([byte]) if 0x21 <= byte < 0x7F and byte not in b"#?&+" else b"%%%02X" % byte
        for byte in text.encode("utf-8", "surrogatepass")
    )


def check(client: Client, method: str, target: bytes, body: bytes = b"") -> None:
    answer = asyncio.run(client.send(method, target, body=body))
    assert answer.status in (200, 201, 202, 400, 404)
    assert answer.envelope["code"] == answer.status
    assert answer.envelope["status"] == ("OK" if answer.status < 300 else "Error")
    assert isinstance(answer.envelope["message"], str)


def test_queries(client: Client) -> None:
    @SETTINGS
    @given(
        names, conditions, st.lists(st.tuples(fields, st.sampled_from(["ASC", "DESC", "", "x"])), max_size=3)
    )
    def run(name: str, where: str, keys: list[tuple[str, str]]) -> None:
        order = ",".join(f"{field}:{direction}" for field, direction in keys)
        check(
            client, "GET", b"/api/v3/%s?where=%s&order=%s" % (escaped(name), escaped(where), escaped(order))
        )
        check(client, "GET", b"/api/v3/%s/_count?where=%s" % (escaped(name), escaped(where)))

    run()


def test_numbers(client: Client) -> None:
    @SETTINGS
    @given(names, values, values)
    def run(name: str, limit: str, offset: str) -> None:
        check(
            client, "GET", b"/api/v3/%s?limit=%s&offset=%s" % (escaped(name), escaped(limit), escaped(offset))
        )

    run()


def test_paths(client: Client) -> None:
    @SETTINGS
    @given(
        st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"]),
        st.lists(segments, max_size=5),
        st.binary(max_size=30),
        st.one_of(
            st.binary(max_size=40), st.sampled_from([b'""', b"[1]", b"{}", b"[" * 5000, b'["a:b"]', b"null"])
        ),
    )
    def run(method: str, path: list[str], query: bytes, body: bytes) -> None:
        target = b"/api/v3/" + b"/".join(escaped(piece) for piece in path)
        check(client, method, target + b"?" + query.replace(b" ", b""), body)

    run()


def test_raw_bytes_in_paths(client: Client) -> None:
    @SETTINGS
    @given(st.binary(max_size=30))
    def run(raw: bytes) -> None:
        check(client, "GET", b"/api/v3/customer/" + raw.replace(b"?", b""))

    run()


def test_report_bodies(client: Client) -> None:
    listed = conditions.map(lambda text: msgspec.json.encode([text.encode("utf-8", "replace").decode()]))

    @SETTINGS
    @given(st.integers(0, 80), st.one_of(st.binary(max_size=60), listed))
    def run(number: int, body: bytes) -> None:
        check(client, "POST", b"/api/v3/_report/%d?action=reportData&order=x:ASC" % number, body)

    run()


def test_authorization_headers(client: Client) -> None:
    @SETTINGS
    @given(
        st.text(st.characters(max_codepoint=255), max_size=60), st.sampled_from(["", "Basic ", "ChargeOver "])
    )
    def run(text: str, scheme: str) -> None:
        answer = asyncio.run(client.send("GET", "/api/v3/terms", authorization=scheme + text))
        assert answer.status == 401 or scheme + text == BASIC

    run()
