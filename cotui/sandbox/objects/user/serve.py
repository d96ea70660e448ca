"""Users (contacts) as they are stored, filtered and served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cotui.catalog import FieldType
from cotui.catalog.objects.user import USER as RESOURCE
from cotui.sandbox.objects.model import (
    Context,
    Json,
    SandboxObject,
    Source,
    Through,
    catalogue_filters,
    catalogue_orders,
    catalogue_sources,
    columns,
)
from cotui.sandbox.objects.values import CUSTOM_20

_STORED = (
    "user_id",
    "customer_id",
    "external_key",
    "token",
    "username",
    "first_name",
    "middle_name_glob",
    "last_name",
    "name_suffix",
    "name",
    "title",
    "email",
    "phone",
    "mobile",
    "user_type_id",
    *CUSTOM_20,
    "write_datetime",
    "mod_datetime",
)


def _serve(values: Sequence[Any], context: Context) -> Json:
    row = dict(zip(_STORED, values, strict=True))
    row["user_type_name"] = context.facts.user_types.get(row["user_type_id"], "")
    row["display_as"] = row["name"]
    row["write_datetime"] = context.clock.iso(row["write_datetime"])
    row["mod_datetime"] = context.clock.iso(row["mod_datetime"])
    row["url_self"] = f"{context.base_url}/admin/r/user/view/{row['user_id']}"
    return row


def _listed(rows: Sequence[Sequence[Any]], context: Context) -> list[Json]:
    return [_serve(values, context) for values in rows]


def _single(values: Sequence[Any], context: Context) -> Json:
    row = _serve(values, context)
    row["customers"] = [
        {"customer_id": customer_id, "company": company}
        for customer_id, company in context.rows(
            "SELECT c.customer_id, c.company FROM customer_users l JOIN customers c USING (customer_id)"
            " WHERE l.user_id = ? ORDER BY c.customer_id",
            row["user_id"],
        )
    ]
    return row


_SOURCES = catalogue_sources(
    RESOURCE,
    _STORED,
    {
        "customers.customer_id": Source(
            "l.customer_id", FieldType.ID, through=Through("t.user_id", "l.user_id", "customer_users l")
        ),
        "user_type_name": Source(
            "(SELECT p.name FROM user_types p WHERE p.user_type_id = t.user_type_id)", FieldType.TEXT
        ),
    },
)

USER = SandboxObject(
    name="user",
    table="users",
    key="user_id",
    select=columns(*_STORED),
    listed=_listed,
    single=_single,
    sources=_SOURCES,
    filterable=catalogue_filters(RESOURCE, _SOURCES),
    orderable=catalogue_orders(RESOURCE, _SOURCES),
)
