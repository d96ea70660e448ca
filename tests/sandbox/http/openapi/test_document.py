"""The OpenAPI document: valid, complete, and kept: generated requests never meet an answer that it lacks."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.doors import Doors
from cotui.sandbox.http.openapi.document import document
from cotui.sandbox.objects import endpoints, served_objects
from tests.depth import examples, open_at_depth
from tests.sandbox import account
from tests.sandbox.client import BASIC, CREDENTIALS, Client

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
#: Requests that are made up for each operation.
EXAMPLES = examples(30, short=1)


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return document()


@pytest.mark.long
def test_it_is_valid(described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []


def test_it_holds_every_route(described: dict[str, Any]) -> None:
    paths = described["paths"]
    for name in served_objects():
        assert "get" in paths[f"/{name}"]
        assert "get" in paths[f"/{name}/_count"]
        assert "get" in paths[f"/{name}/{{ref}}"]
    for name, endpoint in endpoints().items():
        if endpoint.served is None:
            continue
        assert ("post" in paths[f"/{name}"]) is (endpoint.create is not None or "" in endpoint.actions)
        one = paths.get(f"/{name}/{{ref}}", {})
        assert ("put" in one) is (endpoint.update is not None)
        assert ("delete" in one) is (endpoint.delete is not None)
    written = {path.casefold() for path in paths}
    for name, endpoint in endpoints().items():
        for action in filter(None, endpoint.actions):
            assert {f"/{name}/_action/{action}", f"/{name}/{{ref}}/_action/{action}"} & written
    assert {"/_bulk", "/_report", "/_report/{ref}/_action/reportData"} <= set(paths)


def test_operations_have_names_of_their_own(described: dict[str, Any]) -> None:
    names = [
        operation["operationId"]
        for path in described["paths"].values()
        for verb, operation in path.items()
        if verb != "parameters"
    ]
    assert len(names) == len(set(names)) > 100


@pytest.mark.long
async def test_every_record_of_the_demo_is_described(described: dict[str, Any]) -> None:
    store = Store()
    populate(store, 60, 1, account.TODAY)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    for name, subject in served_objects().items():
        listed = await client.get(f"{name}?limit=100")
        _conforms(described, f"/{name}", listed.body)
        for row in listed.response[:10]:
            single = await client.get(f"{name}/{row[subject.key]}")
            _conforms(described, f"/{name}/{{ref}}", single.body)
    store.close()


def _conforms(described: dict[str, Any], path: str, body: bytes) -> None:
    schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    validator = OAS31Validator({**schema, "components": described["components"]})
    errors = validator.iter_errors(json.loads(body))
    assert [f"{list(error.path)}: {error.message}" for error in errors] == []


@open_at_depth("the description lacks an answer that the sandbox gives since it looks at hosts and origins")
@pytest.mark.deep
@pytest.mark.sample("0")
@pytest.mark.parametrize("part", range(4))
def test_made_up_requests_meet_nothing_undocumented(described: dict[str, Any], part: int) -> None:
    store = account.build()
    app = create_app(
        store, credentials=CREDENTIALS, clock=account.now, doors=Doors(frozenset({"testserver"}))
    )
    api = schemathesis.openapi.from_asgi("/api/v3/openapi.json", app)
    sent = 0
    operations = [found.ok() for found in api.get_all_operations()][part::4]
    for operation in operations:

        @settings(
            max_examples=EXAMPLES,
            database=None,
            phases=[Phase.generate],
        )
        @given(case=operation.as_strategy())
        def call(case: Any) -> None:
            nonlocal sent
            sent += 1
            answer = case.call(headers={"Authorization": BASIC})
            case.validate_response(answer, checks=CHECKS)

        call()
    assert sent >= len(operations) > 30
    store.close()
