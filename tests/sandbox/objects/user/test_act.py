"""Actions of users: passwords in their three modes, and links into the portal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.errors import shown
from cotui.sandbox.writing import passwords
from cotui.sandbox.writing.portal_links import DESTINATIONS
from tests.sandbox.browser import Browser, links, title
from tests.sandbox.client import Client
from tests.sandbox.money_account import outbox
from tests.sandbox.recordings import FIXTURES

#: In the small account user 1 has an e-mail address and user 5 has none.
WITH, WITHOUT = 1, 5


@pytest.mark.parametrize("spelling", ["?action=password", "/_action/password", "?action=reset_password"])
@pytest.mark.parametrize("body", [b"", b"{}", b'""', b"[]", b'{"password": null}'])
async def test_a_reset_is_mailed(live: Client, spelling: str, body: bytes) -> None:
    answer = await live.send("POST", f"/api/v3/user/{WITH}{spelling}", body=body)
    assert (answer.status, answer.response) == (200, True)
    (mail,) = await outbox(live)
    assert (mail["to"], mail["cause"]) == (["jane1@example.com"], "user.password")
    (link,) = links(mail["body"])
    assert link.startswith("http://127.0.0.1:8080/r/login/reset/")


async def test_a_set_password_is_mailed_and_lets_in(live: Client, live_store: Store) -> None:
    answer = await live.post(f"user/{WITH}/_action/password", {"password": "corréct horse"})
    assert answer.response is True
    (mail,) = await outbox(live)
    assert "corréct horse" not in str(mail)
    assert "your password is (not kept by the sandbox)" in mail["body"]
    assert "user1" in mail["body"]
    browser = Browser(live)
    assert title(await browser.submit("/r/login", username="USER1", password="corréct horse")) == "Home"
    with live_store.read() as reader:
        stored = passwords.stored_hash(reader.connection, WITH)
        kept = [
            row
            for (table,) in reader.connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
            for row in reader.connection.execute(f"SELECT * FROM {table}").fetchall()
        ]
    assert stored is not None
    assert stored.startswith("scrypt$")
    assert not [row for row in kept if "corréct horse" in map(str, row)]


async def test_without_e_mails(live: Client, live_store: Store) -> None:
    """`_flag_emails=0`: the password is set, and nothing is sent."""
    assert (await live.post(f"user/{WITH}?action=reset_password&_flag_emails=0")).response is True
    answer = await live.post(f"user/{WITH}?action=password&_flag_emails=0", {"password": "x"})
    assert answer.response is True
    assert await outbox(live) == []
    with live_store.read() as reader:
        assert passwords.matches("x", passwords.stored_hash(reader.connection, WITH))


async def test_users_without_an_address(live: Client) -> None:
    refused = await live.post(f"user/{WITHOUT}?action=password")
    assert (refused.status, refused.message) == (400, "This user does not have an e-mail address.")
    assert (await live.post(f"user/{WITHOUT}?action=password", {"password": "x"})).response is True
    assert await outbox(live) == []
    assert title(await Browser(live).submit("/r/login", username="user5", password="x")) == "Home"


@pytest.mark.parametrize("password", ["", [], {}, "x" * 1025, "nul\x00"])
async def test_what_is_no_password(live: Client, password: Any) -> None:
    answer = await live.post(f"user/{WITH}?action=password", {"password": password})
    assert (answer.status, answer.response) == (400, False)
    assert await outbox(live) == []


@pytest.mark.parametrize("spelling", ["?action=login", "?action=getLoginURL", "/_action/getloginurl"])
async def test_login_links_in_every_spelling(live: Client, spelling: str) -> None:
    answer = await live.send("POST", f"/api/v3/user/{WITH}{spelling}")
    assert answer.status == 200
    assert answer.response.startswith("http://127.0.0.1:8080/r/login/link/")
    assert await outbox(live) == []


@pytest.mark.parametrize("destination", ["", None, *DESTINATIONS])
async def test_known_destinations(live: Client, destination: str | None) -> None:
    answer = await live.post(f"user/{WITH}?action=login", {"destination": destination})
    browser = Browser(live)
    assert (await browser.open(answer.response)).status == 200
    assert browser.path == f"/r/portal/{destination or ''}".rstrip("/")


@pytest.mark.parametrize("destination", ["nowhere", "../admin", "https://example.com", 7, ["info"], {"a": 1}])
async def test_unknown_destinations(live: Client, destination: Any) -> None:
    answer = await live.post(f"user/{WITH}?action=login", {"destination": destination})
    assert answer.status == 400
    assert (
        answer.message
        == f"Missing or invalid parameter: destination (no page of the portal: {shown(destination)})"
    )


async def test_users_that_are_not_there(live: Client) -> None:
    for action in ("password", "login"):
        answer = await live.post(f"user/9999?action={action}")
        assert (answer.status, answer.message, answer.response) == (404, "This user does not exist.", None)
        assert (await live.post(f"user?action={action}")).status == 400


async def test_addressed_by_key_and_token(live: Client) -> None:
    for ref in ("external_key:user-1", "token:usr000000001"):
        assert (await live.post(f"user/{ref}/_action/getLoginURL")).status == 200


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")
async def test_answers_as_documented(live: Client) -> None:
    recorded = json.loads((FIXTURES / "action_ok__docs_api.json").read_text(encoding="utf-8"))
    assert (await live.post(f"user/{WITH}/_action/password")).envelope == recorded
