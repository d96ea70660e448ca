"""The API as an OpenAPI 3.1 document, made from the catalogue and from what the sandbox can do.

Loaded when it is asked for. Paths follow the registry: what its endpoints can do is described, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cotui import __version__
from cotui.catalog import RESOURCES, Action, Resource
from cotui.sandbox.http.openapi import schemas
from cotui.sandbox.http.openapi.parts import (
    COMPONENTS,
    FLAGS,
    FORMS_OF_REF,
    LIST_PARAMETERS,
    answers,
    body,
    reference,
)
from cotui.sandbox.http.openapi.special import special_paths
from cotui.sandbox.objects import endpoints
from cotui.sandbox.objects.endpoint import Endpoint

Json = dict[str, Any]

#: What actions answer, by the catalogue's word for it; others may answer any of these.
_ANSWERS: dict[str, Json] = {
    "true": {"const": True},
    "done": {"type": "boolean"},
    "url": {"type": "string", "format": "uri"},
    "rate": {"type": "number"},
}
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
    known = sorted(endpoints().items())
    for name, endpoint in known:
        resource = resources.get(name)
        paths.update(_paths(endpoint, resource))
        if resource is not None:
            components["schemas"].update(_components(endpoint, resource))
    paths.update(special_paths(components))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ChargeOver REST API v3, as the cotui sandbox serves it",
            "version": __version__,
            "description": "Older spellings are served too: `?action=NAME` instead of `/_action/NAME`, "
            + ", ".join(f"`/{old}` for `/{name}`" for name, each in known for old in each.older_names)
            + ", doubled slashes and a slash before the query string.",
        },
        "servers": [{"url": "/api/v3"}],
        "security": [{"basic": []}, {"signature": []}],
        "paths": paths,
        "components": components,
    }


def _paths(endpoint: Endpoint, resource: Resource | None) -> Json:
    name = endpoint.name
    created = f"{name}_created" if resource is not None else ""
    updated = f"{name}_updated" if resource is not None else ""
    all_of: Json = {}
    one: Json = {}
    if endpoint.served is not None:
        row = reference("schemas", f"{name}_row") if resource is not None else {"type": "object"}
        single = reference("schemas", name) if resource is not None else {"type": "object"}
        all_of["get"] = _operation(
            name, "list", answers(200, {"type": "array", "items": row}), parameters=LIST_PARAMETERS
        )
        one["get"] = _operation(name, "get", answers(200, single, missing=True))
    if endpoint.create is not None:
        all_of["post"] = _operation(name, "create", answers(201, _id(), located=True), sent=body(created))
    if endpoint.update is not None:
        one["put"] = _operation(
            name, "update", answers(202, _id(), located=True, missing=True), sent=body(updated)
        )
    if endpoint.delete is not None:
        one["delete"] = _operation(name, "delete", answers(200, {"const": True}, missing=True))
    paths: Json = {}
    if all_of:
        paths[f"/{name}"] = all_of
    if endpoint.served is not None:
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
    for path, operations in _action_paths(endpoint, resource).items():
        paths.setdefault(path, {}).update(operations)
    return paths


def _action_paths(endpoint: Endpoint, resource: Resource | None) -> Json:
    name = endpoint.name
    paths: Json = {}
    for title in sorted(endpoint.actions):
        action = endpoint.actions[title]
        known = _entries(resource, title)
        written = known[0].wire_name if known and known[0].wire_name.casefold() == title else title
        operation = _operation(
            name,
            written or "post",
            answers(201, _id())
            if action.creates
            else answers(200, _answer(known), missing=action.needs_record),
            sent=body(schema=_taken(known)),
            summary=" ".join(entry.does for entry in known),
        )
        place = f"/{name}/{{ref}}" if action.needs_record else f"/{name}"
        path = paths.setdefault(f"{place}/_action/{written}" if written else place, {})
        if action.needs_record:
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


def _components(endpoint: Endpoint, resource: Resource) -> Json:
    name = endpoint.name
    found = {
        name: schemas.record(resource, listed=False),
        f"{name}_row": schemas.record(resource, listed=True),
    }
    if endpoint.writes:
        found[f"{name}_created"] = schemas.payload(resource, creating=True)
        found[f"{name}_updated"] = schemas.payload(resource, creating=False)
    return found
