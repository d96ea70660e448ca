"""A statement as lines of a page: amounts are never cut, whatever the width."""

from __future__ import annotations

from datetime import date

import pytest

from cotui.desk.statement.balances import Part, statement_of
from cotui.tui.base.cells import cell_len
from cotui.tui.statement.statement_page import OLDER, build_page, describe
from tests.desk.statement.made import invoice, money, stated, whole

HOSTILE = "\x1b[2J漢字 👨‍👩‍👧 " * 1_000


def lines(statement: object, width: int = 120) -> list[str]:
    page = build_page(statement, width)  # type: ignore[arg-type]
    return ["".join(text for text, _ in line.runs).rstrip() for line in page.lines]


MANY = stated(
    [
        invoice(3, "2026-11-05", "1848.43", "1848.43", due_date="2026-12-05"),
        invoice(2, "2026-10-01", "65.13", "65.13", invoice_status_str="open-collections"),
        invoice(1, "2026-09-05", "90.63", 0, writeoffs="1.00"),
    ],
    [
        money(6, "2026-11-02", "65.13", gateway_status=0, gateway_msg="insufficient funds"),
        money(5, "2026-09-20", "239.63", 150),
    ],
    "1913.56",
)


def test_the_newest_stands_first_and_it_says_whether_it_agrees() -> None:
    assert lines(MANY, 100) == [
        " Agrees with the account: open invoices 1,913.56 less unused 150.00 = 1,763.56",
        " Charged 2,004.19 and paid 240.63. Declines are shown, not counted",
        "",
        "  Date ↓      What                                             Charged      Paid          Owes then",
        "  2026-11-05  Invoice    3, due 2026-12-05                    1,848.43                     1,763.56",
        "  2026-11-02  Declined   Visa x4444: insufficient funds                   (65.13)   at least -84.87",
        "  2026-10-01  Invoice    2, in collections                       65.13              at least -84.87",
        "  2026-09-20  Payment    Visa x4444: unused 150.00                        239.63   at least -150.00",
        "  no date     Write-off  of invoice 1                                       1.00     at least 89.63",
        "  2026-09-05  Invoice    1, paid                                 90.63                        90.63",
        "              Sum                                             2,004.19    240.63           1,763.56",
    ]


@pytest.mark.parametrize("width", [30, 59, 79, 100, 119, 199])
def test_every_line_is_as_wide_as_the_page_and_no_amount_is_cut(width: int) -> None:
    page = build_page(MANY, width)
    for line in page.lines:
        assert sum(cell_len(text) for text, _ in line.runs) == width
    if width >= 59:
        shown = "\n".join(lines(MANY, width))
        for amount in ("1,848.43", "1,763.56", "(65.13)", "-150.00", "1.00"):
            assert amount in shown


def test_where_there_is_little_room_charges_and_payments_share_a_column() -> None:
    shown = lines(MANY, 79)
    head = next(line for line in shown if "Date" in line)
    assert "Change" in head
    assert "Charged" not in head
    assert any("+65.13" in line for line in shown)
    assert any("-239.63" in line for line in shown)
    assert any("(65.13)" in line for line in shown)


def test_each_entry_opens_what_it_is_about() -> None:
    page = build_page(MANY, 100)
    assert [entry.reference for entry in page.entries] == [
        ("invoice", 3),
        ("transaction", 6),
        ("invoice", 2),
        ("transaction", 5),
        ("invoice", 1),
        ("invoice", 1),
    ]
    assert len({entry.name for entry in page.entries}) == 6
    assert page.entries[0].copies == "2026-11-05  Invoice    3, due 2026-12-05  1,848.43  1,763.56"


def test_what_is_not_read_is_a_line_that_loads_it() -> None:
    invoices = Part([invoice(3, "2026-03-01", 30, 30)], "reading", date(2026, 2, 1), 27)
    statement = statement_of(1, {"currency_iso4217": "USD", "balance": 60}, invoices, whole([]))
    page = build_page(statement, 100)
    assert page.entries[-1].name.startswith(OLDER)
    shown = lines(statement, 100)
    assert shown[0].startswith(" Not proved, the beginning is not read")
    assert any("27 older entries, not read" in line and line.endswith("30.00") for line in shown)


def test_several_currencies_have_a_part_each() -> None:
    statement = stated(
        [
            invoice(1, "2026-01-01", 100, 40),
            invoice(2, "2026-01-02", 217635, 217635, currency_iso4217="JPY"),
        ],
        [money(1, "2026-01-03", 60)],
        40,
    )
    shown = lines(statement)
    assert [line.strip() for line in shown if len(line.strip()) == 3] == ["JPY", "USD"]
    assert any(line.endswith(" 217,635") for line in shown)


def test_a_difference_and_what_is_missing_stand_in_their_place() -> None:
    statement = stated([invoice(1, "2026-01-01", 100, 40)], [], 40)
    assert lines(statement)[0].startswith(" ! The account says 60.00 USD less than these entries")
    refused = Part((), "refused", None, None, "payments could not be read: Forbidden")
    found = statement_of(
        1, {"currency_iso4217": "USD", "balance": 40}, whole([invoice(1, "2026-01-01", 1, 1)]), refused
    )
    shown = lines(found)
    assert shown[-1] == " ! Payments could not be read: Forbidden."
    assert any(line.endswith("not known") for line in shown)


def test_how_late_what_is_open_is_stands_below() -> None:
    record = {"currency_iso4217": "USD", "balance": "70.13"}
    rows = [
        invoice(1, "2026-01-01", 65.13, 65.13, due_date="2026-01-31"),
        invoice(2, "2026-03-01", 5, 5, due_date="2026-03-31"),
    ]
    found = statement_of(1, record, whole(rows), whole([]), today=date(2026, 3, 16))
    assert lines(found, 100)[-2:] == [
        "  Age of what is open   not due   1-30 days   31-60 days   61-90 days   older",
        "                           5.00        0.00        65.13         0.00    0.00",
    ]
    assert lines(found, 60)[-6:] == [
        "  Age of what is open",
        "  not due            5.00",
        "  1-30 days          0.00",
        "  31-60 days        65.13",
        "  61-90 days         0.00",
        "  older              0.00",
    ]
    paid = statement_of(1, record, whole([]), whole([]), today=date(2026, 3, 16))
    assert not any("Age" in line for line in lines(paid))


def test_nothing_at_all_is_a_sentence() -> None:
    assert any("Nothing was charged or paid so far." in line for line in lines(stated([], [])))


def test_hostile_and_long_texts_do_no_harm() -> None:
    statement = stated(
        [invoice(1, "2026-01-01", 5, 5, refnumber=HOSTILE)],
        [money(2, "2026-01-02", 1, 1, transaction_method=HOSTILE, gateway_msg=HOSTILE)],
        5,
        company=HOSTILE,
        currency_iso4217="USD",
    )
    for width in (30, 60, 120):
        for line in lines(statement, width):
            assert "\x1b" not in line
            assert cell_len(line) <= width
    for entry in statement.balances[0].lines:
        assert "\x1b" not in describe(entry)


def test_a_line_is_told_with_all_of_its_words() -> None:
    said = [describe(line) for line in MANY.balances[0].lines]
    assert (
        said[1]
        == "Write-off of invoice 1 · paid 1.00 · owes then at least 89.63 · ChargeOver tells no date of it"
    )
    assert "not counted (65.13)" in said[4]
