"""Paths of the OpenAPI document that do not follow from the registries: batches, reports, the document itself."""

from __future__ import annotations

from typing import Any

from cotui.catalog import RESOURCES
from cotui.sandbox.http.bulk import MOST
from cotui.sandbox.http.openapi import schemas
from cotui.sandbox.http.openapi.parts import answers, body, not_let_in, reference

Json = dict[str, Any]


def special_paths(components: dict[str, Json]) -> Json:
    """The paths; what they refer to is added to the components."""
    report = RESOURCES["report"]
    components["schemas"]["report"] = schemas.record(report, listed=True)
    number = {
        "name": "ref",
        "in": "path",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
        "description": "A report's id.",
    }
    one = reference("schemas", "report")
    return {
        "/_bulk": {"post": _bulk()},
        "/_report": {"get": _operation("report_list", answers(200, {"type": "array", "items": one}))},
        "/_report/_count": {"get": _operation("report_count", answers(200, {"type": "integer"}))},
        "/_report/{ref}": {
            "parameters": [number],
            "get": _operation("report_get", answers(200, one, missing=True)),
        },
        "/_report/{ref}/_action/reportData": {
            "parameters": [number, *(reference("parameters", name) for name in ("order", "limit", "offset"))],
            "post": {
                **_operation("report_data", answers(200, _report_data(), missing=True)),
                "requestBody": body(
                    schema={
                        "type": "array",
                        "items": {"type": "string"},
                        "description": "Conditions, all of which hold; column names as in the rows.",
                    }
                ),
            },
        },
        "/openapi.json": {
            "get": {
                "operationId": "openapi",
                "tags": ["sandbox"],
                "security": [],
                "responses": {
                    "200": {
                        "description": "This document.",
                        "content": {"application/json": {"schema": {"type": "object"}}},
                    },
                    "400": reference("responses", "bad_request"),
                    **not_let_in(),
                },
            }
        },
    }


def _operation(name: str, responses: Json) -> Json:
    return {"operationId": name, "tags": ["_report"], "responses": responses}


def _report_data() -> Json:
    return {
        "type": "object",
        "properties": {
            "_report": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
                },
            },
            "_count": {"type": "integer", "minimum": 0},
        },
        "required": ["_report", "_count"],
        "additionalProperties": False,
    }


def _bulk() -> Json:
    answer = {
        "type": "object",
        "properties": {
            "code": {"enum": [200, 201, 202, 400, 401, 404, 503]},
            "status": {"enum": ["OK", "Error"]},
            "message": {"type": "string"},
            "details": {"type": "object"},
            "response": True,
        },
        "required": ["code", "status", "message", "response"],
        "additionalProperties": False,
    }
    item = {
        "type": "object",
        "properties": {
            "request_method": {"enum": ["GET", "POST", "PUT", "DELETE"]},
            "uri": {"type": "string", "examples": ["/api/v3/customer/1"]},
            "payload": {
                "description": "What would be the body. A key X_jsonpath with “ID:EXPRESSION” becomes X_id with what "
                "the expression selects from the envelope of the earlier request with that id."
            },
            "id": {"type": ["string", "integer", "null"]},
        },
        "required": ["request_method", "uri"],
    }
    return {
        "operationId": "bulk",
        "tags": ["_bulk"],
        "summary": "Several requests in one, each answered for itself.",
        "requestBody": body(schema={"type": "array", "maxItems": MOST, "items": item}),
        "responses": answers(
            200,
            {
                "type": "object",
                "properties": {"_bulk": {"type": "array", "maxItems": MOST, "items": answer}},
                "required": ["_bulk"],
                "additionalProperties": False,
            },
        ),
    }
