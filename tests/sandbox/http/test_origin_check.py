"""Who is let in: by host, by where a page is from; and in which order host, keys and faults are looked at."""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import CrossSiteError, MisdirectedError, OriginCheck
from cotui.sandbox.http.security_headers import HEADERS
from cotui.sandbox.http.server.options import add_arguments
from cotui.sandbox.http.server.serve import read_origin_check
from tests.sandbox import account
from tests.sandbox.client import BASIC, CREDENTIALS, HOST, Client
from tests.sandbox.money_account import outbox

OWN = f"http://{HOST}"
NAVIGATES = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}

LOOPBACK = [
    "localhost", "LOCALHOST", "localhost.", "a.localhost", "a.localhost:1", "localhost:8080", "127.0.0.1",
    "127.0.0.1:", "127.9.9.9:65535", "[::1]", "[::1]:80", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]:9",
]  # fmt: skip
OTHERS = [
    "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.nip.io", "evil-localhost", "xlocalhost",
    "127.0.0.1@evil.example", "127.0.0.1:8080@evil.example", "evil.example#127.0.0.1", "evil.example/127.0.0.1",
    "2130706433", "0x7f000001", "127.1", "0177.0.0.1", "0.0.0.0", "[::]", "::1", "[127.0.0.1]", "[::1", "::1]", "[::1]x",
    "localhost:99999", "localhost:x", "localhost:-1", "localhost..", ".localhost", "", " ", "local host", "localhost\x00",
    "localhost\r\nX: y", "127.0.0.1, evil.example", "localhost;evil", "lоcalhost", "１２７.0.0.1", "x" * 5000,
    "<script>alert(1)</script>", "192.168.1.5", "10.0.0.1:8080", "[fe80::1]", "8.8.8.8",
]  # fmt: skip


def base(
    host: str | None, origin_check: OriginCheck | None = None, method: str = "GET", **headers: str
) -> str:
    sent = [] if host is None else [(b"host", host.encode("utf-8"))]
    sent += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return (origin_check or OriginCheck()).base_url(method, "http", sent, ("127.0.0.1", 8080))


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_names(host: str) -> None:
    assert base(host) == f"http://{host}"


@pytest.mark.parametrize("host", OTHERS)
@pytest.mark.parametrize("remote", [False, True])
def test_other_names(host: str, remote: bool) -> None:
    origin_check = OriginCheck(frozenset({"sandbox"}), remote=remote)
    if remote and host in ("192.168.1.5", "10.0.0.1:8080", "[fe80::1]", "8.8.8.8"):
        assert base(
            host, origin_check
        )  # whoever may come from elsewhere uses an address; a page has none to lie with
        return
    with pytest.raises(MisdirectedError):
        base(host, origin_check)


@pytest.mark.parametrize("host", ["sandbox", "SandBox:8080", "sandbox.", "sandbox:1"])
def test_names_that_are_allowed(host: str) -> None:
    assert base(host, OriginCheck(frozenset({"Sandbox"}))) == f"http://{host}"


def test_two_hosts_are_none() -> None:
    with pytest.raises(MisdirectedError):
        OriginCheck().base_url("GET", "http", [(b"host", b"localhost"), (b"host", b"localhost")], None)


@pytest.mark.parametrize(
    ("server", "wanted"),
    [
        (("127.0.0.1", 80), "http://127.0.0.1:80"),
        (("::1", 80), "http://[::1]:80"),
        (None, "http://localhost"),
        (("/run/socket", None), "http:///run/socket"),
    ],
)
def test_without_a_host_it_is_where_it_arrived(server: Any, wanted: str) -> None:
    assert OriginCheck().base_url("GET", "http", [], server) == wanted


@pytest.mark.parametrize(
    ("words", "known", "unknown"),
    [
        ("", "localhost", "sandbox"),
        ("--allow-host sandbox --allow-host api.test", "api.test:80", "test"),
        ("--host localhost", "localhost", "sandbox"),
        ("--host ::1", "[::1]:80", "[fe80::1]"),
        ("--host 0.0.0.0 --allow-remote", "192.0.2.1", "evil.example"),
        ("--host 192.0.2.1 --allow-remote", "192.0.2.1:80", "evil.example"),
    ],
)
def test_options(words: str, known: str, unknown: str) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    origin_check = read_origin_check(parser.parse_args(words.split()))
    assert base(known, origin_check)
    with pytest.raises(MisdirectedError):
        base(unknown, origin_check)


#: headers of a request, and whether it is let in: GET, POST
FROM = [
    ({}, True, True),
    ({"origin": OWN}, True, True),
    ({"origin": OWN.upper()}, True, True),
    ({"origin": "http://evil.example"}, False, False),
    ({"origin": "http://127.0.0.1:9999"}, False, False),
    ({"origin": "http://127.0.0.1"}, False, False),
    ({"origin": "http://localhost:8080"}, False, False),
    ({"origin": f"https://{HOST}"}, False, False),
    ({"origin": "null"}, False, False),
    ({"origin": ""}, False, False),
    ({"origin": f"{OWN}.evil.example"}, False, False),
    ({"origin": f"{OWN}@evil.example"}, False, False),
    ({"origin": "file://"}, False, False),
    ({"origin": "chrome-extension://abc"}, False, False),
    ({"sec-fetch-site": "same-origin"}, True, True),
    ({"sec-fetch-site": "same-origin", "origin": OWN}, True, True),
    ({"sec-fetch-site": "same-origin", "origin": "null"}, True, True),
    ({"sec-fetch-site": "same-origin", "origin": "http://evil.example"}, False, False),
    ({"sec-fetch-site": "none"}, True, True),
    ({"sec-fetch-site": "none", **NAVIGATES}, True, True),
    ({"sec-fetch-site": "cross-site"}, False, False),
    ({"sec-fetch-site": "Cross-Site"}, False, False),
    ({"sec-fetch-site": "same-site"}, False, False),
    ({"sec-fetch-site": "something-new"}, False, False),
    ({"sec-fetch-site": ""}, False, False),
    ({"sec-fetch-site": "cross-site", **NAVIGATES}, True, False),
    ({"sec-fetch-site": "same-site", **NAVIGATES}, True, False),
    ({"sec-fetch-site": "cross-site", **NAVIGATES, "origin": "http://evil.example"}, False, False),
    ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}, False, False),
    ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "embed"}, False, False),
    ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}, False, False),
    ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}, False, False),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "reads", "writes"), FROM, ids=str)
def test_where_a_request_is_from(headers: dict[str, str], reads: bool, writes: bool) -> None:
    for methods, allowed in (
        (("GET", "HEAD"), reads),
        (("POST", "PUT", "PATCH", "DELETE", "OPTIONS"), writes),
    ):
        for method in methods:
            if allowed:
                assert base(HOST, None, method, **headers) == OWN
            else:
                with pytest.raises(CrossSiteError):
                    base(HOST, None, method, **headers)


#: what a page from elsewhere would have a browser send, with the keys that it remembers
CROSS = [
    ("POST", "/api/v3/customer", b'{"company": "Evil"}'),
    ("POST", "/_sandbox/reset", b""),
    ("POST", "/api/v3/user/1?action=getLoginURL", b""),
    ("PUT", "/_sandbox/clock", b'{"days": 30}'),
    ("DELETE", "/_sandbox/outbox", b""),
    ("DELETE", "/api/v3/customer/1", b""),
    ("GET", "/api/v3/customer", b""),
    ("GET", "/_sandbox/outbox", b""),
    ("GET", "/admin/r/customer/view/1", b""),
    ("POST", "/r/login", b"username=a&password=b"),
    ("POST", "/r/logout", b""),
    ("POST", "/r/portal/password", b"password=a&again=a"),
    ("OPTIONS", "/api/v3/customer", b""),
    ("GET", "/nothing", b""),
]


@pytest.mark.parametrize(("method", "target", "body"), CROSS)
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "origin": "http://evil.example"}, 403),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.example:8080", "origin": "http://evil.example:8080", "sec-fetch-site": "same-origin"}, 421),
    ],
)  # fmt: skip
async def test_nothing_happens(
    live: Client, live_store: Store, method: str, target: str, body: bytes, headers: dict[str, str], status: int
) -> None:  # fmt: skip
    with live_store.read() as reader:
        before = list(reader.connection.iterdump())
    preflight = {"access-control-request-method": "PUT"} if method == "OPTIONS" else {}
    answer = await live.send(method, target, body=body, headers={**headers, **preflight})
    assert answer.status == status
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert "evil.example" not in answer.body.decode()
    # nobody is asked for keys, and nothing of a fault is heard
    assert "www-authenticate" not in answer.headers
    faulty = await live.send(
        method, target, body=body, headers={**headers, "X-Sandbox-Fault": "status=418, latency=99999"}
    )
    assert faulty.status == status
    with live_store.read() as reader:
        assert list(reader.connection.iterdump()) == before


async def test_mailed_links_are_of_the_host_that_was_allowed(live_store: Store) -> None:
    origin_check = OriginCheck(frozenset({"sandbox.test"}))
    client = Client(
        create_app(live_store, credentials=CREDENTIALS, clock=account.now, origin_check=origin_check)
    )
    assert (
        await client.send("POST", "/api/v3/user/1?action=password", headers={"host": "evil"})
    ).status == 421
    assert await outbox(client) == []
    await client.send("POST", "/api/v3/user/1?action=password", headers={"host": "sandbox.test:81"})
    (mail,) = await outbox(client)
    assert "http://sandbox.test:81/r/login/reset/" in mail["body"]


@pytest.mark.parametrize(
    "target",
    [
        "/api/v3/customer",
        "/api/v3/openapi.json",
        "/r/login",
        "/admin/r/customer/view/1",
        "/nothing",
        "/_sandbox/faults",
    ],
)
@pytest.mark.parametrize("fault", ["status=418", "drop", "html", "latency=100000", "nonsense", ""])
async def test_faults_by_header_need_keys(client: Client, target: str, fault: str) -> None:
    for authorization in (None, "Basic d3Jvbmc6d3Jvbmc="):
        answer = await client.send(
            "GET", target, authorization=authorization, headers={"x-sandbox-fault": fault}
        )
        assert answer.status == 401


async def test_with_keys_they_come_everywhere_but_below_control(client: Client) -> None:
    for target in (
        "/api/v3/customer",
        "/api/v3/openapi.json",
        "/r/login",
        "/admin/r/customer/view/1",
        "/nothing",
    ):
        answer = await client.send("GET", target, headers={"x-sandbox-fault": "status=418"})
        assert answer.status == 418
    assert (await client.send("GET", "/_sandbox/faults", headers={"x-sandbox-fault": "drop"})).status == 200


async def test_who_has_no_keys_does_not_use_faults_up(live: Client) -> None:
    await live.send("PUT", "/_sandbox/faults", body=b'{"status": 503, "times": 1}')
    assert (await live.get("customer", authorization=None)).status == 401
    assert (await live.get("customer", headers={"origin": "http://evil"})).status == 403
    assert (await live.get("customer")).status == 503
    assert (await live.get("customer")).status == 200


async def test_a_signature_is_looked_at_once(store: Store) -> None:
    """Its number counts once: keys, fault and answer go by the same look."""
    from cotui.sandbox.http.auth import signature

    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    moment = str(int(account.now().timestamp()))
    made = signature(b"pub", b"priv", f"{OWN}/api/v3/terms".encode(), "n", moment, b"")
    header = (
        f'ChargeOver co_public_key="pub" co_nonce="n" co_timestamp="{moment}" co_signature_method="HMAC-SHA256"'
        f' co_version="1.0" co_signature="{made}"'
    )
    answer = await client.get("terms", authorization=header, headers={"x-sandbox-fault": "slow=1"})
    assert answer.status == 200


@pytest.mark.parametrize(
    ("target", "authorization"),
    [
        ("/api/v3/customer", BASIC),
        ("/api/v3/customer", None),
        ("/api/v3/openapi.json", None),
        ("/api/v3/_report/4?action=reportData", BASIC),
        ("/r/login", None),
        ("/r/nothing", None),
        ("/r/portal", None),
        ("/admin/r/customer/view/1", BASIC),
        ("/_sandbox/outbox.html", BASIC),
        ("/_sandbox/requests", BASIC),
        ("/nothing", None),
    ],
)
async def test_headers_against_being_shown_elsewhere(
    client: Client, target: str, authorization: str | None
) -> None:
    answer = await client.send("GET", target, authorization=authorization)
    assert {name.casefold() for name in HEADERS} <= answer.headers.keys()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
