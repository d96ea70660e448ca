"""The log of requests: what arrived, without secrets."""

from __future__ import annotations

import json

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.request_log import KEPT
from cotui.sandbox.http.service import Service
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.controls import control, requests
from tests.sandbox.http.batches import bulk, item


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


SECRET = "s3cret-of-a-user"

#: method, target, headers, body: each holds the secret
TOLD = [
    ("GET", f"/r/login/link/{SECRET}", {}, b""),
    ("GET", f"/r/%6cogin/link/{SECRET}", {}, b""),
    ("GET", f"/r//login//reset//{SECRET}", {}, b""),
    ("GET", f"/r/login/reset%2f{SECRET}", {}, b""),
    ("GET", f"/x/login/{SECRET}", {}, b""),
    ("GET", "/r/login", {"referer": f"http://127.0.0.1:8080/r/login/reset/{SECRET}"}, b""),
    ("GET", "/r/login", {"referer": f"http://127.0.0.1:8080/x?password={SECRET}"}, b""),
    ("GET", "/r/portal", {"cookie": f"portal_session={SECRET}"}, b""),
    *(
        ("GET", "/api/v3/customer", {name: SECRET}, b"")
        for name in ("authorization", "proxy-authorization", "x-api-key", "x-auth-token", "x-password", "api-key")
    ),
    ("GET", f"/api/v3/customer?password={SECRET}", {}, b""),
    ("GET", f"/api/v3/customer?%70assword={SECRET}", {}, b""),
    ("GET", f"/api/v3/creditcard?where=number:EQUALS:{SECRET}", {}, b""),
    ("GET", f"/api/v3/creditcard?where=company:EQUALS:x%2Cnumber%3AEQUALS%3A{SECRET}", {}, b""),
    ("POST", "/r/login", {}, f"username=a&password={SECRET}".encode()),
    *(
        ("POST", "/api/v3/user", {}, body.replace("SECRET", SECRET).encode())
        for body in (
            '{"password": "SECRET"}', '{"Password ": "SECRET"}', '{"user_password": ["SECRET"]}',
            '[{"new_password": "SECRET"}]',
            '{"a": {"number": "SECRET", "b": [{"cvv": "SECRET"}]}}', '{"client_secret": "SECRET"}', '{"password": "SECRET"',
            '{"payload": "{\\"password\\": \\"SECRET\\"}"}', '{"uri": "/api/v3/user?password=SECRET"}',
            '{"link": "http://127.0.0.1/r/login/link/SECRET"}',
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("method", "target", "headers", "body"), TOLD)
async def test_the_log_of_requests_holds_no_secret(
    live: Client, method: str, target: str, headers: dict[str, str], body: bytes
) -> None:
    from cotui.sandbox.http.request_log import RequestLog, keep_body
    from cotui.sandbox.http.server.request_lines import line

    await live.send(method, target, headers=headers, body=body)
    log = (await live.send("GET", "/_sandbox/requests")).body.decode()
    assert SECRET not in log
    assert method in log
    # and the line on stderr
    path, _, query = target.partition("?")
    entry = RequestLog().add(0.0, method, path.encode(), query.encode(), "", [])
    keep_body(entry, body)
    assert SECRET not in line(entry)


@pytest.mark.parametrize(
    "body", [{"company": "Password & Co", "memo": "{not json"}, {"note": "/see page 3?", "login": "x"}]
)
async def test_the_log_shows_the_rest_as_it_came(live: Client, body: dict[str, str]) -> None:
    await live.post("customer", body)
    assert (await live.send("GET", "/_sandbox/requests")).response[-1]["body"] == body


@pytest.mark.parametrize(("most", "cut"), [(20, True), (100, True), (500, False)])
async def test_limits_that_are_cut_stand_in_the_request_log(store: Store, most: int, cut: bool) -> None:
    service = Service(max_page_size=most)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now, service=service))
    await client.get("customer?limit=500")
    await client.get(f"customer?limit={most}")
    await client.get("customer")
    await bulk(client, item("GET", "invoice?limit=200"), item("GET", "user/1"))
    await client.post("_report/4?action=reportData&limit=1001")
    logged = [entry["cuts"] for entry in (await control(client, "GET", "requests")).response]

    assert logged == [
        [{"subject": "customer", "limit": 500, "served": most}] if cut else [],
        [],
        [],
        [{"subject": "invoice", "limit": 200, "served": most}] if most < 200 else [],
        [{"subject": "_report", "limit": 1001, "served": 1000}],
    ]
