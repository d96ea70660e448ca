"""The pages behind the links that records carry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import generate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.objects import served, served_objects
from tests.sandbox import account
from tests.sandbox.browser import BASE, Browser, text, title
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.money_account import CARD, DECLINED, customer

#: how the heading of the page behind a link begins; those of url_self and files are none of the portal's
LINKS = {
    "url_statementlink": "Statement",
    "url_paymethodlink": "Pay methods",
    "url_updatelink": "Pay methods",
    "url_verifylink": "Pay methods",
    "url_permalink": "Invoice #",
    "url_paylink": "Pay invoice #",
    "url_ttl_paylink": "Pay invoice #",
}


@pytest.fixture(scope="module")
def demo() -> Iterator[Client]:
    """A demo account, with what its records lack: cards, accounts and planned payments."""
    store = Store()
    with store.load() as connection:
        generate(connection, 30, 1, date(2026, 3, 15))
    with store.write() as connection:
        connection.execute(
            "INSERT INTO invoice_schedule (invoice_id, token, date, due_date, amount, balance)"
            " SELECT invoice_id, 'sch' || invoice_id, date, due_date, balance, balance FROM invoices"
            " WHERE is_open = 1"
        )
    yield Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    store.close()


def links(value: Any) -> Iterator[tuple[str, str]]:
    """All fields of a record that hold a link, in what it consists of too."""
    if isinstance(value, list):
        for item in value:
            yield from links(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name.startswith("url_"):
                yield name, item
            else:
                yield from links(item)


@pytest.mark.sample("customer", "transaction", "package")
@pytest.mark.parametrize("subject", [name for name in served_objects() if not name.startswith("_")])
async def test_every_link_of_every_record_is_served(demo: Client, subject: str) -> None:
    browser = Browser(demo)
    key = served(subject).key
    seen: set[str] = set()
    for start in (0, 100):
        for row in (await demo.get(f"{subject}?limit=100&offset={start}")).response:
            single = (await demo.get(f"{subject}/{row[key]}")).response
            for name, url in [*links(row), *links(single)]:
                assert url.startswith(f"{BASE}/"), (name, url)
                if url in seen:
                    continue
                seen.add(url)
                if name == "url_self":
                    page = await demo.send("GET", url.removeprefix(BASE))
                else:
                    page = await browser.open(url)
                assert page.status == 200, (name, url)
                if name == "url_pdflink":
                    assert page.body.startswith(b"%PDF-")
                elif name != "url_self":
                    assert title(page).startswith(LINKS[name])
    wanted = {"customer": 3, "invoice": 4, "user": 1, "package": 1, "transaction": 1, "creditcard": 1}
    assert len(seen) >= wanted.get(subject, 0)


@pytest.mark.parametrize(
    "path",
    [
        "statement/view/nothing",
        "statement/view/%00",
        "statement/view",
        "paymethod/i/x",
        "paymethod/update/x",
        "trans/pay/x",
        "trans/pay/%27%20OR%201=1",
        "trans/ttlpay/inv000000003",
        "trans/frob/inv000000003",
        "trans/pay/inv000000003/more",
    ],
)
async def test_links_that_lead_nowhere(live: Client, path: str) -> None:
    browser = Browser(live)
    assert (await browser.open(f"/r/{path}")).status == 404
    fields = {name: str(value) for name, value in CARD.items()}
    assert (await browser.submit(f"/r/{path}", **fields)).status == 404


async def test_a_statement_lists_what_is_open(live: Client) -> None:
    customer_id, (first, second) = await customer(live, 80, 20)
    assert (await live.post(f"invoice/{second}?action=void")).response is True
    page = await Browser(live).open((await live.get(f"customer/{customer_id}")).response["url_statementlink"])
    said = text(page)
    assert "$ 80.00" in said
    assert f"#{first}" in said
    assert f"#{second}" not in said


async def test_pay_methods_are_shown_masked_and_can_be_added(live: Client) -> None:
    customer_id, _ = await customer(live, 5)
    browser = Browser(live)
    url = (await live.get(f"customer/{customer_id}")).response["url_paymethodlink"]
    fields = {name: str(value) for name, value in CARD.items()}
    page = await browser.submit(url, **fields)
    assert (page.status, "x1111" in text(page)) == (200, True)
    assert "4111" not in page.body.decode()
    (card,) = await live.rows("creditcard", where=f"customer_id:EQUALS:{customer_id}")
    page = await browser.submit(card["url_updatelink"], number="856667", routing="072403004", name="J")
    assert (page.status, "x6667" in text(page)) == (200, True)
    (bank,) = await live.rows("ach", where=f"customer_id:EQUALS:{customer_id}")
    assert bank["mask_number"] == "x6667"
    assert (await browser.submit(url, number="1")).status == 400
    assert len(await live.rows("creditcard", where=f"customer_id:EQUALS:{customer_id}")) == 1


async def test_a_pay_link_takes_a_payment(live: Client) -> None:
    _, (invoice_id,) = await customer(live, 42.5)
    url = (await live.get(f"invoice/{invoice_id}")).response["url_paylink"]
    browser = Browser(live)
    assert "Pay $ 42.50 by card" in text(await browser.open(url))
    refused = await browser.submit(url, **{name: str(value) for name, value in DECLINED.items()})
    assert (refused.status, "Your card was declined." in text(refused)) == (400, True)
    row = (await live.get(f"invoice/{invoice_id}")).response
    assert (row["declines"], row["balance"]) == (1, 42.5)
    assert (await browser.submit(url, number="x")).status == 400
    paid = await browser.submit(url, **{name: str(value) for name, value in CARD.items()})
    assert (paid.status, "Thank you" in text(paid), "Nothing is due." in text(paid)) == (200, True, True)
    row = (await live.get(f"invoice/{invoice_id}")).response
    assert (row["invoice_status_str"], row["payments"]) == ("closed-paid", 42.5)
    again = await browser.submit(url, **{name: str(value) for name, value in CARD.items()})
    assert again.status == 400
    assert (await live.get(f"invoice/{invoice_id}")).response["payments"] == 42.5


async def test_the_link_of_a_planned_payment_pays_that_part(live: Client) -> None:
    _, (invoice_id,) = await customer(live, 100)
    plan = [{"amount": 30, "date": "2026-04-01"}, {"amount": 70, "date": "2026-05-01"}]
    assert (await live.post(f"invoice/{invoice_id}/_action/schedule", {"schedule": plan})).response is True
    first = (await live.get(f"invoice/{invoice_id}")).response["schedule"][0]
    page = await Browser(live).submit(
        first["url_ttl_paylink"], number="856667", routing="072403004", name="J"
    )
    assert page.status == 200
    row = (await live.get(f"invoice/{invoice_id}")).response
    assert (row["payments"], row["balance"]) == (30, 70)
    assert [part["balance"] for part in row["schedule"]] == [0, 70]
    assert "Nothing is due." in text(await Browser(live).open(first["url_paylink"]))


async def test_numbers_of_forms_are_not_logged(live: Client) -> None:
    url = (await live.get("invoice/3")).response["url_paylink"]
    await Browser(live).submit(url, **{name: str(value) for name, value in CARD.items()})
    log = (await live.send("GET", "/_sandbox/requests")).body.decode()
    assert "/r/trans/pay/" in log
    assert "4111" not in log
