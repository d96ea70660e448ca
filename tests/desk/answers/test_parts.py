"""A part is whole only where that is proven."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.api import NotFound, Page, Record
from cotui.catalog import RESOURCES
from cotui.desk.answers.page import Count
from cotui.desk.answers.parts import PROBE, SECOND, Part, Piece, Section, assembled, missing
from cotui.query import Order, Query
from tests.desk.answers.situations import FAILED, REFUSED

INVOICE = RESOURCES["invoice"]
PART = Part("invoices", INVOICE, query=Query((), (Order("invoice_id"),)))


def rows(*numbers: int | None, offset: int = 0, limit: int = 100) -> Piece:
    found = [Record({"invoice_id": number}, "invoice_id") for number in numbers]
    return Piece(Page(found), offset, limit)


def ids(section: Section) -> list[Any]:
    return [row.id for row in section.rows]


def test_all_are_here_where_as_many_are_counted() -> None:
    found = assembled(PART, [rows(1, 2), Piece(2)])
    assert (found.state, found.whole, found.count, found.trouble) == ("complete", True, Count(2), "")
    assert missing(found) == 0


@pytest.mark.parametrize(
    ("pieces", "read", "count"),
    [
        ([rows(1, 2), Piece(5)], 2, Count(5)),
        ([rows(1, 2)], 2, Count(2, exact=False)),
        ([rows(), Piece(5)], 0, Count(5)),
        ([rows()], 0, None),
        ([rows(1, 2, 3), Piece(2)], 3, Count(3, exact=False)),
        ([rows(1, 2), rows(2, 3, offset=2), Piece(4)], 3, Count(4)),
        ([rows(1, None), Piece(2)], 1, Count(2, exact=False)),
        ([rows(1, 2), Piece(FAILED)], 2, Count(2, exact=False)),
        ([rows(1), Piece(FAILED, 1, 100), Piece(3)], 1, Count(3)),
    ],
)
def test_what_is_cut_shifted_or_contradicts_is_partial(pieces: Any, read: int, count: Any) -> None:
    found = assembled(PART, pieces)
    assert (found.state, len(found.rows), found.count, found.whole) == ("partial", read, count, False)
    assert found.trouble


def test_a_later_page_that_failed_harms_nothing_where_all_are_here() -> None:
    assert assembled(PART, [rows(1, 2), Piece(FAILED, 2, 100), Piece(2)]).whole


def test_rows_stand_in_their_order_once_each() -> None:
    assert ids(assembled(PART, [rows(5, 9), rows(1, 9, offset=2), Piece(3)])) == [1, 5, 9]


def test_looks_behind_the_end() -> None:
    behind = rows(2, offset=1, limit=PROBE)
    assert assembled(PART, [rows(1, 2), behind, behind]).whole
    assert not assembled(PART, [rows(1, 2), behind]).whole, "once is not enough"
    assert not assembled(PART, [rows(1, 2), behind, rows(2, 3, offset=1, limit=PROBE)]).whole
    assert not assembled(PART, [rows(1, 2), Piece(FAILED), behind, behind]).whole, (
        "where counts fail, looks may too"
    )
    nothing = rows(limit=PROBE)
    empty = assembled(PART, [rows(), nothing, nothing])
    assert (empty.whole, empty.count) == (True, Count(0))
    assert assembled(PART, [rows(1), behind, behind, Piece(4)]).state == "partial", "the count weighs more"


def test_the_first_of_many() -> None:
    part = PART._replace(most=2)
    found = assembled(part, [rows(1, 2), Piece(31)])
    assert (found.state, found.count, found.whole) == ("complete", Count(31), False)
    assert assembled(part, [rows(1), Piece(31)]).state == "partial"
    assert assembled(part, [rows(1, 2)]).state == "complete", "as many as were wanted"
    assert missing(assembled(part, [rows(1), Piece(31)])) == 1


def test_rows_of_others_are_left_out_and_told() -> None:
    part = PART._replace(mine=lambda row: row.id != 7)
    found = assembled(part, [rows(1, 7), Piece(2)])
    assert (ids(found), found.state) == ([1], "partial")


def test_refused_failed_and_on_its_way() -> None:
    assert assembled(PART, [Piece(REFUSED, 0, 100), Piece(3)]).state == "refused"
    assert assembled(PART, [Piece(FAILED, 0, 100)]).state == "failed"
    assert assembled(PART, []).state == "reading"
    under_way = assembled(PART, [rows(1), Piece(5)], reading=True)
    assert (under_way.state, len(under_way.rows), under_way.whole) == ("reading", 1, False)


def test_one_record() -> None:
    part = Part("invoice", INVOICE, 7)
    one = Record({"invoice_id": 7}, "invoice_id")
    found = assembled(part, [Piece(one)])
    assert (found.record, found.whole, found.count) == (one, True, Count(1))
    gone = assembled(part, [Piece(NotFound("This invoice does not exist."))])
    assert (gone.state, gone.record, gone.trouble) == ("failed", None, "there is none any more")
    assert missing(gone) == 0


@pytest.mark.parametrize(
    ("pieces", "state"),
    [
        ([rows(1, 2), rows(2, offset=1, limit=SECOND), Piece(31)], "complete"),
        ([rows(2, 3), rows(2, offset=1, limit=SECOND), Piece(31)], "partial"),
        ([rows(1, 2), rows(offset=1, limit=SECOND), Piece(31)], "partial"),
        ([rows(1), rows(offset=1, limit=SECOND), Piece(1)], "complete"),
        ([rows(), rows(offset=1, limit=SECOND), Piece(0)], "complete"),
        ([rows(1, 2), Piece(FAILED, 1, SECOND), Piece(31)], "partial"),
        ([rows(1), rows(2, offset=1, limit=SECOND), Piece(1)], "partial"),
    ],
)
def test_whether_the_first_rows_are_the_first(pieces: Any, state: str) -> None:
    found = assembled(PART._replace(most=2, first=True), pieces)
    assert found.state == state
    assert len(found.rows) <= 2
