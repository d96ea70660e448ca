"""Pages of the portal."""

from __future__ import annotations

from cotui.sandbox.database.store import Store
from cotui.sandbox.portal.pages import PAGES
from cotui.sandbox.writing.portal_links import DESTINATIONS
from tests.sandbox.account import NASTY
from tests.sandbox.browser import Browser, text, title
from tests.sandbox.client import Client
from tests.sandbox.money_account import CARD
from tests.sandbox.portal.visits import login_link, reset_link


async def test_pages_show_the_customers_own_things(watched: Client, browser: Browser) -> None:
    await browser.open(await login_link(watched, 3))
    shown = {name: await browser.open(f"/r/portal/{name}".rstrip("/")) for name in ("", *DESTINATIONS)}
    assert {name: title(page) for name, page in shown.items()} == {
        name: page.title for name, page in PAGES.items()
    }
    assert "#11" in text(shown["invoices"])
    assert "#1 " not in text(shown["invoices"])
    assert "Visa" in text(shown["payments"])
    assert "Plan" in text(shown["subscriptions"])
    assert "jane3@example.com" in text(shown["info"])


async def test_pay_methods_can_be_added(watched: Client, browser: Browser) -> None:
    await browser.open(await login_link(watched, 3, "paymethods-creditcard"))
    wrong = await browser.submit("/r/portal/paymethods-creditcard", number="1")
    assert wrong.status == 400
    fields = {name: str(value) for name, value in CARD.items()}
    added = await browser.submit("/r/portal/paymethods-creditcard", **fields)
    assert (added.status, "The card was added." in text(added)) == (200, True)
    assert "x1111" in text(added)
    added = await browser.submit("/r/portal/paymethods-ach", number="856667", routing="072403004", name="J")
    assert "x6667" in text(added)
    cards = await watched.rows("creditcard", where="customer_id:EQUALS:3")
    assert "x1111" in {card["mask_number"] for card in cards}
    assert (await browser.submit("/r/portal/invoices", x="y")).status == 405


async def test_everything_is_escaped(watched: Client, browser: Browser, live_store: Store) -> None:
    evil = "</title><script>alert(1)</script>\"'&"
    with live_store.write() as connection:
        for table, column in (
            ("customers", "company"),
            ("users", "name"),
            ("users", "username"),
            ("packages", "nickname"),
            ("invoices", "refnumber"),
            ("invoices", "memo"),
            ("invoice_lines", "descrip"),
            ("transactions", "transaction_method"),
            ("transactions", "transaction_detail"),
            ("brands", "brand"),
        ):
            connection.execute(f"UPDATE {table} SET {column} = ?", (evil,))
    await browser.open(await login_link(watched))
    for path in [f"/r/portal/{name}" for name in DESTINATIONS] + [
        "/r/portal",
        "/r/invoice/view/inv000000003",
    ]:
        page = await browser.open(path)
        assert page.status == 200
        assert b"<script" not in page.body
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert evil in text(await browser.open("/r/portal/info"))
    assert b"<script" not in (await browser.open(await reset_link(watched))).body


async def test_other_users_are_out_of_reach(watched: Client, browser: Browser) -> None:
    await browser.open(await login_link(watched, 2))
    page = text(await browser.open("/r/portal"))
    assert all(f"{NASTY[number]} {number}" in page for number in (1, 2))
    assert f"{NASTY[3]} 3" not in page
