"""Routes below /_sandbox: reset, requests, clock; and credentials that may only read."""

from __future__ import annotations

import itertools
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.auth import signature
from cotui.sandbox.http.request_log import KEPT
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, HOST, Answer, Client

OVERDUE = "invoice/_count?where=invoice_status_str:EQUALS:open-overdue"
READER = "Basic cmVhZGVyOnNlY3JldA=="


async def control(client: Client, method: str, name: str, value: Any = None, **options: Any) -> Answer:
    body = b"" if value is None else json.dumps(value).encode()
    return await client.send(method, f"/_sandbox/{name}", body=body, **options)


async def requests(client: Client) -> list[dict[str, Any]]:
    return list((await control(client, "GET", "requests")).response)


async def test_what_there_is(own: Client) -> None:
    assert set((await control(own, "GET", "")).response) >= {
        "/_sandbox/faults",
        "/_sandbox/clock",
        "/_sandbox/requests",
        "/_sandbox/reset",
    }
    assert (await control(own, "GET", "frob")).status == 404
    assert (await control(own, "GET", "reset")).status == 400
    assert (await control(own, "PUT", "clock", authorization=None)).status == 401


async def test_statuses_and_overdue_days_follow_the_clock(own: Client) -> None:
    before = (await own.get(OVERDUE)).response
    days = (await own.get("invoice/3")).response["days_overdue"]
    moved = await control(own, "PUT", "clock", {"days": 400})

    assert moved.response["frozen"] is False
    assert moved.response["offset"] == 400 * 86400
    assert (await own.get(OVERDUE)).response == 28 > before
    assert (await own.get("invoice/3")).response["days_overdue"] > days

    frozen = await control(own, "PUT", "clock", {"now": "2020-02-29 12:00:00"})
    assert frozen.response == {
        "now": "2020-02-29T12:00:00-05:00",
        "today": "2020-02-29",
        "timezone": "America/New_York",
        "frozen": True,
        "offset": frozen.response["offset"],
    }
    assert (await own.get(OVERDUE)).response == 0
    assert (await control(own, "PUT", "clock", {"days": 1})).response["today"] == "2020-03-01"
    assert (await control(own, "PUT", "clock", {"frozen": False})).response["today"] == "2020-03-01"

    assert (await control(own, "DELETE", "clock")).response["offset"] == 0
    assert (await own.get(OVERDUE)).response == before


@pytest.mark.parametrize("begin", ["2026-03-07T23:30:00", "2026-10-31T00:30:00", "2026-10-31T01:30:00"])
async def test_a_day_later_is_the_same_time_also_where_clocks_are_changed(own: Client, begin: str) -> None:
    await control(own, "PUT", "clock", {"now": begin})
    for later in range(1, 4):
        now = (await control(own, "PUT", "clock", {"days": 1})).response["now"]
        expected = datetime.fromisoformat(begin) + timedelta(days=later)
        assert now[:19] == expected.isoformat(), now


async def test_how_far_the_clock_is_ahead_is_a_whole_number_at_every_look(live_store: Store) -> None:
    """The machine's clock goes on while it is answered."""
    ticks = itertools.count()
    ticking = Client(
        create_app(
            live_store,
            credentials=CREDENTIALS,
            clock=lambda: account.NOW + timedelta(microseconds=next(ticks)),
        )
    )
    moved = await control(ticking, "PUT", "clock", {"seconds": 3600, "bill": False})
    assert moved.response["offset"] == 3600
    assert (await control(ticking, "DELETE", "clock")).response["offset"] == 0


async def test_writes_carry_the_moved_moment(own: Client) -> None:
    await control(own, "PUT", "clock", {"now": "2031-05-06T07:08:09-04:00"})
    made = await own.send("POST", "/api/v3/customer", body=b'{"company": "Later"}')
    row = (await own.get(f"customer/{made.response['id']}")).response

    assert row["write_datetime"] == "2031-05-06T07:08:09-04:00"


async def test_the_clock_outlives_a_restart(tmp_path: Path) -> None:
    store = Store(tmp_path / "account.db")
    account.fill(store)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    await control(client, "PUT", "clock", {"days": 400})
    store.close()
    again = Store(tmp_path / "account.db")
    later = Client(create_app(again, credentials=CREDENTIALS, clock=lambda: account.NOW + timedelta(days=1)))

    assert (await control(later, "GET", "clock")).response["today"] == "2027-04-20"
    again.close()


@pytest.mark.parametrize(
    "value",
    [
        {"now": "yesterday"},
        {"now": "0001-01-01"},
        {"now": "9999-12-31"},
        {"days": 10**9},
        {"days": 10**30},
        {"seconds": "x"},
        {"frob": 1},
        [1],
    ],
)
async def test_clocks_that_make_no_sense(own: Client, value: Any) -> None:
    assert (await control(own, "PUT", "clock", value)).status == 400
    assert (await control(own, "GET", "clock")).response["offset"] == 0


async def test_signatures_follow_the_machines_clock(own: Client) -> None:
    await control(own, "PUT", "clock", {"days": 400})
    moment = str(int(account.NOW.timestamp()))
    made = signature(b"pub", b"priv", f"http://{HOST}/api/v3/terms".encode(), "n", moment, b"")
    header = f'ChargeOver co_public_key="pub" co_nonce="n" co_timestamp="{moment}" co_signature="{made}"'

    assert (await own.get("terms", authorization=header)).status == 200


async def test_what_arrived(own: Client) -> None:
    await own.send(
        "POST",
        "/api/v3//user/1?action=password&_flag_emails=0&_flag_webhooks=1&on_behalf_addr=192.0.2.7"
        "&on_behalf_details=jane%40example.com&password=hunter3",
        body=b'{"password": "hunter2", "x": [{"number": "4111111111111111", "company": "A"}], "big": '
        + b"9" * 40
        + b"}",
        headers={"x-test": "a\x1bb", "cookie": "session=hunter4"},
    )
    await own.get("terms", authorization="Basic wrong")
    first, second = await requests(own)

    assert first["method"] == "POST"
    assert first["target"].startswith("/api/v3//user/1?action=password&_flag_emails=0")
    assert first["flags"] == {"_flag_emails": "0", "_flag_webhooks": "1"}
    assert first["on_behalf_addr"] == "192.0.2.7"
    assert first["on_behalf_details"] == "jane@example.com"
    assert first["username"] == "pub"
    assert first["body"] == {"password": "***", "x": [{"number": "***", "company": "A"}], "big": "9" * 40}
    assert first["headers"]["authorization"] == "Basic ***"
    assert first["headers"]["x-test"] == r"a\x1bb"
    assert first["status"] in (200, 400)
    assert (second["status"], second["username"]) == (401, None)
    everything = json.dumps([first, second])
    assert not any(word in everything for word in ("hunter", "4111", "priv", "cHVi", "wrong"))

    await control(own, "DELETE", "requests")
    assert await requests(own) == []


async def test_secrets_of_links_and_of_bodies_that_cannot_be_read_are_not_kept(own: Client) -> None:
    await own.send("GET", "/r/login/link/abcdefghij", authorization=None)
    await own.send("POST", "/api/v3/customer", body=b'{"password": "hunter2"')
    link, broken = await requests(own)

    assert link["target"] == "/r/login/***"
    assert broken["body"] is None
    assert broken["body_size"] == 22


@pytest.mark.long
async def test_the_log_is_bounded(own: Client) -> None:
    for number in range(KEPT + 5):
        await own.get(f"terms?n={number}&{'x' * 10_000}", headers={f"x-{n}": "y" * 2000 for n in range(20)})
    await own.send("POST", "/api/v3/customer", body=b'{"company": "' + b"z" * 100_000 + b'"}')
    found = await requests(own)

    assert len(found) == KEPT
    assert found[-1]["number"] == KEPT + 6
    assert found[-1]["body"] is None
    assert found[-1]["body_size"] > 100_000
    assert len(json.dumps(found)) < KEPT * 10_000


async def test_reset(live_store: Store, own: Client) -> None:
    before = (await own.get("customer/_count")).response
    await own.send("DELETE", "/api/v3/note/1")
    await own.send("POST", "/api/v3/customer", body=b'{"company": "Gone"}')
    await control(own, "PUT", "clock", {"days": 3})
    await control(own, "PUT", "faults", {"status": 500})
    assert (await control(own, "POST", "reset")).response is True

    # this account was not made by the demo: what is left is an empty one
    assert before > 0
    assert (await own.get("customer/_count")).response == 0
    assert (await own.get("terms")).response
    assert (await control(own, "GET", "clock")).response["offset"] == 0
    assert await requests(own) != []
    assert (await own.send("POST", "/api/v3/customer", body=b'{"company": "New"}')).status == 201


@pytest.mark.parametrize("in_memory", [True, False])
async def test_reset_makes_the_same_demo_data_again(tmp_path: Path, in_memory: bool) -> None:
    store = Store(":memory:" if in_memory else tmp_path / "demo.db")
    populate(store, 20, 7, account.TODAY)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    before = [await client.rows(name, limit=100) for name in ("customer", "invoice", "user", "transaction")]
    await client.send("PUT", "/api/v3/customer/1", body=b'{"company": "Changed"}')
    await client.send("POST", "/api/v3/customer", body=b'{"company": "Gone"}')
    assert await client.rows("customer", limit=100) != before[0]
    await control(client, "POST", "reset")

    after = [await client.rows(name, limit=100) for name in ("customer", "invoice", "user", "transaction")]
    assert after == before
    with store.read() as reader:
        assert reader.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert reader.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v3/customer/1", 200),
        ("GET", "/_sandbox/requests", 200),
        ("POST", "/api/v3/_report/4?action=reportData", 200),
        ("POST", "/api/v3/customer", 401),
        ("PUT", "/api/v3/customer/1", 401),
        ("DELETE", "/api/v3/customer/1", 401),
        ("POST", "/api/v3/customer/1?action=setInactive", 401),
        ("POST", "/api/v3/user/1/_action/getLoginURL", 401),
        ("POST", "/_sandbox/reset", 401),
        ("DELETE", "/_sandbox/requests", 401),
    ],
)
async def test_a_key_that_may_only_read(own: Client, method: str, path: str, status: int) -> None:
    answer = await own.send(method, path, authorization=READER)

    assert answer.status == status
    if status == 401:
        assert answer.message == "Invalid or incorrect authorization [This key may only read.]"


async def test_a_key_that_may_only_read_reads_in_batches(own: Client) -> None:
    items = [
        {"request_method": "GET", "uri": "/api/v3/customer/1"},
        {"request_method": "PUT", "uri": "/api/v3/customer/1", "payload": {"company": "Changed"}},
    ]
    answer = await own.send("POST", "/api/v3/_bulk", body=json.dumps(items).encode(), authorization=READER)

    assert [item["code"] for item in answer.response["_bulk"]] == [200, 401]
    assert (await own.get("customer/1")).response["company"] != "Changed"
