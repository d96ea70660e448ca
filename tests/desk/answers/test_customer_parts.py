"""What is read of a customer, in how many requests, and what it leads to."""

from __future__ import annotations

from cotui.api.calls import BULK_LIMIT
from cotui.desk.answers.customer import ANSWER
from cotui.desk.answers.customer_parts import (
    MOST_CHILDREN,
    company_of,
    customer_of,
    customer_parts,
    more_of_customer,
    of_customer,
)
from tests.desk.answers.situations import record, situation


def test_all_fits_into_one_batch() -> None:
    parts = customer_parts(7, None)
    assert [part.name for part in parts][:3] == ["customer", "open_invoices", "payments"]
    assert sum(1 if part.ref is not None else 2 for part in parts) <= BULK_LIMIT - 3
    assert all(part.resource.find(one.field) for part in parts for one in part.query.conditions)


def test_a_key_leads_to_the_number_first() -> None:
    assert [part.name for part in customer_parts("external_key:x", None)] == ["customer"]
    now = situation(ANSWER, 1, {"customer": [{"customer_id": 1}]})
    assert more_of_customer(now) == []
    found = more_of_customer(now._replace(ref="external_key:x"))
    assert found[0].name == "open_invoices"


def test_children() -> None:
    below = [{"customer_id": number, "parent_customer_id": 1} for number in range(2, 40)]
    now = situation(ANSWER, 1, {"customer": [{"customer_id": 1}], "children": below})
    assert len(more_of_customer(now)) == MOST_CHILDREN


def test_whose_row_it_is() -> None:
    own = of_customer(7)
    assert own(record("invoice", customer_id="7"))
    assert own(record("invoice"))
    assert not own(record("invoice", customer_id=8))


def test_names() -> None:
    now = situation(ANSWER, 1, {"customer": [{"customer_id": 1, "company": "A"}]})
    assert company_of(now, 1) == "A"
    assert company_of(now._replace(sections={}), 3) == "customer 3"
    assert company_of(now._replace(sections={}), None) == ""
    assert customer_of(now._replace(sections={}, row=record("invoice", customer_id=4)), "invoice") == 4
    assert customer_of(now._replace(sections={}), "invoice") is None
