"""Recorded and documented answers: the sandbox serves each of their keys with the same kind of value."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.recordings import FIXTURES

#: only in accounts of 2012 and 2013, or of one kind of account
NOT_SERVED = {
    "customer": {"email", "phone", "bill_email", "ship_email"},
    "invoice": {"bill_email", "ship_email"},
}
RECORDS = [
    ("customer_list__ruby_vcr.json", "customer"),
    ("customer_list_string_ids__docs_rest.json", "customer"),
    ("customer_query_country__docs_rest.json", "customer"),
    ("customer_get__ruby_vcr.json", "customer/1"),
    ("customer_get_full__docs_rest.json", "customer/1"),
    ("user_list__ruby_vcr.json", "user"),
    ("user_list_page__docs_rest.json", "user"),
    ("user_query__docs_api.json", "user"),
    ("user_get__docs_rest.json", "user/1"),
    ("user_get__ruby_vcr.json", "user/1"),
    ("invoice_list_full__docs_rest.json", "invoice"),
    ("invoice_list_ordered__docs_rest.json", "invoice"),
    ("invoice_query_status_ordered__ruby_vcr.json", "invoice"),
    ("invoice_get_before_void__ruby_vcr.json", "invoice/8"),
    ("invoice_get_after_void__ruby_vcr.json", "invoice/4"),
    ("invoice_get_open_with_lines__ruby_vcr.json", "invoice/3"),
    ("invoice_get_taxed_onetime__ruby_vcr.json", "invoice/8"),
    ("item_query__docs_api.json", "item"),
    ("item_query_escaped_colon__docs_rest.json", "item"),
    ("transaction_query__docs_api.json", "transaction"),
]


def kinds(value: Any) -> set[str]:
    """What a value may be read as; unset values say nothing, and old answers write numbers as text."""
    if value is None or value in ("", "null"):
        return {"boolean", "number", "text", "list", "object"}
    if isinstance(value, bool) or value in (0, 1, "0", "1"):
        return {"boolean", "number", "text"}
    if isinstance(value, (int, float)):
        return {"number"}
    if isinstance(value, str):
        return {"number", "text"} if re.fullmatch(r"-?\d+(\.\d+)?", value) else {"text"}
    return {"list"} if isinstance(value, list) else {"object"}


def compare(recorded: dict[str, Any], served: list[dict[str, Any]], ignored: set[str]) -> None:
    for key, value in recorded.items():
        if key in ignored:
            continue
        for row in served:
            assert key in row
            assert kinds(value) & kinds(row[key]), (key, value, row[key])
        if isinstance(value, list) and value and isinstance(value[0], dict):
            inner = [part for row in served for part in row[key]]
            for part in value:
                compare(part, inner, set())


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")
@pytest.mark.parametrize(("name", "url"), RECORDS, ids=[name for name, _ in RECORDS])
async def test_shapes(client: Client, name: str, url: str) -> None:
    recorded = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    subject, _, ref = url.partition("/")
    answer = await client.get(url)

    assert answer.envelope.keys() >= recorded.keys()
    theirs = [recorded["response"]] if ref else recorded["response"]
    ours = [answer.response] if ref else answer.response
    assert theirs
    for record in theirs:
        compare(record, ours, NOT_SERVED.get(subject, set()))


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")
@pytest.mark.parametrize(
    ("name", "url", "authorized"),
    [
        ("customer_get_404__ruby_vcr.json", "customer/9999", True),
        ("error_400__docs_api.json", "customer?limit=x", True),
        ("error_401__docs_api.json", "customer/1", False),
    ],
)
async def test_errors(client: Client, name: str, url: str, authorized: bool) -> None:
    recorded = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    answer = await client.get(url) if authorized else await client.get(url, authorization=None)

    # the sandbox goes on where the service's sentence ends, and says which parameter and why
    assert answer.message.startswith(recorded["message"].rstrip("."))
    assert {**answer.envelope, "details": {}, "message": ""} == {**recorded, "details": {}, "message": ""}
    assert answer.status == recorded["code"]
