"""The API as an OpenAPI 3.1 document, made from the catalogue and from what the sandbox can do.

Loaded when it is asked for. Paths follow the registries: what can be listed (`OBJECTS`), written (`WRITERS`) and
done (`ACTIONS`) is described, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cotui import __version__
from cotui.catalog import RESOURCES, Action, Resource
from cotui.sandbox.actions import ACTIONS
from cotui.sandbox.http import openapi_schemas as schemas
from cotui.sandbox.http.openapi_parts import (
    COMPONENTS,
    FLAGS,
    FORMS_OF_REF,
    LIST_PARAMETERS,
    answers,
    body,
    reference,
)
from cotui.sandbox.http.openapi_special import special_paths
from cotui.sandbox.objects import ALIASES, OBJECTS, SandboxObject
from cotui.sandbox.objects.action_model import needs_record
from cotui.sandbox.writers import WRITERS

Json = dict[str, Any]

#: What actions answer, by the catalogue's word for it; others may answer any of these.
_ANSWERS: dict[str, Json] = {
    "true": {"const": True},
    "done": {"type": "boolean"},
    "url": {"type": "string", "format": "uri"},
    "rate": {"type": "number"},
}
#: Actions that answer 201.
_CREATING = frozenset({("_config", ""), ("usage", "bulk")})
_ANY_ANSWER: Json = {
    "anyOf": [
        {"type": ["boolean", "string", "number"]},
        {"type": "object"},
        {"type": "array"},
    ]
}


def document() -> Json:
    """The document, as JSON values."""
    resources = {resource.path: resource for resource in RESOURCES.values()}
    components = {name: dict(parts) for name, parts in COMPONENTS.items()}
    paths: Json = {}
    for name in sorted({*OBJECTS, *WRITERS, *ACTIONS} - {"_report"}):
        resource = resources.get(name)
        paths.update(_paths(name, OBJECTS.get(name), resource))
        if resource is not None:
            components["schemas"].update(_components(name, resource))
    paths.update(special_paths(components))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ChargeOver REST API v3, as the cotui sandbox serves it",
            "version": __version__,
            "description": "Older spellings are served too: `?action=NAME` instead of `/_action/NAME`, "
            + ", ".join(f"`/{old}` for `/{new}`" for old, new in ALIASES.items())
            + ", doubled slashes and a slash before the query string.",
        },
        "servers": [{"url": "/api/v3"}],
        "security": [{"basic": []}, {"signature": []}],
        "paths": paths,
        "components": components,
    }


def _paths(name: str, subject: SandboxObject | None, resource: Resource | None) -> Json:
    writer = WRITERS.get(name)
    created = f"{name}_created" if resource is not None else ""
    updated = f"{name}_updated" if resource is not None else ""
    all_of: Json = {}
    one: Json = {}
    if subject is not None:
        row = reference("schemas", f"{name}_row") if resource is not None else {"type": "object"}
        single = reference("schemas", name) if resource is not None else {"type": "object"}
        all_of["get"] = _operation(
            name, "list", answers(200, {"type": "array", "items": row}), parameters=LIST_PARAMETERS
        )
        one["get"] = _operation(name, "get", answers(200, single, missing=True))
    if writer is not None and writer.create is not None:
        all_of["post"] = _operation(name, "create", answers(201, _id(), located=True), sent=body(created))
    if writer is not None and writer.update is not None:
        one["put"] = _operation(
            name, "update", answers(202, _id(), located=True, missing=True), sent=body(updated)
        )
    if writer is not None and writer.delete is not None:
        one["delete"] = _operation(name, "delete", answers(200, {"const": True}, missing=True))
    paths: Json = {}
    if all_of:
        paths[f"/{name}"] = all_of
    if subject is not None:
        paths[f"/{name}/_count"] = {
            "get": _operation(
                name,
                "count",
                answers(200, {"type": "integer", "minimum": 0}),
                parameters=[reference("parameters", "where")],
            )
        }
        if one:
            paths[f"/{name}/{{ref}}"] = {"parameters": [FORMS_OF_REF], **one}
    for path, operations in _action_paths(name, resource).items():
        paths.setdefault(path, {}).update(operations)
    return paths


def _action_paths(name: str, resource: Resource | None) -> Json:
    paths: Json = {}
    for action, call in sorted(ACTIONS.get(name, {}).items()):
        known = _entries(resource, action)
        written = known[0].wire_name if known and known[0].wire_name.casefold() == action else action
        of_record = needs_record(call)
        operation = _operation(
            name,
            written or "post",
            answers(201, _id())
            if (name, action) in _CREATING
            else answers(200, _answer(known), missing=of_record),
            sent=body(schema=_taken(known)),
            summary=" ".join(entry.does for entry in known),
        )
        place = f"/{name}/{{ref}}" if of_record else f"/{name}"
        path = paths.setdefault(f"{place}/_action/{written}" if written else place, {})
        if of_record:
            path["parameters"] = [FORMS_OF_REF]
        path["post"] = operation
    return paths


def _taken(known: list[Action]) -> Json:
    """What an action takes; one of several things where it has several entries in the catalogue."""
    taken = [schemas.parameters(entry.payload) for entry in known]
    return {"anyOf": taken} if len(taken) > 1 else taken[0] if taken else {"type": "object"}


def _entries(resource: Resource | None, action: str) -> list[Action]:
    """What the catalogue says of an action; several entries of a menu may share one call."""
    if resource is None:
        return []
    return [item for item in resource.actions if action in (item.wire_name.casefold(), item.older.casefold())]


def _answer(known: Iterable[Action]) -> Json:
    kinds = {entry.answer for entry in known}
    return _ANSWERS.get(kinds.pop(), _ANY_ANSWER) if len(kinds) == 1 else _ANY_ANSWER


def _operation(
    name: str,
    verb: str,
    responses: Json,
    *,
    parameters: list[Json] | None = None,
    sent: Json | None = None,
    summary: str = "",
) -> Json:
    operation: Json = {
        "operationId": f"{name.strip('_')}_{verb}",
        "tags": [name],
        "parameters": [*(parameters or ()), *FLAGS],
        "responses": responses,
    }
    if summary:
        operation["summary"] = summary
    if sent is not None:
        operation["requestBody"] = sent
    return operation


def _id() -> Json:
    return reference("schemas", "id")


def _components(name: str, resource: Resource) -> Json:
    found = {
        name: schemas.record(resource, listed=False),
        f"{name}_row": schemas.record(resource, listed=True),
    }
    writer = WRITERS.get(name)
    if writer is not None:
        found[f"{name}_created"] = schemas.payload(resource, creating=True)
        found[f"{name}_updated"] = schemas.payload(resource, creating=False)
    return found
