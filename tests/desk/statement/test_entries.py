"""What rows of invoices and transactions say in a statement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cotui.desk.statement.entries import (
    day_of,
    number_of,
    of_invoice,
    of_transaction,
    total,
    unused_of,
    write_offs,
)
from tests.desk.statement.made import invoice, money


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026-03-05T23:59:00-05:00", date(2026, 3, 5)),
        (" 2026-03-05 10:00:00", date(2026, 3, 5)),
        ("0000-00-00", None),
        ("", None),
        (None, None),
        (20260305, None),
    ],
)
def test_days_of_dates_and_times(value: object, day: date | None) -> None:
    assert day_of(value) == day


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"balance": 5, "due_date": "2026-02-01"}, "7, due 2026-02-01"),
        ({"balance": 5, "due_date": "2026-02-01", "refnumber": "INV-7"}, "INV-7, due 2026-02-01"),
        (
            {"due_date": "2026-02-01", "invoice_status_str": "open-collections"},
            "7, due 2026-02-01, in collections",
        ),
        ({"due_date": "2026-02-01", "invoice_status_str": "closed-paid"}, "7, paid"),
    ],
)
def test_words_of_an_invoice(more: dict[str, Any], text: str) -> None:
    (entry,) = of_invoice(invoice(7, "2026-01-01", 5, **more))
    assert (entry.text, entry.charged, entry.ref) == (text, Decimal(5), 7)


@pytest.mark.parametrize(
    "void",
    [{"is_void": True}, {"invoice_status_str": "closed-void"}, {"void_datetime": "2026-02-02 10:00:00"}],
)
def test_a_void_invoice_is_charged_and_taken_off_again(void: dict[str, Any]) -> None:
    own, gone = of_invoice(invoice(7, "2026-01-01", 5, **void))
    assert (own.kind, own.charged, gone.kind, gone.paid, gone.charged) == (
        "invoice",
        Decimal(5),
        "void",
        Decimal(5),
        None,
    )
    assert gone.day == (date(2026, 2, 2) if "void_datetime" in void else None)
    assert gone.near == (gone.day or date(2026, 1, 1))
    assert own.text == "7, void"


def test_a_refund_charges_whichever_sign_it_has() -> None:
    for amount in (-12, 12):
        (entry,) = of_transaction(money(1, "2026-01-01", amount, transaction_type="ref"), {})
        assert (entry.kind, entry.charged, entry.paid) == ("refund", Decimal(12), None)


def test_a_void_transaction_is_taken_back() -> None:
    own, gone = of_transaction(money(1, "2026-01-01", 12, void_datetime="2026-02-01 00:00:00"), {})
    assert (own.paid, gone.kind, gone.charged, gone.day) == (
        Decimal(12),
        "void",
        Decimal(12),
        date(2026, 2, 1),
    )
    assert gone.text == "payment 1 is void: Visa x4444"


@pytest.mark.parametrize("status", [{"gateway_status": 0}, {"gateway_status": "0"}])
def test_a_decline_is_none_of_the_sums(status: dict[str, Any]) -> None:
    (entry,) = of_transaction(money(1, "2026-01-01", 12, gateway_msg="-", **status), {})
    assert (entry.kind, entry.declined, entry.effect) == ("decline", Decimal(12), Decimal(0))
    assert entry.text == "Visa x4444: no reason given"


def test_where_no_gateway_tells_the_status_does() -> None:
    row = money(1, "2026-01-01", 12, transaction_status_str="error-declined")
    del row["gateway_status"]
    assert of_transaction(row, {})[0].kind == "decline"


def test_kinds_that_nobody_documents_are_named() -> None:
    (entry,) = of_transaction(
        money(1, "2026-01-01", 12, transaction_type="spl", transaction_type_name="Split"), {}
    )
    assert (entry.kind, entry.text) == ("payment", "Visa x4444, Split")
    (credit,) = of_transaction(
        money(
            2,
            "2026-01-01",
            1,
            transaction_type="cre",
            transaction_method="Credit",
            transaction_detail="Goodwill",
        ),
        {},
    )
    assert credit.text == "Goodwill"


def test_texts_of_servers_are_harmless_and_short() -> None:
    hostile = "\x1b[2J" + "x" * 10_000 + "\n"
    row = money(1, "2026-01-01", 12, transaction_method=hostile, gateway_status=0, gateway_msg=hostile)
    (entry,) = of_transaction(row, {})
    assert "\x1b" not in entry.text
    assert "\n" not in entry.text
    assert len(entry.text) < 1_000
    assert "\x1b" not in number_of(invoice(1, None, 1, refnumber=hostile))


@pytest.mark.parametrize(
    ("more", "unused"),
    [
        ({"unapplied": 4}, 4),
        ({"unapplied": "4.50"}, Decimal("4.50")),
        ({"unapplied": None, "applied": 10}, 2),
        ({"unapplied": None, "applied_to": [{"invoice_id": 1, "applied": "9"}]}, 3),
        ({"unapplied": None, "applied_to": [{"invoice_id": 1}]}, None),
        ({"unapplied": None}, None),
        ({"unapplied": 4, "gateway_status": 0}, 0),
        ({"unapplied": 4, "void_datetime": "2026-01-01 00:00:00"}, 0),
    ],
)
def test_what_is_unused(more: dict[str, Any], unused: object) -> None:
    assert unused_of(money(1, "2026-01-01", 12, **more)) == unused


def test_what_transactions_account_for_is_not_written_off_twice() -> None:
    found = [invoice(1, "2026-01-01", 5, writeoffs=5), invoice(2, "2026-01-01", 6, writeoffs="6")]
    assert [(entry.ref, entry.paid, entry.day) for entry in write_offs(found, [])] == [
        (1, Decimal(5), None),
        (2, Decimal(6), None),
    ]
    dated = [money(1, "2026-02-01", 11, transaction_type="wri")]
    assert write_offs(found, dated) == []
    void = [money(1, "2026-02-01", 11, transaction_type="wri", void_datetime="2026-02-02 00:00:00")]
    assert len(write_offs(found, void)) == 2


def test_rows_without_a_key_are_entries_that_open_nothing() -> None:
    (entry,) = of_invoice(invoice(0, "2026-01-01", 5))
    assert (entry.ref, entry.charged) == (None, Decimal(5))
    (entry,) = of_transaction(money(0, "2026-01-01", 5), {})
    assert (entry.ref, entry.paid) == (None, Decimal(5))


@pytest.mark.parametrize(
    "lacking",
    [("gateway_status",), ("void_datetime",), ("amount",)],
)
def test_what_does_not_say_what_became_of_it_has_no_amount_that_counts(lacking: tuple[str, ...]) -> None:
    row = {name: value for name, value in money(1, "2026-01-01", 5).items() if name not in lacking}
    (entry,) = of_transaction(row, {})
    assert not entry.clear
    if "amount" not in lacking:
        assert unused_of(row) is None
        (told,) = of_transaction({**row, "transaction_status_str": "ok-successful"}, {})
        assert told.clear


def test_a_kind_that_is_not_told_is_known_by_its_name_or_by_its_sign() -> None:
    row = {name: value for name, value in money(1, "2026-01-01", -5).items() if name != "transaction_type"}
    (entry,) = of_transaction(row, {})
    assert (entry.charged, entry.paid, entry.sure) == (Decimal(5), None, False)
    (entry,) = of_transaction({**row, "transaction_type_name": "Refund"}, {})
    assert (entry.kind, entry.charged, entry.sure) == ("refund", Decimal(5), True)


def test_sums_are_exact() -> None:
    assert str(total([Decimal("1e20"), Decimal("0.000001"), Decimal(-1)])) == "99999999999999999999.000001"
