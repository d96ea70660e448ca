"""Stored ways to pay as they are served: cards, bank accounts and tokens of outside vaults. Numbers are masked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from cotui.catalog import FieldType, Resource
from cotui.catalog.objects.ach import ACH
from cotui.catalog.objects.creditcard import CARD_TYPE, CREDITCARD
from cotui.catalog.objects.tokenized import TOKENIZED
from cotui.sandbox.objects.model import (
    Context,
    Json,
    SandboxObject,
    Source,
    catalogue_filters,
    catalogue_orders,
    catalogue_sources,
    columns,
)

TEXT, INTEGER = FieldType.TEXT, FieldType.INTEGER

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_OTHER_CARD = "Credit card"
_TYPE_NAMES = {choice.value: choice.label for choice in CARD_TYPE}


def _card(row: Json, context: Context) -> None:
    expires = date.fromisoformat(row["expdate"])
    row["expdate_month"], row["expdate_year"] = expires.month, expires.year
    row["expdate_formatted"] = f"{_MONTHS[expires.month - 1]} {expires.year}"
    row["type_name"] = _TYPE_NAMES.get(row["type"], _OTHER_CARD)
    row["url_updatelink"] = f"{context.base_url}/r/paymethod/update/{row['token']}"


def _plain(row: Json, context: Context) -> None:
    """Nothing follows from what is stored."""


def _object(
    resource: Resource,
    table: str,
    stored: Sequence[str],
    derived: dict[str, Source],
    finish: Callable[[Json, Context], None],
    addresses: frozenset[str],
) -> SandboxObject:
    def single(values: Sequence[Any], context: Context) -> Json:
        row = dict(zip(stored, values, strict=True))
        row["write_datetime"] = context.clock.iso(row["write_datetime"])
        finish(row, context)
        return row

    def listed(rows: Sequence[Sequence[Any]], context: Context) -> list[Json]:
        return [single(values, context) for values in rows]

    sources = catalogue_sources(resource, stored, derived)
    return SandboxObject(
        name=resource.path,
        table=table,
        key=resource.primary_key,
        select=columns(*stored),
        listed=listed,
        single=single,
        sources=sources,
        filterable=catalogue_filters(resource, sources),
        orderable=catalogue_orders(resource, sources),
        addresses=addresses,
    )


_BOTH = frozenset({"external_key", "token"})
_WRITTEN = ("write_datetime", "write_ipaddr")

PAY_METHODS = (
    _object(
        CREDITCARD,
        "creditcards",
        (
            "creditcard_id",
            "customer_id",
            "external_key",
            "token",
            "type",
            "mask_number",
            "name",
            "expdate",
            "address",
            "city",
            "state",
            "postcode",
            "country",
            *_WRITTEN,
        ),
        {
            "expdate_month": Source("CAST(substr(t.expdate, 6, 2) AS INTEGER)", INTEGER),
            "expdate_year": Source("CAST(substr(t.expdate, 1, 4) AS INTEGER)", INTEGER),
            "type_name": Source(
                "CASE t.type "
                + " ".join(f"WHEN '{value}' THEN '{name}'" for value, name in _TYPE_NAMES.items())
                + f" ELSE '{_OTHER_CARD}' END",
                TEXT,
            ),
        },
        _card,
        _BOTH,
    ),
    _object(
        ACH,
        "ach_accounts",
        (
            "ach_id",
            "customer_id",
            "external_key",
            "token",
            "type",
            "mask_number",
            "name",
            "bank",
            *_WRITTEN,
        ),
        {},
        _plain,
        _BOTH,
    ),
    # The token of a vault is no name for a record: two customers may share it.
    _object(
        TOKENIZED,
        "tokenized",
        (
            "tokenized_id",
            "customer_id",
            "external_key",
            "type",
            "token",
            "name",
            "paymethod_hint",
            "type_hint",
            "expdate",
            "gateway",
            "write_datetime",
        ),
        {},
        _plain,
        frozenset({"external_key"}),
    ),
)
