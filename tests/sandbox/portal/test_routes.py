"""The customer portal: links work once and for a while, passwords work, pages show text as text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cotui.sandbox.writing import passwords
from tests.sandbox.browser import Browser, text, title
from tests.sandbox.client import Client
from tests.sandbox.portal.visits import USED, login_link, reset_link


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "_COST", 2)
    return


async def test_a_reset_link_really_sets_a_password(
    watched: Client, browser: Browser, cheap_passwords: None
) -> None:
    link = await reset_link(watched)
    form = await browser.open(link)
    assert (form.status, title(form)) == (200, "Set a new password")
    assert "user1" in text(form)
    differing = await browser.submit(link, password="one", again="two")
    assert (differing.status, "not the same" in text(differing)) == (400, True)
    assert (await browser.submit(link, password="", again="")).status == 400
    assert title(await browser.submit(link, password="new & <b>", again="new & <b>")) == "Home"
    late = await Browser(watched).submit(link, password="mine", again="mine")
    assert (late.status, USED in text(late)) == (410, True)
    other = Browser(watched)
    refused = await other.submit("/r/login", username="user1", password="mine")
    assert (refused.status, other.cookie) == (403, "")
    assert title(await other.submit("/r/login", username="user1", password="new & <b>")) == "Home"


async def test_a_new_password_ends_sessions_and_links(
    watched: Client, browser: Browser, cheap_passwords: None
) -> None:
    await browser.open(await login_link(watched))
    waiting, reset = await login_link(watched), await reset_link(watched)
    await watched.post("user/1?action=password", {"password": "x"})
    assert title(await browser.open("/r/portal")) == "Log in"
    for link in (waiting, reset):
        assert USED in text(await Browser(watched).open(link))


async def test_the_password_page(watched: Client, browser: Browser, cheap_passwords: None) -> None:
    await browser.open(await login_link(watched, destination="password"))
    assert (await browser.submit("/r/portal/password", password="a", again="b")).status == 400
    changed = await browser.submit("/r/portal/password", password="a", again="a")
    assert "The password was changed." in text(changed)
    assert title(await browser.open("/r/portal/info")) == "Your details"
    assert title(await Browser(watched).submit("/r/login", username="user1", password="a")) == "Home"


@pytest.mark.parametrize(
    ("username", "password"),
    [("user1", "x"), ("nobody", "x"), ("", ""), ("user1", "x" * 5000), ("a\x00b", "\x00"), ("user1'--", "x")],
)
async def test_wrong_names_and_passwords(
    watched: Client, browser: Browser, username: str, password: str, cheap_passwords: None
) -> None:
    page = await browser.submit("/r/login", username=username, password=password)
    assert (page.status, browser.cookie) == (403, "")
    assert "User name or password is wrong." in text(page)


@pytest.mark.parametrize(
    "path", ["/r/", "/r/x", "/r/portal/x", "/r/portal/info/x", "/r/login/x", "/r/%2e%2e/api", "/r//"]
)
async def test_pages_that_are_not_there(browser: Browser, path: str) -> None:
    page = await browser.open(path)
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")


async def test_the_request_log_knows_no_secrets(
    watched: Client, browser: Browser, cheap_passwords: None
) -> None:
    link = await login_link(watched)
    await browser.open(link)
    reset = await reset_link(watched)
    await browser.submit(reset, password="geheim-1", again="geheim-1")
    await watched.post("user/1?action=password", {"password": "geheim-2"})
    log = (await watched.send("GET", "/_sandbox/requests")).body.decode()
    for secret in (
        link.rsplit("/", 1)[1],
        reset.rsplit("/", 1)[1],
        "geheim",
        browser.cookie.partition("=")[2],
    ):
        assert secret not in log
