"""Subscriptions: creating and changing them, and every action, with the state changes that were recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cotui.sandbox.billing.cycles import later, next_after, share
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client


async def package(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"package/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def made(live: Client, **values: Any) -> dict[str, Any]:
    number = await live.made("package", {"customer_id": 3, "line_items": [{"item_id": 1}], **values})
    return await package(live, number)


async def done(live: Client, number: int, action: str, value: Any = None) -> dict[str, Any]:
    """The subscription after an action that answers true."""
    answer = await live.post(f"package/{number}?action={action}", value)
    assert (answer.status, answer.response, answer.message) == (200, True, ""), answer.envelope
    return await package(live, number)


async def invoiced(live: Client, number: int, value: Any = None) -> dict[str, Any]:
    """The invoice that "invoice now" makes."""
    answer = await live.post(f"package/{number}/_action/invoice", value)
    assert answer.status == 200, answer.envelope
    return dict((await live.get(f"invoice/{answer.response['id']}")).response)


async def test_creating(live: Client) -> None:
    answer = await live.post(
        "package",
        {
            "customer_external_key": "Key-4",
            "nickname": "Head office",
            "external_key": "sub-x",
            "paycycle": "qtr",
            "terms_id": "2",
            "custom_1": "one",
            "line_items": [
                {
                    "item_external_key": "sku1",
                    "descrip": "As agreed",
                    "line_quantity": "3",
                    "external_key": "l1",
                },
                {"item_token": "itm000000002", "tierset_id": 0, "line_item_id": 0, "line_quantity": 0},
            ],
        },
    )

    assert (answer.status, answer.response) == (201, {"id": 15})
    assert answer.headers["location"].endswith("/api/v3/package/15")
    row = await package(live, 15)
    assert row["customer_id"] == 4
    assert (row["nickname"], row["external_key"], row["custom_1"]) == ("Head office", "sub-x", "one")
    assert (row["paycycle"], row["paymethod"], row["terms_id"]) == ("qtr", "inv", 2)
    assert (row["package_status_str"], row["package_status_id"]) == ("active-current", 2)
    # the customer's
    assert (row["bill_city"], row["currency_iso4217"]) == ("Hamden", "JPY")
    assert row["next_invoice_datetime"] == row["start_datetime"] == "2026-03-15T10:00:00-04:00"
    first, second = row["line_items"]
    assert (first["item_id"], first["line_quantity"], first["descrip"]) == (1, 3, "As agreed")
    assert (first["external_key"], first["tierset_id"]) == ("l1", 1)
    assert (second["item_id"], second["line_quantity"]) == (2, 1)
    assert second["tierset"]["pricemodel"] == "tie"


async def test_a_subscription_without_lines_held_until_a_past_day(live: Client) -> None:
    """The C# client's own test."""
    row = await made(live, line_items=None, holduntil_datetime="2013-10-01T00:00:00")

    assert row["line_items"] == []
    assert row["holduntil_datetime"] == row["next_invoice_datetime"] == "2013-10-01T00:00:00-04:00"
    answer = await live.post(f"package/{row['package_id']}?action=invoice")
    assert answer.status == 400


async def test_prices_of_a_line_of_its_own(live: Client) -> None:
    tiers = [{"unit_from": 1, "unit_to": 9999, "amount": 60}]
    prices = {"setup": "10", "base": 135, "pricemodel": "uni", "tiers": tiers}
    row = await made(live, line_items=[{"item_id": 1, "tierset": prices, "line_quantity": 2}])
    (line,) = row["line_items"]

    assert line["tierset_id"] > 2
    assert (line["tierset"]["base"], line["tierset"]["setup"], line["tierset"]["paycycle"]) == (
        135,
        10,
        "mon",
    )
    assert [tier["amount"] for tier in line["tierset"]["tiers"]] == [60]
    assert len((await live.get("item/1")).response["tiersets"]) == 1, "the item does not offer them"
    invoice = await invoiced(live, row["package_id"])
    setup, base = invoice["line_items"]
    assert (setup["is_setup"], setup["line_total"], base["line_total"]) == (True, 10, 135 + 2 * 60)
    assert (base["is_base"], base["is_recurring"], base["package_line_id"]) == (
        True,
        True,
        line["line_item_id"],
    )
    again = await invoiced(live, row["package_id"])
    assert [line["is_setup"] for line in again["line_items"]] == [False]


async def test_a_trial(live: Client) -> None:
    row = await made(live, line_items=[{"item_id": 1, "trial_days": 20}])

    assert (row["package_status_str"], row["package_status_state"]) == ("active-trial", "a")
    assert row["next_invoice_datetime"] == "2026-04-04T10:00:00-04:00"
    invoice = await invoiced(live, row["package_id"])
    assert (invoice["total"], invoice["line_items"][0]["is_free"]) == (0, True)
    assert (await package(live, row["package_id"]))["package_status_str"] == "active-trial"


@pytest.mark.parametrize(
    ("sent", "method"),
    [
        ({}, ("inv", None, None)),
        ({"paymethod": "crd"}, ("crd", 2, None)),
        ({"creditcard_id": 1}, ("crd", 1, None)),
        ({"creditcard_external_key": "card-1"}, ("crd", 1, None)),
        ({"paymethod": "ach"}, ("ach", None, 1)),
        ({"paymethod": "any"}, ("crd", 2, None)),
        ({"paymethod": "inv", "creditcard_id": 1}, ("inv", None, None)),
    ],
)
async def test_pay_method_of_a_new_subscription(live: Client, sent: Any, method: Any) -> None:
    card = {"customer_id": 3, "number": "4111 1111 1111 1111", "expdate_year": 2030, "expdate_month": 1}
    await live.made("creditcard", {**card, "external_key": "card-1"})
    await live.made("creditcard", card)
    await live.made("ach", {"customer_id": 3, "number": "856667", "routing": "072403004"})
    row = await made(live, **sent)

    assert (row["paymethod"], row["creditcard_id"], row["ach_id"]) == method


async def test_updating(live: Client) -> None:
    before = await package(live, 1)
    answer = await live.put(
        "package/external_key:sub-1", {"custom_1": "777777", "terms_id": 2, "nickname": "New"}
    )

    assert (answer.status, answer.response) == (202, {"id": 1})
    after = await package(live, 1)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"custom_1", "terms_id", "terms_name", "terms_days", "nickname", "mod_datetime"}


async def test_a_fetched_subscription_can_be_put_back(live: Client) -> None:
    before = await package(live, 1)
    before["line_items"][0]["custom_1"] = "noted"
    assert (await live.put("package/1", before)).status == 202
    after = await package(live, 1)

    assert {**after, "mod_datetime": None} == {**before, "mod_datetime": None}


async def test_upgrade_replaces_the_line(live: Client) -> None:
    """Recorded: new line_item_id, new subscribe_datetime, a tierset with a new number; the description stays."""
    row = await made(live, line_items=[{"item_id": 1, "descrip": "Plan"}, {"item_id": 2}])
    old, other = row["line_items"]
    sent = {
        "line_items": [
            {
                "line_item_id": str(old["line_item_id"]),
                "item_id": 2,
                "tierset": {"base": "200", "pricemodel": "fla", "paycycle": "mon"},
                "subscribe_prorate": True,
            }
        ]
    }
    after = await done(live, row["package_id"], "upgrade", sent)

    new, kept = after["line_items"]
    assert kept == other
    assert new["line_item_id"] not in (old["line_item_id"], other["line_item_id"])
    assert (new["item_id"], new["descrip"], new["tierset"]["base"]) == (2, "Plan", 200)
    assert new["tierset_id"] not in (1, 2)
    assert new["subscribe_datetime"] == "2026-03-15T10:00:00-04:00"
    gone = await live.post(f"package/{row['package_id']}?action=upgrade", sent)
    assert gone.status == 400, "the old line is no longer there"


async def test_upgrade_adds_and_cancels_lines(live: Client) -> None:
    row = await made(live, line_items=[{"item_id": 1, "external_key": "main"}])
    number = row["package_id"]
    after = await done(live, number, "upgrade", {"line_items": {"0": {"item_external_key": "sku2"}}})
    assert [line["item_id"] for line in after["line_items"]] == [1, 2]

    after = await done(
        live, number, "upgrade", {"line_items": [{"line_item_external_key": "main", "cancel": True}]}
    )
    first, second = after["line_items"]
    assert first["cancel_datetime"] == "2026-03-15T10:00:00-04:00"
    assert second["cancel_datetime"] is None
    assert [line["item_id"] for line in (await invoiced(live, number))["line_items"]] == [2]


async def test_upgrade_of_the_quantity_keeps_the_prices(live: Client) -> None:
    row = await made(live, line_items=[{"item_id": 1, "tierset": {"base": 5, "pricemodel": "uni"}}])
    (old,) = row["line_items"]
    sent = {"line_item_id": old["line_item_id"], "line_quantity": "4", "descrip": None}
    (new,) = (await done(live, row["package_id"], "upgrade", {"line_items": [sent]}))["line_items"]
    assert (new["line_quantity"], new["tierset_id"]) == (4, old["tierset_id"])

    # a fetched line that comes back with another price gets that price
    changed = {**new, "tierset": {**new["tierset"], "base": 6}}
    (newer,) = (await done(live, row["package_id"], "upgrade", {"line_items": [changed]}))["line_items"]
    assert (newer["tierset"]["base"], newer["line_quantity"]) == (6, 4)
    assert newer["tierset_id"] != new["tierset_id"]
    (newest,) = (await done(live, row["package_id"], "upgrade", {"line_items": [newer]}))["line_items"]
    assert newest["tierset_id"] == newer["tierset_id"]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {"line_items": []},
        {"line_items": [{}]},
        {"line_items": [{"item_id": 99}]},
        {"line_items": [{"line_item_id": 2, "item_id": 1}]},
        {"line_items": [{"item_id": 1, "item_external_key": "sku2"}]},
        {"line_items": [{"item_id": 1, "tierset": {"base": "a"}}]},
        {"line_items": [{"cancel": True}]},
        {"line_items": [{"line_item_id": 1, "cancel": "perhaps"}]},
        {"line_items": "all"},
        {"line_items": [{"item_id": 1}] * 1001},
    ],
)
async def test_upgrades_that_are_refused(live: Client, sent: Any) -> None:
    before = await package(live, 1)
    answer = await live.post("package/1/_action/upgrade", sent)

    assert (answer.status, answer.response) == (400, False)
    assert await package(live, 1) == before


async def test_invoicing(live: Client) -> None:
    row = await made(live, paycycle="qtr", line_items=[{"item_id": 1, "line_quantity": 3, "custom_1": "c"}])
    invoice = await invoiced(live, row["package_id"])

    assert (invoice["package_id"], invoice["invoice_index"], invoice["paycycle"]) == (
        row["package_id"],
        1,
        "qtr",
    )
    assert (invoice["date"], invoice["cycle_pre_to_date"]) == ("2026-03-15", "2026-06-14")
    assert invoice["refnumber"] == str(invoice["invoice_id"])
    (line,) = invoice["line_items"]
    # monthly prices, billed for three months; a flat price does not depend on the quantity
    assert (line["line_rate"], line["line_quantity"], line["line_total"]) == (32.85, 1, 32.85)
    assert (line["item_name"], line["custom_1"], line["number_of_recurs_line"]) == ("Item 1", "c", 1)
    assert invoice["total"] == invoice["sum_base"] == invoice["balance"] == 32.85
    after = await package(live, row["package_id"])
    assert (after["amount_invoiced"], after["amount_due"]) == (32.85, 32.85)
    assert after["next_invoice_datetime"] == "2026-06-15T00:00:01-04:00"
    assert (await live.get(f"invoice/_count?where=package_id:EQUALS:{row['package_id']}")).response == 1


@pytest.mark.parametrize("body", [None, {}, "", {"date": None}, {"date": ""}])
async def test_invoice_now_with_every_kind_of_empty_body(live: Client, body: Any) -> None:
    row = await made(live)
    assert (await invoiced(live, row["package_id"], body))["date"] == "2026-03-15"


async def test_the_next_scheduled_invoice(live: Client) -> None:
    row = await made(live, holduntil_datetime="2026-05-31 08:00:00")
    number = row["package_id"]
    dates = [(await invoiced(live, number, {"date": "NEXT_SCHEDULED_INVOICE"}))["date"] for _ in range(3)]
    assert dates == ["2026-05-31", "2026-06-30", "2026-07-30"]

    assert (await invoiced(live, number, {"date": "2026-01-31"}))["date"] == "2026-01-31"


async def test_the_day_of_the_month_survives_short_months(live: Client, live_store: Store) -> None:
    row = await made(live)
    with live_store.write() as connection:
        begin = int(datetime(2026, 1, 31, 17, tzinfo=UTC).timestamp())
        connection.execute(
            "UPDATE packages SET start_datetime = ?, next_invoice_datetime = ? WHERE package_id = ?",
            (begin, begin, row["package_id"]),
        )
    scheduled = {"date": "NEXT_SCHEDULED_INVOICE"}
    dates = [(await invoiced(live, row["package_id"], scheduled))["date"] for _ in range(4)]

    assert dates == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


async def test_the_invoice_is_sent_by_e_mail(live: Client, live_store: Store) -> None:
    def outbox() -> list[tuple[str, str]]:
        with live_store.read() as reader:
            return reader.connection.execute("SELECT recipients, cause FROM outbox").fetchall()

    row = await made(live)
    await invoiced(live, row["package_id"])
    assert outbox() == [("jane3@example.com", "package.invoice")]
    await live.post(f"package/{row['package_id']}?action=invoice&_flag_emails=0")
    assert len(outbox()) == 1
    assert (
        await live.post(f"package/{row['package_id']}?action=welcome", {"message_id": 19})
    ).response is True
    assert outbox()[1] == ("jane3@example.com", "package.welcome")


async def test_discounts(live: Client) -> None:
    discount = await live.made("item", {"name": "Half off", "type": "discount", "pricemodel": {"base": 2}})
    row = await made(live, line_items=[{"item_id": 1}, {"item_id": discount}])
    percent = {"item_id": discount, "tierset": {"pricemodel": "fla", "percent": 50}}
    await done(live, row["package_id"], "upgrade", {"line_items": [percent]})
    invoice = await invoiced(live, row["package_id"])

    assert [line["line_total"] for line in invoice["line_items"]] == [10.95, -2, -4.48]
    assert invoice["total"] == 4.47


async def test_discounts_cannot_be_more_than_all_else(live: Client) -> None:
    discount = await live.made("item", {"name": "Free", "type": "discount", "pricemodel": {"base": 99}})
    row = await made(live, line_items=[{"item_id": 1}, {"item_id": discount}])
    answer = await live.post(f"package/{row['package_id']}?action=invoice")

    assert (answer.status, answer.response) == (400, False)
    assert (await package(live, row["package_id"]))["amount_invoiced"] == 0


@pytest.mark.parametrize(
    ("model", "total"),
    [
        ({"pricemodel": "fla", "base": 7}, 7),
        ({"pricemodel": "uni", "base": 7}, 12 * 7),
        ({"pricemodel": "vol"}, 12 * 3),
        ({"pricemodel": "vol", "base": 1}, 12 * 3 + 1),
        ({"pricemodel": "tie"}, 10 * 5 + 2 * 3),
    ],
)
async def test_price_models_of_metered_lines(live: Client, model: Any, total: float) -> None:
    tiers = [{"unit_from": 1, "unit_to": 10, "amount": 5}, {"unit_from": 11, "unit_to": 0, "amount": 3}]
    if model["pricemodel"] in ("vol", "tie"):
        model = {**model, "tiers": tiers}
    item = await live.made("item", {"name": "GB", "pricemodel": model, "service_data": {"is_usage": True}})
    row = await made(live, paycycle="yrl", line_items=[{"item_id": item}])
    line = row["line_items"][0]["line_item_id"]
    usage = {"line_item_id": line, "from": "2026-03-01 00:00:00", "to": "2026-03-14 23:59:59"}
    for value in (10, "3", -1):
        await live.made("usage", {**usage, "usage_value": value})
    invoice = await invoiced(live, row["package_id"])

    assert invoice["total"] == invoice["sum_usage"] == total
    (billed,) = invoice["line_items"]
    assert (billed["is_usage"], billed["line_usage"]) == (True, 12)
    assert (billed["usage_from"], billed["usage_to"]) == ("2026-03-01", "2026-03-14")
    nothing_more = await invoiced(live, row["package_id"])
    assert nothing_more["line_items"][0]["line_usage"] == 0


async def test_usage_of_a_replaced_line_is_billed_at_its_old_price(live: Client) -> None:
    prices = {"base": 1, "pricemodel": "uni"}
    item = await live.made("item", {"name": "GB", "pricemodel": prices, "service_data": {"is_usage": True}})
    row = await made(live, line_items=[{"item_id": item}])
    line = row["line_items"][0]["line_item_id"]
    await live.made("usage", {"line_item_id": line, "usage_value": 5})
    new = {"line_item_id": line, "item_id": item, "tierset": {**prices, "base": 100}}
    await done(live, row["package_id"], "upgrade", {"line_items": [new]})
    refused = await live.post("usage", {"line_item_id": line, "usage_value": 1})

    assert refused.status == 400
    assert (await invoiced(live, row["package_id"]))["total"] == 5
    assert (await invoiced(live, row["package_id"]))["total"] == 0


async def test_cancel(live: Client) -> None:
    """Recorded: 5, "Canceled manually", canceled-manual, c; cancel_datetime; next_invoice_datetime ""."""
    row = await made(live)
    after = await done(live, row["package_id"], "cancel")

    assert (after["package_status_id"], after["package_status_name"]) == (5, "Canceled manually")
    assert (after["package_status_str"], after["package_status_state"]) == ("canceled-manual", "c")
    assert after["cancel_datetime"] == "2026-03-15T10:00:00-04:00"
    assert after["next_invoice_datetime"] == ""
    assert await done(live, row["package_id"], "cancel", "") == after
    refused = await live.post(f"package/{row['package_id']}?action=invoice")
    assert refused.status == 400

    back = await done(live, row["package_id"], "uncancel")
    assert (back["package_status_str"], back["cancel_datetime"]) == ("active-current", None)
    assert back["next_invoice_datetime"] == "2026-04-15T00:00:01-04:00"


async def test_hold_of_a_canceled_subscription_too(live: Client) -> None:
    """Recorded: holduntil_datetime = next_invoice_datetime = midnight of the day."""
    row = await made(live)
    for _ in range(2):
        after = await done(live, row["package_id"], "hold", {"holduntil_datetime": "2026-03-26"})
        assert after["holduntil_datetime"] == after["next_invoice_datetime"] == "2026-03-26T00:00:00-04:00"
        await live.post(f"package/{row['package_id']}/_action/cancel")
    for sent in (None, {}, {"holduntil_datetime": "soon"}, {"holduntil_datetime": None}):
        assert (await live.post(f"package/{row['package_id']}?action=hold", sent)).status == 400


@pytest.mark.parametrize("name", ["paymethod", "setPayMethod", "PAYMETHOD"])
async def test_pay_method(live: Client, name: str) -> None:
    card = await live.made(
        "creditcard", {"customer_id": 3, "number": "4111111111111111", "expdate": "2030-05-01"}
    )
    row = await made(live)
    after = await done(live, row["package_id"], name, {"paymethod": "crd", "creditcard_id": str(card)})
    assert (after["paymethod"], after["creditcard_id"]) == ("crd", card)
    assert (after["paymethod_name"], after["paymethod_detail"]) == ("Credit card", "x1111")

    after = await done(live, row["package_id"], name, {"paymethod": "inv"})
    assert (after["paymethod"], after["creditcard_id"]) == ("inv", None)
    others = await live.made(
        "creditcard", {"customer_id": 4, "number": "4111111111111111", "expdate": "05/30"}
    )
    for sent in (
        None,
        {"paymethod": "cash"},
        {"paymethod": 7},
        {"paymethod": "crd", "creditcard_id": others},
        {"paymethod": "crd", "creditcard_id": 99},
        {"paymethod": "ach"},
    ):
        assert (await live.post(f"package/{row['package_id']}?action={name}", sent)).status == 400, sent


async def test_pay_cycle_moves_the_next_invoice(live: Client) -> None:
    row = await made(live, paycycle="qtr")
    await invoiced(live, row["package_id"])
    before = await package(live, row["package_id"])
    assert before["next_invoice_datetime"] == "2026-06-15T00:00:01-04:00"
    after = await done(live, row["package_id"], "paycycle", {"paycycle": "mon"})

    assert (after["paycycle"], after["next_invoice_datetime"]) == ("mon", "2026-04-15T00:00:01-04:00")
    weekly = await done(live, row["package_id"], "paycycle", {"paycycle": "1WK"})
    assert weekly["next_invoice_datetime"] == "2026-03-22T00:00:01-04:00"
    for sent in (None, {"paycycle": "evy"}, {"paycycle": "now"}, {"paycycle": 3}):
        assert (await live.post(f"package/{row['package_id']}?action=paycycle", sent)).status == 400


async def test_suspend(live: Client) -> None:
    row = await made(live)
    number = row["package_id"]
    # the C# client does that to one that was never suspended, and wants true
    assert (await done(live, number, "unsuspend", ""))["package_status_str"] == "active-current"
    after = await done(live, number, "suspend", "")
    assert (after["package_status_str"], after["package_status_state"]) == ("suspended-suspended", "s")
    assert after["suspendfrom_datetime"] == "2026-03-15T10:00:00-04:00"
    assert after["suspendto_datetime"] is None
    assert (await live.post(f"package/{number}?action=invoice")).status == 400

    after = await done(live, number, "unsuspend")
    assert after["package_status_str"] == "active-current"
    assert after["suspendfrom_datetime"] is after["suspendto_datetime"] is None
    later_on = {"suspendfrom_datetime": "2026-04-06 00:00:00", "suspendto_datetime": "2026-06-05 00:00:00"}
    assert (await done(live, number, "suspend", later_on))["package_status_str"] == "active-current"
    backwards = {"suspendfrom_datetime": "2026-04-06", "suspendto_datetime": "2026-04-05"}
    assert (await live.post(f"package/{number}?action=suspend", backwards)).status == 400
    await live.post(f"package/{number}?action=cancel")
    assert (await live.post(f"package/{number}?action=suspend")).status == 400


class Moving:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.moment = account.NOW

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
def timed(clock: Moving) -> Iterator[Client]:
    """A client of an account whose clock moves."""
    store = account.build(4)
    yield Client(create_app(store, credentials=CREDENTIALS, clock=clock))
    store.close()


async def test_a_suspension_begins_and_ends_with_its_days(timed: Client, clock: Moving) -> None:
    row = await made(timed)
    number = row["package_id"]
    await done(
        timed, number, "suspend", {"suspendfrom_datetime": "2026-04-06", "suspendto_datetime": "2026-06-05"}
    )
    seen = []
    for day in (date(2026, 4, 5), date(2026, 4, 6), date(2026, 6, 4), date(2026, 6, 5)):
        clock.moment = datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
        status = (await package(timed, number))["package_status_str"]
        seen.append(status.split("-")[0])
        where = f"package_id:EQUALS:{number},package_status_state:EQUALS:{status[0]}"
        assert len(await timed.rows("package", where=where)) == 1
        where = f"package_id:EQUALS:{number},package_status_str:EQUALS:{status}"
        assert len(await timed.rows("package", where=where)) == 1
    assert seen == ["active", "suspended", "suspended", "active"]
    invoice = await timed.post(f"package/{number}?action=invoice")
    assert invoice.status == 200
    clock.moment -= timedelta(days=30)
    assert (await timed.post(f"package/{number}?action=invoice")).status == 400


async def test_recurring_revenue_follows(live: Client) -> None:
    async def mrr() -> float:
        return float((await live.get("customer/6")).response["mrr"])

    await live.post("package/6?action=cancel")
    assert await mrr() == 0
    number = await live.made(
        "package", {"customer_id": 6, "paycycle": "yrl", "line_items": [{"item_id": 1, "line_quantity": 3}]}
    )
    assert await mrr() == 10.95
    prices = {"base": 120, "pricemodel": "uni", "paycycle": "yrl"}
    new = {"item_id": 1, "line_quantity": 2, "tierset": prices}
    await done(live, number, "upgrade", {"line_items": [new]})
    assert await mrr() == 10.95 + 20
    await done(live, number, "suspend")
    assert await mrr() == 0
    await done(live, number, "unsuspend")
    assert (await live.get("customer/6")).response["arr"] == 12 * (10.95 + 20)


@pytest.mark.parametrize("spelling", ["?action={}", "/_action/{}", "/?action={}"])
@pytest.mark.parametrize("ref", ["1", "external_key:sub-1", "token:pkg000000001"])
@pytest.mark.parametrize("alias", ["package", "billing_package", "/package"])
async def test_spellings(live: Client, spelling: str, ref: str, alias: str) -> None:
    answer = await live.post(f"{alias}/{ref}{spelling.format('Cancel')}")
    assert (answer.status, answer.response) == (200, True)
    assert (await package(live, 1))["package_status_state"] == "c"


@pytest.mark.parametrize(
    "sent",
    [
        {"customer_id": 99},
        {"customer_id": 3, "customer_token": "cus000000004"},
        {"customer_id": None},
        {"line_items": [{"item_id": 99}]},
        {"line_items": [7]},
        {"line_items": [{"descrip": "no item"}]},
        {"paycycle": "evy"},
        {"paymethod": "cash"},
        {"creditcard_id": 5},
        {"external_key": "SUB-1"},
        {"holduntil_datetime": "2026-13-01"},
        {"terms_id": 99},
    ],
)
async def test_what_is_refused_changes_nothing(live: Client, sent: dict[str, Any]) -> None:
    answer = await live.post("package", {"customer_id": 3, "line_items": [{"item_id": 1}], **sent})

    assert (answer.status, answer.response) == (400, False)
    assert (await live.get("package/_count")).response == 14


async def test_actions_need_a_subscription(live: Client) -> None:
    assert (await live.post("package/99?action=cancel")).status == 404
    assert (await live.post("package?action=cancel")).status == 400
    unknown = await live.post("package/1?action=explode")
    assert unknown.message == "The command requested is not supported: explode(package, 1)"


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31 23:59:59", "9999-12-31T23:59:59-12:00"]
)
async def test_moments_at_the_ends_of_the_calendar(live: Client, moment: str) -> None:
    answer = await live.post("package/1?action=hold", {"holduntil_datetime": moment})
    assert answer.status in (200, 400)
    assert (await live.get("package/1")).status == 200
    answer = await live.post("package/1?action=invoice", {"date": "NEXT_SCHEDULED_INVOICE"})
    assert answer.status in (200, 400)
    assert (await live.get("package/1")).status == 200


async def test_amounts_that_are_too_large(live: Client) -> None:
    prices = {"base": 10**10, "pricemodel": "uni"}
    sent = {"customer_id": 3, "line_items": [{"item_id": 1, "line_quantity": 10**10, "tierset": prices}]}
    assert (await live.post("package", sent)).status == 400
    row = await made(live, line_items=[{"item_id": 1, "line_quantity": 10**6, "tierset": prices}])
    assert (await live.post(f"package/{row['package_id']}?action=invoice")).status == 400
    assert (await live.get(f"package/{row['package_id']}")).status == 200


def test_cycles() -> None:
    assert later(date(2024, 1, 31), "mon") == date(2024, 2, 29)
    assert later(date(2026, 11, 30), "qtr") == date(2027, 2, 28)
    assert later(date(2026, 3, 1), "2wk", 2) == date(2026, 3, 29)
    assert next_after(date(2015, 3, 19), "mon", date(2015, 3, 24)) == date(2015, 4, 19)
    assert next_after(date(2015, 3, 19), "mon", date(2015, 4, 19)) == date(2015, 5, 19)
    assert next_after(date(2030, 1, 1), "1wk", date(2026, 1, 1)) == date(2030, 1, 1)
    for cycle in ("1wk", "2wk", "mon", "2mn", "qtr", "six", "yrl"):
        for days in range(0, 900, 7):
            after = date(2024, 1, 31) + timedelta(days=days)
            found = next_after(date(2024, 1, 31), cycle, after)
            assert after < found <= later(after, cycle) + timedelta(days=3)
    assert [int(each) for each in (share("qtr", "mon"), share("mon", "evy"), share("mon", "yrl") * 12)] == [
        3,
        1,
        1,
    ]
    with pytest.raises(OverflowError):
        later(date(9999, 12, 1), "mon")
