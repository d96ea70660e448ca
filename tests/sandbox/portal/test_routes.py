"""The customer portal: links work once and for a while, passwords work, pages show text as text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.portal.pages import PAGES
from cotui.sandbox.writing import passwords
from cotui.sandbox.writing.portal_links import DESTINATIONS, RESET_SECONDS, SESSION_SECONDS
from tests.sandbox import account
from tests.sandbox.account import NASTY
from tests.sandbox.browser import Browser, links, text, title
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.money_account import CARD, outbox

USED = "This link has been used already. It works only once."
EXPIRED = "This link has expired."


class Watch:
    """A clock that tests wind."""

    def __init__(self) -> None:
        self.moment = account.NOW

    def __call__(self) -> datetime:
        return self.moment

    def wind(self, seconds: int) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def client(live_store: Store, watch: Watch) -> Client:
    return Client(create_app(live_store, credentials=CREDENTIALS, clock=watch))


@pytest.fixture
def browser(client: Client) -> Browser:
    return Browser(client)


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "_COST", 2)
    return


async def login_link(client: Client, user_id: int = 1, destination: str = "") -> str:
    answer = await client.post(f"user/{user_id}/_action/getLoginURL", {"destination": destination})
    return str(answer.response)


async def reset_link(client: Client) -> str:
    await client.post("user/1?action=password")
    return links((await outbox(client))[-1]["body"])[0]


async def test_a_link_logs_in_exactly_once(client: Client, browser: Browser) -> None:
    link = await login_link(client, destination="invoices")
    page = await browser.open(link)
    assert (page.status, title(page), browser.path) == (200, "Invoices", "/r/portal/invoices")
    assert "Logged in as Jane Doe." in text(page)
    stranger = Browser(client)
    again = await stranger.open(link)
    assert again.status == 410
    assert USED in text(again)
    assert not stranger.cookie
    assert (await browser.open("/r/portal")).status == 200


async def test_a_link_works_for_a_minute(client: Client, watch: Watch) -> None:
    in_time, late = await login_link(client), await login_link(client)
    watch.wind(59)
    assert title(await Browser(client).open(in_time)) == "Home"
    watch.wind(1)
    browser = Browser(client)
    page = await browser.open(late)
    assert page.status == 410
    assert EXPIRED in text(page)
    assert title(await browser.open("/r/portal")) == "Log in"
    watch.wind(3600)
    assert USED in text(await Browser(client).open(in_time))


async def test_the_lifetime_can_be_set(client: Client, live_store: Store, watch: Watch) -> None:
    with live_store.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('login_link_seconds', '5')")
    link = await login_link(client)
    watch.wind(5)
    assert EXPIRED in text(await Browser(client).open(link))


async def test_links_follow_the_accounts_own_clock(client: Client) -> None:
    """`PUT /_sandbox/clock` moves what links expire by."""
    link = await login_link(client)
    moved = await client.send("PUT", "/_sandbox/clock", body=b'{"seconds": 60}')
    assert moved.status == 200
    assert EXPIRED in text(await Browser(client).open(link))


async def test_looking_at_a_link_does_not_use_it_up(client: Client, browser: Browser) -> None:
    link = await login_link(client)
    path = link.removeprefix("http://127.0.0.1:8080")
    for method in ("HEAD", "OPTIONS", "POST"):
        assert (await client.send(method, path, authorization=None)).status == 204
    assert title(await browser.open(link)) == "Home"


async def test_secrets_that_are_none(client: Client, browser: Browser) -> None:
    for secret in ("x", "%00", "a/b", "%ff", "x" * 5000, "%27%20OR%201=1"):
        for kind in ("link", "reset"):
            page = await browser.open(f"/r/login/{kind}/{secret}")
            assert page.status == 404, secret
    assert not browser.cookie


async def test_a_reset_link_really_sets_a_password(
    client: Client, browser: Browser, cheap_passwords: None
) -> None:
    link = await reset_link(client)
    form = await browser.open(link)
    assert (form.status, title(form)) == (200, "Set a new password")
    assert "user1" in text(form)
    differing = await browser.submit(link, password="one", again="two")
    assert (differing.status, "not the same" in text(differing)) == (400, True)
    assert (await browser.submit(link, password="", again="")).status == 400
    assert title(await browser.submit(link, password="new & <b>", again="new & <b>")) == "Home"
    late = await Browser(client).submit(link, password="mine", again="mine")
    assert (late.status, USED in text(late)) == (410, True)
    other = Browser(client)
    refused = await other.submit("/r/login", username="user1", password="mine")
    assert (refused.status, other.cookie) == (403, "")
    assert title(await other.submit("/r/login", username="user1", password="new & <b>")) == "Home"


async def test_a_reset_link_expires(client: Client, browser: Browser, watch: Watch) -> None:
    link = await reset_link(client)
    watch.wind(RESET_SECONDS)
    assert EXPIRED in text(await browser.submit(link, password="x", again="x"))


async def test_a_new_password_ends_sessions_and_links(
    client: Client, browser: Browser, cheap_passwords: None
) -> None:
    await browser.open(await login_link(client))
    waiting, reset = await login_link(client), await reset_link(client)
    await client.post("user/1?action=password", {"password": "x"})
    assert title(await browser.open("/r/portal")) == "Log in"
    for link in (waiting, reset):
        assert USED in text(await Browser(client).open(link))


async def test_a_login_link_is_no_reset_link(client: Client, browser: Browser) -> None:
    swapped = (await login_link(client)).replace("/link/", "/reset/")
    assert (await browser.submit(swapped, password="x", again="x")).status == 404
    swapped = (await reset_link(client)).replace("/reset/", "/link/")
    assert (await browser.open(swapped)).status == 404


async def test_the_password_page(client: Client, browser: Browser, cheap_passwords: None) -> None:
    await browser.open(await login_link(client, destination="password"))
    assert (await browser.submit("/r/portal/password", password="a", again="b")).status == 400
    changed = await browser.submit("/r/portal/password", password="a", again="a")
    assert "The password was changed." in text(changed)
    assert title(await browser.open("/r/portal/info")) == "Your details"
    assert title(await Browser(client).submit("/r/login", username="user1", password="a")) == "Home"


@pytest.mark.parametrize(
    ("username", "password"),
    [("user1", "x"), ("nobody", "x"), ("", ""), ("user1", "x" * 5000), ("a\x00b", "\x00"), ("user1'--", "x")],
)
async def test_wrong_names_and_passwords(
    client: Client, browser: Browser, username: str, password: str, cheap_passwords: None
) -> None:
    page = await browser.submit("/r/login", username=username, password=password)
    assert (page.status, browser.cookie) == (403, "")
    assert "User name or password is wrong." in text(page)


async def test_sessions_end(client: Client, browser: Browser, watch: Watch) -> None:
    await browser.open(await login_link(client))
    cookie = browser.cookie
    assert title(await browser.submit("/r/logout")) == "Log in"
    browser.cookie = cookie
    assert (await browser.open("/r/portal")).status == 403
    await browser.open(await login_link(client))
    watch.wind(SESSION_SECONDS)
    assert (await browser.open("/r/portal")).status == 403


@pytest.mark.parametrize(
    "cookie", ["portal_session=x", "portal_session", ";;;", 'a="', "portal_session=\xff"]
)
async def test_cookies_that_are_none(browser: Browser, cookie: str) -> None:
    browser.cookie = cookie
    assert title(await browser.open("/r/portal")) == "Log in"
    assert (await browser.submit("/r/portal/password", password="x", again="x")).status == 403


async def test_the_cookie_is_kept_from_scripts_and_other_sites(client: Client) -> None:
    path = (await login_link(client)).removeprefix("http://127.0.0.1:8080")
    answer = await client.send("GET", path, authorization=None)
    assert answer.status == 303
    attributes = answer.headers["set-cookie"].casefold()
    for wanted in ("httponly", "samesite=lax", "path=/r"):
        assert wanted in attributes
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"


async def test_pages_show_the_customers_own_things(client: Client, browser: Browser) -> None:
    await browser.open(await login_link(client, 3))
    shown = {name: await browser.open(f"/r/portal/{name}".rstrip("/")) for name in ("", *DESTINATIONS)}
    assert {name: title(page) for name, page in shown.items()} == {
        name: page.title for name, page in PAGES.items()
    }
    assert "#11" in text(shown["invoices"])
    assert "#1 " not in text(shown["invoices"])
    assert "Visa" in text(shown["payments"])
    assert "Plan" in text(shown["subscriptions"])
    assert "jane3@example.com" in text(shown["info"])


async def test_pay_methods_can_be_added(client: Client, browser: Browser) -> None:
    await browser.open(await login_link(client, 3, "paymethods-creditcard"))
    wrong = await browser.submit("/r/portal/paymethods-creditcard", number="1")
    assert wrong.status == 400
    fields = {name: str(value) for name, value in CARD.items()}
    added = await browser.submit("/r/portal/paymethods-creditcard", **fields)
    assert (added.status, "The card was added." in text(added)) == (200, True)
    assert "xxxx-xxxx-xxxx-1111" in text(added)
    added = await browser.submit("/r/portal/paymethods-ach", number="856667", routing="072403004", name="J")
    assert "x6667" in text(added)
    cards = await client.rows("creditcard", where="customer_id:EQUALS:3")
    assert "xxxx-xxxx-xxxx-1111" in {card["mask_number"] for card in cards}
    assert (await browser.submit("/r/portal/invoices", x="y")).status == 405


async def test_everything_is_escaped(client: Client, browser: Browser, live_store: Store) -> None:
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
    await browser.open(await login_link(client))
    for path in [f"/r/portal/{name}" for name in DESTINATIONS] + [
        "/r/portal",
        "/r/invoice/view/inv000000003",
    ]:
        page = await browser.open(path)
        assert page.status == 200
        assert b"<script" not in page.body
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert evil in text(await browser.open("/r/portal/info"))
    assert b"<script" not in (await browser.open(await reset_link(client))).body


async def test_other_users_are_out_of_reach(client: Client, browser: Browser) -> None:
    await browser.open(await login_link(client, 2))
    page = text(await browser.open("/r/portal"))
    assert all(f"{NASTY[number]} {number}" in page for number in (1, 2))
    assert f"{NASTY[3]} 3" not in page


async def test_invoices_have_pages_and_files(client: Client, browser: Browser) -> None:
    row = (await client.get("invoice/3")).response
    page = await browser.open(row["url_permalink"])
    assert (page.status, title(page)) == (200, "Invoice #3")
    assert "Overdue" in text(page)
    file = await browser.open(row["url_pdflink"])
    assert (file.status, file.headers["content-type"]) == (200, "application/pdf")
    assert file.body.startswith(b"%PDF-1.4")
    assert file.body.rstrip().endswith(b"%%EOF")
    table = int(file.body.rsplit(b"startxref\n", 1)[1].split()[0])
    assert file.body[table:].startswith(b"xref\n")
    for number, entry in enumerate(file.body[table:].splitlines()[3:8], 1):
        assert file.body[int(entry[:10]) :].startswith(b"%d 0 obj" % number)
    assert (await browser.open("/r/invoice/pdf/nothing")).status == 404


@pytest.mark.parametrize(
    "path", ["/r/", "/r/x", "/r/portal/x", "/r/portal/info/x", "/r/login/x", "/r/%2e%2e/api", "/r//"]
)
async def test_pages_that_are_not_there(browser: Browser, path: str) -> None:
    page = await browser.open(path)
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")


async def test_the_request_log_knows_no_secrets(
    client: Client, browser: Browser, cheap_passwords: None
) -> None:
    link = await login_link(client)
    await browser.open(link)
    reset = await reset_link(client)
    await browser.submit(reset, password="geheim-1", again="geheim-1")
    await client.post("user/1?action=password", {"password": "geheim-2"})
    log = (await client.send("GET", "/_sandbox/requests")).body.decode()
    for secret in (
        link.rsplit("/", 1)[1],
        reset.rsplit("/", 1)[1],
        "geheim",
        browser.cookie.partition("=")[2],
    ):
        assert secret not in log
