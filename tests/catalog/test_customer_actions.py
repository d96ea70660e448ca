"""Actions of customers: pages `set-a-customer-as-active` and `set-the-default-payment-method-for-a-customer`."""

from __future__ import annotations

from cotui.catalog import Effect
from cotui.catalog.objects.customer import CUSTOMER
from tests.catalog.objects.facts import requests, required


def test_requests() -> None:
    assert requests(CUSTOMER) == {
        "setActive": "POST /customer/7/_action/setActive",
        "setInactive": "POST /customer/7/_action/setInactive",
        "setPayMethod": "POST /customer/7/_action/setPayMethod",
        "setMainContact": "PUT /customer/7",
        "email": "POST /customer/7/_action/email",
        "delete": "DELETE /customer/7",
    }


def test_a_pay_method_is_named_with_what_is_stored() -> None:
    payload = CUSTOMER.action("setPayMethod").payload
    assert required(payload) == "paymethod"
    assert [field.name for field in payload[1:]] == [
        "creditcard_id",
        "ach_id",
        "tokenized_id",
        "update_subscriptions_and_scheduled_invoices",
    ]


def test_the_main_contact_is_changed_by_the_documented_field() -> None:
    """No page shows the name of an action for it."""
    assert required(CUSTOMER.action("setMainContact").payload) == "superuser_id"
    assert CUSTOMER.action("setMainContact").answer == "id"


def test_what_nobody_documents_is_marked() -> None:
    assert [action.name for action in CUSTOMER.actions if action.unverified] == ["email"]
    assert required(CUSTOMER.action("email").payload) == ""


def test_only_deleting_is_for_good_and_only_one_sends_mail() -> None:
    assert [action.name for action in CUSTOMER.actions if action.effect is Effect.DESTROYS] == ["delete"]
    assert [action.name for action in CUSTOMER.actions if action.email] == ["email"]


def test_what_asks_for_one_record_s_own_is_not_done_to_many() -> None:
    single = {action.name for action in CUSTOMER.actions if not action.many}
    assert single == {"setPayMethod", "setMainContact"}
