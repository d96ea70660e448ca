"""Stored credit cards."""

from __future__ import annotations

from cotui.catalog import Choice, Column, FieldType, Resource
from cotui.catalog.build import Section
from cotui.catalog.pay_methods import DELETION, method_relations

ID, TEXT, ENUM, TIME = FieldType.ID, FieldType.TEXT, FieldType.ENUM, FieldType.DATETIME

CARD_TYPE = (
    Choice("visa", "Visa"),
    Choice("mast", "Mastercard", ("mastercard",)),
    Choice("disc", "Discover", ("discover",)),
    Choice("amex", "American Express"),
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
        _card.own_key("creditcard", "Card ID", "the card", "LGF"),
        _card.customer("Whose card it is.", "LGCRF"),
        _card("external_key", TEXT, "External key", "The key your own systems know it by.", "LGCF"),
        _card("token", TEXT, "Token", "Random unique key of the card.", "LGF"),
        _card(
            "number", TEXT, "Number", "The number on the card; can be sent but never read.", "CR", secret=True
        ),
        _card(
            "cvv",
            TEXT,
            "Security code",
            "The code beside the number; checked and never stored.",
            "C",
            secret=True,
        ),
        _card("mask_number", TEXT, "Number, masked", "The last digits of the number.", "LG"),
        _card(
            "mask_and_bin_number", TEXT, "First and last digits", "Which bank issued it, and its end.", "LG"
        ),
        _card("type", ENUM, "Type", "Kind of card.", "LG", choices=CARD_TYPE),
        _card("type_name", TEXT, "Type name", "Kind of card, in words.", "LG"),
        _card("name", TEXT, "Name on card", "The holder's name.", "LGC"),
        _card(
            "expdate",
            FieldType.DATE,
            "Expires",
            "First day of the month in which it expires.",
            "LGC",
            "expires",
        ),
        _card("expdate_formatted", TEXT, "Expires, shown", "That month in words, such as May 2018.", "LG"),
        _card("expdate_month", TEXT, "Expires, month", "Month it expires in, such as 5.", "LGC"),
        _card("expdate_year", TEXT, "Expires, year", "Year it expires in, such as 2030.", "LGC"),
        _card("address", TEXT, "Address", "The holder's street address.", "LGC"),
        _card("city", TEXT, "City", "The holder's city.", "LGC"),
        _card("state", TEXT, "State", "The holder's state or province.", "LGC"),
        _card("postcode", TEXT, "Postal code", "The holder's postal code.", "LGC"),
        _card("country", TEXT, "Country", "The holder's country.", "LGC"),
        _card("url_updatelink", FieldType.URL, "Update", "Page on which the customer renews the card.", "LG"),
        _card("write_datetime", TIME, "Created", "When it was stored.", "LG", "created"),
        _card("mod_datetime", TIME, "Modified", "When it was last stored again.", "LG", "modified"),
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
    followed=True,
    narrowed=True,
    names=("cards",),
    relations=method_relations("creditcard"),
    actions=(DELETION,),
)
