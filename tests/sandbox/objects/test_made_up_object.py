"""An object is one folder: a made-up one is added without a change to any file, and has everything that others have."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cotui.sandbox import objects
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo import cache
from cotui.sandbox.demo.cache import demo_database
from cotui.sandbox.http.app import create_app
from tests.added import Added
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client

CODE = '''
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
            "parcel", "parcels", {"parcel_id": ID, "contents": TEXT, "state": TEXT}, filterable=("state",)
        ),
        create=create,
        actions={"send": on_record(send), "weigh": Action(weigh, reads=True)},
        older_names=("package_sent",),
    ),
)
'''
TABLE = """
-- Parcels.
CREATE TABLE IF NOT EXISTS parcels (
    parcel_id INTEGER PRIMARY KEY, contents TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'packed'
);
"""
INDEX = "CREATE INDEX IF NOT EXISTS parcels_state ON parcels (state);"
IN_DEMO = "INSERT INTO parcels (contents) SELECT company || :today FROM customers WHERE :now > 0;"
PLACE = "cotui/sandbox/objects/parcel"


@pytest.fixture
def parcels(added: Added) -> None:
    added.add({f"{PLACE}/__init__.py": CODE, f"{PLACE}/tables.sql": TABLE, f"{PLACE}/indexes.sql": INDEX})


@pytest.fixture
def client(parcels: None, live_store: Store) -> Client:
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


async def test_a_key_that_may_only_read_can_call_what_reads(parcels: None, live_store: Store) -> None:
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


def rows(store: Store, table: str = "parcels") -> int:
    with store.read() as reader:
        return int(reader.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def names(store: Store) -> set[str]:
    with store.read() as reader:
        return {name for (name,) in reader.connection.execute("SELECT name FROM sqlite_master")}


def test_a_new_account_has_its_table_and_keeps_its_index(parcels: None) -> None:
    with closing(Store()) as store:
        with store.load() as connection:
            assert "parcels_state" not in {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master")
            }
        assert {"parcels", "parcels_state"} <= names(store)


def test_an_account_in_use_gets_its_table_once(added: Added, tmp_path: Path) -> None:
    path = tmp_path / "account.sqlite"
    Store(path).close()
    added.add({f"{PLACE}/__init__.py": CODE, f"{PLACE}/tables.sql": TABLE, f"{PLACE}/indexes.sql": INDEX})
    with closing(Store(path)) as store:
        assert {"parcels", "parcels_state"} <= names(store)
        assert rows(store) == 0
    kept = path.read_bytes()
    Store(path).close()
    assert path.read_bytes() == kept


async def test_the_demos_kept_file_has_it_and_is_only_read(
    parcels: None, added: Added, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added.add({f"{PLACE}/demo.sql": IN_DEMO})
    path = demo_database(5, 1, account.TODAY, tmp_path)
    for _ in range(2):
        with closing(Store(path)) as store:
            client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
            assert len(await client.rows("parcel")) == 5
        monkeypatch.setattr(cache, "_build", None)  # found again, as it still has its checksum
        assert demo_database(5, 1, account.TODAY, tmp_path) == path


def test_its_statements_are_part_of_what_the_demos_file_is_kept_under(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = set()
    monkeypatch.setattr(cache, "_HERE", tmp_path)
    (tmp_path / "sandbox" / "objects" / "parcel").mkdir(parents=True)
    for name in ("", "tables.sql", "indexes.sql", "demo.sql"):
        if name:
            (tmp_path / "sandbox" / "objects" / "parcel" / name).write_text("SELECT 1;")
        keys.add(cache._key(5, 1))
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE TABLE parcels (parcel_id INTEGER PRIMARY KEY);", "CREATE TABLE IF NOT EXISTS"),
        (TABLE.replace(";", ""), "a ; is missing after"),
    ],
)
def test_what_is_wrong_with_its_table_is_said(
    added: Added, tmp_path: Path, statement: str, said: str
) -> None:
    path = tmp_path / "account.sqlite"
    Store(path).close()
    added.add({f"{PLACE}/tables.sql": statement})
    with pytest.raises(ValueError, match=said):
        Store(path)


def test_without_the_folder_there_is_no_such_object() -> None:
    assert "parcel" not in objects.endpoints()
