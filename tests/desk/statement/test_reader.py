"""Statements of customers on the sandbox: all kinds of entries, whatever is refused, shifted or cut, page by page."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from cotui.api import ApiError, NotFound
from cotui.desk.statement.reader import StatementReader
from tests.api.support import ok, refuse
from tests.desk.statement.books import Books, rows
from tests.sandbox import account

TODAY = account.now().date()


async def test_part_payments_over_payments_and_credits(books: Books) -> None:
    first = await books.invoice(100, "2015-01-01")
    second = await books.invoice("40.50", "2015-01-10")
    await books.money(60, "2015-01-05", first)
    await books.money(100, "2015-01-20", first, second)
    await books.money(5, "2015-01-21", kind="cre")
    found = await books.balance()
    assert rows(found) == [
        ("2015-01-01", "invoice", "100", "", "100.00"),
        ("2015-01-05", "payment", "", "60", "40.00"),
        ("2015-01-10", "invoice", "40.5", "", "80.50"),
        ("2015-01-20", "payment", "", "100", "-19.50"),
        ("2015-01-21", "credit", "", "5", "-24.50"),
    ]
    assert found.proved
    assert found.stated is not None
    assert found.unused is not None
    assert (found.stated.number, found.unused.number) == ("0.00", "24.50")
    assert found.closing is not None
    assert found.closing.number == "-24.50"
    assert "unused 19.50" in found.lines[3].entry.text
    assert str(first) in found.lines[3].entry.text


async def test_refunds_and_what_is_void(books: Books) -> None:
    first = await books.invoice(100, "2015-01-01")
    second = await books.invoice(30, "2015-01-02")
    paid = await books.money(100, "2015-01-05", first)
    wrong = await books.money(30, "2015-01-06", second)
    await books.act("transaction", paid, "refund", amount=25)
    await books.act("transaction", wrong, "void")
    await books.act("invoice", second, "void")
    found = await books.balance()
    today = TODAY.isoformat()
    assert rows(found)[:4] == [
        ("2015-01-01", "invoice", "100", "", "100.00"),
        ("2015-01-02", "invoice", "30", "", "130.00"),
        ("2015-01-05", "payment", "", "100", "30.00"),
        ("2015-01-06", "payment", "", "30", "0.00"),
    ]
    assert {row[:4] for row in rows(found)[4:]} == {
        (today, "refund", "25", ""),
        (today, "void", "30", ""),
        (today, "void", "", "30"),
    }
    assert rows(found)[-1][-1] == "25.00"
    assert found.proved


async def test_declines_are_shown_and_never_counted(books: Books) -> None:
    first = await books.invoice(100, "2015-01-01")
    await books.money(100, "2015-01-05", first, gateway_status=0, gateway_msg="Insufficient funds")
    found = await books.balance()
    assert rows(found)[1] == ("2015-01-05", "decline", "", "", "100.00")
    entry = found.lines[1].entry
    assert (entry.declined, found.paid.number) == (Decimal(100), "0.00")
    assert "Insufficient funds" in entry.text
    assert found.proved


async def test_write_offs_with_a_date_are_lines_of_that_date(books: Books) -> None:
    first = await books.invoice(100, "2015-01-01")
    await books.money(100, "2015-02-05", first, kind="wri")
    found = await books.balance()
    assert rows(found) == [
        ("2015-01-01", "invoice", "100", "", "100.00"),
        ("2015-02-05", "write_off", "", "100", "0.00"),
    ]
    assert found.proved


async def test_what_was_owed_before_a_day(books: Books) -> None:
    first = await books.invoice(100, "2015-01-01")
    await books.money(60, "2015-01-05", first)
    await books.invoice(7, "2015-02-01")
    found = await books.balance(date(2015, 2, 1))
    assert rows(found) == [("2015-02-01", "invoice", "7", "", "47.00")]
    assert found.opening is not None
    assert found.opening.number == "40.00"
    assert found.charged.number == "7.00"
    assert found.proved
    later = await books.balance(date(2016, 1, 1))
    assert later.lines == ()
    assert later.opening is not None
    assert later.opening.number == "47.00"


async def test_a_customer_without_entries_owes_nothing(books: Books) -> None:
    found = await books.balance()
    assert found.lines == ()
    assert found.proved
    assert found.closing is not None
    assert found.closing.number == "0.00"


async def many(books: Books, number: int) -> None:
    """An invoice a day, each paid a week later, the last one not."""
    day = date(2014, 1, 1)
    for at in range(number):
        made = await books.invoice(at + 1, (day + timedelta(at)).isoformat())
        if at < number - 1:
            await books.money(at + 1, (day + timedelta(at + 7)).isoformat(), made)


@pytest.mark.parametrize("most", [1, 4, 100])
async def test_whatever_a_page_holds_it_is_the_same_statement(most: int) -> None:
    store = account.build()
    books = await Books(store, most=most).open()
    await many(books, 12)
    found = await books.balance()
    assert len(found.lines) == 23
    assert found.proved
    assert found.lines[-1].running is not None
    assert found.lines[-1].running.number == "12.00"
    await books.api.aclose()
    store.close()


async def test_it_is_read_page_by_page_and_proved_at_the_beginning() -> None:
    store = account.build()
    books = await Books(store, most=5, page_size=5).open()
    await many(books, 12)
    whole = {line.entry: line.running for line in (await books.balance()).lines}
    reader = StatementReader(books.api, books.customer)
    books.requests.clear()
    await reader.begin()
    lists = ["invoice", "invoice/_count", "transaction", "transaction/_count"]
    assert sorted(set(books.paths)) == [f"customer/{books.customer}", *lists]
    assert len(books.paths) == 5
    shown = 0
    for _ in range(40):
        statement = reader.statement()
        (balance,) = statement.balances
        assert len(balance.lines) >= shown
        shown = len(balance.lines)
        # reckoned back from the end, every balance is what it is when all is read
        assert [whole[line.entry] for line in balance.lines] == [line.running for line in balance.lines]
        if reader.ended:
            break
        assert (balance.proved, balance.assumed, statement.complete) == (False, True, False)
        assert balance.unused is not None
        assert (balance.closing is None) == balance.unused.at_least
        assert statement.unread
        asked = len(books.paths)
        await reader.more()
        assert len(books.paths) - asked <= 1
    assert balance.proved
    assert shown == len(whole)
    await reader.aclose()
    await books.api.aclose()
    store.close()


async def test_it_is_read_back_to_a_day_and_no_further() -> None:
    store = account.build()
    books = await Books(store, most=5, page_size=5).open()
    await many(books, 12)
    reader = StatementReader(books.api, books.customer)
    await reader.back_to(date(2014, 1, 9))
    assert not reader.ended
    (balance,) = reader.statement(date(2014, 1, 9)).balances
    assert min(line.entry.day for line in balance.lines if line.entry.day) == date(2014, 1, 9)
    assert balance.opening is not None
    assert not balance.proved
    await reader.back_to(None)
    assert reader.statement().complete
    await reader.aclose()
    await books.api.aclose()
    store.close()


def without(path: str, status: int = 403) -> Any:
    def judge(request: httpx.Request) -> httpx.Response | None:
        found = request.url.path.removeprefix("/api/v3/")
        return refuse(status, "no") if found.partition("/")[0] == path else None

    return judge


@pytest.mark.parametrize("path", ["invoice", "transaction"])
@pytest.mark.parametrize("status", [403, 500])
async def test_what_may_not_be_read_leaves_no_balance(books: Books, path: str, status: int) -> None:
    first = await books.invoice(100, "2015-01-01")
    await books.money(60, "2015-01-05", first)
    books.instead = without(path, status)
    statement = await books.read()
    (found,) = statement.balances
    assert [line.running for line in found.lines] == [None]
    assert found.charged.at_least
    assert found.paid.at_least
    assert (found.proved, found.difference, found.opening, found.owed_then) == (False, None, None, None)
    assert not statement.complete
    assert any("could not be read" in words for words in statement.troubles)
    if path == "transaction":
        assert (found.unused, found.closing) == (None, None)


async def test_a_customer_who_may_not_be_read_has_entries_all_the_same(books: Books) -> None:
    await books.invoice(100, "2015-01-01")
    books.instead = without("customer")
    statement = await books.read()
    assert statement.company == ""
    assert statement.troubles[0].startswith("the customer could not be read")
    (found,) = statement.balances
    assert found.by_invoices
    assert rows(found) == [("2015-01-01", "invoice", "100", "", "100.00")]


async def test_nobody_and_nothing_are_errors(books: Books) -> None:
    books.instead = lambda request: refuse(403, "no") if "customer/" not in request.url.path else None
    with pytest.raises(ApiError):
        await books.read()
    books.instead = lambda _: None
    books.customer = 987654
    with pytest.raises(NotFound):
        await books.read()


async def test_pages_that_end_in_a_failure_keep_what_came() -> None:
    store = account.build()
    books = await Books(store, most=5, page_size=5).open()
    await many(books, 12)
    reader = StatementReader(books.api, books.customer)
    await reader.begin()
    books.instead = without("invoice", 500)
    while not reader.ended:
        await reader.more()
    statement = reader.statement()
    assert statement.troubles == ("the older invoices could not be read: The server failed",) or any(
        "older" in words for words in statement.troubles
    )
    (found,) = statement.balances
    assert found.lines
    assert not found.proved
    assert found.assumed
    await reader.aclose()
    await books.api.aclose()
    store.close()


async def test_rows_that_move_while_they_are_read_leave_nothing_proved(books: Books) -> None:
    """A server that always sends the same page: some rows never come."""
    for at in range(6):
        await books.invoice(10, f"2015-01-0{at + 1}")

    async def first_two(request: httpx.Request) -> bytes:
        response = await books._inner.handle_async_request(request)
        return await response.aread()

    kept: list[Any] = json.loads(
        await first_two(
            httpx.Request(
                "GET",
                f"https://localhost/api/v3/invoice?where=customer_id:EQUALS:{books.customer}&order=date:DESC&limit=2",
                headers={"Authorization": "Basic cHViOnByaXY="},
            )
        )
    )["response"]
    books.instead = lambda request: ok(kept) if request.url.path.endswith("/invoice") else None
    statement = await books.read()
    (found,) = statement.balances
    assert any(words.startswith("some invoices may be missing") for words in statement.troubles)
    assert [line.running for line in found.lines] == [None, None]
    assert found.charged.at_least
    assert found.charged.number == "20.00"
    assert not found.proved
    assert not statement.complete


async def test_an_account_that_does_not_order_by_day_is_read_whole_before_balances_are_told() -> None:
    store = account.build()
    books = await Books(store, most=5, page_size=5).open()
    await many(books, 12)

    def unordered(request: httpx.Request) -> httpx.Response | None:
        by_day = "transaction_date" in request.url.params.get("order", "")
        return refuse(400, "You cannot order by that") if by_day else None

    books.instead = unordered
    reader = StatementReader(books.api, books.customer)
    await reader.begin()
    (found,) = reader.statement().balances
    assert found.lines
    assert {line.running for line in found.lines} == {None}
    assert any("does not order payments" in words for words in reader.statement().troubles)
    await reader.back_to(None)
    statement = reader.statement()
    assert statement.balances[0].proved
    assert statement.troubles == ()
    await reader.aclose()
    await books.api.aclose()
    store.close()
