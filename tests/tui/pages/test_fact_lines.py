"""The answer of a page: labels, amounts and words in their columns, whole at any width."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cotui.desk.amounts import Amount
from cotui.desk.answers.page import NOT_KNOWN, READING
from cotui.tui.base.cells import cell_len
from cotui.tui.pages.fact_lines import add_facts, decimals_of, on_point, spoken_fact
from cotui.tui.records.record_page import RecordPage
from tests.tui.pages.answers import FACTS, fact, usd

LONG = ("one word", "wide", "right to left", "two words", "none")


def made(*facts: object, width: int = 79) -> RecordPage:
    page = RecordPage(width)
    add_facts(page, facts or FACTS)  # type: ignore[arg-type]  # facts all
    return page


def texts(page: RecordPage) -> list[str]:
    return [line.text.rstrip() for line in page.lines]


def test_label_amount_and_words_have_their_columns() -> None:
    lines = texts(made())
    assert lines[0] == " Owes       1,913.56 USD   of that 65.13 overdue since 2026-10-31, 30 days"
    assert lines[3] == " Unused       150.00 USD   from the payment of 2026-09-20"
    assert lines[5] == " Pays by    Visa x4444, expires 2027-03; terms Net 30"
    assert [line.index("USD") for line in lines if "USD" in line] == [21, 21, 21, 21]


def test_points_stand_below_each_other_whatever_the_currency() -> None:
    yen, dinar = Amount("JPY", Decimal(40920)), Amount("KWD", Decimal("146.445"), at_least=True)
    lines = texts(made(fact("owes", "Owes", (yen, dinar, usd("5"))), fact("x", "Unused", usd("150"))))
    assert lines == [
        " Owes          40,920     JPY",
        "         at least 146.445 KWD",
        "                    5.00  USD",
        " Unused           150.00  USD",
    ]
    assert decimals_of((yen, dinar)) == 3
    assert on_point(yen, 0) == "40,920"
    assert on_point(yen, 2) == "40,920   "


def test_what_is_not_here_is_quiet_and_the_first_amount_stands_out() -> None:
    page = made(
        fact("owes", "Owes", usd("5")), fact("a", "Last", READING), fact("b", "Next", NOT_KNOWN, "refused")
    )
    assert page.lines[0].runs[1][1] == "title"
    assert page.lines[1].runs[1] == (READING, "faint")
    assert page.lines[2].runs[1:3] == ((NOT_KNOWN, "faint"), (", refused".ljust(79 - 7 - 9), ""))
    assert made(fact("owes", "Owes", usd("5"), tone="bad")).lines[0].runs[1][1] == "bad"


@pytest.mark.parametrize("width", [20, 30, 40, 59, 79, 119, 200])
@pytest.mark.parametrize("words", ["a" * 10_000, "中文" * 5_000, "שלום " * 2_000, "two words", ""], ids=LONG)
def test_nothing_is_wider_than_the_page_nor_longer_than_it_may(width: int, words: str) -> None:
    page = made(
        fact("a", words[:20] or "A", usd("12345.67"), words), fact("b", "B", words or "none"), width=width
    )
    assert {sum(cell_len(text) for text, _ in line.runs) for line in page.lines} == {width}
    assert len(page.lines) <= 9
    assert [entry.name for entry in page.entries] == ["fact:a", "fact:b"]
    assert page.entries[1].last == len(page.lines) - 1
    if len(words) > 9_000 and width < 200:
        assert page.lines[-1].text.rstrip().endswith("…")


def test_words_stand_below_where_there_is_no_room_beside() -> None:
    lines = texts(made(fact("owes", "Owes", usd("1913.56"), "of that 65.13 overdue"), width=36))
    assert lines == [" Owes  1,913.56 USD", "         of that 65.13 overdue"]


def test_a_fact_is_one_sentence() -> None:
    assert spoken_fact(FACTS[4]) == "Visa x4444, expires 2027-03; terms Net 30"
    assert made().entries[4].copies == spoken_fact(FACTS[4])
