"""Cards, bank accounts and vault tokens as clients store and delete them.

Numbers are checked, masked and forgotten: no table, log or answer ever holds one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cotui.catalog.objects.ach import ACH
from cotui.catalog.objects.creditcard import CREDITCARD
from cotui.catalog.objects.tokenized import TOKENIZED
from cotui.sandbox.billing.card_numbers import bank_values, card_values
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.writing.payload import Payload, object_of, read, required
from cotui.sandbox.writing.references import resolve, unique_key

# What card_numbers.py reads is not read here.
_CARD = tuple(
    item
    for item in CREDITCARD.fields
    if item.creatable and not item.secret and not item.references and not item.name.startswith("expdate")
)
_ACH = tuple(item for item in ACH.fields if item.creatable and not item.secret and not item.references)
_TOKENIZED = tuple(item for item in TOKENIZED.fields if item.creatable and not item.references)


def create_creditcard(context: WriteContext, payload: Payload) -> int:
    """Stores a card; expired ones too, as examples of clients do."""
    sent = object_of(payload)
    card = card_values(sent)
    return _add(context, "creditcard", "creditcards", sent, {**read(sent, _CARD, context.clock.zone), **card})


def create_ach(context: WriteContext, payload: Payload) -> int:
    """Stores a bank account."""
    sent = object_of(payload)
    account = bank_values(sent)
    values = read(sent, _ACH, context.clock.zone)
    values["type"] = values.get("type") or "chec"
    return _add(context, "ach", "ach_accounts", sent, {**values, **account})


def create_tokenized(context: WriteContext, payload: Payload) -> int:
    """Stores a token of a vault."""
    sent = object_of(payload)
    values = read(sent, _TOKENIZED, context.clock.zone)
    if not values.get("token"):
        raise required("token")
    values["type"] = values.get("type") or "customer"
    return context.insert("tokenized", _stored(context, "tokenized", sent, values))


def _add(
    context: WriteContext, name: str, table: str, sent: Mapping[str, Any], values: dict[str, Any]
) -> int:
    stored = _stored(context, name, sent, values)
    return context.insert(table, {**stored, "token": context.token(), "write_ipaddr": context.ipaddr or None})


def _stored(
    context: WriteContext, name: str, sent: Mapping[str, Any], values: dict[str, Any]
) -> dict[str, Any]:
    customer_id = resolve(context, sent, "customer")
    if customer_id is None:
        raise required("customer_id")
    return {
        **values,
        "customer_id": customer_id,
        "external_key": unique_key(context, name, values.get("external_key")),
        "write_datetime": context.now,
    }


def deletion(table: str, key: str) -> Callable[[WriteContext, int], None]:
    """Forgets a stored method; what was paid with it falls back to being paid by invoice."""

    def delete(context: WriteContext, number: int) -> None:
        for statement in (
            f"UPDATE packages SET paymethod = 'inv', {key} = NULL WHERE {key} = ?",  # noqa: S608 - our own names
            f"UPDATE customers SET default_paymethod = NULL, default_{key} = NULL WHERE default_{key} = ?",  # noqa: S608
            f"UPDATE invoice_schedule SET paymethod = 'any', {key} = NULL WHERE {key} = ?",  # noqa: S608
        ):
            context.connection.execute(statement, (number,))
        context.delete(table, key, number)

    return delete
