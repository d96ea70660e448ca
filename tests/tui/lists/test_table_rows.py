"""The loaded rows of a list that hold a text."""

from __future__ import annotations

from typing import Any, cast

import pytest

from cotui.api import Record, RecordWindow
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.lists.table_rows import MatchingRows

FIELDS = [CUSTOMER.field(name) for name in ("customer_id", "company", "bill_country")]
ROWS: dict[int, dict[str, Any]] = {
    0: {"customer_id": 7, "company": "Straße 1", "bill_addr1": "hidden"},
    3: {"customer_id": 9, "company": "会社\x1b[2J", "bill_country": None},
    4: {"company": "no key", "bill_country": "STRASSE"},
}


class Loaded:
    """A window of which some rows are here."""

    def loaded(self) -> list[tuple[int, Record]]:
        return [(index, Record(raw, "customer_id")) for index, raw in ROWS.items()]


def matching(text: str) -> MatchingRows:
    return MatchingRows(cast(RecordWindow, Loaded()), FIELDS, text)


@pytest.mark.parametrize(
    ("text", "places"),
    [("strasse", [0, 4]), ("STRASSE", [0, 4]), ("会", [3]), ("7", [0]), ("", [0, 3, 4]), ("hidden", [])],
)
def test_shown_columns_are_searched_in_any_case(text: str, places: list[int]) -> None:
    found = matching(text)
    assert found.places == places
    assert found.length == len(places)
    assert found.searched == 3


def test_what_is_found_is_what_is_seen() -> None:
    assert matching("\x1b").length == 0
    assert matching("␛[2j").places == [3]


def test_rows_are_found_by_place_and_by_id() -> None:
    found = matching("strasse")
    assert [row.raw["company"] for index in (0, 1) if (row := found.row(index))] == ["Straße 1", "no key"]
    assert found.row(2) is None
    assert found.row(-1) is None
    assert (found.index_of(7), found.index_of(9), found.index_of("7")) == (0, None, None)
