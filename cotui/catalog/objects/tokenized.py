"""Stored tokens of outside vaults."""

from __future__ import annotations

from cotui.catalog import Column, FieldType, Resource
from cotui.catalog.build import Section
from cotui.catalog.pay_methods import DELETION, method_relations

ID, TEXT, TIME = FieldType.ID, FieldType.TEXT, FieldType.DATETIME

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
        _tokenized.own_key("tokenized", "Token ID", "it", "LG"),
        _tokenized.customer("Whose pay method it is.", "LGCRF"),
        _tokenized("type", TEXT, "Type", "Kind of token, usually “customer”.", "LGC"),
        _tokenized(
            "token", TEXT, "Token", "The vault's key of the pay method; never shown.", "LGCR", secret=True
        ),
        _tokenized("name", TEXT, "Name", "What it is, such as Visa x4111.", "LGC"),
        _tokenized("paymethod_hint", TEXT, "Pay method", "What stands behind the token: crd or ach.", "LGC"),
        _tokenized("type_hint", TEXT, "Kind", "Which kind of card or account it is.", "LGC"),
        _tokenized("expdate", FieldType.DATE, "Expires", "When it expires.", "LGC", "expires"),
        _tokenized("gateway", TEXT, "Gateway", "Which gateway the token is for.", "LGC"),
        _tokenized("write_datetime", TIME, "Created", "When it was stored.", "LG", "created"),
        _tokenized("mod_datetime", TIME, "Modified", "When it was last changed.", "LG", "modified"),
        _tokenized("customer_external_key", TEXT, "Customer's key", "Your own key of the customer.", "F"),
        _tokenized("customer_token", TEXT, "Customer's token", "Random unique key of the customer.", "F"),
    ),
    columns=(
        Column("tokenized_id", "ID", 7, drop=2),
        Column("customer_id", "Customer", 8, drop=1),
        Column("paymethod_hint", "Pay method", 16),
        Column("name", "Name", 24, drop=3, grows=True),
    ),
    followed=True,
    narrowed=True,
    names=("tokens", "pay method tokens", "vault tokens"),
    relations=method_relations("tokenized"),
    actions=(DELETION,),
)
