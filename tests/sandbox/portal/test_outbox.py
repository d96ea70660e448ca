"""The outbox: every e-mail is a row, as JSON and on a page; flags keep e-mails from being sent."""

from __future__ import annotations

from tests.sandbox.browser import Browser, links, text, title
from tests.sandbox.client import Client
from tests.sandbox.money_account import CARD, customer, outbox


async def test_rows(live: Client) -> None:
    assert await outbox(live) == []
    await live.post("user/1?action=password", {"password": "secret word"})
    await live.post("invoice/1?action=email", {"email": "a@example.com,b@example.com", "cc": "c@example.com"})
    first, second = await outbox(live)
    assert first == {
        "email_id": 1,
        "datetime": "2026-03-15T10:00:00-04:00",
        "from": "",
        "to": ["jane1@example.com"],
        "cc": [],
        "bcc": [],
        "subject": "Your new password",
        "body": first["body"],
        "html": "",
        "cause": "user.password",
    }
    assert "secret word" not in first["body"]
    assert (second["to"], second["cc"]) == (["a@example.com", "b@example.com"], ["c@example.com"])
    cleared = await live.send("DELETE", "/_sandbox/outbox")
    assert cleared.response is True
    assert await outbox(live) == []


async def test_refused_requests_send_nothing(live: Client) -> None:
    _, (number,) = await customer(live, 10)
    for url, payload in (
        ("user/1?action=password", {"password": ""}),
        (f"invoice/{number}?action=email", {"email": "a@example.com", "message_id": "x"}),
        (f"invoice/{number}?action=pay", {"number": "1"}),
    ):
        assert (await live.post(url, payload)).status == 400
    assert await outbox(live) == []


async def test_the_flag_is_heard_in_batches_too(live: Client) -> None:
    batch = [
        {"request_method": "POST", "uri": f"/api/v3/invoice/1?action=email{flag}", "payload": None}
        for flag in ("", "&_flag_emails=0")
    ]
    answer = await live.post("_bulk", batch)
    assert [item["code"] for item in answer.response["_bulk"]] == [200, 200]
    assert len(await outbox(live)) == 1


async def test_the_page(live: Client) -> None:
    evil = "<img src=x onerror=alert(1)>\"'&"
    mail = {"subject": evil, "body": f"{evil} https://example.com/?a=1&b=2", "html": evil, "from": evil}
    await live.post("invoice/1?action=email", mail)
    await live.post("user/1?action=password")
    await live.post("invoice/1?action=print")
    page = await live.send("GET", "/_sandbox/outbox.html")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert title(page) == "Outbox"
    assert b"<img" not in page.body
    assert text(page).count(evil) == 4
    assert b'href="https://example.com/?a=1&amp;b=2"' in page.body
    assert "Hamden, CT" in text(page)
    (reset,) = links((await outbox(live))[1]["body"])
    assert f'href="{reset}"'.encode() in page.body
    assert title(await Browser(live).open(reset)) == "Set a new password"


async def test_it_asks_for_credentials(live: Client) -> None:
    for path in ("outbox", "outbox.html", "letters"):
        answer = await live.send("GET", f"/_sandbox/{path}", authorization=None)
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Basic")
        assert (await live.send("PUT", f"/_sandbox/{path}")).status == 400


async def test_a_reset_empties_it(live: Client) -> None:
    _, (number,) = await customer(live, 10)
    await live.post(f"invoice/{number}?action=pay", CARD)
    assert len(await outbox(live)) == 1
    assert (await live.send("POST", "/_sandbox/reset")).status == 200
    assert await outbox(live) == []
