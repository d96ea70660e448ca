"""Stored ways to pay as they are served: cards, bank accounts and tokens of outside vaults. Numbers are masked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from cotui.catalog import FieldType, Resource
from cotui.catalog.objects.ach import ACH
from cotui.catalog.objects.creditcard import CARD_TYPE, CREDITCARD
from cotui.catalog.objects.tokenized import TOKENIZED
from cotui.sandbox.database.object_model import (
    Json,
    ReadContext,
    SandboxObject,
    Source,
    Through,
    catalogued,
    columns,
    labels,
    names,
)

TEXT, INTEGER = FieldType.TEXT, FieldType.INTEGER

_MONTHS = names("January February March April May June July August September October November December")
_OTHER_CARD = "Credit card"
# "Visa" and "MasterCard" are documented, and of accounts "Checking"; the others are worded like them.
_TYPE_NAMES = {choice.value: choice.label for choice in CARD_TYPE} | {"mast": "MasterCard"}
_ACCOUNT_NAMES = {"chec": "Checking", "busi": "Business Checking", "savi": "Savings"}


def _card(row: Json, context: ReadContext) -> None:
    expires = date.fromisoformat(row["expdate"])
    # as recorded: texts, the month without a zero before it
    row["expdate_month"], row["expdate_year"] = str(expires.month), str(expires.year)
    row["expdate_formatted"] = f"{_MONTHS[expires.month - 1]} {expires.year}"
    row["type_name"] = _TYPE_NAMES.get(row["type"], _OTHER_CARD)
    row["name"] = row["name"] or ""  # recorded
    row["url_updatelink"] = f"{context.base_url}/r/paymethod/update/{row['token']}"


def _account(row: Json, context: ReadContext) -> None:
    row["type_name"] = _ACCOUNT_NAMES.get(row["type"], "")
    for name in ("name", "mask_bank"):
        row[name] = row[name] or ""
    row["url_verifylink"] = f"{context.base_url}/r/paymethod/verify/{row['token']}"


def _plain(row: Json, context: ReadContext) -> None:
    """Nothing follows from what is stored."""


def _object(
    resource: Resource,
    table: str,
    stored: Sequence[str],
    derived: dict[str, Source],
    finish: Callable[[Json, ReadContext], None],
    addresses: frozenset[str],
) -> SandboxObject:
    def single(values: Sequence[Any], context: ReadContext) -> Json:
        row = dict(zip(stored, values, strict=True))
        for name in _TIMES:
            row[name] = context.clock.iso(row[name])
        finish(row, context)
        return row

    return catalogued(
        resource, table, stored, derived, select=columns(*stored), single=single, addresses=addresses
    )


_TIMES = ("write_datetime", "mod_datetime")
_BOTH = frozenset({"external_key", "token"})

CARD = _object(
    CREDITCARD,
    "creditcards",
    (
        *names(
            "creditcard_id customer_id external_key token type mask_number mask_and_bin_number name expdate "
            "address city state postcode country write_ipaddr"
        ),
        *_TIMES,
    ),
    {
        "expdate_month": Source("CAST(substr(t.expdate, 6, 2) AS INTEGER)", INTEGER),
        "expdate_year": Source("CAST(substr(t.expdate, 1, 4) AS INTEGER)", INTEGER),
        "type_name": labels("t.type", _TYPE_NAMES, _OTHER_CARD),
    },
    _card,
    _BOTH,
)
ACCOUNT = _object(
    ACH,
    "ach_accounts",
    (
        *names("ach_id customer_id external_key token type mask_number mask_routing name mask_bank"),
        *_TIMES,
    ),
    {"type_name": labels("t.type", _ACCOUNT_NAMES, "")},
    _account,
    _BOTH,
)


def _owner(column: str) -> Source:
    return Source(f"c.{column}", TEXT, through=Through("t.customer_id", "c.customer_id", "customers c"))


# The token of a vault is no name for a record: two customers may share it.
TOKEN = _object(
    TOKENIZED,
    "tokenized",
    (
        *names("tokenized_id customer_id type token name paymethod_hint type_hint expdate gateway"),
        *_TIMES,
    ),
    {"customer_external_key": _owner("external_key"), "customer_token": _owner("token")},
    _plain,
    frozenset(),
)
