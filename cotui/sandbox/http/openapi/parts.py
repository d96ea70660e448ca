"""Parts that all operations of the OpenAPI document are made of."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def reference(kind: str, name: str) -> Json:
    """A reference to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


def body(name: str = "", *, schema: Json | None = None) -> Json:
    """A request's body: a component by name, or a schema."""
    sent = schema or (reference("schemas", name) if name else {"type": "object"})
    return {"content": {"application/json": {"schema": sent}}}


def answers(status: int, response: Json, *, located: bool = False, missing: bool = False) -> Json:
    """The responses of an operation.

    Args:
        status: of success.
        response: schema of the envelope's `response` then.
        located: with the header `Location`.
        missing: 404 is possible.
    """
    success: Json = {"description": "Success.", "content": _json(envelope(status, response))}
    if located:
        success["headers"] = {
            "Location": {"description": "The record's URL.", "schema": {"type": "string"}, "required": True}
        }
    found = {
        str(status): success,
        "400": reference("responses", "bad_request"),
        "401": reference("responses", "unauthorized"),
        "429": reference("responses", "too_many_requests"),
        "503": reference("responses", "in_use"),
        **not_let_in(),
    }
    if missing:
        found["404"] = reference("responses", "not_found")
    return found


def not_let_in() -> Json:
    """The responses to what comes from elsewhere, is for somebody else or does not come in time."""
    return {
        "403": reference("responses", "foreign"),
        "408": reference("responses", "slow"),
        "421": reference("responses", "misdirected"),
    }


def envelope(status: int, response: Json) -> Json:
    """The envelope of a success."""
    return {
        "type": "object",
        "properties": {
            "code": {"const": status},
            "status": {"const": "OK"},
            "message": {"const": ""},
            "details": {"type": "object"},
            "response": response,
        },
        "required": ["code", "status", "message", "details", "response"],
        "additionalProperties": False,
    }


def _failure(status: int, meaning: str, response: Json) -> Json:
    schema = {
        "type": "object",
        "properties": {
            "code": {"const": status},
            "status": {"const": "Error"},
            "message": {"type": "string", "minLength": 1},
            "details": {"type": "object"},
            "response": response,
        },
        "required": ["code", "status", "message", "response"],
        "additionalProperties": False,
    }
    return {"description": meaning, "content": _json(schema)}


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _query(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _flag(name: str, what: str) -> Json:
    return _query(name, f"0 keeps {what} from being sent.", {"enum": [0, 1], "default": 1})


_PARAMETERS: Json = {
    "where": _query(
        "where",
        "Conditions FIELD:OPERATOR:VALUE, all of which hold, separated by commas; `:`, `,` and `\\` in a value "
        "are written after a backslash. Operators: EQUALS, NOTEQUALS, GT, LT, GTE, LTE, CONTAINS, IS:NULL, "
        "ISNOT:NULL.",
        {"type": "string", "examples": ["bill_country:EQUALS:Canada,company:CONTAINS:test"]},
    ),
    "order": _query(
        "order", "FIELD:ASC or FIELD:DESC, several separated by commas.", {"type": "string", "default": ""}
    ),
    "limit": _query(
        "limit",
        "Rows at most; more than a page holds is cut to it: 100 unless the account says otherwise.",
        {"type": "integer", "minimum": 0, "default": 10},
    ),
    "offset": _query("offset", "Rows to leave out.", {"type": "integer", "minimum": 0, "default": 0}),
    "expand": _query(
        "expand",
        "What rows of a list hold beside the others, separated by commas: `line_items` of subscriptions and invoices, "
        "`applied_to` of transactions. Anything else is ignored.",
        {"type": "string"},
    ),
    "flag_emails": _flag("_flag_emails", "e-mails"),
    "flag_webhooks": _flag("_flag_webhooks", "webhooks"),
    "flag_events": _flag("_flag_events", "events"),
    "on_behalf_addr": _query("on_behalf_addr", "IP address of the end customer.", {"type": "string"}),
    "on_behalf_details": _query(
        "on_behalf_details", "Name, e-mail address or id of the end customer.", {"type": "string"}
    ),
    "ref": {
        "name": "ref",
        "in": "path",
        "required": True,
        "description": "An id, `external_key:…` or `token:…`.",
        "schema": {"type": "string", "minLength": 1, "pattern": "^[^_]"},
        "examples": {"id": {"value": "1"}, "external_key": {"value": "external_key:abc123"}},
    },
}

LIST_PARAMETERS = [reference("parameters", name) for name in ("where", "order", "limit", "offset", "expand")]
FLAGS = [
    reference("parameters", name)
    for name in ("flag_emails", "flag_webhooks", "flag_events", "on_behalf_addr", "on_behalf_details")
]
FORMS_OF_REF = reference("parameters", "ref")

COMPONENTS: dict[str, Json] = {
    "securitySchemes": {
        "basic": {"type": "http", "scheme": "basic", "description": "Public key and private key."},
        "signature": {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`ChargeOver co_public_key=…`: a request signed with HMAC-SHA256.",
        },
    },
    "parameters": _PARAMETERS,
    "responses": {
        "bad_request": _failure(
            400, "The request is not understood, or not allowed in this state.", {"const": False}
        ),
        "unauthorized": _failure(
            401, "The credentials are missing, wrong, or may not do this.", {"const": False}
        ),
        "foreign": _failure(
            403, "Another web page makes the request, as Origin or Sec-Fetch-Site tells.", {"const": False}
        ),
        "not_found": _failure(404, "There is no such record.", {"type": "null"}),
        "slow": _failure(408, "The body did not arrive in time. Nothing was done.", {"const": False}),
        "misdirected": _failure(
            421, "The request is for a host that this server is not; see `--allow-host`.", {"const": False}
        ),
        "too_many_requests": _failure(429, "Too many requests within a minute.", {"const": False}),
        "in_use": _failure(
            503,
            "Another process has the sandbox's database file locked. Nothing was changed.",
            {"const": False},
        ),
    },
    "schemas": {
        "id": {
            "type": "object",
            "properties": {"id": {"type": ["integer", "string"]}},
            "required": ["id"],
            "additionalProperties": False,
        },
    },
}
