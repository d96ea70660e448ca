"""Actions of transactions: taking payments, paying back, voiding, receipts, applying anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.sandbox.billing import charging, ledger, mail
from cotui.sandbox.billing.applying import auto_apply, check_owner, plan, read_amount, read_applied_to
from cotui.sandbox.billing.ledger import Share
from cotui.sandbox.database.object_model import names
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.objects.endpoint import Action, on_record
from cotui.sandbox.objects.transaction.write import owner
from cotui.sandbox.writing.payload import Payload, object_of, objects, required

#: What a refund takes over from the payment it refunds.
_INHERITED = names(
    "customer_id brand_id currency_id gateway_id gateway_type gateway_nickname gateway_method "
    "transaction_method transaction_detail creditcard_id ach_id tokenized_id"
)


def pay(context: WriteContext, number: int | None, payload: Payload) -> Any:
    """Takes a payment from a customer; answers the transaction's id.

    `amount`, `applied_to` or both say how much; `paymethods` names the methods to try in turn.

    Raises:
        DeclinedError: no method works.
    """
    if number is not None:
        raise missing_or_invalid()
    sent = object_of(payload)
    customer_id, unit = owner(context, sent)
    wanted = read_applied_to(context, sent, unit)
    amount = read_amount(sent.get("amount"), unit)
    if amount is None and not wanted:
        raise required("amount")
    check_owner(context, customer_id, wanted or [])
    amount, shares = plan(context, wanted or [], amount)
    shares += auto_apply(context, sent, customer_id, amount, shares)
    if amount <= 0:
        raise BadRequestError("Missing or invalid parameter: amount")
    entries = objects(sent, "paymethods")
    methods = (
        [charging.given(context, customer_id, entry) for entry in entries]
        if entries
        else charging.usual(context, customer_id, [share.invoice_id for share in shares])
    )
    return {"id": charging.charge(context, customer_id, methods, amount, shares)}


def refund(context: WriteContext, number: int, payload: Payload) -> Any:
    """Pays a payment back, all that is left of it unless `amount` is given; answers the refund's id.

    The recorded answer holds the id as a text; like all other ids it is a number here.
    """
    sent = object_of(payload)
    payment = _transaction(context, number)
    if payment["transaction_type"] != ledger.PAYMENT:
        raise BadRequestError("Only payments can be refunded.")
    left = ledger.refundable(context, number)
    unit = context.lookups.currency(payment["currency_id"]).unit
    amount = read_amount(sent.get("amount"), unit)
    amount = left if amount is None else amount
    if not 0 < amount <= left:
        raise BadRequestError(
            "This transaction could not be processed: The amount is more than what was not refunded yet."
            if amount > 0
            else "This transaction could not be processed: There is nothing to refund."
        )
    shares = ledger.refund_shares(context, number, amount)
    refund_id = context.insert(
        "transactions",
        {
            **{name: payment[name] for name in _INHERITED},
            "parent_transaction_id": number,
            "gateway_status": 1,
            "gateway_transid": payment["gateway_transid"] and f"*REFUND: {payment['token']}* [{context.now}]",
            "token": context.token(),
            "amount": -amount,
            "transaction_type": ledger.REFUND,
            "transaction_date": context.today.isoformat(),
            "transaction_datetime": context.now,
            "transaction_ipaddr": context.flags.on_behalf_addr or context.ipaddr or None,
            **context.written,
        },
    )
    ledger.put(context, refund_id, shares)
    ledger.settle(context, payment["customer_id"])
    mail.receipt(context, refund_id)
    return {"id": refund_id}


def void(context: WriteContext, number: int, _: Payload) -> Any:
    """Takes a transaction out of force; answers false when it was void already."""
    transaction = context.known_row("transactions", "transaction_id", number)
    if transaction["void_datetime"] is not None:
        return False
    if transaction["gateway_status"] != 1:
        raise BadRequestError("This transaction failed: there is nothing to void.")
    if context.connection.execute(
        "SELECT 1 FROM transactions WHERE parent_transaction_id = ? AND transaction_type = 'ref'"
        " AND gateway_status = 1 AND void_datetime IS NULL",
        (number,),
    ).fetchone():
        raise BadRequestError("This transaction was refunded: void its refunds first.")
    ledger.void(context, transaction)
    ledger.settle(context, transaction["customer_id"])
    return True


def email(context: WriteContext, number: int, payload: Payload) -> Any:
    """Sends a receipt."""
    transaction = context.known_row("transactions", "transaction_id", number)
    template = mail.receipt_template(context, transaction)
    mail.send(context, object_of(payload), transaction, template, "transaction.email")
    return True


def change_applied_amounts(context: WriteContext, number: int, payload: Payload) -> Any:
    """Lays a payment's or credit's money on other invoices; `applied_to` is the complete new list."""
    transaction = _transaction(context, number)
    if transaction["transaction_type"] == ledger.REFUND:
        raise BadRequestError("Refunds cannot be applied anew.")
    sent = object_of(payload)
    unit = context.lookups.currency(transaction["currency_id"]).unit
    wanted = read_applied_to(context, sent, unit)
    if wanted is None:
        raise required("applied_to")
    check_owner(context, transaction["customer_id"], wanted)
    # What refunds took from an invoice stays noted there, and is none of this transaction's money any more.
    kept = ledger.refunded(context, number)
    before = {
        invoice_id: applied - kept.get(invoice_id, 0)
        for invoice_id, applied in context.connection.execute(
            "SELECT invoice_id, applied FROM transaction_applied WHERE transaction_id = ?", (number,)
        )
    }
    money = sum(before.values()) + max(0, ledger.spare(context, number))
    _, shares = plan(context, wanted, money, before)
    ledger.put(context, number, _differences(before, shares))
    ledger.settle(context, transaction["customer_id"])
    return True


def _differences(before: Mapping[int, int], after: list[Share]) -> list[Share]:
    wanted = {share.invoice_id: share.amount for share in after}
    changes = [
        Share(invoice_id, wanted.get(invoice_id, 0) - before.get(invoice_id, 0))
        for invoice_id in before.keys() | wanted.keys()
    ]
    return sorted(changes)


def _transaction(context: WriteContext, number: int) -> dict[str, Any]:
    """A transaction in force."""
    transaction = context.known_row("transactions", "transaction_id", number)
    if not ledger.in_force(transaction):
        raise BadRequestError(
            "This transaction is void." if transaction["gateway_status"] == 1 else "This transaction failed."
        )
    return transaction


ACTIONS = {
    "pay": Action(pay),
    "refund": on_record(refund),
    "void": on_record(void),
    "email": on_record(email),
    "changeappliedamounts": on_record(change_applied_amounts),
}
