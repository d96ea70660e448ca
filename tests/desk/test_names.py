"""Names for numbers."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest

from cotui.api import Api, Connection, Priority, Record
from cotui.api.abilities import BULK, reading
from cotui.catalog import RESOURCES
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.transaction import TRANSACTION
from cotui.desk.names import (
    ATTEMPTS,
    LONGEST_NAME,
    PATIENCE,
    CustomerNames,
    customers_in,
    name_of,
    names_customer,
    placeholder,
)


class Server:
    """Knows customers by number."""

    def __init__(self, **names: Any) -> None:
        self.asked: list[str] = []
        self.names: dict[str, Any] = {"1": "Acme\x1b", **{key[1:]: name for key, name in names.items()}}
        #: code that customers are answered with
        self.code = 200
        self.bulk = True
        #: whether something on the way lets no batches through
        self.blocked = False
        #: whether the minute's requests are used up
        self.limited = False
        self.api = Api(
            Connection("mock", "acme", "key", "secret"), transport=httpx.MockTransport(self.answer)
        )

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v3/")
        self.asked.append(path)
        if self.limited:
            return httpx.Response(429)
        if path == "_bulk" and self.blocked:
            return httpx.Response(403)
        if path == "_bulk" and self.bulk:
            items = [self.one(item["uri"]) for item in json.loads(request.content)]
            return httpx.Response(200, json=_envelope(200, {"_bulk": items}))
        found = _envelope(400, None) if path == "_bulk" else self.one(path)
        return httpx.Response(found["code"], json=found)

    def one(self, path: str) -> dict[str, Any]:
        number = path.rpartition("/")[2]
        if self.code != 200:
            return _envelope(self.code, None)
        if number not in self.names:
            return _envelope(404, None)
        return _envelope(200, {"customer_id": int(number), "company": self.names[number]})


def _envelope(code: int, response: Any) -> dict[str, Any]:
    return {"code": code, "status": "OK" if code == 200 else "Error", "message": "", "response": response}


async def test_a_customer_is_asked_for_once() -> None:
    server, names = Server(), CustomerNames()
    invoice = Record({"invoice_id": 5, "customer_id": 1}, "invoice_id")
    found = [await names.of(server.api, INVOICE, invoice) for _ in range(3)]
    await server.api.aclose()
    assert len(set(found)) == 1
    assert found[0].startswith("Acme")
    assert "\x1b" not in found[0]
    assert server.asked == ["customer/1"]


async def test_what_cannot_be_told_has_no_name() -> None:
    server = Server()
    assert await CustomerNames().of(server.api, CUSTOMER, Record({"customer_id": 1}, "customer_id")) == ""
    assert await CustomerNames().of(server.api, INVOICE, Record({"customer_id": 9})) == ""
    assert await name_of(server.api, INVOICE.field("customer_id"), "9") == ""
    assert (await name_of(server.api, INVOICE.field("customer_id"), "1")).startswith("Acme")
    await server.api.aclose()


async def test_names_are_learned_wherever_a_customer_is_read() -> None:
    server, names = Server(), CustomerNames()
    names.watch(server.api)
    names.watch(server.api)
    heard: list[frozenset[int | str]] = []
    names.on_learned(heard.append)
    await server.api.get(CUSTOMER, 1)
    assert heard == [frozenset({1})]
    server.names["1"] = "Renamed"
    await server.api.get(CUSTOMER, 1)
    await server.api.get(CUSTOMER, 1)
    assert (names.known(1), len(heard)) == ("Renamed", 2)
    names.learn(INVOICE, [Record({"invoice_id": 7, "customer_id": 7, "company": "no"}, "invoice_id")])
    assert names.known(7) is None
    await server.api.aclose()


async def test_odd_names_are_harmless_and_told_apart_from_none() -> None:
    odd = {
        "_2": "",
        "_3": None,
        "_4": "x" * 10_000,
        "_5": "Same",
        "_6": "Same",
        "_7": "\u202egpj\x1b[2J",
        "_8": 5,
    }
    server, names = Server(**odd), CustomerNames()
    await names.ask(server.api, [2, 3, 4, 5, 6, 7, 8, 9, "w-1"])
    assert server.asked == ["_bulk"]
    assert [names.shown(ref) for ref in (2, 3, 8, 9)] == [(placeholder(ref), False) for ref in (2, 3, 8, 9)]
    assert names.missing([2, 3, 4, 5, 6, 7, 8, 9]) == [], "they are known to have none, or to be gone"
    assert LONGEST_NAME < len(names.known(4) or "") < LONGEST_NAME + 40
    assert names.shown(5) == names.shown(6) == ("Same", True)
    assert (names.known(7) or "").isprintable()
    await server.api.aclose()


async def test_who_may_not_read_customers_asks_once() -> None:
    server, names = Server(), CustomerNames()
    server.code = 401
    await names.ask(server.api, [1, 2])
    assert server.asked == ["_bulk"]
    assert names.untold_refusal() == "These keys may not read customers"
    assert names.untold_refusal() == ""
    await names.ask(server.api, [3, 4])
    later = CustomerNames()
    await later.ask(server.api, [5, 6])
    assert (server.asked, later.untold_refusal() != "") == (["_bulk"], True), (
        "it is remembered of the account"
    )
    assert server.api.abilities.can(reading("customer")) is False
    server.api.abilities.forget()
    later.forget_refusal()
    server.code = 200
    await later.ask(server.api, [1])
    assert later.known(1)
    await server.api.aclose()


async def test_what_fails_is_not_asked_for_without_end() -> None:
    server, names = Server(), CustomerNames()
    server.code = 501
    for _ in range(5):
        await names.ask(server.api, [1, 2])
    assert len(server.asked) == ATTEMPTS
    assert names.known(1) is None
    await server.api.aclose()


async def test_without_batches_nothing_is_asked_unless_one_by_one() -> None:
    server, names = Server(_2="Two"), CustomerNames()
    server.bulk = False
    await names.ask(server.api, [1, 2], singly=False)
    assert server.asked == ["_bulk"]
    assert server.api.abilities.can(BULK) is False
    await names.ask(server.api, [1, 2], priority=Priority.INTERACTIVE)
    assert sorted(server.asked[1:]) == ["customer/1", "customer/2"]
    assert names.known(2) == "Two"
    await server.api.aclose()


def test_names_do_not_grow_without_end() -> None:
    names = CustomerNames(most=3)
    rows = [
        Record({"customer_id": number, "company": f"No. {number}"}, "customer_id") for number in range(1, 5)
    ]
    names.learn(CUSTOMER, rows[:3])
    names.known(1)
    names.learn(CUSTOMER, rows[3:])
    assert [names.known(number) is None for number in (1, 2, 3, 4)] == [False, True, False, False]


@pytest.mark.parametrize(
    ("value", "found"), [(5, [5]), ("5", [5]), (None, []), (0, []), ("", []), ("../5", []), (True, [])]
)
def test_a_number_that_stands_for_nobody_is_not_asked_for(value: Any, found: list[int]) -> None:
    row = Record({"invoice_id": 1, "customer_id": value}, "invoice_id")
    assert list(customers_in((row, None), INVOICE.fields, INVOICE)) == found


def test_the_catalogue_says_which_fields_stand_for_customers() -> None:
    assert names_customer(INVOICE.field("customer_id"), INVOICE)
    assert names_customer(TRANSACTION.field("customer_id"), TRANSACTION)
    assert not names_customer(CUSTOMER.field("customer_id"), CUSTOMER)
    assert not names_customer(INVOICE.field("currency_id"), INVOICE)


async def test_what_failed_is_asked_for_again_after_a_while() -> None:
    now = 0.0
    server, names = Server(), CustomerNames(clock=lambda: now)
    server.code = 501
    for _ in range(3):
        await names.ask(server.api, [1, 2])
    assert names.wait_for([1, 2, 3]) == PATIENCE
    now, server.code = PATIENCE, 200
    await names.ask(server.api, [1, 2])
    assert names.known(1)
    assert names.wait_for([1, 2]) is None
    await server.api.aclose()


async def test_one_customer_that_is_kept_back_leaves_the_others_their_names() -> None:
    server, names = Server(_2="Two", _4="Four"), CustomerNames()
    names.watch(server.api)
    kept_back, all_of_them = server.one, False

    def one(path: str) -> dict[str, Any]:
        return _envelope(401, None) if all_of_them or path.endswith("/3") else kept_back(path)

    server.one = one  # type: ignore[method-assign]
    await names.ask(server.api, [2, 3])
    assert (names.known(2), names.known(3), names.refused) == ("Two", "", None)
    all_of_them = True
    await names.ask(server.api, [5, 6])
    assert (names.refused, names.missing([5, 6])) == (None, []), "neither are asked for again"
    all_of_them = False
    await names.ask(server.api, [1, 4])
    assert names.known(4) == "Four"
    await server.api.aclose()


async def test_a_refusal_without_batches_is_remembered_when_the_keys_are_seen_to_be_accepted() -> None:
    server, names = Server(), CustomerNames()
    names.watch(server.api)
    server.code, server.bulk = 401, False
    server.api.abilities.learn(BULK, False)
    await names.ask(server.api, [1])
    assert names.refused is not None
    assert server.api.abilities.can(reading("customer")) is None, "the keys may have been taken back"
    server.api.came(INVOICE, [Record({"invoice_id": 1}, "invoice_id")])
    assert server.api.abilities.can(reading("customer")) is False
    await server.api.aclose()


async def test_who_sees_customers_after_all_gets_their_names_again() -> None:
    server, names = Server(), CustomerNames()
    names.watch(server.api)
    server.api.abilities.learn(reading("customer"), False)
    await names.ask(server.api, [2])
    assert names.refused is not None
    await server.api.get(CUSTOMER, 1)  # an administrator gave the keys that right
    assert (names.refused, names.missing([2])) == (None, [2])
    assert server.api.abilities.can(reading("customer")) is True
    await server.api.aclose()


async def test_what_somebody_asks_for_already_is_waited_for_and_read_at_once_where_a_user_waits() -> None:
    server, names = Server(_2="Two", _3="Three"), CustomerNames()
    first = asyncio.create_task(names.ask(server.api, [1, 2]))
    await asyncio.sleep(0)
    await names.ask(server.api, [2, 3], priority=Priority.INTERACTIVE)
    assert (names.known(2), names.known(3)) == ("Two", "Three")
    await first
    second = asyncio.create_task(names.ask(server.api, [7, 8]))
    await asyncio.sleep(0)
    waiting = asyncio.create_task(names.ask(server.api, [8]))
    await asyncio.sleep(0)
    second.cancel()
    await waiting
    assert names.known(8) == "", "whoever asked first has left"
    await server.api.aclose()


NOTE = RESOURCES["note"]


def test_a_note_s_number_stands_for_a_customer_where_it_is_about_one() -> None:
    about = [
        Record({"note_id": 1, "context_str": what, "context_id": 4}, "note_id")
        for what in ("customer", "invoice", None)
    ]
    assert [list(customers_in((row,), NOTE.fields, NOTE)) for row in about] == [[4], [], []]


async def test_people_whom_a_record_does_not_name_are_asked_for_once() -> None:
    server, names = Server(), CustomerNames()
    server.one = lambda path: _envelope(200, {path.split("/")[0] + "_id": 7, "name": f"Jo of {path}"})  # type: ignore[method-assign]
    note = Record({"note_id": 1, "admin_id": 7, "user_id": None}, "note_id")
    for _ in range(2):
        assert await names.people(server.api, NOTE, note) == {"admin_id": "Jo of admin/7"}
    assert server.asked == ["admin/7"]
    invoice = Record({"invoice_id": 1, "admin_id": 7, "admin_name": "Jo"}, "invoice_id")
    assert await names.people(server.api, INVOICE, invoice) == {}
    await server.api.aclose()
