"""Answers without measure: read aside, shown as far as there is room, and what is missing is said."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx
import pytest

from cotui.api import Api, Connection, Record
from cotui.api.clean import MAX_TEXT
from cotui.api.shown import MAX_FIELDS
from cotui.api.transport import envelope
from cotui.catalog import RESOURCES
from cotui.query import Query
from cotui.tui.base.cells import cell_len, fit
from cotui.tui.base.format import cell

CUSTOMER = RESOURCES["customer"]
LARGE: dict[str, dict[str, Any]] = {
    "fields": {f"k{number}": 1 for number in range(100_000)},
    "parts": {"zz": [{"a": 1}] * 100_000},
    "parts of all kinds": {"zz": [{f"a{number}": 1} for number in range(20_000)]},
    "list": {"zz": [1] * 200_000},
    "nested": {"zz": {"a": [{"b": [1] * 50_000}] * 3}},
    "text": {"company": "a" * 10_000_000},
    "marks": {"company": "o" + "\u0301" * 4_000_000},
    "NUL": {"company": "\0" * 1_000_000},
    "escapes": {"memo": "\x1b[31m" * 500_000},
    "many texts": {f"k{number}": "請" * 7_000 for number in range(800)},
    "lines": {"memo": "a\n" * 500_000},
    "name": {"n" * 1_000_000: 1},
    "number": {"balance": 10**4000, "customer_id": 10**4000},
}


@pytest.mark.parametrize("raw", LARGE.values(), ids=LARGE)
def test_a_cell_looks_at_no_more_than_a_line(raw: dict[str, Any]) -> None:
    record = Record(raw, "customer_id")
    for field in CUSTOMER.fields:
        text = cell(record, field)
        assert len(text) < 1_000
        assert cell_len(fit(text, 30)) == 30


def test_what_is_shown_of_a_record_is_counted() -> None:
    record = Record(LARGE["fields"], "customer_id")
    assert len(record.shown) == MAX_FIELDS
    assert record.shown.left_out == 100_000 - MAX_FIELDS
    assert record.shown["k99999"] == 1, "a field is found by its name wherever it stands"
    assert record.shown.get("k100000") is None
    shown = Record({"memo": "x" * 50_000}).shown["memo"]
    assert shown == "x" * MAX_TEXT + f"… ({50_000 - MAX_TEXT:,} more characters)"


def body_of(rows: bytes) -> bytes:
    return b'{"code":200,"status":"OK","message":"","details":{},"response":%b}' % rows


def test_a_large_answer_is_read_aside_and_a_small_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread that takes the keys has no part in it; one slice at a time, the other one has the interpreter."""
    readers: list[bool] = []
    real = envelope.decode_json

    def noting(body: bytes) -> Any:
        readers.append(threading.current_thread() is threading.main_thread())
        return real(body)

    monkeypatch.setattr(envelope, "decode_json", noting)
    small = b'[{"customer_id":1}]'
    large = (
        b"[" + b",".join(b'{"customer_id":%d,"company":"Acme"}' % number for number in range(20_000)) + b"]"
    )

    async def run(rows: bytes) -> int:
        transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body_of(rows)))
        api = Api(Connection("x", "http://127.0.0.1:9", "u", "p"), transport=transport)
        try:
            return len((await api.page(CUSTOMER, Query(), 0, 100)).rows)
        finally:
            await api.aclose()

    assert asyncio.run(run(small)) == 1
    assert asyncio.run(run(large)) == 20_000
    assert readers == [True, False]
