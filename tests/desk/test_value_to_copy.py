"""What is copied of a row."""

from __future__ import annotations

from cotui.api import Record
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER
from cotui.desk.value_to_copy import value_to_copy

ROW = Record({"customer_id": 7, "company": "Acme", "bill_city": ""}, "customer_id")


def test_the_value_of_a_column_or_the_id() -> None:
    assert value_to_copy(ROW, CUSTOMER.field("company"), CUSTOMER) == (
        "Acme",
        CUSTOMER.field("company").label,
    )
    assert value_to_copy(ROW, None, CUSTOMER) == ("7", "Customer id")


def test_why_there_is_nothing_to_copy() -> None:
    assert value_to_copy(ROW, CUSTOMER.field("bill_city"), CUSTOMER).text == ""
    assert value_to_copy(Record({"total": 1}), None, CUSTOMER).text == ""
    secret = next(field for field in USER.fields if field.secret)
    copied = value_to_copy(Record({secret.name: "hidden"}), secret, USER)
    assert copied == ("", f"{secret.label} is never copied")
