"""Taking money: which stored or new pay method is charged, and what its gateway answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from cotui.catalog.choices import BANK_ACCOUNT_TYPE
from cotui.sandbox.billing import ledger, mail
from cotui.sandbox.billing.card_numbers import bank_values, card_values
from cotui.sandbox.billing.ledger import Share
from cotui.sandbox.billing.stored_methods import METHODS, own_method
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, DeclinedError, missing_or_invalid
from cotui.sandbox.writing.payload import whole

_CARD_METHODS = {
    "visa": ("visa", "Visa"),
    "mast": ("mastercard", "MasterCard"),
    "amex": ("american-express", "American Express"),
    "disc": ("discover", "Discover"),
}
_OTHER_CARD = (None, "Credit Card")
_BANK_TYPES = frozenset(choice.value for choice in BANK_ACCOUNT_TYPE)
_GATEWAY = {"gateway_id": 1, "gateway_type": "stripe", "gateway_nickname": "Card gateway"}
#: What the gateway keeps of a payment, in thousandths.
_FEE = 29
_LAST_DIGITS = re.compile(r"x\d{4}$")


class Decline(NamedTuple):
    """Why a gateway refuses: the words for the customer, and a code."""

    message: str
    code: str


_EXPIRED = Decline("Your card has expired.", "expired_card")
_REFUSED = Decline("Your card was declined.", "card_declined")


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay.

    Attributes:
        name: as `transaction_method`, e.g. Visa.
        detail: as `transaction_detail`, e.g. x4242.
        is_bank: payments are pending for some days.
        stored: the id of a stored method, by column; empty for a new one.
        decline: what its gateway answers, if it refuses.
    """

    gateway_method: str | None
    name: str
    detail: str
    is_bank: bool
    stored: Mapping[str, int]
    decline: Decline | None = None


def new_card(sent: Mapping[str, Any], today: date) -> Method:
    """A card that is only used for this payment."""
    return _card_method(card_values(sent), today, {})


def _card_method(card: Mapping[str, Any], today: date, stored: Mapping[str, int]) -> Method:
    expires = date.fromisoformat(card["expdate"])
    decline = _EXPIRED if _is_past(expires, today) else _REFUSED if card["is_declined"] else None
    gateway_method, name = _CARD_METHODS.get(card["type"] or "", _OTHER_CARD)
    detail = f"x{card['mask_number'][-4:]}"
    return Method(gateway_method, name, detail, is_bank=False, stored=stored, decline=decline)


def _is_past(expires: date, today: date) -> bool:
    # a card is good until the end of its month
    return (expires.year, expires.month) < (today.year, today.month)


def new_bank_account(sent: Mapping[str, Any]) -> Method:
    """A bank account that is only used for this payment."""
    kind = sent.get("type")
    if kind and str(kind).strip().casefold() not in _BANK_TYPES:
        raise missing_or_invalid()
    return _bank(bank_values(sent)["mask_number"], {})


def _bank(detail: str, stored: Mapping[str, int]) -> Method:
    return Method("ach", "ACH/eCheck", detail, is_bank=True, stored=stored)


def given(context: WriteContext, customer_id: int, sent: Mapping[str, Any]) -> Method:
    """One entry of `paymethods`: a stored method by its id, a new card or a new bank account."""
    for column in _OF_ROW:
        if number := whole(sent, column):
            method = _stored(context, customer_id, column, number)
            if method is None:
                raise BadRequestError(f"Missing or invalid parameter: {column}")
            return method
    if sent.get("routing"):
        return new_bank_account(sent)
    return new_card(sent, context.today)


def usual(context: WriteContext, customer_id: int, invoice_ids: Iterable[int]) -> list[Method]:
    """The methods to try when none is named: the invoice's subscription's, else the customer's default, else
    all that are stored.
    """
    for invoice_id in invoice_ids:
        row = context.connection.execute(
            "SELECT p.customer_id, p.paymethod, p.creditcard_id, p.ach_id, p.tokenized_id FROM invoices i"
            " JOIN packages p USING (package_id) WHERE i.invoice_id = ?",
            (invoice_id,),
        ).fetchone()
        if row is not None and (method := _chosen(context, *row)):
            return [method]
    row = context.connection.execute(
        "SELECT customer_id, default_paymethod, default_creditcard_id, default_ach_id, default_tokenized_id"
        " FROM customers WHERE customer_id = ?",
        (customer_id,),
    ).fetchone()
    if method := _chosen(context, *row):
        return [method]
    found: list[Method] = []
    for _, table, column in METHODS.values():
        for (number,) in context.connection.execute(
            f"SELECT {column} FROM {table} WHERE customer_id = ? ORDER BY {column}",  # noqa: S608 - our names
            (customer_id,),
        ).fetchall():
            found.append(_OF_ROW[column](context.known_row(table, column, number), context.today))
    return found


def subscription_method(context: WriteContext, package: Mapping[str, Any]) -> Method | None:
    """What pays for a subscription (a row of its table) by itself; None when its invoices are only sent."""
    return _chosen(
        context,
        package["customer_id"],
        *(package[name] for name in ("paymethod", "creditcard_id", "ach_id", "tokenized_id")),
    )


def _chosen(
    context: WriteContext,
    customer_id: int,
    paymethod: str | None,
    *ids: int | None,
) -> Method | None:
    """Args: ids: of the stored methods, in the order of `METHODS`."""
    for (kind, (_, _, column)), number in zip(METHODS.items(), ids, strict=True):
        if kind == paymethod and number:
            return _stored(context, customer_id, column, number)
    return None


def _stored(context: WriteContext, customer_id: int, column: str, number: int) -> Method | None:
    """A stored method; None where the customer has none of this id."""
    row = own_method(context, customer_id, column, number)
    return None if row is None else _OF_ROW[column](row, context.today)


def _card(row: Mapping[str, Any], today: date) -> Method:
    return _card_method(row, today, {"creditcard_id": row["creditcard_id"]})


def _account(row: Mapping[str, Any], _: date) -> Method:
    return _bank(row["mask_number"], {"ach_id": row["ach_id"]})


def _token(row: Mapping[str, Any], today: date) -> Method:
    digits = _LAST_DIGITS.search(row["name"] or "")
    expired = row["expdate"] and _is_past(date.fromisoformat(row["expdate"]), today)
    return Method(
        _CARD_METHODS.get(row["type_hint"] or "", _OTHER_CARD)[0],
        "Tokenized",
        digits[0] if digits else "",
        is_bank=row["paymethod_hint"] == "ach",
        stored={"tokenized_id": row["tokenized_id"]},
        decline=_EXPIRED if expired else None,
    )


_OF_ROW = {"creditcard_id": _card, "ach_id": _account, "tokenized_id": _token}


def charge(
    context: WriteContext, customer_id: int, methods: Sequence[Method], amount: int, shares: Sequence[Share]
) -> int:
    """Takes an amount with the first method that works, and lays it on invoices; answers the transaction.

    Attempts that fail are transactions too; they stay even though the answer is an error.

    Args:
        amount: in minor units, more than 0.
        shares: at most the amount together, and at most each invoice's balance.

    Raises:
        DeclinedError: no method works, or there is none.
    """
    decline = Decline("There is no payment method on file.", "no_method")
    for method in methods:
        if method.decline is None:
            transaction_id = _record(context, customer_id, method, amount)
            ledger.put(context, transaction_id, shares)
            ledger.settle(context, customer_id)
            mail.receipt(context, transaction_id)
            return transaction_id
        decline = method.decline
        _record(context, customer_id, method, amount)
        ledger.count_decline(context, [share.invoice_id for share in shares])
    if methods:
        mail.payment_failed(context, customer_id, amount, decline.message)
    raise DeclinedError(f"This transaction could not be processed: {decline.message}")


def _record(context: WriteContext, customer_id: int, method: Method, amount: int) -> int:
    decline = method.decline
    currency_id, brand_id = context.connection.execute(
        "SELECT currency_id, brand_id FROM customers WHERE customer_id = ?", (customer_id,)
    ).fetchone()
    return context.insert(
        "transactions",
        {
            "customer_id": customer_id,
            "brand_id": brand_id,
            "currency_id": currency_id,
            **_GATEWAY,
            "gateway_status": 0 if decline else 1,
            "gateway_transid": transid("CHARGE", method, context.now),
            "gateway_method": method.gateway_method,
            "gateway_msg": decline.message if decline else None,
            "gateway_err_code": decline.code if decline else None,
            "token": context.token(),
            "amount": amount,
            "fee": 0 if decline else -(amount * _FEE // 1000),
            "transaction_date": context.today.isoformat(),
            "transaction_datetime": context.now,
            "transaction_type": ledger.PAYMENT,
            "transaction_method": method.name,
            "transaction_detail": method.detail,
            "transaction_ipaddr": context.flags.on_behalf_addr or context.ipaddr or None,
            "is_pending": int(method.is_bank and decline is None),
            **method.stored,
            **context.written,
        },
    )


def transid(verb: str, method: Method, now: int) -> str:
    """What a test gateway answers as its own number of a transaction."""
    kind = "ACH/eCheck" if method.is_bank else "Credit Card"
    return f"*{verb}: Test {kind}* [{now}]"
