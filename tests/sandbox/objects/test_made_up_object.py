"""An object is one folder: a made-up one is added without a change to any file, and has everything that others have."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotui.sandbox import objects
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client

FOLDER = '''
"""Parcels: a list with a table of its own, written and acted on."""

from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.objects.endpoint import Action, Endpoint, on_record
from cotui.sandbox.objects.plain_list import ID, TEXT, plain_list
from cotui.sandbox.writing.payload import Payload, object_of


def create(context: WriteContext, payload: Payload) -> int:
    return context.insert("parcels", {"contents": object_of(payload)["contents"]})


def send(context: WriteContext, number: int, _: Payload) -> bool:
    context.update("parcels", "parcel_id", number, {"state": "sent"})
    return True


def weigh(context: WriteContext, _: int | None, payload: Payload) -> int:
    return len(object_of(payload)["contents"])


ENDPOINTS = (
    Endpoint(
        "parcel",
        plain_list(
            "parcel",
            "parcels",
            {"parcel_id": ID, "contents": TEXT, "state": TEXT},
            filterable=("state",),
            new_table="CREATE TABLE IF NOT EXISTS parcels"
            " (parcel_id INTEGER PRIMARY KEY, contents TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'packed')",
        ),
        create=create,
        actions={"send": on_record(send), "weigh": Action(weigh, reads=True)},
        older_names=("package_sent",),
    ),
)
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the object, as if it stood beside the others."""
    made = tmp_path / "parcel"
    made.mkdir()
    (made / "__init__.py").write_text(FOLDER, encoding="utf-8")
    monkeypatch.setattr(objects, "__path__", [*objects.__path__, str(tmp_path)])
    objects.endpoints.cache_clear()
    yield made
    objects.endpoints.cache_clear()
    sys.modules.pop("cotui.sandbox.objects.parcel", None)
    vars(objects).pop("parcel", None)


@pytest.fixture
def client(folder: Path, live_store: Store) -> Client:
    return Client(create_app(live_store, credentials=CREDENTIALS, clock=account.now))


async def test_it_is_created_listed_counted_and_fetched(client: Client) -> None:
    first = await client.made("parcel", {"contents": "a lamp"})
    await client.made("parcel", {"contents": "books"})

    assert [row["contents"] for row in await client.rows("parcel", order="contents:DESC")] == [
        "books",
        "a lamp",
    ]
    assert (await client.get("parcel/_count")).response == 2
    assert (await client.get(f"parcel/{first}")).response == {
        "parcel_id": first,
        "contents": "a lamp",
        "state": "packed",
    }
    assert (await client.get(f"package_sent/{first}")).status == 200
    assert (await client.get("parcel/99")).status == 404


async def test_it_is_acted_on(client: Client) -> None:
    number = await client.made("parcel", {"contents": "a lamp"})

    assert (await client.post(f"parcel/{number}/_action/send", {})).response is True
    assert [row["parcel_id"] for row in await client.rows("parcel", where="state:EQUALS:sent")] == [number]
    assert (await client.post("parcel?action=weigh", {"contents": "books"})).response == 5


async def test_it_can_do_nothing_else(client: Client) -> None:
    number = await client.made("parcel", {"contents": "a lamp"})

    assert (await client.put(f"parcel/{number}", {"contents": "books"})).status == 400
    assert (await client.delete(f"parcel/{number}")).status == 400
    assert (await client.post("parcel/_action/send", {})).status == 400


async def test_a_key_that_may_only_read_can_call_what_reads(folder: Path, live_store: Store) -> None:
    reader = Client(create_app(live_store, credentials=CREDENTIALS, read_only=CREDENTIALS, clock=account.now))

    assert (await reader.post("parcel/_action/weigh", {"contents": "books"})).response == 5
    assert (await reader.post("parcel/1/_action/send", {})).status == 401


async def test_it_is_part_of_a_batch_and_of_sums(client: Client) -> None:
    items = [
        {"id": "made", "request_method": "POST", "uri": "/api/v3/parcel", "payload": {"contents": "books"}},
        {"request_method": "GET", "uri": "/api/v3/parcel/1"},
    ]

    answers = (await client.post("_bulk", items)).response["_bulk"]

    assert [answer["code"] for answer in answers] == [201, 200]
    counted = await client.post("_aggregate", {"object": "parcel", "fields": ["COUNT(*)"], "group": "state"})
    assert counted.response == [{"state": "packed", "COUNT(*)": 1}]


async def test_notes_and_pages_know_it(client: Client) -> None:
    number = await client.made("parcel", {"contents": "a lamp"})

    await client.made("note", {"note": "Fragile", "obj_type": "parcel", "obj_id": number})
    page = await client.send("GET", f"/admin/r/parcel/view/{number}")

    assert b"a lamp" in page.body


async def test_it_is_described(client: Client) -> None:
    paths = (await client.get("openapi.json")).envelope["paths"]

    assert set(paths["/parcel"]) == {"get", "post"}
    assert set(paths["/parcel/{ref}"]) == {"parameters", "get"}
    assert {"/parcel/_count", "/parcel/{ref}/_action/send", "/parcel/_action/weigh"} <= set(paths)


def test_an_account_in_use_gets_its_table(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "account.sqlite"
    for _ in range(2):
        store = Store(path)
        create_app(store, credentials=CREDENTIALS)
        with store.read() as reader:
            assert reader.connection.execute("SELECT count(*) FROM parcels").fetchone() == (0,)
        store.close()


def test_without_the_folder_there_is_no_such_object() -> None:
    assert "parcel" not in objects.endpoints()
