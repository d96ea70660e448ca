"""Links into the portal work once and for a while."""

from __future__ import annotations

from cotui.sandbox.database.store import Store
from cotui.sandbox.writing.portal_links import RESET_SECONDS, SESSION_SECONDS
from tests.sandbox.browser import Browser, text, title
from tests.sandbox.client import Client
from tests.sandbox.portal.visits import USED, Watch, login_link, reset_link

EXPIRED = "This link has expired."


async def test_a_link_logs_in_exactly_once(watched: Client, browser: Browser) -> None:
    link = await login_link(watched, destination="invoices")
    page = await browser.open(link)
    assert (page.status, title(page), browser.path) == (200, "Invoices", "/r/portal/invoices")
    assert "Logged in as Jane Doe." in text(page)
    stranger = Browser(watched)
    again = await stranger.open(link)
    assert again.status == 410
    assert USED in text(again)
    assert not stranger.cookie
    assert (await browser.open("/r/portal")).status == 200


async def test_a_link_works_for_a_minute(watched: Client, watch: Watch) -> None:
    in_time, late = await login_link(watched), await login_link(watched)
    watch.wind(59)
    assert title(await Browser(watched).open(in_time)) == "Home"
    watch.wind(1)
    browser = Browser(watched)
    page = await browser.open(late)
    assert page.status == 410
    assert EXPIRED in text(page)
    assert title(await browser.open("/r/portal")) == "Log in"
    watch.wind(3600)
    assert USED in text(await Browser(watched).open(in_time))


async def test_the_lifetime_can_be_set(watched: Client, live_store: Store, watch: Watch) -> None:
    with live_store.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('login_link_seconds', '5')")
    link = await login_link(watched)
    watch.wind(5)
    assert EXPIRED in text(await Browser(watched).open(link))


async def test_links_follow_the_accounts_own_clock(watched: Client) -> None:
    """`PUT /_sandbox/clock` moves what links expire by."""
    link = await login_link(watched)
    moved = await watched.send("PUT", "/_sandbox/clock", body=b'{"seconds": 60}')
    assert moved.status == 200
    assert EXPIRED in text(await Browser(watched).open(link))


async def test_looking_at_a_link_does_not_use_it_up(watched: Client, browser: Browser) -> None:
    link = await login_link(watched)
    path = link.removeprefix("http://127.0.0.1:8080")
    for method in ("HEAD", "OPTIONS", "POST"):
        assert (await watched.send(method, path, authorization=None)).status == 204
    assert title(await browser.open(link)) == "Home"


async def test_secrets_that_are_none(watched: Client, browser: Browser) -> None:
    for secret in ("x", "%00", "a/b", "%ff", "x" * 5000, "%27%20OR%201=1"):
        for kind in ("link", "reset"):
            page = await browser.open(f"/r/login/{kind}/{secret}")
            assert page.status == 404, secret
    assert not browser.cookie


async def test_a_reset_link_expires(watched: Client, browser: Browser, watch: Watch) -> None:
    link = await reset_link(watched)
    watch.wind(RESET_SECONDS)
    assert EXPIRED in text(await browser.submit(link, password="x", again="x"))


async def test_a_login_link_is_no_reset_link(watched: Client, browser: Browser) -> None:
    swapped = (await login_link(watched)).replace("/link/", "/reset/")
    assert (await browser.submit(swapped, password="x", again="x")).status == 404
    swapped = (await reset_link(watched)).replace("/reset/", "/link/")
    assert (await browser.open(swapped)).status == 404


async def test_sessions_end(watched: Client, browser: Browser, watch: Watch) -> None:
    await browser.open(await login_link(watched))
    cookie = browser.cookie
    assert title(await browser.submit("/r/logout")) == "Log in"
    browser.cookie = cookie
    assert (await browser.open("/r/portal")).status == 403
    await browser.open(await login_link(watched))
    watch.wind(SESSION_SECONDS)
    assert (await browser.open("/r/portal")).status == 403
