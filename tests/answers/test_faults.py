"""The line on which reads go wrong does to them what it says, and nothing to others."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.answers import scenario
from tests.answers.faults import KINDS, Faulty
from tests.sandbox.client import CREDENTIALS, PASSWORD, USER

ROWS = "/api/v3/invoice?limit=20&offset=20"
COUNT = "/api/v3/invoice/_count"
ONE = "/api/v3/customer/1"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = scenario.account(4, 16)
    yield made
    made.close()


@asynccontextmanager
async def line(store: Store, **faults: Any) -> AsyncIterator[tuple[Faulty, httpx.AsyncClient]]:
    faulty = Faulty(httpx.ASGITransport(app=create_app(store, credentials=CREDENTIALS)), **faults)
    async with httpx.AsyncClient(
        transport=faulty, base_url="http://localhost", auth=(USER, PASSWORD)
    ) as client:
        yield faulty, client


async def batch(client: httpx.AsyncClient, *uris: str) -> list[Any]:
    items = [{"request_method": "GET", "uri": uri, "payload": None} for uri in uris]
    answer = await client.post("/api/v3/_bulk", json=items)
    assert answer.status_code == 200
    return list(answer.json()["response"]["_bulk"])


async def single(client: httpx.AsyncClient, *uris: str) -> list[Any]:
    answers = [await client.get(uri) for uri in uris]
    return [answer.json() if answer.content else None for answer in answers]


@pytest.mark.parametrize("read", [batch, single])
async def test_nothing_happens_where_nothing_is_to(store: Store, read: Any) -> None:
    async with line(store) as (faulty, client):
        rows, count, one = await read(client, ROWS, COUNT, ONE)
    assert len(rows["response"]) == 20
    assert count["response"] > 40
    assert one["response"]["customer_id"] == 1
    assert faulty.injected == []
    assert faulty.seen == [ROWS, COUNT, ONE]
    assert faulty.requests == (1 if read is batch else 3)


@pytest.mark.parametrize("read", [batch, single])
@pytest.mark.parametrize("kind", KINDS)
async def test_what_happens_to_a_read(store: Store, read: Any, kind: str) -> None:
    async with line(store) as (_, client):
        (good,) = await read(client, ROWS)
    async with line(store, share=1.0, kinds=(kind,)) as (faulty, client):
        rows, one = await read(client, ROWS, ONE)
    assert faulty.injected == [(kind, ROWS)]
    assert one["response"]["customer_id"] == 1
    match kind:
        case "dropped":
            assert rows is None
        case "refused":
            assert (rows["code"], rows["response"]) == (403, False)
        case "garbled":
            assert (rows["code"], rows["response"]) == (200, "busy")
        case "cut":
            assert 0 < len(rows["response"]) < 20
            assert rows["response"] == good["response"][: len(rows["response"])]
        case "shifted":
            assert rows["response"][:-1] == good["response"][1:]


async def test_counts_are_not_cut_and_first_pages_not_shifted(store: Store) -> None:
    async with line(store, share=1.0, kinds=("cut", "shifted")) as (faulty, client):
        (count,) = await batch(client, COUNT)
        (first,) = await single(client, "/api/v3/transaction?limit=1")
    assert faulty.injected == []
    assert count["response"] > 0
    assert len(first["response"]) == 1


async def test_the_same_read_goes_wrong_again(store: Store) -> None:
    uris = [f"/api/v3/invoice?limit=5&offset={offset}" for offset in range(1, 40)]
    async with line(store, seed=7, share=0.5) as (faulty, client):
        first = await batch(client, *uris[:25])
        assert await batch(client, *uris[:25]) == first
    half = len(faulty.injected) // 2
    assert faulty.injected[:half] == faulty.injected[half:]
    assert {kind for kind, _ in faulty.injected} == set(KINDS)
