"""Actions of invoices: void, pay, email, print, schedule, pdf, approve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.field import Field
from cotui.catalog.invoice_lines import SCHEDULE_PAY_METHOD
from cotui.catalog.objects.invoice import INVOICE
from cotui.sandbox.billing import charging, ledger, mail
from cotui.sandbox.billing.applying import read_amount
from cotui.sandbox.billing.ledger import Share
from cotui.sandbox.billing.stored_methods import METHODS
from cotui.sandbox.billing.totals import refresh_invoice
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.objects.endpoint import on_record
from cotui.sandbox.writing import payload as values
from cotui.sandbox.writing.payload import Payload, object_of, objects, required

_VOID = 1
_SCHEDULED: tuple[Field, ...] = next(
    field.parts for action in INVOICE.actions if action.name == "schedule" for field in action.payload
)
_STORED = {key: kind for kind, (_, _, key) in METHODS.items()}
_PAY_METHODS = frozenset(choice.value for choice in SCHEDULE_PAY_METHOD)


def void(context: WriteContext, number: int, _: Payload) -> Any:
    """Takes an invoice out of force; what was paid for it becomes the customer's to spend.

    Answers false when it was void already.
    """
    invoice = _invoice(context, number)
    if invoice["stage"] == _VOID:
        return False
    ledger.release(context, number)
    context.update(
        "invoices",
        "invoice_id",
        number,
        {"stage": _VOID, "is_open": 0, "void_datetime": context.now, "mod_datetime": context.now},
    )
    refresh_invoice(context.connection, number, context.today)
    context.connection.execute("UPDATE invoice_schedule SET balance = 0 WHERE invoice_id = ?", (number,))
    ledger.settle(context, invoice["customer_id"])
    return True


def pay(context: WriteContext, number: int, payload: Payload) -> Any:
    """Pays what is due: with a card or bank account that is sent, the customer's balance, or a stored method.

    Answers false when nothing was done: nothing is due, or the customer's balance holds nothing.

    Raises:
        DeclinedError: the payment failed, or there is no stored method.
    """
    sent = object_of(payload)
    invoice = _invoice(context, number)
    if invoice["stage"] == _VOID:
        raise BadRequestError(f"Invoice #{invoice['refnumber']} is void.")
    due = int(invoice["balance"])
    customer_id = int(invoice["customer_id"])
    if _says_yes(sent, "use_customer_balance"):
        return _pay_from_balance(context, customer_id, Share(number, due))
    if sent.get("routing"):
        methods = [charging.new_bank_account(sent)]
    elif any(sent.get(name) for name in ("number", *_STORED)):
        methods = [charging.given(context, customer_id, sent)]
    else:
        methods = charging.usual(context, customer_id, [number])
    if due <= 0:
        return False
    charging.charge(context, customer_id, methods, due, [Share(number, due)])
    return True


def _pay_from_balance(context: WriteContext, customer_id: int, share: Share) -> bool:
    left = share.amount
    for transaction_id, amount in ledger.open_balance(context, customer_id):
        part = min(amount, left)
        if part > 0:
            ledger.put(context, transaction_id, [Share(share.invoice_id, part)])
            left -= part
    ledger.settle(context, customer_id)
    return left < share.amount


def email(context: WriteContext, number: int, payload: Payload) -> Any:
    """Sends the invoice by e-mail."""
    invoice = _invoice(context, number)
    mail.send(context, object_of(payload), invoice, mail.invoice_template(context, invoice), "invoice.email")
    return True


def print_and_mail(context: WriteContext, number: int, _: Payload) -> Any:
    """Posts a paper copy: the outbox notes the letter."""
    mail.letter(context, _invoice(context, number))
    return True


def schedule(context: WriteContext, number: int, payload: Payload) -> Any:
    """Plans payments; they replace those planned before.

    `schedule` is a list or an object with the keys "0", "1" …; one client sends that list without the key.
    """
    sent = payload if isinstance(payload, dict) and "schedule" in payload else {"schedule": payload}
    entries = objects(sent, "schedule")
    if not entries:
        raise required("schedule")
    invoice = _invoice(context, number)
    package = invoice["package_id"] and context.row("packages", "package_id", invoice["package_id"])
    rows = [_planned(context, invoice, package or None, entry) for entry in entries]
    if sum(row["amount"] for row in rows) > invoice["balance"]:
        raise BadRequestError("The scheduled amounts are more than the balance of the invoice.")
    context.connection.execute("DELETE FROM invoice_schedule WHERE invoice_id = ?", (number,))
    for row in rows:
        context.insert("invoice_schedule", row)
    context.update("invoices", "invoice_id", number, {"mod_datetime": context.now})
    return True


def _planned(
    context: WriteContext,
    invoice: Mapping[str, Any],
    package: Mapping[str, Any] | None,
    entry: dict[str, Any],
) -> dict[str, Any]:
    found = values.read(entry, _SCHEDULED, context.clock.zone)
    unit = context.lookups.currency(invoice["currency_id"]).unit
    amount = read_amount(entry.get("amount"), unit)
    if amount is None:
        raise required("amount")
    if amount <= 0:
        raise missing_or_invalid()
    if not found.get("date"):
        raise required("date")
    stored = {column: found.get(column) for column in _STORED}
    if package is not None:
        # documented: a subscription's own method is always used
        paymethod = package["paymethod"]
        stored = {column: package[column] for column in _STORED}
    else:
        for column, value in stored.items():
            if value:
                charging.given(context, invoice["customer_id"], {column: value})
        named = next((kind for column, kind in _STORED.items() if stored[column]), "any")
        paymethod = found.get("paymethod") or named
        if paymethod not in _PAY_METHODS or (named != "any" and paymethod not in ("any", named)):
            raise missing_or_invalid()
    return {
        "invoice_id": invoice["invoice_id"],
        "token": context.token(),
        "paymethod": paymethod,
        **stored,
        "date": found["date"],
        "due_date": found["date"],
        "amount": amount,
        "balance": amount,
    }


def pdf(context: WriteContext, number: int, _: Payload) -> Any:
    """The link under which the invoice is served as PDF; what the real service answers is not documented."""
    return f"{context.base_url}/r/invoice/pdf/{_invoice(context, number)['token']}"


def approve(context: WriteContext, number: int, _: Payload) -> Any:
    """Approves a pending invoice: what delayed it no longer does."""
    _invoice(context, number)
    context.update("invoices", "invoice_id", number, {"delay_datetime": None, "mod_datetime": context.now})
    return True


def _invoice(context: WriteContext, number: int) -> dict[str, Any]:
    return context.known_row("invoices", "invoice_id", number)


def _says_yes(sent: Mapping[str, Any], name: str) -> bool:
    value = sent.get(name)
    if isinstance(value, (list, dict)):
        raise missing_or_invalid()
    return str(value).strip().casefold() in ("true", "1", "yes", "1.0")


ACTIONS = {
    "void": on_record(void),
    "pay": on_record(pay),
    "email": on_record(email),
    "print": on_record(print_and_mail),
    "schedule": on_record(schedule),
    "pdf": on_record(pdf, reads=True),
    "approve": on_record(approve),
}
