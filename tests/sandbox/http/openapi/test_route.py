"""The route of the OpenAPI document."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cotui.sandbox.http.openapi.document import document
from tests.sandbox.client import Client


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return document()


async def test_it_is_served_without_credentials(client: Client, described: dict[str, Any]) -> None:
    answer = await client.send("GET", "/api/v3/openapi.json", authorization=None)

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.envelope == json.loads(json.dumps(described))
