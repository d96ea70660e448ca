"""Whatever is created, changed and deleted in whatever order: the derivation rules hold after every step."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from cotui.sandbox.billing.totals import refresh_invoice, refresh_totals
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from tests.depth import examples
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Answer, Client
from tests.sandbox.demo.rules import VIOLATIONS

# These speak of how the demo makes its data, not of what the API derives.
_OF_THE_DEMO = {
    "rates are whole minor units unless metered",
    "one to twelve lines",
    "nothing lies in the future",
    "ids rise with dates",
    "declines are counted",
    "a parent was there before",
    "a user's name is its parts",
    "a schedule adds up to the balance and lies ahead",
}
RULES = {name: sql for name, sql in VIOLATIONS.items() if name not in _OF_THE_DEMO} | {
    "an invoice has lines": """
        SELECT invoice_id FROM invoices i
        WHERE NOT EXISTS (SELECT 1 FROM invoice_lines l WHERE l.invoice_id = i.invoice_id)""",
    "a user's name is its parts": """
        SELECT user_id FROM users WHERE replace(name, ' ', '') <> replace(coalesce(first_name, '') ||
            coalesce(middle_name_glob, '') || coalesce(last_name, '') || coalesce(name_suffix, ''), ' ', '')
            AND replace(name, ',', '') = name""",
    "a customer with contacts has a main one": """
        SELECT customer_id FROM customers WHERE superuser_id IS NULL
        AND customer_id IN (SELECT customer_id FROM customer_users) AND customer_id > {demo}""",
    "tokens have twelve characters": """
        SELECT token FROM customers WHERE length(token) <> 12 UNION ALL
        SELECT token FROM users WHERE length(token) <> 12 UNION ALL
        SELECT token FROM invoices WHERE length(token) <> 12""",
    "tags are a list": "SELECT tags FROM customers WHERE NOT json_valid(tags) OR json_type(tags) <> 'array'",
    "an invoice was not modified before it was written": """
        SELECT invoice_id FROM invoices WHERE mod_datetime < write_datetime""",
}
TODAY = account.TODAY
DEMO = 3
_WRITTEN = ("customers", "users", "customer_users", "invoices", "invoice_lines", "retired_ids")
_SUMS = "SELECT customer_id, total, balance, paid, oldest_due_date FROM customers"

names = st.sampled_from(
    ["Jane Doe", "Cher", "Ludwig van Beethoven", "Henry Ford III", "", "Ünï Cödé", "a, b"]
)
words = st.sampled_from(["", "x", "Acme, Inc: EU", "日本語", "'; DROP TABLE users; --", None])
keys = st.sampled_from([None, "", "k1", "K1", "k2", "k3"])
rates = st.one_of(
    st.decimals("-50", "500", places=4).map(str), st.integers(0, 1000), st.sampled_from([0, "0.005", 1e-7])
)
quantities = st.sampled_from([None, 0, 1, "2", 0.25, 7.5, 1000])
lines = st.lists(
    st.fixed_dictionaries(
        {"item_id": st.integers(1, 24)},
        optional={"line_rate": rates, "line_quantity": quantities, "descrip": words, "custom_1": words},
    ),
    min_size=1,
    max_size=4,
)
contact = st.fixed_dictionaries(
    {},
    optional={
        "superuser_name": names,
        "superuser_first_name": words,
        "superuser_last_name": words,
        "superuser_email": st.sampled_from(["a@example.com", "a@example.com, b@example.com", "", None]),
        "superuser_username": st.sampled_from(["one", "two", "", None]),
    },
)
customers = st.fixed_dictionaries(
    {"company": st.sampled_from(["A", "日本", "x" * 300])},
    optional={
        "external_key": keys,
        "currency_id": st.integers(1, 6),
        "terms_id": st.integers(1, 4),
        "no_taxes": st.booleans(),
        "bill_country": st.sampled_from(["United States", "Canada", "Germany", "Japan", "Nowhere", None]),
        "bill_state": st.sampled_from(["QC", "CT", None]),
        "tags": st.lists(words.filter(bool), max_size=3),
    },
)
users = st.fixed_dictionaries(
    {},
    optional={
        "name": names,
        "first_name": words,
        "last_name": words,
        "middle_name_glob": words,
        "external_key": keys,
        "username": st.sampled_from(["one", "two", "three", ""]),
        "email": words,
    },
)


def _demo() -> sqlite3.Connection:
    store = Store()
    populate(store, DEMO, 1, TODAY)
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    with store.read() as reader:
        reader.connection.backup(copy)
    store.close()
    return copy


class Writes(RuleBasedStateMachine):
    """A client that creates, updates, pays for and deletes customers, users and invoices."""

    demo: sqlite3.Connection | None = None
    customer = Bundle("customer")
    user = Bundle("user")
    invoice = Bundle("invoice")

    @initialize()
    def begin(self) -> None:
        if Writes.demo is None:
            Writes.demo = _demo()
        self.store = Store()
        with self.store.read() as reader:
            Writes.demo.backup(reader.connection)
        with self.store.write():
            pass  # has what is remembered of the empty account read again
        self.client = Client(create_app(self.store, credentials=CREDENTIALS, clock=account.now))

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()

    def call(self, method: str, url: str, value: Any = None) -> Answer:
        body = b"" if value is None else json.dumps(value).encode()
        before = self.rows()
        answer = asyncio.run(self.client.send(method, f"/api/v3/{url}", body=body))
        assert answer.status in (200, 201, 202, 400, 404), answer.envelope
        if method == "GET" or answer.status >= 400:
            assert self.rows() == before, "a reading or an error changed something"
        return answer

    def rows(self) -> list[Any]:
        with self.store.read() as reader:
            return [reader.connection.execute(f"SELECT * FROM {table}").fetchall() for table in _WRITTEN]

    def get(self, url: str) -> dict[str, Any]:
        answer = self.call("GET", url)
        assert answer.status == 200
        return dict(answer.response)

    @rule(target=customer, sent=customers, contact=contact)
    def create_customer(self, sent: dict[str, Any], contact: dict[str, Any]) -> Any:
        answer = self.call("POST", "customer", {**sent, **contact})
        if answer.status == 400:
            assert "already exists" in answer.message, answer.message
            return multiple()
        number = answer.response["id"]
        found = self.get(f"customer/{number}")
        assert found["company"] == sent["company"]
        assert (found["superuser_id"] is not None) == any(contact.values())
        return number

    @rule(number=customer, sent=customers, contact=contact)
    def update_customer(self, number: int, sent: dict[str, Any], contact: dict[str, Any]) -> None:
        before = self.get(f"customer/{number}")
        answer = self.call("PUT", f"customer/{number}", {**sent, **contact})
        after = self.get(f"customer/{number}")
        if answer.status == 400:
            assert "already exists" in answer.message or "currency" in answer.message, answer.message
            assert after == before
        assert after["currency_id"] == before["currency_id"]
        assert after["token"] == before["token"]

    @rule(number=customer)
    def put_customer_back(self, number: int) -> None:
        before = self.get(f"customer/{number}")
        assert self.call("PUT", f"customer/{number}", before).status == 202
        assert self.get(f"customer/{number}") == before

    @rule(number=consumes(customer))
    def delete_customer(self, number: int) -> None:
        invoices = self.call("GET", f"invoice/_count?where=customer_id:EQUALS:{number}").response
        answer = self.call("DELETE", f"customer/{number}")
        assert answer.status in ((400, 404) if invoices else (200, 404))

    @rule(target=user, sent=users, number=customer)
    def create_user(self, sent: dict[str, Any], number: int) -> Any:
        gone = self.call("GET", f"customer/{number}").status == 404
        answer = self.call("POST", "user", {**sent, "customer_id": number})
        if answer.status == 400:
            assert gone or "already exists" in answer.message, answer.message
            return multiple()
        return answer.response["id"]

    @rule(number=user, sent=users)
    def update_user(self, number: int, sent: dict[str, Any]) -> None:
        self.call("PUT", f"user/{number}", sent)

    @rule(number=user)
    def put_user_back(self, number: int) -> None:
        answer = self.call("GET", f"user/{number}")
        if answer.status == 200:
            assert self.call("PUT", f"user/{number}", answer.response).status == 202
            assert self.get(f"user/{number}") == answer.response

    @rule(number=user)
    def delete_user(self, number: int) -> None:
        main = self.call("GET", f"customer?where=superuser_id:EQUALS:{number}").response
        assert self.call("DELETE", f"user/{number}").status in ((400,) if main else (200, 404))

    @rule(number=customer, contact=user)
    def choose_main_contact(self, number: int, contact: int) -> None:
        self.call("PUT", f"customer/{number}", {"superuser_id": contact})

    @rule(number=customer, name=st.sampled_from(["setActive", "setInactive"]))
    def set_standing(self, number: int, name: str) -> None:
        answer = self.call("POST", f"customer/{number}/_action/{name}")
        if answer.status == 200:
            state = self.get(f"customer/{number}")["customer_status_state"]
            assert state == ("a" if name == "setActive" else "i")

    @rule(
        target=invoice,
        number=customer,
        lines=lines,
        day=st.dates(date(2025, 1, 1), date(2026, 4, 1)),
        external_key=keys,
    )
    def create_invoice(
        self, number: int, lines: list[dict[str, Any]], day: date, external_key: str | None
    ) -> Any:
        sent = {
            "customer_id": number,
            "date": day.isoformat(),
            "external_key": external_key,
            "line_items": lines,
        }
        answer = self.call("POST", "invoice", sent)
        return answer.response["id"] if answer.status == 201 else multiple()

    @rule(number=invoice, new=st.one_of(st.just([]), lines), edits=lines, drop=st.integers(0, 3))
    def update_lines(
        self, number: int, new: list[dict[str, Any]], edits: list[dict[str, Any]], drop: int
    ) -> None:
        answer = self.call("GET", f"invoice/{number}")
        if answer.status == 404:
            return
        old = [line["line_item_id"] for line in answer.response["line_items"]][drop:]
        sent = [{"line_item_id": line} for line in old]
        for line, edit in zip(sent, edits, strict=False):
            line.update(edit)
        answer = self.call("PUT", f"invoice/{number}", {"line_items": [*new, *sent]})
        if answer.status == 202:
            found = [line["line_item_id"] for line in self.get(f"invoice/{number}")["line_items"]]
            assert found[: len(old)] == old
            assert len(found) == len(old) + len(new)

    @rule(number=invoice, day=st.dates(date(2025, 1, 1), date(2026, 4, 1)), terms=st.integers(0, 4))
    def update_dates(self, number: int, day: date, terms: int) -> None:
        self.call("PUT", f"invoice/{number}", {"date": day.isoformat(), "terms_id": terms})

    @rule(number=st.integers(1, 20))
    def put_invoice_of_the_demo_back(self, number: int) -> None:
        answer = self.call("GET", f"invoice/{number}")
        if answer.status == 200:
            assert self.call("PUT", f"invoice/{number}", answer.response).status == 202
            after = self.get(f"invoice/{number}")
            assert {**after, "mod_datetime": 0} == {**answer.response, "mod_datetime": 0}

    @rule(number=invoice, share=st.sampled_from([1, 2, 3]), kind=st.sampled_from(["pay", "cre", "wri"]))
    def pay_for_a_share(self, number: int, share: int, kind: str) -> None:
        with self.store.write() as connection:
            row = connection.execute(
                "SELECT customer_id, currency_id, balance, date FROM invoices"
                " WHERE invoice_id = ? AND is_open = 1",
                (number,),
            ).fetchone()
            if row is None or not (amount := row[2] // share):
                return
            cursor = connection.execute(
                "INSERT INTO transactions (customer_id, currency_id, token, amount, applied, transaction_date,"
                " transaction_datetime, transaction_type, write_datetime, mod_datetime)"
                " VALUES (?, ?, lower(hex(randomblob(6))), ?, ?, ?, 0, ?, 0, 0)",
                (row[0], row[1], amount, amount, "2026-05-01", kind),
            )
            connection.execute(
                "INSERT INTO transaction_applied (transaction_id, invoice_id, applied) VALUES (?, ?, ?)",
                (cursor.lastrowid, number, amount),
            )
            refresh_invoice(connection, number, TODAY)
            refresh_totals(connection, row[0])

    @rule(number=invoice)
    def delete_invoice(self, number: int) -> None:
        answer = self.call("GET", f"invoice/{number}")
        if answer.status == 200:
            wanted = 200 if answer.response["applied"] == 0 else 400
            assert self.call("DELETE", f"invoice/{number}").status == wanted

    @invariant()
    def derivations_hold(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.read() as reader:
            run = reader.connection.execute
            for name, sql in RULES.items():
                assert run(sql.format(today=TODAY, demo=DEMO)).fetchmany(3) == [], name
            assert run("PRAGMA foreign_key_check").fetchall() == []
            kept = run(_SUMS).fetchall()
        try:
            with self.store.write() as connection:
                refresh_totals(connection)
                assert connection.execute(_SUMS).fetchall() == kept
                raise _TakenBackError
        except _TakenBackError:
            pass


class _TakenBackError(Exception):
    """Ends a transaction without keeping anything of it."""


Writes.TestCase.settings = settings(max_examples=examples(20), stateful_step_count=20)
TestWrites = Writes.TestCase
