"""Values as reports show them."""

from __future__ import annotations

import pytest

from cotui.sandbox.reports.format import shown_amount, shown_date, shown_detail


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
