"""The JSON Schema of `config.toml`, for editors, made from the definitions."""

from __future__ import annotations

from typing import Any

from cotui.settings.definitions import TABLES, TOP, Key, Kind, Table


def json_schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) that accepts what `check` has no errors for."""
    properties = {key.name: _key(key) for key in TOP.keys}
    for table in TABLES:
        if table is not TOP:
            properties[table.name] = _table(table)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cotui config.toml",
        "type": "object",
        "properties": properties,
    }


def _table(table: Table) -> dict[str, Any]:
    if table.any_key is not None:
        return {
            "description": table.meaning,
            "type": "object",
            # names with a dot that are not in quotation marks are tables
            "additionalProperties": {"anyOf": [_key(table.any_key), {"type": "object"}]},
        }
    entry: dict[str, Any] = {
        "type": "object",
        "properties": {key.name: _key(key) for key in table.keys},
    }
    if required := [key.name for key in table.keys if key.required]:
        entry["required"] = required
    if table.named:
        return {"description": table.meaning, "type": "object", "additionalProperties": entry}
    return {"description": table.meaning, **entry}


def _key(key: Key) -> dict[str, Any]:
    schema: dict[str, Any] = {"description": key.meaning, **_type(key)}
    if key.default is not None:
        schema["default"] = key.default
    return schema


def _type(key: Key) -> dict[str, Any]:
    words = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    match key.kind:
        case Kind.CHOICE:
            return {"enum": list(key.choices)}
        case Kind.BOOLEAN:
            return {"type": "boolean"}
        case Kind.INTEGER | Kind.NUMBER:
            bounds = {"minimum": key.minimum, "maximum": key.maximum}
            return {"type": key.kind.value} | {name: n for name, n in bounds.items() if n is not None}
        case Kind.COMMAND | Kind.KEYS:
            return {"anyOf": [{"type": "string", "minLength": 1}, words]}
        case Kind.TEXT | Kind.ZONE:
            return {"type": "string"} | ({"minLength": 1} if key.required else {})
