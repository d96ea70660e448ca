"""What all stored ways to pay have in common: whose they are, and that they can be forgotten."""

from __future__ import annotations

from cotui.catalog.model import Action, Effect, Relation

CUSTOMER_RELATION = Relation("customer", "Customer", "customer", "customer_id", to_one=True, key="c")
DELETION = Action(
    "delete",
    "Delete",
    Effect.DESTROYS,
    "Forgets the stored method for good; subscriptions that use it can no longer be paid with it.",
    method="DELETE",
)
