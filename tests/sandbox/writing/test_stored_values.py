"""An object whose fields are columns: written and served in any currency, found by its own key, refused what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.added import Added
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client

CATALOGUE = '''
"""Deals: a field of each type that a column holds."""

from cotui.catalog import Choice, Column, FieldType, Resource
from cotui.catalog.build import Section

_deal = Section("Deal")
DEAL = Resource(
    id="deal",
    label="Deal",
    plural="Deals",
    path="deal",
    primary_key="deal_id",
    title_field="title",
    default_order="deal_id:ASC",
    ordered_by=("deal_id", "worth"),
    fields=(
        _deal("title", FieldType.TEXT, "Title", "Its name.", "LGCURF"),
        _deal.own_key("deal", "Deal ID", "the deal", "LGF"),
        _deal.customer("Whose it is.", "LGCURF"),
        _deal("worth", FieldType.MONEY, "Worth", "What it is worth.", "LGCUF"),
        CURRENCY,
        _deal("hours", FieldType.NUMBER, "Hours", "How long.", "LGCU"),
        _deal("won", FieldType.BOOLEAN, "Won", "Whether it is.", "LGCU"),
        _deal("day", FieldType.DATE, "Day", "When.", "LGCUF"),
        _deal("moment", FieldType.DATETIME, "Moment", "When exactly.", "LGCU"),
        _deal("kind", FieldType.ENUM, "Kind", "What.", "LGCUF", choices=(Choice("a", "A"), Choice("b", "B"))),
        _deal("external_key", FieldType.TEXT, "Key", "Its own key.", "LGCUF"),
    ),
    columns=(Column("deal_id", "ID", 7),),
)
'''
FOLDER = '''
"""Deals."""

from cotui.catalog.objects.deal import DEAL
from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.plain_list import plain_object
from cotui.sandbox.writing.stored_values import stored_values


def create(context, payload):
    return context.insert("deals", stored_values(context, DEAL, payload))


def update(context, number, payload):
    context.update("deals", "deal_id", number, stored_values(context, DEAL, payload, number))


ENDPOINTS = (Endpoint("deal", plain_object(DEAL, "deals"), create=create, update=update),)
'''
TABLE = """CREATE TABLE IF NOT EXISTS deals (
    deal_id INTEGER PRIMARY KEY, title TEXT NOT NULL, customer_id INTEGER NOT NULL, currency_id INTEGER, worth INTEGER,
    hours REAL, won INTEGER NOT NULL DEFAULT 0, day TEXT, moment INTEGER, kind TEXT, external_key TEXT
);"""
OF_CUSTOMER = '_deal("currency_iso4217", FieldType.TEXT, "Currency", "Of the amount.", "LG")'
OF_ROW = '*_deal.currency("Of the amount", "LGC")'


@pytest.fixture(params=[OF_CUSTOMER, OF_ROW], ids=["currency of the customer", "currency of the row"])
def client(request: pytest.FixtureRequest, added: Added, live_store: Store) -> Iterator[Client]:
    added.add(
        {
            "cotui/catalog/objects/deal.py": CATALOGUE.replace("CURRENCY", request.param),
            "cotui/sandbox/objects/deal/__init__.py": FOLDER,
            "cotui/sandbox/objects/deal/tables.sql": TABLE,
        }
    )
    with closing(Store(copy_of=live_store)) as store:
        yield Client(create_app(store, credentials=CREDENTIALS, clock=account.now))


def deal(**more: Any) -> dict[str, Any]:
    return {"title": "T", "customer_id": 1, **more}


async def row(client: Client, ref: object) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"deal/{ref}")).response
    return found


async def test_every_type_comes_back_as_it_was_sent(client: Client) -> None:
    sent = {
        "customer_id": 3,
        "worth": 12.5,
        "hours": 1.5,
        "won": True,
        "day": "2026-01-02",
        "moment": "2026-03-15T10:00:00-04:00",
        "kind": "b",
        "external_key": "Key",
    }
    number = await client.made("deal", deal(**sent))
    assert (await row(client, number)).items() >= deal(**sent).items()
    (listed,) = await client.rows("deal")
    assert listed == await row(client, number)


async def test_amounts_are_in_the_units_of_their_currency(client: Client) -> None:
    customers = {
        (await client.get(f"customer/{number}")).response["currency_iso4217"]: number
        for number in range(1, 9)
    }
    assert len(customers) > 2
    for code, customer_id in customers.items():
        number = await client.made("deal", deal(customer_id=customer_id, worth=12))
        assert ((found := await row(client, number))["worth"], found["currency_iso4217"]) == (12, code)
        for worth in (1500, 0, None):
            assert (await client.put(f"deal/{number}", {"worth": worth})).status == 202
            assert (await row(client, number))["worth"] == worth
    await client.made("deal", deal(worth=11))
    last, *_ = await client.rows("deal", where="worth:EQUALS:11", order="worth:DESC")
    assert last["worth"] == 11


async def test_its_own_key_is_unique_and_finds_it_in_any_case(client: Client) -> None:
    number = await client.made("deal", deal(external_key="Key-1"))
    assert (await row(client, "external_key:kEY-1"))["deal_id"] == number
    taken = await client.post("deal", deal(external_key="KEY-1"))
    assert taken.message == 'A deal already exists with the external_key value "KEY-1"'
    assert (await client.put(f"deal/{number}", {"external_key": "KEY-1"})).status == 202


async def test_customers_are_named_in_any_form(client: Client) -> None:
    key = (await client.get("customer/1")).response["token"]
    number = await client.made("deal", {"title": "T", "customer_token": key})
    assert (await row(client, number))["customer_id"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": None},
        {"customer_id": 0},
        {"customer_id": 99},
        {"worth": "much"},
        {"worth": {}},
        {"day": "2026-02-30"},
        {"moment": "soon"},
        {"kind": "c"},
        {"hours": "long"},
    ],
)
async def test_what_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    number = await client.made("deal", deal())
    before = await row(client, number)
    assert (await client.post("deal", deal(**wrong))).status == 400
    assert (await client.put(f"deal/{number}", wrong)).status == 400
    assert await row(client, number) == before


async def test_it_is_ordered_by_what_the_catalogue_says(client: Client) -> None:
    assert (await client.get("deal?order=worth:ASC,deal_id:DESC")).status == 200
    refused = await client.get("deal?order=title:ASC")
    assert (refused.status, refused.message) == (400, "You cannot order by: title.")
