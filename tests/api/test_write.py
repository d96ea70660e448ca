"""A write as data: what is sent, what is shown of it, and what its answer means."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import Api, Call, Connection, Result, Write
from cotui.api.curl import curl_command
from cotui.api.write import HIDDEN, hide_secrets
from cotui.catalog.editing import creation, editing
from cotui.catalog.model import Action, Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.safety.text import clean_multiline

PASSWORD = "hunter2 “x”"


def action(resource: Resource, name: str) -> Action:
    made = {"create": creation, "update": editing}.get(name)
    found = made(resource) if made else resource.action(name)
    assert found is not None
    return found


def write(resource: Resource, name: str, ref: int | None = 12, payload: Any = None, **more: Any) -> Write:
    return Write(resource, action(resource, name), ref, payload, **more)


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


def run_curl(command: str, folder: Path, **env: str) -> list[str]:
    """The words that a shell hands to curl."""
    fake = folder / "curl"
    fake.write_text('#!/bin/sh\nprintf "%s\\0" "$@"\n')
    fake.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "-c", command.encode()],
        env={"PATH": f"{folder}:{os.environ['PATH']}", **env},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().split("\0")[:-1]


@pytest.mark.parametrize("name", ['it\'s $HOME `id` "q" !x \\', "a\nb\x9b31m\u202e\U000e0041", HIDDEN + "x"])
def test_curl_sends_what_cotui_sends(name: str, tmp_path: Path) -> None:
    given = write(USER, "update", payload={"first_name": name, "password": PASSWORD})
    command = curl_command(given.shown_call("path"), "https://acme.chargeover.com/api/v3")
    assert clean_multiline(command) == command, "it is pasted into terminals"
    words = run_curl(command, tmp_path, COTUI_USERNAME="key", COTUI_PASSWORD="pass", SECRET="s3cret")
    assert words[:4] == ["-X", "PUT", "-u", "key:pass"]
    assert words[-1] == "https://acme.chargeover.com/api/v3/user/12"
    body = json.loads(words[words.index("--data-raw") + 1])
    assert body["first_name"] == name
    expected = "s3cret" if any(item.name == "password" and item.secret for item in USER.fields) else PASSWORD
    assert body["password"] == expected


def test_curl_without_a_body(tmp_path: Path) -> None:
    words = run_curl(curl_command(write(USER, "delete").shown_call("path"), "https://x/api/v3"), tmp_path)
    assert words == ["-X", "DELETE", "-u", ":", "https://x/api/v3/user/12"]


@given(st.recursive(st.text() | st.integers() | st.booleans() | st.none(), lambda inner: st.lists(inner)))
@pytest.mark.long
def test_a_body_in_curl_is_the_same_json(value: Any) -> None:
    import shlex

    from cotui.api.calls import encode

    if HIDDEN in json.dumps(value, ensure_ascii=False):
        return
    try:
        body = encode(value)
    except (UnicodeEncodeError, ValueError):
        return  # an unpaired surrogate can't be sent either
    words = shlex.split(curl_command(Call("POST", "x", body=body), "https://x").replace("\\\n", ""))
    assert json.loads(words[words.index("--data-raw") + 1]) == value
