"""Transactions: pages `query-for-transactions`, `get-a-specific-transaction`, `make-a-payment` and `email-a-receipt`."""

from __future__ import annotations

from cotui.catalog import Effect
from cotui.catalog.objects.transaction import TRANSACTION
from tests.catalog.objects.facts import otherwise, requests, values, where

FIELDS = {
    "LGF": "transaction_id fee token currency_id creditcard_id ach_id tokenized_id",
    "LGCRF": "customer_id",
    "LGCF": "gateway_id gateway_status gateway_transid external_key amount transaction_type transaction_method "
    "transaction_detail transaction_datetime",
    "LGC": "gateway_method gateway_msg transaction_date void_datetime",
    "LG": "parent_transaction_id brand_id gateway_type gateway_nickname gateway_err_detail currency_symbol "
    "currency_iso4217 applied unapplied transaction_type_name transaction_status_name transaction_status_str "
    "transaction_status_state transaction_ipaddr url_self",
    "GC": "applied_to",
    "C": "auto_apply",
    "F": "transaction_status.state transaction_status.str applied_to.invoice_id applied_to.package_id "
    "applied_to.package_external_key",
}


def test_where_it_is() -> None:
    assert where(TRANSACTION) == ("/api/v3/transaction", "transaction_id", "transaction_id:DESC")


def test_fields_are_read_written_and_filtered_by_as_documented() -> None:
    assert otherwise(TRANSACTION.fields, FIELDS) == {}
    assert not any(field.updatable for field in TRANSACTION.fields)


def test_kinds() -> None:
    assert (
        values(TRANSACTION, "transaction_status.str").split()[0] == "ok-successful"
    )  # the one that is documented
    assert values(TRANSACTION, "transaction_type") == "pay ref cre spl wri"
    assert values(TRANSACTION, "gateway_status") == "1 0"
    assert set(values(TRANSACTION, "gateway_method").split()) == {
        "visa",
        "mastercard",
        "american-express",
        "discover",
        "check",
        "paypal",
        "credit",
        "ach",
    }


def test_actions_and_which_of_them_cannot_be_taken_back() -> None:
    assert requests(TRANSACTION) == {
        "email": "POST /transaction/7/_action/email",
        "changeAppliedAmounts": "POST /transaction/7/_action/changeAppliedAmounts",
        "refund": "POST /transaction/7/_action/refund",
        "void": "POST /transaction/7/_action/void",
    }
    final = {action.name for action in TRANSACTION.actions if action.effect is Effect.DESTROYS}
    assert final == {"refund", "void"}
