"""Several reads in one request, of accounts that are as hard as they come: no wrong row is ever believed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import pytest

from cotui.api import Api, Forbidden, NotFound, Page, Priority, Record, ServerFailure
from cotui.api.abilities import BULK, BULK_COUNTS, BULK_EACH, BULK_QUERIES, reading
from cotui.api.bulk_reads import Read, read_many
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.transaction import TRANSACTION
from cotui.query import Condition, Op, Order, Query
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from cotui.sandbox.http.service import SWITCHES, Service, hard
from tests.api.support import PASSWORD, JumpingTime, api_with, connection, ok, refuse
from tests.stores import demo

CUSTOMERS = 40


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = demo(CUSTOMERS, 7, date(2026, 3, 15))
    yield made
    made.close()


class Account:
    """An account of some service, and what was sent to it."""

    def __init__(self, store: Store, service: Service | None = None, *, read_only: bool = False) -> None:
        self.sent: list[str] = []
        keys = {"pub": PASSWORD}
        app = create_app(
            store,
            credentials=keys,
            service=service,
            origin_check=OriginCheck(frozenset({"acme.chargeover.com"})),
        )
        self._inner = httpx.ASGITransport(app=app)
        self.api = Api(connection(read_only=read_only), transport=self)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(f"{request.method} {request.url.path.removeprefix('/api/v3/')}")
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Nothing is held."""


def of_customer(number: int, limit: int = 5) -> Read:
    query = Query((Condition("customer_id", Op.EQUALS, str(number)),), (Order("invoice_id", True),))
    return Read(INVOICE, query=query, limit=limit)


def count_of(number: int) -> Read:
    return of_customer(number, 0)


async def read(account: Account, reads: list[Read]) -> list[Any]:
    return list(await read_many(account.api, reads, Priority.INTERACTIVE))


READS = [
    *(Read(CUSTOMER, number) for number in range(1, 8)),
    *(of_customer(number) for number in range(1, 8)),
    *(count_of(number) for number in range(1, 4)),
    Read(CUSTOMER, limit=3),
    Read(CUSTOMER),
]


async def test_what_comes_in_one_is_what_comes_one_by_one(store: Store) -> None:
    account = Account(store)
    found = await read(account, READS)
    assert account.sent[0] == "POST _bulk"
    assert account.sent[1:] == ["GET invoice/_count"] * 3, "nothing vouches for those yet"
    assert account.api.worker.budget.used == 4
    account.api.abilities.learn(BULK, False)
    alone = await read(account, READS)
    assert list(map(_plain, found)) == list(map(_plain, alone))
    await account.api.aclose()


def _plain(item: Any) -> Any:
    if isinstance(item, Record):
        return item.raw
    return [row.raw for row in item.rows] if isinstance(item, Page) else item


#: counting slowly is no fault of what is counted, and takes three seconds
QUICK = [name for name in SWITCHES if name != "slow-count"]


@pytest.mark.parametrize("switch", [*QUICK, "all"])
async def test_a_hard_account_gives_no_wrong_row(store: Store, switch: str) -> None:
    account = Account(store, hard(QUICK if switch == "all" else [switch]))
    for again in range(2):
        found = await read(account, READS)
        for asked, item in zip(READS, found, strict=True):
            if isinstance(item, Page) and asked.query.conditions:
                wanted = asked.query.conditions[0].value
                assert all(str(row.raw.get("customer_id", wanted)) == wanted for row in item.rows)
                assert len(item.rows) <= asked.limit
            assert isinstance(item, Record | Page | int)
        counts = [item for asked, item in zip(READS, found, strict=True) if asked.counts]
        assert all(count < CUSTOMERS for count in counts[:-1])
        assert again or account.sent
    can = account.api.abilities.can
    if switch in ("bulk-without-queries", "all"):
        assert can(BULK_QUERIES) is not True
    if switch == "bulk-without-queries":
        assert (can(BULK), can(BULK_QUERIES)) == (True, False)
    if switch in ("no-bulk", "all"):
        assert can(BULK) is False
    await account.api.aclose()


async def test_an_ignored_query_marks_the_account_and_its_answers_are_read_alone(store: Store) -> None:
    account = Account(store, Service(bulk_without_queries=True))
    reads = [of_customer(1), of_customer(2), Read(CUSTOMER, 3)]
    await read(account, reads)
    assert account.sent == ["POST _bulk", "GET invoice", "GET invoice"]
    account.sent.clear()
    await read(account, [*reads, Read(CUSTOMER, 4)])
    assert sorted(account.sent) == ["GET invoice", "GET invoice", "POST _bulk"], "it is not tried again"
    await account.api.aclose()


async def test_a_count_is_believed_where_all_rows_came_along(store: Store) -> None:
    with store.read() as reader:
        few = reader.connection.execute(
            "SELECT customer_id FROM invoices GROUP BY customer_id HAVING count(*) < 15"
        ).fetchall()
    (one,), (other,) = few[:2]
    account = Account(store)
    found = await read(
        account, [of_customer(one, 19), count_of(one), of_customer(other, 19), count_of(other)]
    )
    assert account.sent == ["POST _bulk"]
    assert account.api.abilities.can(BULK_COUNTS) is True
    assert [found[1], found[3]] == [len(found[0].rows), len(found[2].rows)]
    account.sent.clear()
    await read(account, [count_of(3), count_of(4)])
    assert account.sent == ["POST _bulk"], "by now counts are known to be filtered"
    await account.api.aclose()


async def test_a_refused_object_is_no_refused_key(store: Store) -> None:
    account = Account(store, Service(unreadable=frozenset({"transaction"})))
    found = await read(account, [Read(TRANSACTION, 1), Read(CUSTOMER, 1), Read(CUSTOMER, 10**6)])
    assert isinstance(found[0], Forbidden)
    assert found[0].what == "These keys may not read payments"
    assert isinstance(found[1], Record)
    assert isinstance(found[2], NotFound)
    assert account.api.abilities.can(reading("transaction")) is False
    assert account.api.worker.status.connection == "online"
    await account.api.aclose()


async def test_reading_in_one_is_allowed_to_whoever_may_only_read(store: Store) -> None:
    account = Account(store, read_only=True)
    found = await read(account, [Read(CUSTOMER, 1), Read(CUSTOMER, 2)])
    assert [item.id for item in found] == [1, 2]
    assert account.sent == ["POST _bulk"]
    await account.api.aclose()


# --- servers that are a function ---


def items_of(request: httpx.Request) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(request.content)
    return found


def batch(*documents: Any) -> httpx.Response:
    return ok({"_bulk": [*documents]})


def item(response: Any, code: int = 200) -> dict[str, Any]:
    status = "OK" if code < 300 else "Error"
    return {"code": code, "status": status, "message": "", "response": response}


def customer(number: int, **more: Any) -> dict[str, Any]:
    return {"customer_id": number, "company": f"Company {number}", **more}


TWO = [Read(CUSTOMER, 1), Read(CUSTOMER, 2)]


async def test_each_item_fails_for_itself() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return batch(item(None, 500), item(customer(2)))

    api = api_with(answer)
    found = await read_many(api, TWO, Priority.NAMES)
    assert isinstance(found[0], ServerFailure)
    assert isinstance(found[1], Record)
    await api.aclose()


@pytest.mark.parametrize(
    "whole",
    [
        lambda: batch(item(customer(1))),  # one too few
        lambda: ok({"_bulk": "none"}),
        lambda: ok([]),
        lambda: batch(item(customer(2)), item(customer(1))),  # in another order
        lambda: batch(item({"company": "whose?"}), item({"company": "and whose?"})),
        lambda: batch(item(True), item("x")),
        lambda: batch(7, None),
        lambda: refuse(403),
    ],
)
async def test_an_answer_that_is_none_gives_no_wrong_record(whole: Callable[[], httpx.Response]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return whole()
        return ok(customer(int(request.url.path.rpartition("/")[2])))

    api = api_with(answer)
    found = await read_many(api, TWO, Priority.NAMES)
    assert all(
        not isinstance(item, Record) or item.id == asked.ref for item, asked in zip(found, TWO, strict=True)
    )
    assert api.abilities.can(BULK) is not False
    await api.aclose()


@pytest.mark.parametrize("status", [400, 404])
async def test_no_batches_is_found_out_once(status: int) -> None:
    sent = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        if request.method == "POST":
            return refuse(status)
        return ok(customer(int(request.url.path.rpartition("/")[2])))

    api = api_with(answer)
    assert await read_many(api, TWO, Priority.NAMES, singly=False) == [None, None]
    assert sent == ["POST"]
    found = await read_many(api, TWO, Priority.NAMES)
    assert all(isinstance(item, Record) for item in found)
    assert sent == ["POST", "GET", "GET"]
    await api.aclose()


async def test_a_batch_costs_one_until_a_429_says_otherwise() -> None:
    time = JumpingTime()
    answers = iter(["ok", "429", "ok"])

    def answer(request: httpx.Request) -> httpx.Response:
        if next(answers) == "429":
            return refuse(429)
        return batch(*(item(customer(int(each["uri"].rpartition("/")[2]))) for each in items_of(request)))

    api = api_with(answer, time)
    reads = [Read(CUSTOMER, number) for number in range(1, 26)]
    await read_many(api, reads, Priority.NAMES)
    assert api.worker.budget.used == 1
    await read_many(api, reads, Priority.NAMES)
    assert api.worker.budget.counts_each
    assert api.abilities.can(BULK_EACH) is True
    assert api.worker.budget.used >= 25
    await api.aclose()


async def test_an_item_that_is_turned_away_says_so_too() -> None:
    api = api_with(lambda _: batch(item(customer(1)), item(None, 429)))
    found = await read_many(api, TWO, Priority.NAMES)
    assert isinstance(found[0], Record)
    assert api.worker.budget.counts_each
    await api.aclose()


async def test_what_costs_more_than_a_minute_has_still_goes() -> None:
    api = api_with(
        lambda request: batch(
            *(item(customer(int(each["uri"].rpartition("/")[2]))) for each in items_of(request))
        ),
        JumpingTime(),
        rate_limit=9,
    )
    api.worker.budget.counts_each = True
    found = await read_many(api, [Read(CUSTOMER, number) for number in range(1, 12)], Priority.NAMES)
    assert [answer.id for answer in found if isinstance(answer, Record)] == list(range(1, 12))
    await api.aclose()


def by_number(request: httpx.Request) -> list[dict[str, Any]]:
    return [item(customer(int(each["uri"].rpartition("/")[2]))) for each in items_of(request)]


async def test_records_that_come_in_another_order_are_told_apart_by_what_they_are() -> None:
    sent: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        if request.method == "GET":
            return ok(customer(int(request.url.path.rpartition("/")[2])))
        return batch(item(customer(3)), item(None, 404), item(customer(1)))

    api = api_with(answer)
    reads = [Read(CUSTOMER, number) for number in (1, 2, 3)]
    found = await read_many(api, reads, Priority.NAMES, singly=False)
    assert [record.id if isinstance(record, Record) else record for record in found] == [1, None, 3]
    assert sent == ["POST"]
    found = await read_many(api, reads, Priority.NAMES)
    assert [record.id for record in found if isinstance(record, Record)] == [1, 2, 3], (
        "whose 404 it is, nobody knows"
    )
    assert sent == ["POST", "POST", "GET"]
    await api.aclose()


async def test_one_record_that_is_kept_back_is_no_refusal_of_the_object() -> None:
    api = api_with(lambda _: batch(item(customer(1)), item(None, 401)))
    found = await read_many(api, TWO, Priority.NAMES)
    assert isinstance(found[1], Forbidden)
    assert found[1].what == "These keys may not read this customer"
    assert api.abilities.can(reading("customer")) is None
    await api.aclose()


@pytest.mark.parametrize(
    "whole",
    [
        lambda: refuse(401),
        lambda: refuse(403),
        lambda: httpx.Response(404, text="<html>no such page"),
        lambda: httpx.Response(302, headers={"Location": "https://portal/"}),
        lambda: httpx.Response(200, text="<html>log in"),
        lambda: batch(item(customer(1))),
    ],
)
async def test_what_may_be_no_word_of_the_account_is_tried_twice_and_not_remembered(
    whole: Callable[[], httpx.Response],
) -> None:
    sent: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        return whole() if request.method == "POST" else ok(customer(1))

    api = api_with(answer)
    for _ in range(5):
        assert await read_many(api, TWO, Priority.NAMES, singly=False) == [None, None]
    assert sent == ["POST", "POST"], "nothing is asked for one by one here"
    assert api.abilities.can(BULK) is False
    assert not any(fact.name == BULK for fact in api.abilities)
    assert api.abilities.can(reading("customer")) is None
    api.abilities.forget()
    assert api.abilities.can(BULK) is None
    await api.aclose()


async def test_what_is_turned_away_within_a_batch_waits_as_names_and_is_read_again_otherwise() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return batch(item(customer(1)), item(None, 429))
        return ok(customer(2))

    api = api_with(answer)
    assert (await read_many(api, TWO, Priority.NAMES, singly=False))[1] is None
    budget = api.worker.budget
    assert 50 < budget.wait_for(Priority.NAMES) <= 60
    assert budget.wait_for(Priority.PREFETCH) == 0, "what the user waits for is not held up by names"
    found = await read_many(api, TWO, Priority.EXPORT)
    assert [record.id for record in found if isinstance(record, Record)] == [1, 2]
    await api.aclose()


async def test_nothing_found_is_believed_only_where_queries_are_known_to_be_heeded() -> None:
    sent: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        if request.method == "POST":
            return batch(item([]), item([]))
        return ok([{"invoice_id": 5, "customer_id": 1}])

    api = api_with(answer)
    found = await read_many(api, [of_customer(1), of_customer(1, 4)], Priority.EXPORT)
    assert [len(page.rows) for page in found if isinstance(page, Page)] == [1, 1]
    api.abilities.learn(BULK_QUERIES, True)
    sent.clear()
    found = await read_many(api, [of_customer(1), of_customer(1, 4)], Priority.EXPORT)
    assert ([page.rows for page in found if isinstance(page, Page)], sent) == ([[], []], ["POST"])
    await api.aclose()


async def test_later_pages_and_what_rows_hold_besides(store: Store) -> None:
    account = Account(store)
    query = Query((), (Order("transaction_id", True),))
    reads = [
        Read(TRANSACTION, query=query, limit=4, expand="applied_to"),
        Read(TRANSACTION, query=query, limit=2, offset=2),
    ]
    for bulk in (True, False):
        account.api.abilities.learn(BULK, bulk)
        first, later = await read(account, reads)
        assert [row.id for row in first.rows][2:] == [row.id for row in later.rows]
        assert all("applied_to" in row.raw for row in first.rows)
        assert not any("applied_to" in row.raw for row in later.rows)
    await account.api.aclose()


async def test_where_one_count_is_right_another_tells_of_rows_that_were_cut(store: Store) -> None:
    with store.read() as reader:
        few = reader.connection.execute(
            "SELECT customer_id, count(*) FROM invoices GROUP BY 1 HAVING count(*) BETWEEN 3 AND 14"
        ).fetchall()
    (one, _), (other, number) = few[:2]
    account = Account(store)
    inner = account.handle_async_request

    async def cut(request: httpx.Request) -> httpx.Response:
        answer = await inner(request)
        body = json.loads(await answer.aread())
        body["response"]["_bulk"][2]["response"] = body["response"]["_bulk"][2]["response"][:2]
        return httpx.Response(200, json=body)

    account.handle_async_request = cut  # type: ignore[method-assign]
    reads = [of_customer(one, 19), count_of(one), of_customer(other, 19), count_of(other)]
    found = await read(account, reads)
    assert account.sent == ["POST _bulk"]
    assert (len(found[2].rows), found[3]) == (2, number)
    assert account.api.abilities.can(BULK_COUNTS) is True
    await account.api.aclose()
