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
#: What tells that a number is stored already. Numbers are kept nowhere, so all that is known of them is compared.
_SAME_CARD = ("type", "mask_and_bin_number")
_SAME_ACCOUNT = ("mask_routing", "mask_number")
_TOKENIZED = tuple(item for item in TOKENIZED.fields if item.creatable and not item.references)


def create_creditcard(context: WriteContext, payload: Payload) -> int:
    """Stores a card, or updates the customer's own of the same number; expired ones too, as examples of clients do."""
    sent = object_of(payload)
    card = card_values(sent)
    values = read(sent, _CARD, context.clock.zone) | card
    new = {"write_ipaddr": context.ipaddr or None}
    return _store(context, "creditcard", "creditcards", sent, values, _SAME_CARD, new)


def create_ach(context: WriteContext, payload: Payload) -> int:
    """Stores a bank account, or updates the customer's own of the same numbers."""
    sent = object_of(payload)
    account = bank_values(sent)
    values = read(sent, _ACH, context.clock.zone) | account
    if "bank" in values:
        values["mask_bank"] = values.pop("bank")
    if not values.get("type"):
        values.pop("type", None)
    return _store(context, "ach", "ach_accounts", sent, values, _SAME_ACCOUNT, {})


def create_tokenized(context: WriteContext, payload: Payload) -> int:
    """Stores a token of a vault."""
    sent = object_of(payload)
    values = read(sent, _TOKENIZED, context.clock.zone)
    if not values.get("token"):
        raise required("token")
    values["type"] = values.get("type") or "customer"
    return context.insert("tokenized", {**values, "customer_id": _owner(context, sent), **context.written})


def _store(
    context: WriteContext,
    name: str,
    table: str,
    sent: Mapping[str, Any],
    values: dict[str, Any],
    same: tuple[str, ...],
    new: Mapping[str, Any],
) -> int:
    """Adds a method, or updates the one of its customer that is the same; answers its id.

    Args:
        values: by column, as far as they are sent.
        same: columns in which the two agree then.
        new: what else a method has that was not there before.
    """
    customer_id = _owner(context, sent)
    key = f"{name}_id"
    tests = " AND ".join(f"{column} IS ?" for column in same)
    row = context.connection.execute(
        f"SELECT {key} FROM {table} WHERE customer_id = ? AND {tests}",  # noqa: S608 - our own names
        (customer_id, *(values[column] for column in same)),
    ).fetchone()
    known = None if row is None else int(row[0])
    if "external_key" in values:
        values["external_key"] = unique_key(context, name, values["external_key"], known)
    if known is not None:
        context.update(table, key, known, {**values, "mod_datetime": context.now})
        return known
    added = {"customer_id": customer_id, "token": context.token(), **context.written}
    return context.insert(table, {**values, **new, **added})


def _owner(context: WriteContext, sent: Mapping[str, Any]) -> int:
    customer_id = resolve(context, sent, "customer")
    if customer_id is None:
        raise required("customer_id")
    return customer_id


def deletion(table: str, key: str) -> Callable[[WriteContext, int], None]:
    """Forgets a stored method; what was paid with it falls back to being paid by invoice."""

    def delete(context: WriteContext, number: int) -> None:
        for statement in (
            f"UPDATE packages SET paymethod = 'inv', {key} = NULL WHERE {key} = ?",  # noqa: S608 - our own names
            f"UPDATE customers SET default_paymethod = NULL, default_{key} = NULL WHERE default_{key} = ?",  # noqa: S608 - our own names
            f"UPDATE invoice_schedule SET paymethod = 'any', {key} = NULL WHERE {key} = ?",  # noqa: S608 - our own names
        ):
            context.connection.execute(statement, (number,))
        context.delete(table, key, number)

    return delete
