"""Stored ways to pay: credit cards, bank accounts and tokens of outside vaults."""

from __future__ import annotations

from cotui.catalog.build import Section
from cotui.catalog.choices import BANK_ACCOUNT_TYPE
from cotui.catalog.model import Action, Choice, Column, Effect, FieldType, Relation, Resource

ID, TEXT, ENUM, TIME = FieldType.ID, FieldType.TEXT, FieldType.ENUM, FieldType.DATETIME

CARD_TYPE = (
    Choice("visa", "Visa"),
    Choice("mast", "Mastercard", ("mastercard",)),
    Choice("disc", "Discover", ("discover",)),
    Choice("amex", "American Express"),
)

_CUSTOMER = Relation("customer", "Customer", "customer", "customer_id", to_one=True, key="c")
_DELETE = Action(
    "delete",
    "Delete",
    Effect.DESTROYS,
    "Forgets the stored method for good; subscriptions that use it can no longer be paid with it.",
    method="DELETE",
)

_card = Section("Card")
CREDITCARD = Resource(
    id="creditcard",
    label="Credit card",
    plural="Credit cards",
    path="creditcard",
    primary_key="creditcard_id",
    title_field="mask_number",
    default_order="creditcard_id:ASC",
    fields=(
        _card(
            "creditcard_id",
            ID,
            "Card ID",
            "ChargeOver's own number of the card.",
            "LG",
            aliases=("id",),
            references="creditcard",
        ),
        _card(
            "customer_id",
            ID,
            "Customer",
            "Whose card it is.",
            "LGCRF",
            aliases=("customer",),
            references="customer",
        ),
        _card("external_key", TEXT, "External key", "The key your own systems know it by.", "LGC"),
        _card("token", TEXT, "Token", "Random unique key of the card.", "LG"),
        _card(
            "number", TEXT, "Number", "The number on the card; can be sent but never read.", "CR", secret=True
        ),
        _card("mask_number", TEXT, "Number, masked", "The last digits of the number.", "LG"),
        _card("type", ENUM, "Type", "Kind of card.", "LG", choices=CARD_TYPE),
        _card("type_name", TEXT, "Type name", "Kind of card, in words.", "LG"),
        _card("name", TEXT, "Name on card", "The holder's name.", "LGC"),
        _card("expdate", TEXT, "Expires", "First day of the month in which it expires.", "LGC"),
        _card("expdate_formatted", TEXT, "Expires, shown", "That month in words, such as May 2018.", "LG"),
        _card("expdate_month", FieldType.INTEGER, "Expires, month", "Month it expires in.", "LGC"),
        _card("expdate_year", FieldType.INTEGER, "Expires, year", "Year it expires in.", "LGC"),
        _card("address", TEXT, "Address", "The holder's street address.", "LGC"),
        _card("city", TEXT, "City", "The holder's city.", "LGC"),
        _card("state", TEXT, "State", "The holder's state or province.", "LGC"),
        _card("postcode", TEXT, "Postal code", "The holder's postal code.", "LGC"),
        _card("country", TEXT, "Country", "The holder's country.", "LGC"),
        _card("url_updatelink", FieldType.URL, "Update", "Page on which the customer renews the card.", "LG"),
        _card("write_datetime", TIME, "Created", "When it was stored.", "LG", aliases=("created",)),
        _card("write_ipaddr", TEXT, "Created from", "IP address it was stored from.", "LG"),
    ),
    columns=(
        Column("creditcard_id", "ID", 7, drop=2),
        Column("customer_id", "Customer", 8, drop=1),
        Column("type", "Type", 16),
        Column("mask_number", "Number", 20),
        Column("expdate", "Expires", 10),
        Column("name", "Name", 22, drop=3, grows=True),
    ),
    relations=(_CUSTOMER,),
    actions=(_DELETE,),
)

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
        _ach(
            "ach_id",
            ID,
            "Account ID",
            "ChargeOver's own number of the account.",
            "LG",
            aliases=("id",),
            references="ach",
        ),
        _ach(
            "customer_id",
            ID,
            "Customer",
            "Whose account it is.",
            "LGCRF",
            aliases=("customer",),
            references="customer",
        ),
        _ach("external_key", TEXT, "External key", "The key your own systems know it by.", "LGC"),
        _ach("token", TEXT, "Token", "Random unique key of the account.", "LG"),
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
        _ach("type", ENUM, "Type", "Kind of account.", "LGC", choices=BANK_ACCOUNT_TYPE),
        _ach("name", TEXT, "Name on account", "The holder's name.", "LGC"),
        _ach("bank", TEXT, "Bank", "Name of the bank.", "LGC"),
        _ach("write_datetime", TIME, "Created", "When it was stored.", "LG", aliases=("created",)),
        _ach("write_ipaddr", TEXT, "Created from", "IP address it was stored from.", "LG"),
    ),
    columns=(
        Column("ach_id", "ID", 7, drop=2),
        Column("customer_id", "Customer", 8, drop=1),
        Column("type", "Type", 18),
        Column("mask_number", "Number", 14),
        Column("name", "Name", 24, drop=3, grows=True),
    ),
    relations=(_CUSTOMER,),
    actions=(_DELETE,),
)

_tokenized = Section("Token")
TOKENIZED = Resource(
    id="tokenized",
    label="Stored token",
    plural="Stored tokens",
    path="tokenized",
    primary_key="tokenized_id",
    title_field="name",
    default_order="tokenized_id:ASC",
    fields=(
        _tokenized(
            "tokenized_id",
            ID,
            "Token ID",
            "ChargeOver's own number of it.",
            "LG",
            aliases=("id",),
            references="tokenized",
        ),
        _tokenized(
            "customer_id",
            ID,
            "Customer",
            "Whose pay method it is.",
            "LGCRF",
            aliases=("customer",),
            references="customer",
        ),
        _tokenized("type", TEXT, "Type", "Kind of token, usually “customer”.", "LGC"),
        _tokenized(
            "token", TEXT, "Token", "The vault's key of the pay method; never shown.", "LGCR", secret=True
        ),
        _tokenized("external_key", TEXT, "External key", "The key your own systems know it by.", "LGC"),
        _tokenized("name", TEXT, "Name", "What it is, such as Visa x4111.", "LGC"),
        _tokenized("paymethod_hint", TEXT, "Pay method", "What stands behind the token: crd or ach.", "LGC"),
        _tokenized("type_hint", TEXT, "Kind", "Which kind of card or account it is.", "LGC"),
        _tokenized("expdate", FieldType.DATE, "Expires", "When it expires.", "LGC"),
        _tokenized("gateway", TEXT, "Gateway", "Which gateway the token is for.", "LGC"),
        _tokenized("write_datetime", TIME, "Created", "When it was stored.", "LG", aliases=("created",)),
    ),
    columns=(
        Column("tokenized_id", "ID", 7, drop=2),
        Column("customer_id", "Customer", 8, drop=1),
        Column("paymethod_hint", "Pay method", 16),
        Column("name", "Name", 24, drop=3, grows=True),
    ),
    relations=(_CUSTOMER,),
    actions=(_DELETE,),
)
