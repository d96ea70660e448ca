"""What the catalogue says of an object, in the short form that its tests write the vendor's facts in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cotui.api.connection import API_PATH
from cotui.api.write import Write
from cotui.catalog import Field, Resource


def uses(field: Field) -> str:
    """What a field is there for: in rows of a List, in a single record (G), taken on Create and Update, then
    Required, and a Filter."""
    letters = {
        "L": field.listed,
        "G": field.readable,
        "C": field.creatable,
        "U": field.updatable,
        "R": field.required,
        "F": field.filterable,
    }
    return "".join(letter for letter, used in letters.items() if used)


def otherwise(fields: Iterable[Field], documented: Mapping[str, str]) -> dict[str, str]:
    """Where the catalogue and the documentation differ, by the name of the field; "" for one that is not known.

    Args:
        documented: the names, with spaces between them, of the fields that have these uses.
    """
    known = {field.name: uses(field) for field in fields}
    return {
        name: known.get(name, "")
        for letters, names in documented.items()
        for name in names.split()
        if known.get(name) != letters
    }


def undocumented(fields: Iterable[Field], documented: Mapping[str, str]) -> set[str]:
    """Names of fields that the catalogue has beside those."""
    return {field.name for field in fields} - set(" ".join(documented.values()).split())


def numbered(first: int, last: int, name: str = "custom") -> str:
    """Names of fields that differ in their number."""
    return " ".join(f"{name}_{number}" for number in range(first, last + 1))


def values(resource: Resource, field: str) -> str:
    """The values of an enumeration on the wire."""
    return " ".join(choice.value for choice in resource.field(field).choices)


def requests(resource: Resource) -> dict[str, str]:
    """Method and path of every action, done to record 7."""
    calls = {action.name: Write(resource, action, 7).call("path") for action in resource.actions}
    return {name: f"{call.method} {call.target('')}" for name, call in calls.items()}


def where(resource: Resource) -> tuple[str, str, str]:
    """Path of the list, primary key and default order."""
    return f"{API_PATH}/{resource.path}", resource.primary_key, resource.default_order


def required(fields: Iterable[Field]) -> str:
    """What must be sent on create."""
    return " ".join(field.name for field in fields if field.required)
