"""Names of what a record points to, which several objects derive in the same way."""

from __future__ import annotations

from cotui.catalog import FieldType
from cotui.catalog.choices import PAY_CYCLE
from cotui.sandbox.database.object_model import Source

TEXT = FieldType.TEXT

#: pay cycles in words; how ChargeOver writes them in full is not documented
PAY_CYCLE_NAMES = {choice.value: choice.label for choice in PAY_CYCLE}

#: as order keys
NAMES = {
    "currency_iso4217": Source(
        "(SELECT c.iso4217 FROM currencies c WHERE c.currency_id = t.currency_id)", TEXT
    ),
    "currency_symbol": Source(
        "(SELECT c.symbol FROM currencies c WHERE c.currency_id = t.currency_id)", TEXT
    ),
    "terms_name": Source("(SELECT p.name FROM terms p WHERE p.terms_id = t.terms_id)", TEXT),
    "terms_days": Source("(SELECT p.days FROM terms p WHERE p.terms_id = t.terms_id)", FieldType.INTEGER),
    "brand_name": Source("(SELECT b.brand FROM brands b WHERE b.brand_id = t.brand_id)", TEXT),
    "class_id": Source("t.class_id", FieldType.ID),
    "class_name": Source("coalesce((SELECT c.name FROM classes c WHERE c.class_id = t.class_id), '')", TEXT),
    "admin_name": Source(
        "coalesce((SELECT trim(a.first_name || ' ' || a.last_name) FROM admins a"
        " WHERE a.admin_id = t.admin_id), '')",
        TEXT,
    ),
    "admin_email": Source("coalesce((SELECT a.email FROM admins a WHERE a.admin_id = t.admin_id), '')", TEXT),
}
