"""Signed requests, by the vectors in section 21 of the API notes."""

from __future__ import annotations

import re

import httpx
import pytest

from cotui.api import Call
from cotui.api.transport.signature import authorization, make_nonce, sign
from tests.api.support import PASSWORD, api_with, ok


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        (
            "http://127.0.0.1:8080/api/v3/customer?_dummy=1&where=company%3AEQUALS%3AAcme%5C%2C+Inc",
            b"",
            "5487906746dbdad50c705d0a55d2b7c973a2d8f17e4ec32296aa35395e53c70f",
        ),
        (
            "http://127.0.0.1:8080/api/v3/customer",
            b'{"company":"Test API Company, LLC"}',
            "04f20e28a3e1dd781e7ba30f0624b91340ae7e0c93e052c35a200c2693902c6d",
        ),
    ],
)
def test_vectors(url: str, body: bytes, expected: str) -> None:
    made = sign(
        public_key="pub", private_key="priv", url=url, nonce="abcd1234", timestamp=1_700_000_000, body=body
    )
    assert made == expected


def test_header_has_the_form_other_clients_send() -> None:
    header = authorization(public_key="pub", signature="5f" * 32, nonce="abcd1234", timestamp=1_700_000_000)
    assert header == (
        'ChargeOver co_public_key="pub" co_nonce="abcd1234" co_timestamp="1700000000" '
        f'co_signature_method="HMAC-SHA256" co_version="1.0" co_signature="{"5f" * 32}"'
    )


def test_nonces_differ() -> None:
    nonces = {make_nonce() for _ in range(200)}
    assert len(nonces) == 200
    assert all(re.fullmatch("[a-z0-9]{8}", nonce) for nonce in nonces)


@pytest.mark.parametrize(
    "call",
    [
        Call("GET", "customer/external_key:a%2Fb", (("where", r"company:EQUALS:Ac\,me é"),), reads=True),
        Call("POST", "customer", body='{"company":"Ünï"}'.encode()),
        Call("DELETE", "customer/5"),
    ],
)
async def test_the_request_as_sent_is_what_is_signed(call: Call) -> None:
    seen: list[httpx.Request] = []

    def server(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return ok(True)

    api = api_with(server, auth="signature")
    await api.call(call)
    await api.aclose()
    parts = dict(re.findall(r'(\w+)="([^"]*)"', seen[0].headers["Authorization"]))
    assert parts["co_public_key"] == "pub"
    assert parts["co_timestamp"] == "1700000000"
    path = seen[0].url.raw_path.decode()
    assert parts["co_signature"] == sign(
        public_key="pub",
        private_key=PASSWORD,
        url=f"https://acme.chargeover.com{path}",
        nonce=parts["co_nonce"],
        timestamp=1_700_000_000,
        body=call.body or b"",
    )
