"""Making and changing a record, in the form of actions, so that one way through the house serves all writes."""

from __future__ import annotations

from functools import cache

from cotui.catalog.model import Action, Effect, Resource


@cache
def creation(resource: Resource) -> Action | None:
    """The action that makes a record of this kind; None where none can be made through the API."""
    payload = tuple(field for field in resource.fields if field.creatable)
    if not payload:
        return None
    name = resource.label.casefold()
    return Action(
        "create", f"New {name}", Effect.WRITES, f"Makes a new {name}.", payload=payload, answer="id", key="n"
    )


@cache
def editing(resource: Resource) -> Action | None:
    """The action that changes fields of a record; None where none can be changed through the API."""
    payload = tuple(field for field in resource.fields if field.updatable)
    if not payload:
        return None
    return Action(
        "update",
        "Edit",
        Effect.WRITES,
        f"Changes fields of the {resource.label.casefold()}; what is not touched stays as it is.",
        payload=payload,
        method="PUT",
        answer="id",
        key="e",
    )
