"""What a statement says of itself."""

from __future__ import annotations

from datetime import date

from cotui.desk.statement import words
from cotui.desk.statement.balances import Part, statement_of
from tests.desk.statement.made import invoice, money, stated, whole


def test_it_agrees() -> None:
    statement = stated([invoice(1, "2026-01-01", 100, 40)], [money(1, "2026-01-03", 210, 150)], 40)
    (balance,) = statement.balances
    assert words.verdict(statement, balance) == (
        "Agrees with the account: open invoices 40.00 less unused 150.00 = -110.00"
    )
    assert words.before_words(statement, balance) == ""
    assert words.sums_words(balance, None) == "Charged 100.00 and paid 210.00"
    assert words.title_of(statement, "A, Inc.") == "Statement of A, Inc., customer 1"
    assert words.title_of(statement, "") == "Statement of customer 1"


def test_a_difference_begins_with_a_mark() -> None:
    for balance, said in (
        ("52.50", "! The account says 12.50 USD more"),
        (3, "! The account says 37.00 USD less"),
    ):
        statement = stated([invoice(1, "2026-01-01", 100, 40)], [money(1, "2026-01-03", 60)], balance)
        (found,) = statement.balances
        assert words.verdict(statement, found).startswith(said)
        assert words.verdict(statement, found).endswith("the entries come to 40.00")


def test_it_says_not_proved_until_the_beginning_is_read() -> None:
    invoices = Part([invoice(3, "2026-03-01", 30, 30)], "reading", date(2026, 2, 1), 27)
    statement = statement_of(1, {"currency_iso4217": "USD", "balance": 60}, invoices, whole([]))
    (balance,) = statement.balances
    assert words.verdict(statement, balance) == (
        "Not proved, the beginning is not read: open invoices 60.00 less unused 0.00 = 60.00"
    )
    assert words.before_words(statement, balance) == "27 older entries, not read"
    assert words.before_words(statement._replace(unread=1), balance) == "1 older entry, not read"
    assert words.before_words(statement._replace(unread=None), balance) == "older entries, not read"


def test_what_is_missing_is_said_in_its_place() -> None:
    refused = Part((), "refused", None, None, "payments could not be read: Forbidden")
    statement = statement_of(1, None, whole([invoice(3, "2026-03-01", 30, 30)]), refused)
    (balance,) = statement.balances
    assert words.verdict(statement, balance) == (
        "Not proved, what is missing is said below: open invoices 30.00; how much money is unused is not known"
    )
    (line,) = balance.lines
    assert words.running_words(line) == "not known"
    assert words.amount_words(balance.charged) == "at least 30.00"


def test_cells_of_a_line() -> None:
    statement = stated(
        [invoice(1, None, None, 3), invoice(2, "2026-01-02", 1234, 0, writeoffs=1234)],
        [money(5, "2026-01-03", "65.13", gateway_status=0)],
    )
    cells = {
        line.entry.kind + str(line.entry.ref): (
            words.day_words(line),
            words.charged_words(line),
            words.paid_words(line),
        )
        for line in statement.balances[0].lines
    }
    assert cells == {
        "invoice1": ("no date", "?", ""),
        "invoice2": ("2026-01-02", "1,234.00", ""),
        "write_off2": ("no date", "", "1,234.00"),
        "decline5": ("2026-01-03", "", "(65.13)"),
    }
