"""JSON Schemas of records and payloads, made from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cotui.catalog import Field, FieldType, Resource

Schema = dict[str, Any]

_TEXT: Schema = {"type": ["string", "null"]}


def record(resource: Resource, *, listed: bool) -> Schema:
    """A record as it is served, in a list or alone."""
    fields = [item for item in resource.fields if (item.listed if listed else item.readable or item.listed)]
    return _object(fields, served=True)


def payload(resource: Resource, *, creating: bool) -> Schema:
    """What a create or an update takes. Whatever else is sent is ignored."""
    fields = [item for item in resource.fields if (item.creatable if creating else item.updatable)]
    return _object(fields, served=False)


def parameters(fields: Iterable[Field]) -> Schema:
    """What an action takes."""
    return _object(fields, served=False)


def _object(fields: Iterable[Field], *, served: bool) -> Schema:
    properties: dict[str, Schema] = {}
    required = []
    for item in fields:
        # dotted names exist for filters only
        if "." in item.name:
            continue
        properties[item.name] = _field(item, served=served)
        if served:
            continue
        if item.required and not item.references:
            required.append(item.name)
        if item.references and item.name.endswith("_id"):
            stem = item.name.removesuffix("_id")
            for form in ("external_key", "token"):
                properties.setdefault(
                    f"{stem}_{form}",
                    {**_TEXT, "description": f"Instead of {item.name}: the record's {form}."},
                )
    schema: Schema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    if served:
        schema["additionalProperties"] = False
    return schema


def _field(item: Field, *, served: bool) -> Schema:
    if item.type is FieldType.OBJECTS:
        parts: Schema = _object(item.parts, served=served) if item.parts else {"type": "object"}
        # a few are one object without its list
        schema: Schema = {"anyOf": [{"type": "array", "items": parts}, parts, {"type": "null"}]}
    else:
        schema = dict(item.type.served if served else item.type.sent)
    if item.type.family == "choice" and item.choices:
        schema["examples"] = [choice.value for choice in item.choices]
    schema["description"] = item.meaning
    if item.deprecated:
        schema["deprecated"] = True
    if item.secret:
        schema["writeOnly"] = True
    return schema
