"""Moving the account's clock forward invoices the subscriptions whose day has come, and settles bank payments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cotui.sandbox.billing import package_run
from cotui.sandbox.billing.package_invoice import make_invoice
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import generate
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.money_account import BANK, CARD, DECLINED, outbox, transaction

NOTHING = {"invoices": 0, "payments": 0, "declined": 0, "expired": 0, "failed": 0, "left": False}
PRICES = {"base": 10, "pricemodel": "fla", "paycycle": "evy"}


async def put_clock(client: Client, **value: Any) -> dict[str, Any]:
    answer = await client.send("PUT", "/_sandbox/clock", body=json.dumps(value).encode())
    assert answer.status == 200, answer.envelope
    return dict(answer.response)


async def billed(client: Client, **value: Any) -> dict[str, Any]:
    """What a move of the clock billed, without what is 0."""
    billing = (await put_clock(client, **value))["billing"]
    return {name: number for name, number in billing.items() if number}


async def invoices(client: Client, package_id: int) -> list[dict[str, Any]]:
    return await client.rows("invoice", where=f"package_id:EQUALS:{package_id}", limit=100)


async def package(client: Client, number: int) -> dict[str, Any]:
    return dict((await client.get(f"package/{number}")).response)


@pytest.fixture
def quiet(live_store: Store, live: Client) -> Client:
    """A client of an account whose own subscriptions have no lines: nothing is due but what the test makes."""
    with live_store.write() as connection:
        connection.execute("UPDATE packages SET next_invoice_datetime = NULL")
    return live


async def subscribe(client: Client, **values: Any) -> int:
    """A subscription of a customer without taxes, for 10 each cycle; its first invoice is due at once."""
    line = {"item_id": 1, "line_quantity": 1, "tierset": PRICES}
    return await client.made("package", {"customer_id": 3, "terms_id": 3, "line_items": [line], **values})


async def card(client: Client, number: dict[str, Any], **values: Any) -> int:
    return await client.made("creditcard", {"customer_id": 3, **number, **values})


async def test_every_cycle_that_passed_is_invoiced_on_its_day(quiet: Client) -> None:
    number = await subscribe(quiet)
    assert await billed(quiet, days=45) == {"invoices": 2}
    rows = await invoices(quiet, number)
    assert [row["date"] for row in rows] == ["2026-03-15", "2026-04-15"]
    assert [row["invoice_index"] for row in rows] == [1, 2]
    # made as if on that day: its moment, its status as of today
    assert rows[1]["write_datetime"] == "2026-04-15T00:00:01-04:00"
    assert [row["due_date"] for row in rows] == ["2026-03-15", "2026-04-15"]
    assert {row["invoice_status_str"] for row in rows} == {"open-overdue"}
    assert (await package(quiet, number))["next_invoice_datetime"] == "2026-05-15T00:00:01-04:00"
    assert (await package(quiet, number))["package_status_str"] == "active-overdue"
    mails = [mail for mail in await outbox(quiet) if mail["cause"] == "package.invoice"]
    assert [mail["datetime"][:10] for mail in mails] == ["2026-03-15", "2026-04-15"]
    assert rows[1]["url_permalink"] in mails[1]["body"]
    log = [row["msg"] for row in await quiet.rows("_log_system")]
    assert log.count(f"invoice(package, {number})") == 2


@pytest.mark.parametrize(
    ("cycle", "until", "days"),
    [
        ("dly", "2026-03-17", "03-15 03-16 03-17"),
        ("116", "2026-05-01", "03-15 03-16 04-01 04-16 05-01"),
        ("30d", "2026-05-20", "03-15 04-14 05-14"),
        ("4wk", "2026-05-20", "03-15 04-12 05-10"),
        ("12w", "2026-09-01", "03-15 06-07 08-30"),
    ],
)
async def test_each_cycle_has_its_days(quiet: Client, cycle: str, until: str, days: str) -> None:
    number = await subscribe(quiet, paycycle=cycle)
    await put_clock(quiet, now=f"{until} 12:00:00")
    assert [row["date"][5:] for row in await invoices(quiet, number)] == days.split()


async def test_a_cycle_is_invoiced_once(quiet: Client) -> None:
    number = await subscribe(quiet)
    assert await billed(quiet, days=1) == {"invoices": 1}
    assert await billed(quiet, seconds=1) == {}
    await put_clock(quiet, days=-20)
    assert await billed(quiet, days=20) == {}
    assert await billed(quiet, bill=True) == {}
    assert len(await invoices(quiet, number)) == 1


async def test_only_a_clock_that_goes_forward_bills(quiet: Client) -> None:
    number = await subscribe(quiet)
    for value in ({}, {"frozen": True}, {"days": -1}, {"now": "2026-01-01"}, {"days": 100, "bill": False}):
        assert "billing" not in await put_clock(quiet, **value), value
    assert "billing" not in (await quiet.send("DELETE", "/_sandbox/clock")).response
    assert await invoices(quiet, number) == []
    # what was left out is still due
    assert await billed(quiet, bill=True) == {"invoices": 1}


async def test_time_alone_bills_nothing(live_store: Store, quiet: Client) -> None:
    number = await subscribe(quiet)
    later = Client(
        create_app(live_store, credentials=CREDENTIALS, clock=lambda: account.NOW + timedelta(days=90))
    )
    assert (await later.get("package")).status == 200
    assert await invoices(later, number) == []


async def test_a_run_is_bounded_and_says_so(quiet: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_run.run, "__defaults__", (5,))
    weekly, monthly = await subscribe(quiet, paycycle="1wk"), await subscribe(quiet)
    assert await billed(quiet, now="2099-12-31") == {"invoices": 5, "left": True}
    # in the order of their days, whatever subscription they are of
    assert [row["date"] for row in await invoices(quiet, weekly)] == [
        "2026-03-15",
        "2026-03-22",
        "2026-03-29",
        "2026-04-05",
    ]
    assert [row["date"] for row in await invoices(quiet, monthly)] == ["2026-03-15"]
    assert await billed(quiet, bill=True) == {"invoices": 5, "left": True}
    assert [row["date"] for row in await invoices(quiet, monthly)] == ["2026-03-15", "2026-04-15"]


async def test_subscriptions_that_cannot_be_invoiced_hold_up_nothing(
    quiet: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_run.run, "__defaults__", (1,))
    empty = [await quiet.made("package", {"customer_id": 3, "line_items": None}) for _ in range(3)]
    number = await subscribe(quiet)
    assert await billed(quiet, days=1) == {"invoices": 1, "failed": 3}
    assert len(await invoices(quiet, number)) == 1
    assert (await package(quiet, empty[0]))["next_invoice_datetime"] == "2026-03-15T10:00:00-04:00"


async def test_its_card_pays(quiet: Client) -> None:
    number = await subscribe(quiet, creditcard_id=await card(quiet, CARD))
    assert await billed(quiet, days=40) == {"invoices": 2, "payments": 2}
    rows = await invoices(quiet, number)
    assert [(row["invoice_status_str"], row["paid_date"]) for row in rows] == [
        ("closed-paid", "2026-03-15"),
        ("closed-paid", "2026-04-15"),
    ]
    causes = [mail["cause"] for mail in await outbox(quiet)]
    assert causes[-2:] == ["package.invoice", "transaction.receipt"]


async def test_a_card_that_is_refused_leaves_the_invoice_open(quiet: Client) -> None:
    number = await subscribe(quiet, creditcard_id=await card(quiet, DECLINED))
    assert await billed(quiet, days=1) == {"invoices": 1, "declined": 1}
    (row,) = await invoices(quiet, number)
    assert (row["declines"], row["balance"], row["invoice_status_state"]) == (1, row["total"], "o")
    failed = (await quiet.rows("transaction", order="transaction_id:DESC", limit=1))[0]
    assert failed["transaction_status_str"] == "error-declined"
    assert (await outbox(quiet))[-1]["cause"] == "transaction.failed"


async def test_a_card_is_judged_by_the_day_of_the_invoice(quiet: Client) -> None:
    expiring = await card(quiet, CARD, expdate_year=2026, expdate_month=4)
    await subscribe(quiet, creditcard_id=expiring)
    assert await billed(quiet, days=80) == {"invoices": 3, "payments": 2, "declined": 1}


async def test_invoice_only_means_by_invoice_only(quiet: Client) -> None:
    number = await card(quiet, CARD)
    answer = await quiet.post(
        "customer/3?action=setPayMethod",
        {"paymethod": "crd", "creditcard_id": number, "update_subscriptions_and_scheduled_invoices": False},
    )
    assert answer.response is True
    await subscribe(quiet, paymethod="inv")
    assert await billed(quiet, days=1) == {"invoices": 1}


@pytest.mark.parametrize(
    ("action", "value", "count"),
    [
        ("cancel", None, 0),
        ("suspend", None, 0),
        ("suspend", {"suspendfrom_datetime": "2026-04-01", "suspendto_datetime": "2026-05-01"}, 2),
        ("suspend", {"suspendfrom_datetime": "2026-04-01"}, 1),
        ("hold", {"holduntil_datetime": "2026-05-01"}, 1),
        ("paycycle", {"paycycle": "1wk"}, 10),
    ],
)
async def test_states_of_subscriptions(quiet: Client, action: str, value: Any, count: int) -> None:
    """From 15 March to 25 May."""
    number = await subscribe(quiet)
    assert (await quiet.post(f"package/{number}?action={action}", value)).status == 200
    await put_clock(quiet, now="2026-05-25")
    made = await invoices(quiet, number)
    assert len(made) == count, [row["date"] for row in made]


async def test_after_a_suspension_the_days_are_as_before(quiet: Client) -> None:
    number = await subscribe(quiet)
    value = {"suspendfrom_datetime": "2026-04-01", "suspendto_datetime": "2026-05-01"}
    await quiet.post(f"package/{number}?action=suspend", value)
    await put_clock(quiet, now="2026-05-25")
    assert [row["date"] for row in await invoices(quiet, number)] == ["2026-03-15", "2026-05-15"]


async def test_a_trial_is_billed_when_it_ends(quiet: Client) -> None:
    line = {"item_id": 1, "trial_days": 14, "tierset": PRICES}
    number = await subscribe(quiet, line_items=[line])
    assert await billed(quiet, days=13) == {}
    assert (await package(quiet, number))["package_status_str"] == "active-trial"
    assert await billed(quiet, days=1) == {"invoices": 1}
    assert (await package(quiet, number))["package_status_str"] != "active-trial"


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2026-03-07T23:30:00-05:00", "2026-03-08T23:30:00-04:00"),
        ("2026-10-31T00:30:00-04:00", "2026-11-01T00:30:00-04:00"),
        ("2026-11-01T00:30:00-04:00", "2026-11-02T00:30:00-05:00"),
    ],
)
async def test_a_trial_ends_at_its_time_of_day_also_where_clocks_are_changed(
    quiet: Client, begin: str, end: str
) -> None:
    await put_clock(quiet, now=begin, bill=False)
    line = {"item_id": 1, "trial_days": 1, "tierset": PRICES}
    number = await subscribe(quiet, line_items=[line])
    assert (await package(quiet, number))["next_invoice_datetime"] == end
    assert await billed(quiet, now=end) == {"invoices": 1}
    assert [row["date"] for row in await invoices(quiet, number)] == [end[:10]]
    assert (await package(quiet, number))["package_status_str"] != "active-trial"


async def test_lines_that_are_billed_some_times_only(quiet: Client) -> None:
    item_id = await quiet.made("item", {"name": "Twice", "type": "service", "expire_recurs": 2})
    line = {"item_id": item_id, "tierset": PRICES}
    number = await subscribe(quiet, line_items=[line])
    assert await billed(quiet, days=200) == {"invoices": 2, "expired": 1}
    row = await package(quiet, number)
    assert (row["package_status_str"], row["next_invoice_datetime"]) == ("expired-expired", None)
    assert await billed(quiet, days=200) == {}


async def test_letters_for_those_who_want_paper(quiet: Client) -> None:
    assert (await quiet.put("customer/3", {"invoice_delivery": "print"})).status == 202
    number = await subscribe(quiet)
    before = len(await outbox(quiet))
    assert await billed(quiet, days=1) == {"invoices": 1}
    assert len(await outbox(quiet)) == before
    (letter,) = (await quiet.send("GET", "/_sandbox/letters")).response
    assert letter["invoice_id"] == (await invoices(quiet, number))[0]["invoice_id"]


async def test_what_is_due_survives_a_run_that_was_cut_short(
    quiet: Client, live_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is killed in the middle of a run has kept whole invoices, and forgotten no cycle."""
    number = await subscribe(quiet, creditcard_id=await card(quiet, CARD))
    calls: list[tuple[Any, ...]] = []

    def killed(*words: Any) -> int:
        calls.append(words)
        invoice_id = make_invoice(*words)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return invoice_id

    monkeypatch.setattr(package_run, "make_invoice", killed)
    with pytest.raises(KeyboardInterrupt):
        package_run.run(live_store, account.NOW + timedelta(days=150), "http://127.0.0.1")
    assert [row["date"] for row in await invoices(quiet, number)] == ["2026-03-15", "2026-04-15"]
    assert {row["invoice_status_str"] for row in await invoices(quiet, number)} == {"closed-paid"}
    monkeypatch.undo()
    assert await billed(quiet, days=150) == {"invoices": 3, "payments": 3}


@pytest.fixture
def demo() -> Iterator[tuple[Store, Client]]:
    store = Store()
    with store.load() as connection:
        generate(connection, 60, 1, date(2026, 3, 15))
    yield store, Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    store.close()


async def test_the_demo_bills_on_after_its_day(demo: tuple[Store, Client]) -> None:
    store, client = demo
    assert (await put_clock(client, seconds=60))["billing"] == NOTHING
    found = await billed(client, days=31)
    assert found["invoices"] > 30
    assert found["payments"] > 10
    assert "left" not in found
    with store.read() as reader:
        twice = reader.connection.execute(
            "SELECT package_id, date FROM invoices WHERE date > '2026-03-15' AND package_id IS NOT NULL"
            " GROUP BY 1, 2 HAVING count(*) > 1"
        ).fetchall()
        late = reader.connection.execute(
            "SELECT count(*) FROM packages WHERE package_status_str LIKE 'active-%'"
            " AND next_invoice_datetime <= ?",
            (int((account.NOW + timedelta(days=31)).timestamp()),),
        ).fetchone()
    assert twice == []
    assert late == (0,)


@pytest.mark.long
async def test_the_same_move_of_the_same_account_bills_the_same() -> None:
    found = []
    for _ in range(2):
        store = Store()
        with store.load() as connection:
            generate(connection, 60, 1, date(2026, 3, 15))
        client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
        await put_clock(client, days=62)
        with store.read() as reader:
            found.append(
                reader.connection.execute(
                    "SELECT invoice_id, package_id, customer_id, date, total, balance, refnumber, stage"
                    " FROM invoices ORDER BY invoice_id"
                ).fetchall()
            )
        store.close()
    assert found[0] == found[1]


async def test_two_processes_bill_a_cycle_once(tmp_path: Path) -> None:
    path = tmp_path / "account.db"
    first = Store(path)
    account.fill(first)
    with first.write() as connection:
        connection.execute("UPDATE packages SET next_invoice_datetime = NULL")
    client = Client(create_app(first, credentials=CREDENTIALS, clock=account.now))
    number = await subscribe(client)
    second = Store(path)
    end = account.NOW + timedelta(days=1)
    tallies = [package_run.run(store, end, "http://127.0.0.1") for store in (first, second)]
    assert [tally.invoices for tally in tallies] == [1, 0]
    assert len(await invoices(client, number)) == 1
    second.close()
    first.close()


async def test_bank_payments_settle_with_the_clock(live: Client) -> None:
    customer_id = await live.made("customer", {"company": "Payer", "no_taxes": True})
    line = {"item_id": 1, "line_rate": 80, "line_quantity": 1}
    invoice_id = await live.made("invoice", {"customer_id": customer_id, "line_items": [line]})
    assert (await live.post(f"invoice/{invoice_id}?action=pay", BANK)).response is True
    number = (await live.rows("transaction", order="transaction_id:DESC", limit=1))[0]["transaction_id"]

    async def states() -> tuple[str, str, int, int]:
        row = await transaction(live, number)
        invoice = (await live.get(f"invoice/{invoice_id}")).response
        where = "transaction_status.str:EQUALS:pending-pending,transaction_id:EQUALS"
        pending = (await live.get(f"transaction/_count?where={where}:{number}")).response
        where = "transaction_status.state:EQUALS:o,transaction_id:EQUALS"
        done = (await live.get(f"transaction/_count?where={where}:{number}")).response
        return row["transaction_status_name"], invoice["invoice_status_str"], pending, done

    assert await states() == ("Pending", "closed-paid", 1, 0)
    await put_clock(live, days=3)
    assert await states() == ("Pending", "closed-paid", 1, 0)
    await put_clock(live, days=1)
    assert await states() == ("Success", "closed-paid", 0, 1)
    await put_clock(live, days=-1)
    assert (await states())[0] == "Pending"
    assert (await live.post(f"transaction/{number}?action=void")).response is True
    assert await states() == ("Void", "open-overdue", 0, 0)


async def test_bank_payments_settle_with_the_days(live_store: Store, live: Client) -> None:
    customer_id = await live.made("customer", {"company": "Payer"})
    number = (
        await live.post(
            "transaction?action=pay", {"customer_id": customer_id, "amount": 5, "paymethods": [BANK]}
        )
    ).response["id"]

    def later() -> datetime:
        return account.NOW + timedelta(days=4)

    client = Client(create_app(live_store, credentials=CREDENTIALS, clock=later))
    assert (await transaction(client, number))["transaction_status_str"] == "ok-successful"
