"""A report of very many columns, and texts of very many characters: no more work than a screen can show."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from cotui.api import Record
from cotui.catalog import RESOURCES, Field, FieldType
from cotui.tui.base.cells import cell_len, widest
from cotui.tui.lists import table_columns
from cotui.tui.lists.table_columns import GAP, MARGIN, TableColumn, default_columns, place, shown


def column(name: str, width: int, drop: int, *, grows: bool = False) -> TableColumn:
    return TableColumn(Field(name, FieldType.INTEGER, name, "", ""), name, width, drop, grows)


def dropped_one_by_one(columns: Sequence[TableColumn], width: int, keep: int | None) -> list[int]:
    """What stays, by the rule as it is written down: the highest `drop` goes, the rightmost of equals."""
    kept = list(range(len(columns)))
    while len(kept) > 1 and MARGIN - GAP + sum(columns[i].width + GAP for i in kept) > width:
        kept.remove(max((i for i in kept if i != keep), key=lambda i: (columns[i].drop, i)))
    return kept


@pytest.mark.parametrize("seed", range(20))
def test_the_columns_that_stay_are_those_of_the_rule(seed: int) -> None:
    chance = random.Random(seed)
    columns = [
        column(f"c{n}", chance.randint(5, 20), chance.randint(0, 5)) for n in range(chance.randint(1, 25))
    ]
    for width in (1, 10, 40, 80, 300):
        for keep in (None, 0, len(columns) - 1):
            placed = [one.index for one in place(columns, width, keep=keep)]
            assert placed == dropped_one_by_one(columns, width, keep)


def test_placing_looks_at_each_column_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[TableColumn] = []
    real = table_columns._narrowest

    def narrowest(one: TableColumn) -> int:
        looked_at.append(one)
        return real(one)

    monkeypatch.setattr(table_columns, "_narrowest", narrowest)
    columns = [column(f"c{n}", 10, n) for n in range(2000)]
    assert len(place(columns, 100)) == 8
    assert len(looked_at) == 2000


@pytest.mark.parametrize(
    "line", ["", "abc", "ab…", "日本語", "e\u0301" * 5, "👩‍👩‍👧", "x" * 400, "日" * 400, "e\u0301" * 300]
)
@pytest.mark.parametrize("most", [4, 20, 200])
def test_the_widest_line_is_told_from_one_that_fits(line: str, most: int) -> None:
    found = widest([line], most)
    assert found == cell_len(line) or (found > most and len(line) > 16 * most)


def in_column(resource_id: str, name: str, width: int = 40, **values: object) -> tuple[str, str]:
    """What stands in one of an object's columns, and its tone."""
    columns = {column.field.name: column for column in default_columns(RESOURCES[resource_id])}
    return shown(Record(values), columns[name], width)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (
            {"transaction_status_name": "Success", "transaction_status_str": "ok-successful"},
            ("Success", "good"),
        ),
        (
            {
                "transaction_status_name": "Declined",
                "transaction_status_str": "error-declined",
                "gateway_msg": "insufficient\x1b funds",
            },
            ("Declined: insufficient␛ funds", "bad"),
        ),
        (
            {
                "transaction_status_name": "Success",
                "transaction_status_str": "ok-successful",
                "gateway_msg": "approved",
            },
            ("Success", "good"),
        ),
        (
            {"transaction_status_name": "Declined", "transaction_status_str": "error-x", "gateway_msg": "-"},
            ("Declined", "bad"),
        ),
        # rows of older accounts have no status
        (
            {"gateway_status": 0, "gateway_msg": "Your card has expired."},
            ("Failure: Your card has expired.", "bad"),
        ),
        ({"gateway_status": "1"}, ("Success", "good")),
        ({}, ("", "")),
    ],
)
def test_a_declined_payment_says_why(values: dict[str, object], found: tuple[str, str]) -> None:
    assert in_column("transaction", "transaction_status_name", **values) == found


def test_the_last_digits_stay_where_the_rest_is_cut() -> None:
    values = {"transaction_method": "American Express", "transaction_detail": "x0005"}
    found = {
        width: in_column("transaction", "transaction_method", width, **values)[0] for width in (40, 12, 9, 5)
    }
    assert found == {
        40: "American Express x0005",
        12: "Ameri… x0005",
        9: "Am… x0005",
        5: "American Express x0005",
    }
    assert in_column("transaction", "transaction_method", transaction_method="Paid by Check") == (
        "Paid by Check",
        "",
    )


def test_a_suspended_subscription_says_until_when() -> None:
    values = {"package_status_str": "suspended-suspended", "suspendto_datetime": "2027-01-15T00:00:00-05:00"}
    assert in_column("package", "package_status_str", **values) == ("Suspended to 2027-01-15", "warn")
    assert in_column("package", "package_status_str", package_status_str="active-current") == (
        "Current",
        "good",
    )
    assert in_column("package", "paymethod_name", paymethod="inv")[0] == "Invoice only"
