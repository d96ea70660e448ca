"""Users (contacts) as they are stored, filtered and served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cotui.catalog import FieldType
from cotui.catalog.objects.user import USER as RESOURCE
from cotui.sandbox.database.object_model import (
    Json,
    ReadContext,
    Source,
    Through,
    catalogued,
    columns,
    each,
    names,
)
from cotui.sandbox.database.served_values import CUSTOM_20

_STORED = (
    *names(
        "user_id customer_id external_key token username first_name middle_name_glob last_name "
        "name_suffix name title email phone mobile user_type_id"
    ),
    *CUSTOM_20,
    *names("write_datetime mod_datetime"),
)

#: recorded as "" where they are unset
_NEVER_NULL = ("title", "phone")


def _serve(values: Sequence[Any], context: ReadContext) -> Json:
    row = dict(zip(_STORED, values, strict=True))
    row["user_type_name"] = context.lookups.user_types.get(row["user_type_id"], "")
    row["display_as"] = row["name"]
    for name in _NEVER_NULL:
        row[name] = row[name] or ""
    row["write_datetime"] = context.clock.iso(row["write_datetime"])
    row["mod_datetime"] = context.clock.iso(row["mod_datetime"])
    row["url_self"] = f"{context.base_url}/admin/r/user/view/{row['user_id']}"
    return row


def _single(values: Sequence[Any], context: ReadContext) -> Json:
    row = _serve(values, context)
    row["customers"] = [
        # a text, other than all other ids, in every recorded contact
        {"customer_id": str(customer_id), "company": company}
        for customer_id, company in context.rows(
            "SELECT c.customer_id, c.company FROM customer_users l JOIN customers c USING (customer_id)"
            " WHERE l.user_id = ? ORDER BY c.customer_id",
            row["user_id"],
        )
    ]
    return row


_DERIVED = {
    "customers.customer_id": Source(
        "l.customer_id", FieldType.ID, through=Through("t.user_id", "l.user_id", "customer_users l")
    ),
    "user_type_name": Source(
        "(SELECT p.name FROM user_types p WHERE p.user_type_id = t.user_type_id)", FieldType.TEXT
    ),
}

USER = catalogued(
    RESOURCE,
    "users",
    _STORED,
    _DERIVED,
    select=columns(*_STORED),
    listed=each(_serve),
    single=_single,
)
