"""Many writes in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cotui.api import BadRequest, Outcome, Result, Write
from cotui.api.calls import BULK_LIMIT
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER
from cotui.tui.base.waiting import duration
from cotui.tui.bulk.bulk_words import (
    batch_words,
    counted,
    due_words,
    email_words,
    ending_words,
    failure_lines,
    sample,
)
from cotui.tui.lists.selection import SelectedRecord
from tests.tui.bulk.test_bulk_run import lost, writes_of


def test_what_is_due_of_many_is_summed_by_currency() -> None:
    def of(ref: int, balance: str | None, iso: str = "USD") -> SelectedRecord:
        return SelectedRecord(ref, "", "", "", None if balance is None else Decimal(balance), iso)

    assert due_words([of(1, "0.1"), of(2, "1000.2"), of(3, "5", "CAD")]) == "5.00 CAD and 1,000.30 USD"
    assert (
        due_words([of(1, "0"), of(2, None), of(3, "7")]) == "7.00 USD; nothing of 1 of them; not known of 1"
    )
    assert due_words([of(1, "0")]) == "nothing"


def test_results_in_words() -> None:
    writes = writes_of(4)
    refused = BadRequest(server_message="has invoices")
    outcomes = [
        Outcome(writes[0], Result.DONE),
        Outcome(writes[1], Result.REFUSED, refused),
        Outcome(writes[2], Result.UNKNOWN, lost()),
        Outcome(writes[3], Result.REFUSED, refused),
    ]
    assert ending_words(outcomes) == "1 done · 2 refused · 1 not known"
    assert [text for text, _ in failure_lines(outcomes)] == [
        "Not known, 1: The connection broke off",
        "  customer 3",
        "Refused, 2: has invoices",
        "  customer 2",
        "  customer 4",
    ]
    assert sample(["a", "b"]) == "a, b"
    assert sample([str(number) for number in range(1, 13)]) == "1, 2, 3, 4, 5 and 7 more"
    assert [duration(seconds) for seconds in (0, 0.2, 60, 99.5, 125)] == [
        "0 s", "1 s", "60 s", "1 min 40 s", "2 min 5 s"
    ]  # fmt: skip


def test_no_more_are_named_than_can_be_read() -> None:
    assert sample([]) == ""
    assert sample(["a", "b"], 2) == "a, b"
    assert sample([f"n{at}" for at in range(1500)], 2) == "n0, n1 and 1,498 more"
    assert counted(1, CUSTOMER) == "1 customer"
    assert counted(0, CUSTOMER) == "0 customers"
    assert counted(12345, CUSTOMER) == "12,345 customers"


def test_emails_are_told_as_far_as_addresses_are_known() -> None:
    reset = [Write(USER, USER.action("password"), ref) for ref in range(1, 4)]
    lines = email_words(reset, ["", "a@b", ""])
    assert lines[0].startswith("for each of the 3: ")
    assert lines[1:] == ["to a@b", "of 2 the list does not tell the address"]
    assert len(email_words(reset, ["", "", ""])) == 1
    assert email_words(reset, [f"{at}@b" for at in range(5)])[1] == "to 0@b, 1@b, 2@b and 2 more"
    silent = [replace(write, send_emails=False) for write in reset]
    assert email_words(silent, ["a@b"]) == ["none: ChargeOver is told not to send the 3"]
    assert email_words(writes_of(2), ["a@b"]) == ["none"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "in one call of _bulk"),
        (BULK_LIMIT, "in one call of _bulk"),
        (BULK_LIMIT + 1, f"in 2 calls of _bulk, {BULK_LIMIT} in each"),
        (BULK_LIMIT * 1000, f"in 1,000 calls of _bulk, {BULK_LIMIT} in each"),
    ],
)
def test_how_they_travel(number: int, words: str) -> None:
    assert batch_words(number) == words
