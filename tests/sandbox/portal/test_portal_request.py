"""Cookies of the portal."""

from __future__ import annotations

import pytest

from tests.sandbox.browser import Browser, title
from tests.sandbox.client import Client
from tests.sandbox.portal.visits import login_link


@pytest.mark.parametrize(
    "cookie", ["portal_session=x", "portal_session", ";;;", 'a="', "portal_session=\xff"]
)
async def test_cookies_that_are_none(browser: Browser, cookie: str) -> None:
    browser.cookie = cookie
    assert title(await browser.open("/r/portal")) == "Log in"
    assert (await browser.submit("/r/portal/password", password="x", again="x")).status == 403


async def test_the_cookie_is_kept_from_scripts_and_other_sites(watched: Client) -> None:
    path = (await login_link(watched)).removeprefix("http://127.0.0.1:8080")
    answer = await watched.send("GET", path, authorization=None)
    assert answer.status == 303
    attributes = answer.headers["set-cookie"].casefold()
    for wanted in ("httponly", "samesite=lax", "path=/r"):
        assert wanted in attributes
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
