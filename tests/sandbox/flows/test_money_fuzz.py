"""Whatever clients send to what moves money, and whenever the clock moves: no server error, and the books agree."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.catalog import RESOURCES, Field
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.objects import endpoints
from tests.depth import examples
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.flows.test_write_fuzz import keys_of, lines, scalars, state, values
from tests.sandbox.money_account import BANK, CARD, DECLINED

pytestmark = pytest.mark.deep

SETTINGS = settings(max_examples=examples(50))
OBJECTS = {item.path: item for item in RESOURCES.values()}
SUBJECTS = sorted(
    {name for name, each in endpoints().items() if each.writes or each.actions}
    - {"customer", "user", "invoice"}
)
#: what a client may send to get somewhere
NEEDED: dict[str, dict[str, Any]] = {
    "transaction": {"customer_id": 2, "amount": 5, "transaction_type": "pay", "paymethods": [CARD]},
    "package": {"customer_id": 2, "line_items": [{"item_id": 1}]},
    "item": {"name": "x", "type": "service"},
    "creditcard": {"customer_id": 2, **CARD},
    "ach": {"customer_id": 2, **BANK},
    "tokenized": {"customer_id": 2, "token": "x"},
    "note": {"note": "x"},
    "usage": {"line_item_id": 1, "usage_value": 2},
}
#: sums that are kept, compared with what they sum up
BOOKS = (
    "SELECT invoice_id FROM invoices WHERE balance <> CASE stage WHEN 1 THEN 0 ELSE"
    " total - credits - payments - writeoffs END OR balance < 0",
    "SELECT transaction_id FROM transactions t WHERE applied <> coalesce((SELECT sum(a.applied)"
    " FROM transaction_applied a WHERE a.transaction_id = t.transaction_id), 0)",
    "SELECT customer_id FROM customers c WHERE balance <> (SELECT coalesce(sum(balance), 0)"
    " FROM invoices i WHERE i.customer_id = c.customer_id)",
    "PRAGMA foreign_key_check",
)


def fields_of(subject: str) -> list[str]:
    """What an object and its actions read, and what they could be mistaken for."""
    found: list[Field] = []
    if subject in OBJECTS:
        found += OBJECTS[subject].fields
        for action in OBJECTS[subject].actions:
            found += action.payload
    more = ("applied_to", "paymethods", "line_items", "tierset", "amount", "from", "to", "exchange", "commit")
    return keys_of(*(item.name for item in found), *more, "object", "fields", "group", "where")


def payloads(subject: str) -> st.SearchStrategy[Any]:
    methods = st.sampled_from([CARD, DECLINED, BANK, {"creditcard_id": 1}, {"ach_id": 1}])
    odd = st.dictionaries(
        st.sampled_from(fields_of(subject)),
        st.one_of(scalars, lines, values, st.lists(methods, max_size=2)),
        max_size=4,
    )
    return st.one_of(odd, odd.map(lambda sent: NEEDED.get(subject, {}) | sent), values)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = account.build(customers=4)
    with store.write() as connection:
        # what the account's own rows leave out, so that the books can be compared at all
        connection.execute("DELETE FROM transaction_applied")
        connection.execute("DELETE FROM transactions")
        connection.execute("UPDATE invoices SET stage = 3, is_open = 1, payments = 0, balance = total")
        connection.execute(
            "UPDATE customers SET balance = (SELECT coalesce(sum(i.balance), 0) FROM invoices i"
            " WHERE i.customer_id = customers.customer_id)"
        )
    yield store
    store.close()


@pytest.fixture(scope="module")
def writer(store: Store) -> Client:
    return Client(create_app(store, credentials=CREDENTIALS, clock=account.now))


def books(store: Store) -> list[Any]:
    """What does not agree."""
    with store.read() as reader:
        return [row for sql in BOOKS for row in reader.connection.execute(sql).fetchall()]


def check(writer: Client, store: Store, method: str, target: str, payload: Any) -> None:
    before = state(store)
    answer = asyncio.run(writer.send(method, target, body=json.dumps(payload).encode()))
    assert answer.status in (200, 201, 202, 400, 404)
    if answer.status >= 400 and not answer.message.startswith("This transaction could not be processed"):
        assert state(store) == before
    assert books(store) == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_object_and_action(writer: Client, store: Store, subject: str) -> None:
    targets = st.sampled_from(
        [
            ("POST", subject),
            *((method, f"{subject}/{ref}") for method in ("PUT", "DELETE") for ref in (1, 2, 9)),
        ]
        + [
            ("POST", f"{subject}/{ref}?action={name}")
            for name in endpoints()[subject].actions
            for ref in (1, 2, 9)
        ]
        + [("POST", f"{subject}/_action/{name}") for name in endpoints()[subject].actions]
    )

    @SETTINGS
    @given(payloads(subject), targets)
    def run(payload: Any, target: tuple[str, str]) -> None:
        check(writer, store, target[0], f"/api/v3/{target[1]}", payload)

    run()


def test_invoices_are_paid_in_every_way(writer: Client, store: Store) -> None:
    names = st.sampled_from(sorted(endpoints()["invoice"].actions))

    @SETTINGS
    @given(payloads("invoice") | st.sampled_from([CARD, DECLINED, BANK]), names, st.integers(1, 5))
    def run(payload: Any, name: str, number: int) -> None:
        check(writer, store, "POST", f"/api/v3/invoice/{number}?action={name}", payload)

    run()


def test_the_clock_goes_anywhere(writer: Client, store: Store) -> None:
    moves = st.fixed_dictionaries(
        {},
        optional={"days": st.integers(-90, 90), "seconds": st.integers(-9999, 9999), "bill": st.booleans()},
    )

    @SETTINGS
    @given(moves | values)
    def run(move: Any) -> None:
        answer = asyncio.run(writer.send("PUT", "/_sandbox/clock", body=json.dumps(move).encode()))
        assert answer.status in (200, 400)
        assert books(store) == []

    run()
