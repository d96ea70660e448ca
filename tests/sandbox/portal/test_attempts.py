"""Passwords and links of the portal cannot be guessed at without end."""

from __future__ import annotations

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.portal.attempts import FOR_NAME, FROM_ADDRESS, PERIOD, Attempts
from cotui.sandbox.writing import passwords
from tests.sandbox import account
from tests.sandbox.browser import Browser, links, title
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.money_account import outbox

WORD = "corréct horse"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_names_and_addresses() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for name in (" Jo", "jo", "JO ", *["jo"] * (FOR_NAME - 3)):
        assert attempts.begin("a", name) == 0
        clock.now += 1
    assert attempts.begin("a", "Jo") == PERIOD - FOR_NAME
    assert attempts.begin("b", "jo") > 0, "from wherever it comes"
    assert attempts.begin("a", "other") == 0
    clock.now = 1000.0 + PERIOD
    assert attempts.begin("a", "jo") == 0
    assert attempts.begin("a", "jo") > 0, "one for each that is over"


def test_an_address_for_all_names_and_links() -> None:
    attempts = Attempts(Clock())
    for number in range(FROM_ADDRESS):
        assert attempts.begin("a", None if number % 2 else f"name {number}") == 0
    assert attempts.begin("a", "new") > 0
    assert attempts.begin("a") > 0
    assert attempts.begin("b", "new") == 0
    attempts.forget()
    assert attempts.begin("a") == 0


def test_who_is_right_does_not_count() -> None:
    attempts = Attempts(Clock())
    for _ in range(3 * FROM_ADDRESS):
        assert attempts.begin("a", "jo") == 0
        attempts.succeeded("a", "jo")
        assert attempts.begin("a") == 0
        attempts.succeeded("a")


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cotui.sandbox.portal.attempts._KEPT", 5)
    attempts = Attempts(Clock())
    for number in range(20):
        attempts.begin(f"address {number}", f"name {number}")
    assert len(attempts._made) == 5


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Passwords that are judged at once; those that were."""
    judged: list[str] = []

    def matches(word: str, stored: str | None) -> bool:
        judged.append(word)
        return stored is not None and word == WORD

    monkeypatch.setattr(passwords, "matches", matches)
    monkeypatch.setattr(passwords, "hashed", lambda word: "scrypt$1$$")
    return judged


async def test_the_form(live: Client, cheap: list[str]) -> None:
    await live.post("user/1?action=password", {"password": WORD})
    browser = Browser(live)
    for number in range(FOR_NAME):
        page = await browser.submit("/r/login", username="user1", password=f"guess {number}")
        assert page.status == 403
    assert len(cheap) == FOR_NAME
    page = await browser.submit("/r/login", username="USER1", password=WORD)
    assert (page.status, title(page)) == (429, "Too many attempts")
    assert 0 < int(page.headers["retry-after"]) <= PERIOD
    assert len(cheap) == FOR_NAME, "it is not even judged"
    assert not browser.cookie
    # somebody else is let in; so is this one when the sandbox is reset, which needs keys
    await live.post("user/2?action=password", {"password": WORD})
    assert (await browser.submit("/r/login", username="user2", password=WORD)).status == 200


async def test_names_that_nobody_has_are_no_different(live: Client, cheap: list[str]) -> None:
    browser = Browser(live)
    said = [
        [(await browser.submit("/r/login", username=name, password="x")).status for _ in range(FOR_NAME + 1)]
        for name in ("user1", "nobody")
    ]
    assert said[0] == said[1] == [403] * FOR_NAME + [429]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/r/login/link/guess"),
        ("POST", "/r/login/link/guess"),
        ("GET", "/r/login/reset/guess"),
        ("POST", "/r/login/reset/guess"),
        ("GET", "/r/invoice/view/guess"),
        ("POST", "/r/trans/pay/guess"),
        ("GET", "/r/statement/view/guess"),
    ],
)
async def test_links(store: Store, method: str, path: str) -> None:
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    statuses = [
        (await client.send(method, f"{path}{number}", authorization=None)).status
        for number in range(FROM_ADDRESS + 1)
    ]
    assert statuses == [404] * FROM_ADDRESS + [429]
    # the API's own keys are another matter
    assert (await client.get("customer/1")).status == 200


async def test_links_that_are_right_never_count(live: Client, cheap: list[str]) -> None:
    token = (await live.get("invoice/1")).response["url_permalink"].removeprefix("http://127.0.0.1:8080")
    for _ in range(FROM_ADDRESS + 5):
        assert (await live.send("GET", token, authorization=None)).status == 200
    await live.post("user/1?action=password")
    (mail,) = await outbox(live)
    (reset,) = links(mail["body"])
    browser = Browser(live)
    for _ in range(FROM_ADDRESS + 5):
        assert (await browser.open(reset)).status == 200
    assert title(await browser.submit(reset, password=WORD, again=WORD)) == "Home"


async def test_moving_the_account_s_clock_gives_no_more_attempts(live: Client, cheap: list[str]) -> None:
    browser = Browser(live)
    for _ in range(FOR_NAME):
        await browser.submit("/r/login", username="user1", password="x")
    await live.send("PUT", "/_sandbox/clock", body=b'{"days": 30}')
    assert (await browser.submit("/r/login", username="user1", password="x")).status == 429
    await live.send("POST", "/_sandbox/reset")
    assert (await browser.submit("/r/login", username="user1", password="x")).status == 403
