"""Cards, bank accounts and vault tokens as clients store and delete them.

Numbers are checked, masked and forgotten: no table, log or answer ever holds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.objects.ach import ACH
from cotui.catalog.objects.creditcard import CREDITCARD
from cotui.catalog.objects.tokenized import TOKENIZED
from cotui.sandbox.billing.card_numbers import bank_values, card_values
from cotui.sandbox.database.change import Change
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


def create_creditcard(change: Change, payload: Payload) -> int:
    """Stores a card; expired ones too, as examples of clients do.

    Raises:
        BadRequestError: the customer, the number or the expiry is missing or none.
    """
    sent = object_of(payload)
    card = card_values(sent)
    return change.insert(
        "creditcards",
        {
            **_stored(change, "creditcard", sent, read(sent, _CARD, change.clock.zone)),
            **card,
            "token": change.token(),
            "write_ipaddr": change.ipaddr or None,
        },
    )


def create_ach(change: Change, payload: Payload) -> int:
    """Stores a bank account.

    Raises:
        BadRequestError: the customer, the number or the routing number is missing or none.
    """
    sent = object_of(payload)
    account = bank_values(sent)
    values = read(sent, _ACH, change.clock.zone)
    values["type"] = values.get("type") or "chec"
    return change.insert(
        "ach_accounts",
        {
            **_stored(change, "ach", sent, values),
            **account,
            "token": change.token(),
            "write_ipaddr": change.ipaddr or None,
        },
    )


def create_tokenized(change: Change, payload: Payload) -> int:
    """Stores a token of a vault.

    Raises:
        BadRequestError: the customer or the token is missing.
    """
    sent = object_of(payload)
    values = read(sent, _TOKENIZED, change.clock.zone)
    if not values.get("token"):
        raise required("token")
    values["type"] = values.get("type") or "customer"
    return change.insert("tokenized", _stored(change, "tokenized", sent, values))


def delete_creditcard(change: Change, number: int) -> None:
    """Forgets a card; what was paid with it falls back to being paid by invoice."""
    _delete(change, "creditcards", "creditcard_id", number)


def delete_ach(change: Change, number: int) -> None:
    """Forgets a bank account; what was paid with it falls back to being paid by invoice."""
    _delete(change, "ach_accounts", "ach_id", number)


def delete_tokenized(change: Change, number: int) -> None:
    """Forgets a token; what was paid with it falls back to being paid by invoice."""
    _delete(change, "tokenized", "tokenized_id", number)


def _stored(change: Change, name: str, sent: Mapping[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    customer_id = resolve(change, sent, "customer")
    if customer_id is None:
        raise required("customer_id")
    return {
        **values,
        "customer_id": customer_id,
        "external_key": unique_key(change, name, values.get("external_key")),
        "write_datetime": change.now,
    }


def _delete(change: Change, table: str, key: str, number: int) -> None:
    execute = change.connection.execute
    for statement in (
        f"UPDATE packages SET paymethod = 'inv', {key} = NULL WHERE {key} = ?",  # noqa: S608 - our own names
        f"UPDATE customers SET default_paymethod = NULL, default_{key} = NULL WHERE default_{key} = ?",  # noqa: S608
        f"UPDATE invoice_schedule SET paymethod = 'any', {key} = NULL WHERE {key} = ?",  # noqa: S608
    ):
        execute(statement, (number,))
    change.delete(table, key, number)
