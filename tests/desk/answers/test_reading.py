"""One question, one request: against the sandbox, also where its answers are refused, cut, shifted or contradict."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cotui.api import ApiError, NotFound
from cotui.api.abilities import BULK, BULK_COUNTS, BULK_QUERIES
from cotui.api.calls import BULK_LIMIT
from cotui.catalog.money import from_minor
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.service import Service, hard
from tests.desk.answers.situations import Line, reading, record, refuse
from tests.stores import copied, demo

CUSTOMERS = 60
DAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = demo(CUSTOMERS, 7, DAY)
    yield made
    made.close()


def all_rows(store: Store, sql: str, *values: Any) -> list[Any]:
    with store.read() as reader:
        return reader.connection.execute(sql, values).fetchall()


def customer_with(store: Store, sql: str) -> int:
    """The first customer of a query."""
    return int(all_rows(store, sql)[0][0])


def truth(store: Store, customer: int) -> dict[str, Any]:
    """What is owed and unused, in SQL; the amounts of a customer of the demo are of one currency."""
    code = all_rows(
        store,
        "SELECT c.iso4217 FROM customers JOIN currencies c USING (currency_id) WHERE customer_id = ?",
        customer,
    )[0][0]
    owes = all_rows(
        store,
        "SELECT coalesce(sum(balance), 0) FROM invoices WHERE customer_id = ? AND is_open = 1",
        customer,
    )
    unused = all_rows(
        store,
        "SELECT coalesce(sum(amount - applied), 0) FROM transactions WHERE customer_id = ? AND gateway_status = 1"
        " AND void_datetime IS NULL AND transaction_type IN ('pay', 'cre', 'ref')",
        customer,
    )
    payments = all_rows(store, "SELECT count(*) FROM transactions WHERE customer_id = ?", customer)
    return {
        "owes": from_minor(owes[0][0], code),
        "unapplied": from_minor(unused[0][0], code),
        "payments": payments[0][0],
    }


def amount(found: list[dict[str, Any]] | None) -> tuple[Decimal, bool] | None:
    """The one amount of a list of JSON, and whether it is "at least"."""
    if found is None:
        return None
    return (Decimal(found[0]["amount"]), found[0]["at_least"]) if found else (Decimal(0), False)


async def test_a_customer_is_one_request_and_right(store: Store) -> None:
    for customer in range(1, CUSTOMERS + 1):
        line = Line(store, Service(max_page_size=500))
        answer = reading(line, "customer", customer)
        answer_size = truth(store, customer)
        await answer.read()
        found = answer.json()
        assert line.sent[0] == "_bulk"
        assert len(line.sent) == answer.requests <= 2
        if answer_size["payments"] <= 100:
            assert line.sent == ["_bulk"]
        assert line.items <= BULK_LIMIT
        assert answer.page().complete
        assert amount(found["owes"]) == (answer_size["owes"], False)
        assert amount(found["unapplied"]) == (answer_size["unapplied"], False)
        assert found["counts"]["payments"] == {"value": answer_size["payments"], "exact": True}


def many_payments(store: Store) -> None:
    """Customer 5 with 174 payments more, of which 62 are unused."""
    made = demo(CUSTOMERS, 7, DAY)
    made._writer.backup(store._writer)
    made.close()
    copies = (
        "INSERT INTO transactions (customer_id, currency_id, gateway_status, token, amount, applied, transaction_type,"
        " transaction_date, transaction_datetime, write_datetime, mod_datetime)"
        " SELECT 5, currency_id, 1, 'many' || :n, 100, CASE WHEN :n <= 62 THEN 0 ELSE 100 END, 'pay', '2026-11-01',"
        " :at, :at, :at FROM customers WHERE customer_id = 5"
    )
    for number in range(1, 175):
        store._writer.execute(copies, {"n": number, "at": 1_790_000_000 + number})
    store._writer.commit()


@pytest.mark.parametrize("size", [20, 100])
async def test_many_payments_are_two_requests(size: int) -> None:
    store = copied("174 payments", many_payments)
    line = Line(store, Service(max_page_size=size))
    answer = reading(line, "customer", 5)
    await answer.read()
    assert line.sent[0] == "_bulk"
    assert len(line.sent) == answer.requests == 2
    assert line.items <= BULK_LIMIT
    found, right = answer.json(), truth(store, 5)
    assert right["payments"] >= 174
    assert amount(found["unapplied"]) == (right["unapplied"], False)
    assert answer.page().complete
    store.close()


@pytest.mark.parametrize(
    ("object_id", "table", "key"),
    [
        ("invoice", "invoices", "invoice_id"),
        ("transaction", "transactions", "transaction_id"),
        ("package", "packages", "package_id"),
        ("user", "users", "user_id"),
    ],
)
async def test_from_a_list_all_others_are_one_request(
    store: Store, object_id: str, table: str, key: str
) -> None:
    for ref, customer in all_rows(store, f"SELECT {key}, customer_id FROM {table} LIMIT 5"):
        row = record(object_id, **{key: ref, "customer_id": customer})
        line = Line(store)
        answer = reading(line, object_id, ref, row)
        await answer.read()
        extra = 1 if object_id == "invoice" else 0  # its row has no subscription here
        assert 1 <= len(line.sent) == answer.requests <= 1 + extra
        assert answer.page().complete
        cold = reading(Line(store), object_id, ref)
        await cold.read()
        assert cold.json() | {"sections": 0} == answer.json() | {"sections": 0}
        assert cold.requests <= 2


async def test_by_key_the_number_is_read_first(store: Store) -> None:
    [(key, number)] = all_rows(
        store, "SELECT external_key, customer_id FROM customers WHERE external_key IS NOT NULL LIMIT 1"
    )
    line = Line(store)
    answer = reading(line, "customer", f"external_key:{key}")
    await answer.read()
    assert line.sent == [f"customer/external_key:{key}", "_bulk"]
    assert answer.page().ref == number
    assert answer.page().complete


async def test_there_is_no_such_record(store: Store) -> None:
    answer = reading(Line(store), "customer", 999_999)
    await answer.read()
    assert isinstance(answer.failure, NotFound)
    assert answer.page().title == "Customer 999999"


@pytest.mark.parametrize("switches", [["no-bulk"], ["bulk-without-queries"], ["no-bulk", "page-of-20"]])
async def test_without_batches_parts_are_read_alone_in_order(store: Store, switches: list[str]) -> None:
    line = Line(store, hard(switches))
    answer = reading(line, "customer", 5)
    await answer.read()
    objects = list(dict.fromkeys(path.split("/")[0] for path in line.sent if path != "_bulk"))
    asked_first = [name for name in objects if name in ("invoice", "transaction", "package", "user", "note")]
    assert asked_first == ["invoice", "transaction", "package", "user", "note"]
    found, right = answer.json(), truth(store, 5)
    assert amount(found["owes"]) == (right["owes"], False)
    assert amount(found["unapplied"]) == (right["unapplied"], False)
    assert answer.page().complete
    again = reading(line, "customer", 6)
    again._api.abilities.learn(BULK, switches[0] != "no-bulk")
    await again.read()
    assert again.page().complete


async def test_what_keys_may_not_read(store: Store) -> None:
    line = Line(store, hard(["unreadable"]))
    answer = reading(line, "customer", 5)
    await answer.read()
    found = answer.json()
    assert found["sections"]["payments"]["state"] == found["sections"]["notes"]["state"] == "refused"
    assert (found["unapplied"], found["last_payment"]) == (None, None)
    assert amount(found["owes"]) == (truth(store, 5)["owes"], False)
    assert line.sent == ["_bulk"]


async def test_hard_accounts_say_nothing_wrong(store: Store) -> None:
    for switch in ("missing-keys", "ids-as-text", "old-masks", "page-of-20"):
        for customer in range(1, 21):
            answer = reading(Line(store, hard([switch])), "customer", customer)
            await answer.read()
            found, right = answer.json(), truth(store, customer)
            for name in ("owes", "unapplied"):
                got = amount(found[name])
                if switch != "missing-keys":
                    assert got == (right[name], False), (switch, customer, name)
                elif got is not None:
                    assert got[0] == right[name] or (got[1] and got[0] <= right[name]), (customer, name)


def cut(rows: list[Any], chance: random.Random) -> list[Any]:
    return rows[: chance.randrange(len(rows) + 1)]


def test_a_store_of_many_payments_is_as_it_is_told() -> None:
    store = copied("174 payments", many_payments)
    found = all_rows(store, "SELECT count(*) FROM transactions WHERE token LIKE 'many%' AND applied < amount")
    assert found == [(62,)]
    store.close()


@pytest.mark.parametrize("share", [0.05, 0.15, 0.4])
async def test_whatever_is_spoilt_no_number_is_wrong_and_none_smaller_unless_it_says_so(
    store: Store, share: float
) -> None:
    chance = random.Random(f"spoilt {share}")
    unsure = 0
    for customer in range(1, CUSTOMERS + 1):
        line = Line(store)

        def spoil(_uri: str, item: dict[str, Any]) -> None:
            if chance.random() > share:
                return
            kind, rows = (
                chance.choice(["refused", "failed", "cut", "shifted", "dropped"]),
                item.get("response"),
            )
            if kind in ("refused", "failed"):
                refuse(item, 401 if kind == "refused" else 500)
            elif kind == "dropped" and isinstance(rows, list):
                item["response"] = []
            elif kind == "dropped" and isinstance(rows, int):
                refuse(item, 500)
            elif isinstance(rows, list):
                item["response"] = cut(rows, chance) if kind == "cut" else rows[1:]

        line.spoil = spoil
        answer = reading(line, "customer", customer)
        await answer.read()
        found, right = answer.json(), truth(store, customer)
        for name in ("owes", "unapplied"):
            got = amount(found[name])
            unsure += got is None or got[1]
            if got is not None:
                ok = got[0] <= right[name] if got[1] else got[0] == right[name]
                assert ok, (customer, name, got, right, found["sections"])
        count, wanted = found["counts"]["payments"], right["payments"]
        fits = count is None or (count["value"] == wanted if count["exact"] else count["value"] <= wanted)
        assert fits, (customer, count, wanted)
    assert unsure, "something was spoilt"


async def test_a_count_that_does_not_fit_is_not_believed(store: Store) -> None:
    customer = customer_with(
        store, "SELECT customer_id FROM invoices WHERE is_open = 1 GROUP BY 1 HAVING count(*) > 1 LIMIT 1"
    )
    line = Line(store)

    def spoil(uri: str, item: dict[str, Any]) -> None:
        if "invoice/_count" in uri and "invoice_status_state" in uri:
            item["response"] = 1

    line.spoil = spoil
    answer = reading(line, "customer", customer)
    await answer.read()
    found = answer.json()
    got = amount(found["owes"])
    assert got is None or got[1] or got[0] == truth(store, customer)["owes"]


async def test_rows_of_another_customer_are_not_believed(store: Store) -> None:
    line = Line(store)
    kept: dict[str, Any] = {}

    def spoil(uri: str, item: dict[str, Any]) -> None:
        if uri.startswith("/api/v3/invoice?"):
            kept.setdefault("rows", [dict(row, customer_id=2) for row in item["response"]])
            item["response"] = kept["rows"]

    line.spoil = spoil
    answer = reading(line, "customer", 5)
    await answer.read()
    assert "invoice" in line.sent, "they are read alone"
    assert amount(answer.json()["owes"]) == (truth(store, 5)["owes"], False)


async def test_it_is_told_as_parts_come(store: Store) -> None:
    line = Line(store)
    answer = reading(line, "customer", 5)
    states: list[str] = []
    answer._tell = lambda: states.append(answer.page().tables[0].state)
    assert answer.page().tables[0].state == "reading"
    assert answer.read_at is None
    await answer.read()
    assert states[-1] == "complete"
    assert answer.read_at is not None
    assert answer.page().as_of == answer.read_at


async def test_offline_everything_failed(store: Store) -> None:
    line = Line(store)
    answer = reading(line, "customer", 5)

    async def fail(*_: Any, **__: Any) -> Any:
        raise ApiError("No answer came")

    answer._api.worker.submit = fail  # type: ignore[method-assign]
    await answer.read()
    page = answer.page()
    assert {table.state for table in page.tables} == {"failed"}
    assert answer.failure is not None


async def test_what_was_found_out_is_not_asked_again(store: Store) -> None:
    line = Line(store, Service(max_page_size=100))
    answer = reading(line, "customer", 5)
    await answer.read()
    can = answer._api.abilities.can
    assert (can(BULK), can(BULK_QUERIES), can(BULK_COUNTS)) == (True, True, True)
    asked = line.items
    line.items = 0
    again = reading(line, "customer", 6)
    again._api.abilities.learn(BULK_QUERIES, True)
    again._api.abilities.learn(BULK_COUNTS, True)
    await again.read()
    assert line.items == asked - 3
    assert line.sent == ["_bulk", "_bulk"]


async def test_an_account_that_does_not_expand_rows_takes_one_request_more(store: Store) -> None:
    [(ref, customer, package)] = all_rows(
        store,
        "SELECT invoice_id, customer_id, package_id FROM invoices WHERE payments > 0 AND package_id NOT NULL LIMIT 1",
    )
    row = record("invoice", invoice_id=ref, customer_id=customer, package_id=package)
    told = reading(Line(store), "invoice", ref, row)
    await told.read()
    assert told.requests == 1
    line = Line(store)

    def spoil(uri: str, item: dict[str, Any]) -> None:
        if uri.startswith("/api/v3/transaction?"):
            for one in item["response"]:
                for key in ("applied_to", "applied", "unapplied"):
                    one.pop(key, None)

    line.spoil = spoil
    untold = reading(line, "invoice", ref, row)
    await untold.read()
    assert untold.requests == len(line.sent) == 2
    found, wanted = untold.json(), told.json()
    assert found["payments"] == wanted["payments"]
    assert found["payments"][0]["applied_here"] is not None
    few = customer_with(
        store, "SELECT customer_id FROM transactions GROUP BY 1 HAVING count(*) BETWEEN 2 AND 9 LIMIT 1"
    )
    line.sent.clear()
    answer = reading(line, "customer", few)
    await answer.read()
    assert line.sent == ["_bulk", "_bulk"]
    assert amount(answer.json()["unapplied"]) == (truth(store, few)["unapplied"], False)


async def test_latest_invoices_that_are_not_the_latest_say_so(store: Store) -> None:
    customer = customer_with(
        store, "SELECT customer_id FROM invoices GROUP BY 1 HAVING count(*) > 12 LIMIT 1"
    )
    line = Line(store)

    def spoil(uri: str, item: dict[str, Any]) -> None:
        if uri.startswith("/api/v3/invoice?") and "limit=10" in uri and "invoice_status_state" not in uri:
            item["response"] = [*item["response"][1:], dict(item["response"][-1], invoice_id=1)]

    line.spoil = spoil
    answer = reading(line, "customer", customer)
    await answer.read()
    latest = answer.page().table("latest_invoices")
    assert latest is not None
    assert (latest.state, latest.trouble) == (
        "partial",
        "the first rows are not the first, or changed their places",
    )
