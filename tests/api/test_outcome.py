"""Which answers mean what for a write: "done", "refused" and "not sent" only for what proves it."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from cotui.api import Api, ApiError, Connection, LocalFailure, Result, Write
from cotui.api.calls import bulk
from cotui.api.errors import Closed, ProxyFailure, RateLimited
from cotui.api.outcome import Outcome, outcome_of, settle
from cotui.api.transport.envelope import Reply, bulk_of, read_envelope
from cotui.catalog import RESOURCES
from cotui.catalog.editing import creation, editing
from cotui.catalog.model import Action, Effect, Resource
from tests.api.loopback import read_request, serving
from tests.tables import every

CUSTOMER, USER, INVOICE = (RESOURCES[name] for name in ("customer", "user", "invoice"))
UNKNOWN, DONE, REFUSED, NOT_SENT = Result.UNKNOWN, Result.DONE, Result.REFUSED, Result.NOT_SENT


def action(resource: Resource, name: str) -> Action:
    made = {"create": creation, "update": editing}.get(name)
    found = made(resource) if made else resource.action(name)
    assert found is not None
    return found


def write(resource: Resource, name: str, ref: int | str | None = 12) -> Write:
    return Write(resource, action(resource, name), None if name == "create" else ref, {})


def single(given: Write, status: int, body: bytes, **headers: str) -> Outcome:
    """How a write ends whose own request is answered so."""
    try:
        return outcome_of(given, read_envelope(Reply(status, headers, body)))
    except ApiError as error:
        return outcome_of(given, error)


def item(given: Write, document: Any) -> Outcome:
    """How a write ends that is answered so in a bulk call."""
    whole = {"code": 200, "status": "OK", "message": "", "response": {"_bulk": [document]}}
    (found,) = bulk_of(read_envelope(Reply(200, {}, json.dumps(whole).encode())), 1)
    return outcome_of(given, found)


def envelope(code: Any, word: Any, response: Any = False) -> dict[str, Any]:
    return {"code": code, "status": word, "message": "", "response": response}


# -- promises --------------------------------------------------------------------------------------

STATUSES = (
    *range(200, 209),
    300,
    301,
    302,
    303,
    304,
    307,
    308,
    *range(400, 432),
    451,
    499,
    500,
    502,
    503,
    504,
    511,
    600,
)


@pytest.mark.parametrize("status", STATUSES)
def test_promises_of_a_status(status: int) -> None:
    """Every status with every other code inside, under either word."""
    given = write(USER, "password")
    for code, word in product(
        (status, str(status), None, 200, 202, 400, 404, 429, 500), ("OK", "Error", "error", None)
    ):
        for response in (True, False, None):
            body = json.dumps(envelope(code, word, response)).encode()
            result = single(given, status, body).result
            agree = str(code) == str(status)
            if result is DONE:
                assert (agree, word, response) == (True, "OK", True)
                assert status in (200, 201, 202)
            elif result is REFUSED:
                no = 400 <= status < 500 and word == "Error"
                nothing_done = status in (200, 201, 202) and (word, response) == ("OK", False)
                assert agree, body
                assert no or nothing_done, body
            elif result is NOT_SENT:
                assert status == 429
                assert agree or code is None
                assert word != "OK"


@every("status", STATUSES)
@every("body", [b"", b"<html>", b"[]", b"true", b"{}", b'{"status": 1}', b'{"status":"Error"'])
def test_what_is_not_in_the_apis_form_promises_nothing(status: int, body: bytes) -> None:
    for given in (write(USER, "password"), write(CUSTOMER, "create"), write(CUSTOMER, "update")):
        outcome = single(given, status, body, location="https://elsewhere.example.org/customer/12")
        assert outcome.result is (NOT_SENT if status == 429 else UNKNOWN)
        assert outcome.error is not None
        assert outcome.error.unknown_outcome is (outcome.result is UNKNOWN)


@pytest.mark.parametrize(
    ("document", "result"),
    [
        (envelope(200, "OK", True), DONE),
        (envelope("200", "OK", True), DONE),
        (envelope(200, "OK", False), REFUSED),
        (envelope(400, "Error"), REFUSED),
        (envelope(404, "Error", None), REFUSED),
        (envelope(429, "Error"), NOT_SENT),
        (envelope(408, "Error"), UNKNOWN),
        (envelope(500, "Error"), UNKNOWN),
        (envelope(302, "Error"), UNKNOWN),
        (envelope(200, "Error"), UNKNOWN),
        (envelope(400, "OK", True), UNKNOWN),
        (envelope(429, "OK", True), UNKNOWN),
        (envelope(None, "OK", True), UNKNOWN),
        (envelope(None, "Error"), UNKNOWN),
        (envelope(204, "OK", True), UNKNOWN),
        (envelope(200, "OK", None), UNKNOWN),
        (envelope(202, "OK", {"id": 13}), UNKNOWN),
        (True, UNKNOWN),
        (None, UNKNOWN),
        ({}, UNKNOWN),
        ({"code": 200, "status": "OK"}, UNKNOWN),
        ({"code": 400, "status": "Error"}, UNKNOWN),
    ],
)
def test_an_item_of_a_bulk_call(document: Any, result: Result) -> None:
    assert item(write(USER, "password"), document).result is result


# -- what fits --------------------------------------------------------------------------------------

LINK = "https://acme.chargeover.com/r/x"
#: answers to an action, by what the catalogue says that it answers
FITTING: dict[str, list[tuple[int, Any]]] = {
    "create": [(201, {"id": 77}), (201, {"id": "77"}), (200, {"id": 77})],
    "update": [(202, {"id": 12}), (202, {"id": "12"}), (200, {"id": 12})],
    "delete": [(200, True)],
    "true": [(200, True), (200, {"id": 12})],
    "done": [(200, True)],
    "id": [(200, {"id": 77}), (200, {"id": "157"}), (201, {"id": 77})],
    "url": [(200, LINK), (200, {"url": LINK}), (200, True)],
    "rate": [(200, 1), (200, 1.25)],
    "unknown": [(200, True), (200, {"type": "Buffer"})],
}
STRANGE: list[tuple[int, Any]] = [
    (200, None), (200, []), (200, [{"id": 12}]), (200, {}), (200, {"id": None}), (200, ""), (200, "done"),
    (200, 12), (202, {"id": 13}), (201, {"id": 13}), (200, {"id": 13}), (200, {"_bulk": []}), (200, [1]),
]  # fmt: skip
WRITES = [
    (resource, action)
    for resource in RESOURCES.values()
    for action in (creation(resource), editing(resource), *resource.actions)
    if action is not None and action.effect is not Effect.READS
]


def _kind(given: Action) -> str:
    if given.name == "create":
        return "create"
    return {"PUT": "update", "DELETE": "delete"}.get(given.method, given.answer)


@pytest.mark.parametrize(
    ("resource", "done"), WRITES, ids=lambda value: getattr(value, "id", getattr(value, "name", ""))
)
def test_what_every_write_of_the_catalogue_is_answered_with(resource: Resource, done: Action) -> None:
    given = Write(resource, done, None if done.name == "create" else 12, {})
    kind = _kind(done)
    for code, response in FITTING[kind]:
        assert item(given, envelope(code, "OK", response)).result is DONE, (code, response)
    for code, response in STRANGE:
        makes = (kind in ("create", "id") and response == {"id": 13}) or (kind, response) == ("url", "done")
        wanted = DONE if makes and not (kind == "create" and code == 202) else UNKNOWN
        assert item(given, envelope(code, "OK", response)).result is wanted, (code, response)
    assert item(given, envelope(200, "OK", False)).result is REFUSED


def test_a_record_named_by_another_key_has_any_number() -> None:
    given = write(CUSTOMER, "update", "external_key:abc")
    assert item(given, envelope(202, "OK", {"id": 5})).result is DONE
    assert item(given, envelope(202, "OK", True)).result is UNKNOWN


def test_what_was_made_may_stand_in_location() -> None:
    body = json.dumps(envelope(201, "OK", {})).encode()
    made = single(write(CUSTOMER, "create"), 201, body, location="https://x/api/v3/customer/77")
    assert (made.result, made.made) == (DONE, 77)
    body = json.dumps(envelope(201, "OK", [])).encode()
    assert (
        single(write(CUSTOMER, "create"), 201, body, location="https://x/api/v3/customer/77").result
        is UNKNOWN
    )


def test_what_does_not_fit_is_kept_by_nobody() -> None:
    outcome = item(write(USER, "password"), envelope(200, "OK", LINK))
    assert outcome.answer is None
    assert outcome.message
    assert LINK not in repr(outcome)


# -- what never left ----------------------------------------------------------------------------------


def test_what_never_left_is_not_sent_unless_it_was() -> None:
    for kind in (LocalFailure, Closed, ProxyFailure):
        assert settle(kind()) is NOT_SENT
        sent = kind()
        sent.never_sent = False
        assert settle(sent) is UNKNOWN
        assert sent.unknown_outcome
    assert settle(RateLimited()) is UNKNOWN, "nobody said so"


async def test_memory_that_runs_out_in_the_answer_is_no_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    async def server(reader: Any, writer: Any) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        await writer.drain()

    def full(*_: object) -> None:
        raise MemoryError

    async with serving(server) as port:
        api = Api(Connection("t", f"http://127.0.0.1:{port}", "k", "p"))
        monkeypatch.setattr(api._client, "_decompressor", full)
        outcome = await api.write(write(USER, "password"))
        await api.aclose()
    assert outcome.result is UNKNOWN


async def test_a_raw_write_is_judged_as_well() -> None:
    """Whoever sends a call and not a write is told of a contradiction too."""

    async def server(reader: Any, writer: Any) -> None:
        await read_request(reader)
        body = json.dumps(envelope(400, "OK", {"_bulk": [True]})).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()

    async with serving(server) as port:
        api = Api(Connection("t", f"http://127.0.0.1:{port}", "k", "p"))
        with pytest.raises(ApiError) as caught:
            await api.call(bulk([{}]))
        await api.aclose()
    assert caught.value.unknown_outcome
