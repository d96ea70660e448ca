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
from cotui.sandbox.errors import AnswerError
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.openapi.document import document
from cotui.sandbox.http.origin_check import OriginCheck
from cotui.sandbox.objects import endpoints, served_objects
from tests.depth import examples
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
EXAMPLES = examples(15, short=1)


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


def test_every_operation_may_meet_every_error(described: dict[str, Any]) -> None:
    """All that the sandbox knows; only 404 needs a record that can be missing."""
    errors = {str(error.status) for error in _below(AnswerError)} - {"404"}
    assert {"403", "408", "421", "503"} < errors
    for path, operations in described["paths"].items():
        if path != "/openapi.json":
            for verb, operation in operations.items():
                assert verb == "parameters" or errors <= set(operation["responses"]), f"{verb} {path}"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "elsewhere.example"}, 421),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/customer", "/openapi.json"])
async def test_who_is_not_let_in_is_told_as_described(
    client: Client, described: dict[str, Any], headers: dict[str, str], status: int, path: str
) -> None:
    answer = await client.send("GET", f"/api/v3{path}", headers=headers)
    assert answer.status == status
    _conforms(described, path, answer.body, status=str(status))


async def test_what_has_nothing_to_do_answers_false_as_described(described: dict[str, Any]) -> None:
    store = account.build()
    with store.write() as connection:
        connection.execute("UPDATE users SET email = NULL")
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    paid = await client.made("transaction", {"customer_id": 1, "amount": 1, "gateway_status": 1})
    for name, number, action in (
        ("invoice", 1, "void"),
        ("transaction", paid, "void"),
        ("customer", 1, "email"),
        ("package", 2, "welcome"),
    ):
        if action == "void":
            assert (await client.post(f"{name}/{number}/_action/void")).response is True
        answer = await client.post(f"{name}/{number}/_action/{action}", {"message_id": 5})
        assert answer.response is False, (name, action)
        _conforms(described, f"/{name}/{{ref}}/_action/{action}", answer.body, verb="post")
    store.close()


def _below(kind: type[AnswerError]) -> list[type[AnswerError]]:
    return [kind, *(found for part in kind.__subclasses__() for found in _below(part))]


def _conforms(
    described: dict[str, Any], path: str, body: bytes, *, verb: str = "get", status: str = "200"
) -> None:
    found = described["paths"][path][verb]["responses"][status]
    if "$ref" in found:
        found = described["components"]["responses"][found["$ref"].rpartition("/")[2]]
    schema = found["content"]["application/json"]["schema"]
    validator = OAS31Validator({**schema, "components": described["components"]})
    errors = validator.iter_errors(json.loads(body))
    assert [f"{list(error.path)}: {error.message}" for error in errors] == []


@pytest.mark.deep
@pytest.mark.sample("0")
@pytest.mark.parametrize("part", range(4))
def test_made_up_requests_meet_nothing_undocumented(described: dict[str, Any], part: int) -> None:
    store = account.build()
    app = create_app(
        store, credentials=CREDENTIALS, clock=account.now, origin_check=OriginCheck(frozenset({"testserver"}))
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
