"""Pages that url_self leads to."""

from __future__ import annotations

import pytest

from tests.sandbox.browser import text, title
from tests.sandbox.client import Client


async def test_pages_of_the_administration_ask_for_keys(live: Client) -> None:
    for path in ("/admin/r/customer/view/3", "/admin/r/customer/view/99999", "/admin/r/x"):
        assert (await live.send("GET", path, authorization=None)).status == 401
    page = await live.send("GET", "/admin/r/customer/view/3")
    assert (page.status, title(page)) == (200, "customer 3")
    row = (await live.get("customer/3")).response
    assert row["token"] in text(page)
    assert f'href="{row["url_statementlink"]}"'.encode() in page.body


@pytest.mark.parametrize(
    "path",
    [
        "customer/view/99999",
        "customer/view/0",
        "customer/view/x",
        "customer/view/1/2",
        "customer/view/" + "9" * 30,
        "customer/view/%00",
        "customer/view/%D9%A3",
        "frob/view/1",
        "customer/edit/1",
        "",
        "%2e%2e/view/1",
    ],
)
async def test_records_that_have_no_page(live: Client, path: str) -> None:
    page = await live.send("GET", f"/admin/r/{path}")
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
