"""What all stored ways to pay have in common: whose they are, what was paid with them, and that they can be forgotten."""

from __future__ import annotations

from cotui.catalog.build import Section
from cotui.catalog.field import Choice, FieldType
from cotui.catalog.model import Action, Column, Effect, Relation, Resource

DELETION = Action(
    "delete",
    "Delete",
    Effect.DESTROYS,
    "Forgets the stored method for good; subscriptions that use it can no longer be paid with it.",
    method="DELETE",
)


def method_relations(id_: str) -> tuple[Relation, ...]:
    """Where a stored way to pay leads; `id_` is its object, which payments and filters name it by."""
    key = f"{id_}_id"
    return (
        Relation("customer", "Customer", "customer", "customer_id", to_one=True, key="c"),
        Relation("transactions", "Payments", "transaction", key, key, key="$"),
    )


_way = Section("Way to pay")
#: the kinds, by the ids of their objects
KINDS = (Choice("creditcard", "Card"), Choice("ach", "Bank account"), Choice("tokenized", "Token"))

#: What a customer can pay with, of whatever kind: no object of ChargeOver's, but the three in one list.
WAYS_TO_PAY = Resource(
    id="pay_method",
    label="Way to pay",
    plural="Ways to pay",
    path="",
    primary_key="",
    title_field="number",
    default_order="",
    paged=False,
    fields=(
        _way(
            "kind",
            FieldType.ENUM,
            "Kind",
            "Card, bank account, or token of an outside vault.",
            "L",
            choices=KINDS,
        ),
        _way("record_id", FieldType.ID, "No.", "ChargeOver's own number of the card, account or token.", "L"),
        _way("type", FieldType.TEXT, "Type", "Kind of card or account, or name of the bank.", "L"),
        _way("number", FieldType.TEXT, "Number", "Its last digits.", "L"),
        _way("name", FieldType.TEXT, "Name", "The holder's name.", "L"),
        _way("expires", FieldType.DATE, "Expires", "When it expires.", "L"),
        _way("write_datetime", FieldType.DATETIME, "Created", "When it was stored.", "L"),
        _way.customer("Whose it is.", "L"),
    ),
    columns=(
        Column("kind", "Kind", 14),
        Column("type", "Type", 16, drop=2),
        Column("number", "Number", 20),
        Column("expires", "Expires", 10),
        Column("name", "Name", 22, drop=3, grows=True),
        Column("write_datetime", "Created", 16, drop=4),
        Column("record_id", "No.", 7, drop=5),
    ),
    relations=(Relation("customer", "Customer", "customer", "customer_id", to_one=True, key="c"),),
)
