"""A write as data: what is sent, what is shown of it, and what its answer means."""

from __future__ import annotations

import json
import ssl
from typing import Any

import httpx
import pytest

from cotui.api import Api, Connection, Result, Write
from cotui.api.curl import curl_command
from cotui.api.write import HIDDEN, hide_secrets
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from tests.api.writes import PASSWORD, write


@pytest.mark.parametrize(
    ("given", "path", "query"),
    [
        (write(USER, "password"), "POST user/12/_action/password", "POST user/12?action=password"),
        (write(USER, "getLoginURL"), "POST user/12/_action/getLoginURL", "POST user/12?action=login"),
        (write(USER, "delete"), "DELETE user/12", "DELETE user/12"),
        (write(INVOICE, "payFromBalance"), "POST invoice/12/_action/pay", "POST invoice/12?action=pay"),
        (write(CUSTOMER, "update", payload={}), "PUT customer/12", "PUT customer/12"),
        (write(CUSTOMER, "create", None, {}), "POST customer", "POST customer"),
        (
            write(USER, "password", send_emails=False, on_behalf_addr="::1", on_behalf_details="Jane & Co"),
            "POST user/12/_action/password?_flag_emails=0&on_behalf_addr=%3A%3A1&on_behalf_details=Jane%20%26%20Co",
            "POST user/12?action=password&_flag_emails=0&on_behalf_addr=%3A%3A1&on_behalf_details=Jane%20%26%20Co",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_requests(given: Write, path: str, query: str) -> None:
    for style, wanted in (("path", path), ("query", query)):
        call = given.call(style)  # type: ignore[arg-type]
        assert f"{call.method} {call.target('')[1:]}" == wanted
        assert given.shown_call(style).target("") == call.target("")  # type: ignore[arg-type]


def test_a_change_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a record"):
        write(USER, "delete", None).call("path")


def test_every_write_has_a_name_of_its_own() -> None:
    assert write(USER, "password").request_id != write(USER, "password").request_id


def test_secrets_are_shown_nowhere() -> None:
    given = write(USER, "setPassword", payload={"password": PASSWORD})
    assert json.loads(given.call("path").body or b"") == {"password": PASSWORD}
    shown = given.shown_call("path")
    for text in (repr(given), repr(shown), (shown.body or b"").decode(), curl_command(shown, "https://x")):
        assert "hunter2" not in text
    card = hide_secrets([{"a": {"number": "4111", "name": "J"}}], INVOICE.action("payByCard").payload)
    assert card == [{"a": {"number": HIDDEN, "name": "J"}}]


def test_every_secret_of_the_catalogue_is_hidden() -> None:
    for resource in (CUSTOMER, USER, INVOICE):
        for one in resource.actions:
            payload = {item.name: f"value of {item.name}" for item in one.payload}
            shown = Write(resource, one, 1, payload).shown_payload
            secret = {item.name for item in one.payload if item.secret}
            assert {name for name, value in shown.items() if value == HIDDEN} == secret


async def answered(given: Write, handler: Any) -> Any:
    api = Api(Connection("t", "acme", "k", "p"), transport=httpx.MockTransport(handler))
    outcome = await api.write(given)
    await api.aclose()
    return outcome


def reply(status: int, response: Any = None, message: str = "", **more: Any) -> httpx.Response:
    state = "OK" if status < 300 else "Error"
    body = {"code": status, "status": state, "message": message, "response": response}
    return httpx.Response(status, json=body, **more)


def raises(error: type[httpx.TransportError]) -> Any:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error("x", request=request)

    return handler


def broken(error: Exception, cause: Exception | None = None) -> Any:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error from cause

    return handler


@pytest.mark.parametrize(
    ("handler", "result"),
    [
        (lambda _: reply(200, True), Result.DONE),
        (lambda _: reply(202, {"id": 12}), Result.DONE),
        (lambda _: reply(200, False), Result.REFUSED),
        (lambda _: reply(400, False, "no"), Result.REFUSED),
        (lambda _: reply(401, False), Result.REFUSED),
        (lambda _: reply(403, False), Result.REFUSED),
        (lambda _: reply(404, False), Result.REFUSED),
        (lambda _: reply(429, False), Result.NOT_SENT),
        (lambda _: reply(500, False), Result.UNKNOWN),
        (lambda _: reply(503, False), Result.UNKNOWN),
        (lambda _: reply(408, False), Result.UNKNOWN),
        (lambda _: httpx.Response(200, html="<h1>Hotel</h1>"), Result.UNKNOWN),
        (lambda _: httpx.Response(200, content=b'{"code":200,"status":"OK","resp'), Result.UNKNOWN),
        (lambda _: httpx.Response(200, json=[1]), Result.UNKNOWN),
        (lambda _: httpx.Response(302, headers={"Location": "https://x/login"}), Result.UNKNOWN),
        (raises(httpx.ConnectError), Result.NOT_SENT),
        (raises(httpx.ConnectTimeout), Result.NOT_SENT),
        (raises(httpx.PoolTimeout), Result.NOT_SENT),
        (raises(httpx.ReadTimeout), Result.UNKNOWN),
        (raises(httpx.WriteTimeout), Result.UNKNOWN),
        (raises(httpx.ReadError), Result.UNKNOWN),
        (raises(httpx.WriteError), Result.UNKNOWN),
        (raises(httpx.RemoteProtocolError), Result.UNKNOWN),
        (broken(ssl.SSLError(1, "bad record mac")), Result.UNKNOWN),
        (broken(ConnectionResetError(104, "reset")), Result.UNKNOWN),
        (broken(httpx.ReadError("x"), ssl.SSLError(1, "unexpected eof")), Result.UNKNOWN),
        (broken(httpx.ConnectError("x"), ssl.SSLError(1, "certificate verify failed")), Result.NOT_SENT),
        (broken(httpx.ConnectError("x"), ConnectionRefusedError(111, "refused")), Result.NOT_SENT),
    ],
)
async def test_what_an_answer_means(handler: Any, result: Result) -> None:
    sent = []

    def counting(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return handler(request)  # type: ignore[no-any-return]

    outcome = await answered(write(USER, "password"), counting)
    assert outcome.result is result
    assert outcome.done is (result is Result.DONE)
    assert len(sent) == 1
    if not outcome.done:
        assert outcome.message


async def test_what_was_made() -> None:
    outcome = await answered(write(CUSTOMER, "create", None, {}), lambda _: reply(201, {"id": "77"}))
    assert outcome.made == 77
    outcome = await answered(write(CUSTOMER, "update", payload={}), lambda _: reply(202, {"id": "12"}))
    assert outcome.made is None


async def test_a_server_that_repeats_a_secret_is_not_believed() -> None:
    given = write(USER, "setPassword", payload={"password": PASSWORD})
    outcome = await answered(given, lambda _: reply(400, False, f"{PASSWORD} is too short"))
    assert outcome.message == f"{HIDDEN} is too short"
    assert "hunter2" not in repr(outcome)
    assert "hunter2" not in str(outcome.error)


async def test_a_login_link_is_in_no_repr() -> None:
    outcome = await answered(write(USER, "getLoginURL"), lambda _: reply(200, "https://x/l1nk"))
    assert outcome.answer == "https://x/l1nk"
    assert "l1nk" not in repr(outcome)


# -- curl -------------------------------------------------------------------------------------
