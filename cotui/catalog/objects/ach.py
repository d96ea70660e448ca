"""Stored bank accounts."""

from __future__ import annotations

from cotui.catalog import Column, FieldType, Resource
from cotui.catalog.build import Section
from cotui.catalog.choices import BANK_ACCOUNT_TYPE
from cotui.catalog.pay_methods import DELETION, method_relations

ID, TEXT, ENUM, TIME = FieldType.ID, FieldType.TEXT, FieldType.ENUM, FieldType.DATETIME

_ach = Section("Bank account")
ACH = Resource(
    id="ach",
    label="Bank account",
    plural="Bank accounts",
    path="ach",
    primary_key="ach_id",
    title_field="name",
    default_order="ach_id:ASC",
    fields=(
        _ach.own_key("ach", "Account ID", "the account", "LGF"),
        _ach.customer("Whose account it is.", "LGCRF"),
        _ach("external_key", TEXT, "External key", "The key your own systems know it by.", "LGCF"),
        _ach("token", TEXT, "Token", "Random unique key of the account.", "LGF"),
        _ach(
            "number", TEXT, "Number", "The account's number; can be sent but never read.", "CR", secret=True
        ),
        _ach(
            "routing",
            TEXT,
            "Routing number",
            "The bank's number; can be sent but never read.",
            "CR",
            secret=True,
        ),
        _ach("mask_number", TEXT, "Number, masked", "The last digits of the number.", "LG"),
        _ach("mask_routing", TEXT, "Routing number, masked", "Its last digits.", "LG"),
        _ach("mask_bank", TEXT, "Bank", "Name of the bank.", "LG"),
        _ach("type", ENUM, "Type", "Kind of account.", "LGC", choices=BANK_ACCOUNT_TYPE),
        _ach("type_name", TEXT, "Type name", "Kind of account, in words.", "LG"),
        _ach("name", TEXT, "Name on account", "The holder's name.", "LGC"),
        _ach("bank", TEXT, "Bank, as sent", "Name of the bank; read as “Bank”.", "C"),
        _ach("write_datetime", TIME, "Created", "When it was stored.", "LG", "created"),
        _ach("mod_datetime", TIME, "Modified", "When it was last stored again.", "LG", "modified"),
        _ach(
            "url_verifylink",
            FieldType.URL,
            "Verify",
            "Page on which the customer verifies the account.",
            "LG",
        ),
    ),
    columns=(
        Column("ach_id", "ID", 7, drop=2),
        Column("customer_id", "Customer", 8, drop=1),
        Column("type", "Type", 18),
        Column("mask_number", "Number", 14),
        Column("name", "Name", 24, drop=3, grows=True),
    ),
    narrowed=True,
    names=("ach accounts", "bank", "banks", "echecks"),
    relations=method_relations("ach"),
    actions=(DELETION,),
)
