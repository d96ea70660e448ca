"""A judge lets the truth pass, also where openly less is said, and no lie."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.answers import honest, judging_customer, judging_statement, scenario
from tests.answers.oracle import Oracle


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    store: Store = scenario.account(4, 16)
    yield Oracle(store, scenario.zone_today(store))
    store.close()


def paths(said: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The ways to all amounts in an answer."""
    if isinstance(said, dict):
        if "amount" in said and "currency" in said:
            yield at
        for name, part in said.items():
            yield from paths(part, (*at, name))
    elif isinstance(said, list):
        for index, part in enumerate(said):
            yield from paths(part, (*at, index))


def reached(said: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        said = said[step]
    return said


def test_the_truth_passes(oracle: Oracle) -> None:
    for number in oracle.customers():
        assert judging_customer.judged(honest.customer(oracle, number), oracle, number) == []
        assert judging_statement.judged(honest.statement(oracle, number), oracle, number) == []


def test_no_wrong_amount_passes(oracle: Oracle) -> None:
    """Each amount by the smallest unit more or less, and in another currency."""
    lies = 0
    for number in oracle.customers():
        for answer, judged in (
            (honest.customer(oracle, number), judging_customer.judged),
            (honest.statement(oracle, number), judging_statement.judged),
        ):
            for path in paths(answer):
                if path[-1] in ("charged", "paid") and reached(answer, path[:-1])["kind"] == "decline":
                    continue  # shown, not counted
                for change in ({"amount": "0.001"}, {"amount": "-0.001"}, {"currency": "XXX"}):
                    lie = copy.deepcopy(answer)
                    place = reached(lie, path)
                    if "amount" in change:
                        place["amount"] = str(Decimal(place["amount"]) + Decimal(change["amount"]))
                    else:
                        place |= change
                    assert judged(lie, oracle, number), (number, path, change)
                    lies += 1
    assert lies > 1000


@pytest.mark.parametrize("name", sorted(judging_customer.NEEDS))
def test_what_is_not_known_passes_only_where_it_was_not_read(oracle: Oracle, name: str) -> None:
    silent = 0
    for number in oracle.customers():
        answer = honest.customer(oracle, number)
        if answer[name] is None:
            continue
        answer[name], silent = None, silent + 1
        assert judging_customer.judged(answer, oracle, number)
        answer["complete"] = False
        for part in judging_customer.NEEDS[name]:
            answer["sections"][part]["state"] = "partial"
        assert judging_customer.judged(answer, oracle, number) == []
    assert silent


@pytest.mark.parametrize("name", ["owes", "overdue", "unapplied"])
def test_less_passes_only_as_at_least(oracle: Oracle, name: str) -> None:
    tried = 0
    for number in oracle.customers():
        answer = honest.customer(oracle, number)
        if not answer[name] or Decimal(answer[name][0]["amount"]) <= 1:
            continue
        tried += 1
        (part,) = judging_customer.NEEDS[name]
        answer["complete"], answer["sections"][part]["state"] = False, "partial"
        answer[name][0]["amount"] = "1"
        assert judging_customer.judged(answer, oracle, number)
        answer[name][0]["at_least"] = True
        assert judging_customer.judged(answer, oracle, number) == []
        answer[name][0]["amount"] = "1000000000"
        assert judging_customer.judged(answer, oracle, number)
        answer[name] = []
        assert judging_customer.judged(answer, oracle, number)
    assert tried > 3


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("open_invoices", "days_late", 9999),
        ("open_invoices", "status", "open"),
        ("open_invoices", "why", "paid"),
        ("latest_invoices", "date", "2001-01-01"),
        ("payments", "status", "unheard"),
        ("payments", "type", "gift"),
        ("payments", "id", 10**9),
        ("subscriptions", "status", "dead"),
        ("subscriptions", "next_date", "2001-01-01"),
        ("contacts", "main", None),
        ("pay_methods", "expires", "2001-01"),
        ("notes", "pinned", None),
    ],
)
def test_no_wrong_row_passes(oracle: Oracle, part: str, key: str, value: object) -> None:
    tried = 0
    for number in oracle.customers():
        answer = honest.customer(oracle, number)
        if answer[part]:
            tried += 1
            answer[part][-1][key] = value
            assert judging_customer.judged(answer, oracle, number), (number, part, key)
    assert tried


def test_no_entry_may_be_missing_or_there_twice(oracle: Oracle) -> None:
    tried = 0
    for number in oracle.customers():
        whole = honest.statement(oracle, number)
        for place, part in enumerate(whole["currencies"]):
            for at, entry in enumerate(part["entries"]):
                if entry["kind"] in ("decline", "void") or not Decimal(entry["charged"]["amount"]):
                    continue  # nothing is owed by it
                for lie in (copy.deepcopy(whole), copy.deepcopy(whole)):
                    entries = lie["currencies"][place]["entries"]
                    entries[at : at + 1] = [] if tried % 2 else [entry, entry]
                    tried += 1
                    assert judging_statement.judged(lie, oracle, number), entry
    assert tried > 100
