"""What the account's e-mails say, and to whom they and its letters go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.field import sent_text
from cotui.catalog.types.integer import sent_whole
from cotui.sandbox.database.served_values import address_block
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.writing.payload import refused

#: keys of e-mail actions: the documented one, then what older clients send
_SUBJECT = ("subject", "message_subject")
_BODY = ("body", "message_body")
_SENDER = ("from", "message_from")


def send(
    context: WriteContext,
    payload: Mapping[str, Any],
    record: Mapping[str, Any],
    template: tuple[str, str],
    cause: str,
) -> None:
    """Sends what an e-mail action asks for; what its payload leaves out comes from the template.

    Args:
        record: of the customer who gets it.
        template: subject and body.

    Raises:
        BadRequestError: there is nobody to send it to, or an address is none.
    """
    to = _addresses(payload, "email") or contact(context, record["customer_id"])
    subject, body = template
    copies = {name: _addresses(payload, name) for name in ("cc", "bcc")}
    if (message_id := payload.get("message_id")) not in (None, ""):
        with refused():
            sent_whole(message_id)
    if not to:
        raise BadRequestError("This customer does not have an e-mail address.")
    context.email(
        to=to,
        subject=_text(payload, *_SUBJECT) or subject,
        body=_text(payload, *_BODY) or body,
        html=_text(payload, "html"),
        sender=_text(payload, *_SENDER),
        cause=cause,
        **copies,
    )


def contact(context: WriteContext, customer_id: int) -> str:
    """The address of a customer's main contact, else of its first contact who has one; "" without any."""
    row = context.connection.execute(
        "SELECT u.email FROM customer_users l JOIN users u USING (user_id)"
        " JOIN customers c ON c.customer_id = l.customer_id WHERE l.customer_id = ? AND u.email <> ''"
        " ORDER BY u.user_id <> coalesce(c.superuser_id, 0), u.user_id LIMIT 1",
        (customer_id,),
    ).fetchone()
    return "" if row is None else str(row[0])


def amount_text(context: WriteContext, minor: int, currency_id: int) -> str:
    """An amount as it is printed: $ 1,234.50."""
    return context.lookups.currency(currency_id).printed(minor)


def invoice_template(context: WriteContext, invoice: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body of the e-mail for an invoice (a row of its table)."""
    name = f"Invoice #{invoice['refnumber']}"
    total, due = (amount_text(context, invoice[key], invoice["currency_id"]) for key in ("total", "balance"))
    lines = [
        f"{name} of {invoice['date']} over {total} is due on {invoice['due_date']}.",
        f"Balance due: {due}",
        "",
        f"View it: {context.base_url}/r/invoice/view/{invoice['token']}",
        f"As PDF: {context.base_url}/r/invoice/pdf/{invoice['token']}",
    ]
    if invoice["memo"]:
        lines += ["", invoice["memo"]]
    return f"{name} from {_brand(context, invoice['brand_id'])}", "\n".join(lines)


def letter(context: WriteContext, invoice: Mapping[str, Any]) -> None:
    """Posts a paper copy of an invoice (a row of its table): the outbox notes the letter."""
    address = address_block(invoice, "bill", "\n", ",")
    values = {"write_datetime": context.now, "invoice_id": invoice["invoice_id"], "address": address}
    context.insert("letters", values)


def receipt_template(context: WriteContext, transaction: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body of the receipt for a transaction (a row of its table)."""
    kind = {"ref": "refund", "cre": "credit"}.get(transaction["transaction_type"], "payment")
    amount = amount_text(context, abs(transaction["amount"]), transaction["currency_id"])
    method = " ".join(
        text for text in (transaction["transaction_method"], transaction["transaction_detail"]) if text
    )
    lines = [
        f"Your {kind} of {amount} on {transaction['transaction_date']}"
        + (f" ({method})." if method else "."),
        *(
            f"Applied to invoice #{refnumber}: {amount_text(context, applied, transaction['currency_id'])}"
            for refnumber, applied in context.connection.execute(
                "SELECT i.refnumber, a.applied FROM transaction_applied a JOIN invoices i USING (invoice_id)"
                " WHERE a.transaction_id = ? ORDER BY a.invoice_id",
                (transaction["transaction_id"],),
            ).fetchall()
        ),
    ]
    return f"Receipt for your {kind} to {_brand(context, transaction['brand_id'])}", "\n".join(lines)


def receipt(context: WriteContext, transaction_id: int) -> None:
    """Sends the receipt for a payment to the customer's contact, if there is an address."""
    transaction = context.row("transactions", "transaction_id", transaction_id)
    if transaction is not None:
        subject, body = receipt_template(context, transaction)
        to = contact(context, transaction["customer_id"])
        context.email(to=to, subject=subject, body=body, cause="transaction.receipt")


def payment_failed(context: WriteContext, customer_id: int, amount: int, reason: str) -> None:
    """Tells the customer's contact that a payment failed, if there is an address."""
    row = context.row("customers", "customer_id", customer_id)
    if row is not None:
        text = amount_text(context, amount, row["currency_id"])
        context.email(
            to=contact(context, customer_id),
            subject=f"Your payment to {_brand(context, row['brand_id'])} failed",
            body=f"We could not take your payment of {text}: {reason}",
            cause="transaction.failed",
        )


def _brand(context: WriteContext, brand_id: int) -> str:
    return context.lookups.brands.get(brand_id, "us")


def _text(payload: Mapping[str, Any], *names: str) -> str:
    for name in names:
        with refused():
            if text := sent_text(payload.get(name)):
                return text
    return ""


def _addresses(payload: Mapping[str, Any], name: str) -> str:
    text = " ".join(_text(payload, name).split())
    if not all("@" in address for address in text.split(",") if text):
        raise missing_or_invalid()
    return text
