"""Faults on demand, in-process and over real HTTP: what each looks like to a client."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.errors import BadRequestError
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.faults import Fault, Faults, read_faults, read_header
from tests.sandbox.client import CREDENTIALS, PASSWORD, USER

FAULT = "X-Sandbox-Fault"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("status=503", Fault(status=503)),
        ("status=503, retry_after=2", Fault(status=503, retry_after=2)),
        ("Status=429; Retry-After=0", Fault(status=429, retry_after=0)),
        ("drop", Fault(drop=True)),
        ("drop, executed", Fault(drop=True, executed=True)),
        ("latency=250,jitter=50.5", Fault(latency=250, jitter=50.5)),
        ("html=true", Fault(html=True)),
        ("", Fault()),
    ],
)
def test_headers(text: str, fault: Fault) -> None:
    assert read_header(text) == fault


@pytest.mark.parametrize(
    "text",
    ["frob", "status", "status=abc", "status=99", "latency=-1", "latency=nan", "slow=1e9", "retry_after=-1"],
)
def test_headers_that_make_no_sense(text: str) -> None:
    with pytest.raises(BadRequestError, match="This fault is not understood"):
        read_header(text)


@pytest.mark.parametrize("payload", [{"status": "503"}, [1], {"nope": 1}, {"times": 0}, "drop"])
def test_bodies_that_make_no_sense(payload: Any) -> None:
    with pytest.raises(BadRequestError):
        read_faults(payload)


def test_the_first_fault_that_fits_is_used_and_wears_out() -> None:
    faults = Faults()
    faults.set([Fault(status=500, method="post", times=2), Fault(status=503, path="/invoice")])

    def status(method: str, path: str) -> int | None:
        fault = faults.pick(method, path, None)
        return fault.status if fault else None

    assert status("GET", "/api/v3/customer") is None
    assert status("POST", "/api/v3/customer") == 500
    assert [fault.times for fault in faults.on] == [1, None]
    assert status("POST", "/api/v3/invoice") == 500
    assert status("POST", "/api/v3/invoice") == 503
    assert len(faults.on) == 1


async def test_status_and_retry_after(http_client: httpx.AsyncClient) -> None:
    answer = await http_client.get("terms", headers={FAULT: "status=503, retry_after=7"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "7"
    assert answer.json() == {
        "code": 503,
        "status": "Error",
        "message": "The sandbox was asked for this fault.",
        "details": {},
        "response": False,
    }
    assert (await http_client.get("terms")).status_code == 200


async def test_an_html_page(http_client: httpx.AsyncClient) -> None:
    answer = await http_client.get("terms", headers={FAULT: "html"})

    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>502</h1>" in answer.text


async def test_an_answer_that_is_not_json(http_client: httpx.AsyncClient) -> None:
    answer = await http_client.get("terms", headers={FAULT: "malformed"})

    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == len(answer.content)
    with pytest.raises(json.JSONDecodeError):
        answer.json()


async def test_latency_and_jitter(three_customers: Store, waits: list[float]) -> None:
    faults = Faults(uniform=lambda: 0.5)
    assert Fault(latency=100, jitter=50).delay(faults.uniform) == 0.125
    app = create_app(three_customers, credentials=CREDENTIALS)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), auth=(USER, PASSWORD)) as client:
        answer = await client.get("http://127.0.0.1/api/v3/terms", headers={FAULT: "latency=250"})

    assert answer.status_code == 200
    assert waits == [0.25]


@pytest.mark.parametrize(("fault", "happens"), [("status=500", False), ("status=500, executed", True)])
async def test_whether_the_request_is_carried_out(
    http_client: httpx.AsyncClient, fault: str, happens: bool
) -> None:
    answer = await http_client.post("customer", json={"company": "Lost"}, headers={FAULT: fault})

    assert answer.status_code == 500
    found = await http_client.get("customer/_count?where=company:EQUALS:Lost")
    assert found.json()["response"] == int(happens)


async def test_faults_for_all_requests_do_not_reach_the_way_to_turn_them_off(
    http_client: httpx.AsyncClient,
) -> None:
    control = "http://127.0.0.1/_sandbox/faults"
    set_ = await http_client.put(control, json={"status": 500, "path": "/terms"})
    assert set_.json()["response"] == [{"status": 500, "path": "/terms"}]
    assert (await http_client.get("terms")).status_code == 500
    assert (await http_client.get("class")).status_code == 200
    # what one request asks for wins
    assert (await http_client.get("terms", headers={FAULT: "status=418"})).status_code == 418
    assert (await http_client.get(control)).json()["response"] == [{"status": 500, "path": "/terms"}]
    assert (await http_client.delete(control)).json()["response"] is True
    assert (await http_client.get("terms")).status_code == 200
    refused = await http_client.put(control, json={"status": "x"})
    assert refused.status_code == 400
    assert "not understood" in refused.json()["message"]


async def test_a_header_that_is_not_understood_is_refused(http_client: httpx.AsyncClient) -> None:
    answer = await http_client.get("terms", headers={FAULT: "frob"})

    assert answer.status_code == 400
    assert "frob" in answer.json()["message"]
