"""Parts that all operations of the description are made of."""

from __future__ import annotations

import jsonschema
import pytest

from cotui.sandbox.http.openapi.parts import (
    COMPONENTS,
    FLAGS,
    FORMS_OF_REF,
    LIST_PARAMETERS,
    answers,
    body,
    envelope,
)


def test_an_envelope_takes_a_success_of_its_status_and_nothing_else() -> None:
    check = jsonschema.Draft202012Validator(envelope(201, {"type": "integer"}))
    good = {"code": 201, "status": "OK", "message": "", "details": {}, "response": 7}
    assert check.is_valid(good)
    for wrong in ({"code": 200}, {"status": "Error"}, {"message": "x"}, {"response": "7"}, {"more": 1}):
        assert not check.is_valid({**good, **wrong})
    del good["details"]
    assert not check.is_valid(good)


@pytest.mark.parametrize(
    ("name", "status", "response"), [("bad_request", 400, False), ("not_found", 404, None)]
)
def test_a_failure_has_words(name: str, status: int, response: bool | None) -> None:
    schema = COMPONENTS["responses"][name]["content"]["application/json"]["schema"]
    check = jsonschema.Draft202012Validator(schema)
    failed = {"code": status, "status": "Error", "message": "No.", "response": response}
    assert check.is_valid(failed)
    assert not check.is_valid({**failed, "message": ""})
    assert not check.is_valid({**failed, "response": True})


def test_only_what_may_be_missing_answers_404_and_only_what_is_made_has_a_place() -> None:
    assert "404" not in answers(200, {})
    found = answers(201, {}, located=True, missing=True)
    assert "404" in found
    assert found["201"]["headers"]["Location"]["required"] is True
    assert "headers" not in answers(200, {})["200"]
    assert {"400", "401", "403", "408", "421", "429", "503"} <= found.keys()


def test_a_body_is_a_component_a_schema_or_any_object() -> None:
    def schema(**given: object) -> object:
        return body(**given)["content"]["application/json"]["schema"]  # type: ignore[arg-type]

    assert schema(name="customer") == {"$ref": "#/components/schemas/customer"}
    assert schema(schema={"type": "array"}) == {"type": "array"}
    assert schema() == {"type": "object"}


def test_every_reference_leads_to_a_component() -> None:
    for part in (*LIST_PARAMETERS, *FLAGS, FORMS_OF_REF, *answers(200, {}, missing=True).values()):
        if "$ref" in part:
            kind, name = part["$ref"].removeprefix("#/components/").split("/")
            assert name in COMPONENTS[kind]
