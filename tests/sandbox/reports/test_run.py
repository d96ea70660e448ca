"""Report data: the same as plain Python computes from the same rows, filtered, ordered and paged."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.reports.run import MAX_ROWS, REPORTS, shown_amount, shown_date, shown_detail
from tests.sandbox.reports.data import TODAY, everything, run


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_pages_are_pieces_of_the_whole(store: Store, report: int, size: int) -> None:
    whole = everything(store, report)
    for offset in (0, 3, len(whole) - 1, len(whole), len(whole) + 5):
        rows, count = run(store, report, limit=size, offset=offset)
        assert count == len(whole)
        assert rows == whole[offset : offset + size]


def test_no_answer_is_longer_than_the_limit(store: Store) -> None:
    rows, count = run(store, 44, limit=5000)
    assert count > MAX_ROWS
    assert len(rows) == MAX_ROWS


def test_counts_follow_changes(tmp_path: Path) -> None:
    store = Store(tmp_path / "changing.sqlite")
    try:
        populate(store, 5, 1, TODAY)
        assert run(store, 37)[1] == 5
        with store.write() as connection:
            connection.execute(
                "INSERT INTO customers (token, company, write_datetime, mod_datetime) VALUES ('t', 'New', 1, 1)"
            )
        rows, count = run(store, 37, order="tenant_company:ASC")
        assert count == 6
        assert "New" in [row["tenant_company"] for row in rows]
    finally:
        store.close()


def test_an_empty_account_has_empty_reports() -> None:
    store = Store()
    try:
        for report in REPORTS:
            assert run(store, report) == ([], 0)
    finally:
        store.close()


@pytest.mark.parametrize(
    ("minor", "symbol", "decimals", "shown"),
    [
        (5000, "$", 2, "$ 50.00"),
        (-105, "$", 2, "-$ 1.05"),
        (0, "¥", 0, "¥ 0"),
        (1234567, "¥", 0, "¥ 1,234,567"),
        (1005, "KD", 3, "KD 1.005"),
    ],
)
def test_amounts_are_shown_as_in_the_sample(minor: int, symbol: str, decimals: int, shown: str) -> None:
    assert shown_amount(minor, symbol, decimals) == shown


def test_dates_and_details_are_shown_as_in_the_sample() -> None:
    assert shown_date("2017-09-14") == "Sep 14, 2017"
    assert shown_date("2017-10-01") == "Oct 1, 2017"
    assert [shown_detail(text) for text in ("x6667", "56", "007", "0", "", "٣")] == [
        "x6667",
        56,
        "007",
        0,
        "",
        "٣",
    ]
