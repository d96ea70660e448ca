"""Batches, reports and the description itself."""

from __future__ import annotations

import jsonschema

from cotui.sandbox.http.openapi.parts import COMPONENTS
from cotui.sandbox.http.openapi.special import special_paths

PATHS = special_paths({kind: dict(found) for kind, found in COMPONENTS.items()})


def test_paths_and_methods() -> None:
    methods = {
        path: {name for name in operations if name != "parameters"} for path, operations in PATHS.items()
    }
    assert methods == {
        "/_bulk": {"post"},
        "/_report": {"get"},
        "/_report/_count": {"get"},
        "/_report/{ref}": {"get"},
        "/_report/{ref}/_action/reportData": {"post"},
        "/openapi.json": {"get"},
    }


def test_the_description_is_open_to_everybody() -> None:
    assert PATHS["/openapi.json"]["get"]["security"] == []


def test_a_batch_takes_requests_of_every_method_and_answers_each() -> None:
    sent = PATHS["/_bulk"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    check = jsonschema.Draft202012Validator(sent)
    one = {"request_method": "POST", "uri": "/api/v3/customer", "payload": {}, "id": "a"}
    assert check.is_valid([one, {**one, "request_method": "GET", "id": None}])
    assert not check.is_valid([{"uri": "/api/v3/customer"}])
    assert not check.is_valid([{**one, "request_method": "PATCH"}])
    assert not check.is_valid([one] * (sent["maxItems"] + 1))


def test_rows_of_a_report_hold_plain_values() -> None:
    schema = PATHS["/_report/{ref}/_action/reportData"]["post"]["responses"]["200"]
    check = jsonschema.Draft202012Validator(
        schema["content"]["application/json"]["schema"]["properties"]["response"]
    )
    assert check.is_valid({"_report": [{"a": "x", "b": 1.5, "c": None}], "_count": 1})
    assert not check.is_valid({"_report": [{"a": []}], "_count": 1})
    assert not check.is_valid({"_report": []})


def test_what_it_refers_to_is_added() -> None:
    components = {kind: dict(found) for kind, found in COMPONENTS.items()}
    special_paths(components)
    assert set(components["schemas"]["report"]["properties"]) == {"report_id", "name"}
