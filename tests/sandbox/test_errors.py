"""What the API answers with where it does not succeed; every 400 about a parameter names it and says what is wrong."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import pytest

from cotui.sandbox import errors
from cotui.sandbox.errors import AnswerError, not_json, shown
from tests.sandbox.client import Client
from tests.sandbox.http.batches import item
from tests.sandbox.money_account import CARD

LINE = {"item_id": 1, "line_rate": 1}
#: method, URL, body, and what the message says after "Missing or invalid parameter: "
REFUSED: list[tuple[str, str, Any, str]] = [
    ("POST", "_bulk", [item("GET", "terms")] * 26, "body (it holds 26 requests, and a batch 25 at most)"),
    ("POST", "_bulk", {"a": 1}, "body (it is no batch of requests: Expected `array`, got `object`)"),
    ("POST", "usage", {"package_id": 1, "usage_value": 1}, "package_id (package 1 has no metered line)"),
    ("GET", "customer?limit=ten", None, 'limit (not a whole number from 0: "ten")'),
    ("GET", "customer?offset=-1", None, 'offset (not a whole number from 0: "-1")'),
    ("GET", "_report/4?action=reportData&limit=1e3", None, 'limit (not a whole number from 0: "1e3")'),
    ("POST", "customer", {"company": "A", "terms_id": "net"}, 'terms_id (not a whole number: "net")'),
    ("POST", "customer", {"company": "A", "terms_id": 99}, "terms_id (no such record: 99)"),
    (
        "POST",
        "customer",
        {"company": "A", "no_taxes": "perhaps"},
        "no_taxes (neither true nor false: 'perhaps')",
    ),
    ("POST", "customer", {"company": ["A"]}, "company (not a text: a list)"),
    (
        "POST",
        "customer",
        {"company": "A", "parent_customer_id": 1, "parent_customer_token": "cus000000002"},
        "parent_customer_token (the record is named in two ways)",
    ),
    (
        "POST",
        "invoice",
        {"customer_id": 1, "date": "tomorrow", "line_items": [LINE]},
        "date (not a date: 'tomorrow')",
    ),
    (
        "POST",
        "invoice",
        {"customer_id": 1, "date": "2026-02-30", "line_items": [LINE]},
        'date (day is out of range for month: "2026-02-30")',
    ),
    (
        "POST",
        "invoice",
        {"customer_id": 1, "line_items": [LINE, {**LINE, "line_rate": "much"}]},
        'line_rate (not a number: "much"), in line 2',
    ),
    (
        "POST",
        "invoice",
        {"customer_id": 1, "line_items": [{**LINE, "line_quantity": -1}]},
        "line_quantity (less than nothing: -1.0)",
    ),
    (
        "POST",
        "invoice",
        {"customer_id": 1, "line_items": [{**LINE, "line_rate": 10**9, "line_quantity": 10**9}]},
        "line_items (a line comes to more than 10,000,000,000)",
    ),
    ("POST", "invoice", {"customer_id": 1, "line_items": "x"}, "line_items (not a list of objects)"),
    (
        "PUT",
        "invoice/3",
        {"line_items": [{"line_item_id": 999}]},
        "line_item_id (not a line of this invoice, or twice among these: 999)",
    ),
    ("POST", "transaction", {"customer_id": 1, "amount": "many"}, 'amount (not a number: "many")'),
    ("POST", "transaction", {"customer_id": 1, "amount": 1e300}, "amount (too large: 1e+300)"),
    (
        "POST",
        "transaction",
        {"customer_id": 3, "amount": 1.005},
        "amount (1.005 is finer than its currency, which has 2 decimals)",
    ),
    ("POST", "transaction", {"customer_id": 1, "amount": -1}, "amount (less than nothing: -1)"),
    (
        "POST",
        "transaction",
        {"customer_id": 1, "amount": 1, "transaction_type": "spl"},
        'transaction_type (not one of pay, ref, cre, wri: "spl")',
    ),
    (
        "POST",
        "transaction",
        {"customer_id": 1, "amount": 1, "auto_apply": "random"},
        'auto_apply (not one of oldest, newest, best_fit, none: "random")',
    ),
    (
        "POST",
        "invoice/1?action=schedule",
        {"schedule": [{"date": "2026-04-01", "amount": 0}]},
        "amount (not more than nothing: 0)",
    ),
    (
        "POST",
        "invoice/3?action=email",
        {"email": "nobody"},
        'email (not e-mail addresses with commas between them: "nobody")',
    ),
    (
        "POST",
        "package/1?action=setPayMethod",
        {"paymethod": "gold"},
        'paymethod (not one of ach, any, crd, inv, tok: "gold")',
    ),
    (
        "POST",
        "customer/1?action=setPayMethod",
        {"paymethod": "gold"},
        'paymethod (not one of crd, ach, tok, inv: "gold")',
    ),
    (
        "POST",
        "user/1?action=password",
        {"password": {"a": 1}},
        "password (not a text of 1 to 1024 characters)",
    ),
    ("POST", "package/1?action=paycycle", {"paycycle": "lunar"}, "paycycle (not one of "),
    (
        "POST",
        "package/1?action=upgrade",
        {"line_items": [{"item_id": 1}, {"line_item_id": 999, "item_id": 1}]},
        "line_item_id (not a line of this subscription that is in force), in line 2",
    ),
    ("POST", "item", {"name": "x", "type": "rock"}, "item_type (not one of "),
    (
        "POST",
        "creditcard",
        {"customer_id": 1, **CARD, "expdate_month": 13},
        'expdate_month (no month of the calendar: "13" of "2030")',
    ),
    (
        "POST",
        "creditcard",
        {"customer_id": 1, **CARD, "cvv": "12a"},
        "cvv (this is no such number)",
    ),
    (
        "POST",
        "transaction",
        {"customer_id": 1, "amount": 1, "transaction_type": "cre", "gateway_method": "check"},
        'gateway_method (of a credit it is credit: "check")',
    ),
    (
        "POST",
        "note",
        {"note": "x", "context_str": "moon", "context_id": 1},
        'context_str (no object that notes are about: "moon")',
    ),
    (
        "POST",
        "note",
        {"note": "x", "context_str": "customer", "context_id": 999},
        "context_id (no such record: 999)",
    ),
    ("POST", "note", {"note": "x", "context_str": "customer"}, "context_id (no customer is named)"),
    (
        "POST",
        "usage",
        {"usage_value": 1, "line_item_external_key": {}},
        "line_item_external_key (not a text: an object)",
    ),
    (
        "POST",
        "package/1?action=cancel",
        {"cancel_date": "2020-01-01"},
        "cancel_date (it lies in the past: 2020-01-01)",
    ),
    ("POST", "package", {"customer_id": 3, "paycycle": "evy"}, "paycycle (not one of "),
    (
        "POST",
        "_resthook",
        {"target_url": "ftp://a", "event": "x"},
        'target_url (not a web address: "ftp://a")',
    ),
    (
        "POST",
        "currency?action=getExchangeRate",
        {"from": "USD", "to": "GOLD"},
        'to (not a currency of this account: "GOLD")',
    ),
    (
        "POST",
        "_aggregate",
        {"object": "invoice", "fields": ["total"]},
        'fields (not a function such as SUM(total): "total")',
    ),
]


@pytest.mark.parametrize(
    ("method", "url", "body", "why"), REFUSED, ids=[f"{m} {u}" for m, u, _, _ in REFUSED]
)
async def test_refusals_name_the_parameter_and_why(
    live: Client, method: str, url: str, body: Any, why: str
) -> None:
    if url.startswith("package"):
        await live.made("package", {"customer_id": 3, "line_items": [{"item_id": 1}]})
    answer = await live.send(
        method, f"/api/v3/{url}", body=b"" if body is None else msgspec.json.encode(body)
    )

    assert (answer.status, answer.response) == (400, False), answer.envelope
    assert answer.message.startswith(f"Missing or invalid parameter: {why}")
    assert why.endswith(" ") or answer.message.endswith(why)


@pytest.mark.parametrize("number", ["4111 1111 1111 11112222 3", "x", "12"])
async def test_numbers_of_cards_are_not_repeated(live: Client, number: str) -> None:
    answer = await live.post("creditcard", {"customer_id": 1, **CARD, "number": number})

    assert answer.message == "Missing or invalid parameter: number (this is no such number)"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", '"a"'),
        ("a" * 41, '"' + "a" * 40 + '…"'),
        (None, "null"),
        (True, "true"),
        (12.5, "12.5"),
        (10**400, "a number of very many digits"),
        ([], "a list"),
        ({}, "an object"),
        (math.inf, "inf"),
    ],
)
def test_values_in_messages(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    "body",
    [b"", b"[", b'{"a"', b'{"a":}', b"NaN", b"[1,]", b'"\\x"', b"\xff", b'{"a":1e999}', b"nul", b"[1 2]"],
)
def test_whatever_breaks_a_body_is_told(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError) as error:
        msgspec.json.decode(body)
    message = str(not_json(error.value, body))

    assert message.startswith("Missing or invalid parameter: body (it is not JSON: ")
    assert "malformed" not in message


@pytest.mark.parametrize(
    ("error", "status", "response"),
    [
        (errors.BadRequestError("x"), 400, False),
        (errors.DeclinedError("x"), 400, False),
        (errors.UnauthorizedError("x"), 401, False),
        (errors.NotFoundError("x"), 404, None),
        (errors.SlowError(), 408, False),
        (errors.TooManyRequestsError("x"), 429, False),
        (errors.InUseError(), 503, False),
    ],
)
def test_status_and_response(error: AnswerError, status: int, response: bool | None) -> None:
    assert (error.status, error.response) == (status, response)
    assert str(error)


def test_who_is_not_known_is_asked_for_keys() -> None:
    assert errors.UnauthorizedError("x").headers["WWW-Authenticate"].startswith("Basic ")


def test_recorded_words() -> None:
    assert str(errors.no_such("customer")) == "This customer does not exist."
    command = errors.unsupported_command("PUT", "package", "7")
    assert str(command) == "The command requested is not supported: PUT(package, 7)"
    unknown = errors.unsupported_object("GET", "nonsense")
    assert str(unknown) == "The object type requested is not supported: GET(nonsense, )"
    assert (command.status, unknown.status) == (400, 400)


def test_why_the_file_cannot_be_used_is_said_and_that_nothing_was_done() -> None:
    assert "the disk is full" in str(errors.InUseError("the disk is full"))
    for error in (errors.InUseError("x"), errors.InUseError()):
        assert "Nothing was changed" in str(error)
