"""What stands in a column: one value or two, a name for a number, and the colour of a status."""

from __future__ import annotations

import pytest

from cotui.api import Record
from cotui.catalog import RESOURCES
from cotui.tui.lists.column_text import shown
from cotui.tui.lists.table_columns import default_columns


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


@pytest.mark.parametrize(
    ("said", "cut"),
    [
        ("Your card has insufficient funds.", "Declined: insufficient funds."),
        ("The card's security code is incorrect.", "Declined: security code is incorrect."),
        ("This transaction has been declined. Contact your bank.", "Declined: Contact your bank."),
        ("R01: insufficient funds, account closed", "Declined: R01: insufficient funds, account closed"),
        ("Yours is a card that nobody knows of", "Declined: Yours is a card that nobody knows of"),
    ],
)
def test_where_there_is_too_little_room_a_reason_comes_to_the_point(said: str, cut: str) -> None:
    values = {
        "transaction_status_name": "Declined",
        "transaction_status_str": "error-x",
        "gateway_msg": said,
    }
    assert in_column("transaction", "transaction_status_name", width=99, **values)[0] == f"Declined: {said}"
    assert in_column("transaction", "transaction_status_name", width=24, **values)[0] == cut


def test_a_reason_that_says_no_more_than_the_status_goes_where_there_is_too_little_room() -> None:
    values = {
        "transaction_status_name": "Declined",
        "transaction_status_str": "error-x",
        "gateway_msg": "Your card was declined.",
    }
    assert in_column("transaction", "transaction_status_name", width=24, **values) == ("Declined", "bad")


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
