"""Many writes in words."""

from __future__ import annotations

from decimal import Decimal

from cotui.api import (
    BadRequest,
    Outcome,
    Result,
)
from cotui.tui.base.waiting import duration
from cotui.tui.bulk.bulk_words import due_words, ending_words, failure_lines, sample
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
