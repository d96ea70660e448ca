"""Reading answers: the tolerance checklist, and the one error that fits every other answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cotui.api import (
    ApiError,
    BadRequest,
    Envelope,
    Forbidden,
    NotFound,
    NotJson,
    ProxyFailure,
    RateLimited,
    ServerFailure,
    TimedOut,
    Truncated,
    Unauthorized,
    WrongShape,
    WrongUrl,
)
from cotui.api.transport.envelope import (
    Reply,
    bulk_of,
    count_of,
    made_id,
    read_envelope,
    record_of,
    report_of,
    rows_of,
)


def reply(status: int, document: Any = None, *, body: bytes | None = None, **headers: str) -> Reply:
    return Reply(status, headers, json.dumps(document).encode() if body is None else body)


def answer(response: Any, **others: Any) -> Envelope:
    return read_envelope(reply(200, {"code": 200, "status": "OK", "response": response, **others}))


@pytest.mark.parametrize("response", [True, False, None, 5, "https://x", [], {}, [1], {"id": 1}])
def test_response_may_be_anything(response: Any) -> None:
    assert answer(response).response == response


@pytest.mark.parametrize(
    "others", [{}, {"details": None}, {"details": []}, {"message": None}, {"message": ""}]
)
def test_details_and_message_may_be_missing_or_null(others: dict[str, Any]) -> None:
    envelope = answer(True, **others)
    assert envelope.details == {}
    assert envelope.message == ""


def test_details_are_kept() -> None:
    assert answer(True, details={"a": 1}).details == {"a": 1}


@pytest.mark.parametrize(
    ("status", "document", "expected"),
    [
        (200, {"status": "Error", "code": 400, "message": "no", "response": False}, BadRequest),
        (200, {"status": "Error", "code": 404, "message": "no", "response": None}, NotFound),
        (200, {"status": "Error", "code": 429, "message": "no", "response": None}, RateLimited),
        (200, {"status": "Error", "message": "no", "response": False}, BadRequest),
        (200, {"status": "Error", "code": "x", "message": "no", "response": False}, BadRequest),
        (200, {"status": "ok", "response": []}, BadRequest),
        (400, {"status": "OK", "code": 200, "response": []}, BadRequest),
        (400, {"status": "Error", "code": 400, "message": "no", "response": False}, BadRequest),
        (401, {"status": "Error", "code": 401, "message": "no", "response": False}, Unauthorized),
        (403, {"status": "Error", "code": 403, "message": "no", "response": False}, Forbidden),
        (404, {"status": "Error", "code": 404, "message": "no", "response": None}, NotFound),
        (405, {"status": "Error", "code": 405, "message": "no", "response": None}, BadRequest),
        (408, {"status": "Error", "code": 408, "message": "no", "response": None}, TimedOut),
        (429, {"status": "Error", "code": 429, "message": "no", "response": False}, RateLimited),
        (500, {"status": "OK", "code": 200, "message": "no", "response": []}, ServerFailure),
        (503, {"status": "Error", "code": 503, "message": "no", "response": False}, ServerFailure),
        (404, {"detail": "Not Found"}, WrongUrl),
        (500, [], ServerFailure),
        (407, {}, ProxyFailure),
    ],
)
def test_success_needs_both_the_status_and_http(status: int, document: Any, expected: type[ApiError]) -> None:
    with pytest.raises(ApiError) as caught:
        read_envelope(reply(status, document))
    error = caught.value
    assert type(error) is expected
    assert error.what
    assert error.meaning
    assert error.todo
    if isinstance(document, dict) and "message" in document:
        assert error.server_message == "no"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, NotJson),
        (400, BadRequest),
        (401, Unauthorized),
        (403, Forbidden),
        (404, WrongUrl),
        (429, RateLimited),
        (500, ServerFailure),
        (502, ServerFailure),
        (504, ServerFailure),
    ],
)
@pytest.mark.parametrize(
    "body", [b"<html><body>Sorry</body></html>", b"", b"  \n", b"upstream connect error", b"\x00\xff\xfe"]
)
def test_a_body_that_is_no_json_is_judged_by_http(status: int, expected: type[ApiError], body: bytes) -> None:
    with pytest.raises(ApiError) as caught:
        read_envelope(reply(status, body=body))
    assert type(caught.value) is expected
    assert caught.value.status == status


def test_a_web_page_is_named_as_such() -> None:
    with pytest.raises(NotJson, match="web page"):
        read_envelope(reply(200, body=b"\n <!DOCTYPE html><title>Hotel login</title>"))


@pytest.mark.parametrize("keep", [1, 10, 40, 60])
def test_json_that_stops_in_the_middle_is_truncated(keep: int) -> None:
    body = json.dumps({"code": 200, "status": "OK", "message": "", "response": [{"company": "Acmé"}]})
    with pytest.raises(Truncated):
        read_envelope(reply(200, body=body.encode()[:keep]))


@pytest.mark.parametrize(
    "document", [[], "text", 5, None, {}, {"response": []}, {"status": 1, "response": []}]
)
def test_json_without_an_envelope_has_the_wrong_shape(document: Any) -> None:
    with pytest.raises(WrongShape):
        read_envelope(reply(200, document))


def test_an_envelope_without_response_has_the_wrong_shape() -> None:
    with pytest.raises(WrongShape, match="no response"):
        read_envelope(reply(200, {"code": 200, "status": "OK", "message": ""}))


def test_a_redirect_is_a_wrong_address_and_its_query_is_not_shown() -> None:
    with pytest.raises(WrongUrl) as caught:
        read_envelope(reply(302, body=b"", location="https://login.example.org/in?token=secret#x"))
    assert "login.example.org/in" in caught.value.what
    assert "secret" not in str(caught.value)


def test_the_servers_words_are_cleaned_and_bounded() -> None:
    message = "\x1b]0;owned\x07 " + "x" * 10_000
    with pytest.raises(BadRequest) as caught:
        read_envelope(reply(400, {"status": "Error", "message": message, "response": False}))
    shown = caught.value.server_message
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert len(shown) < 2100
    assert shown.endswith("…")


def test_a_message_that_is_no_text_is_shown_as_one() -> None:
    with pytest.raises(BadRequest) as caught:
        read_envelope(
            reply(400, {"status": "Error", "message": {"company": ["required"]}, "response": False})
        )
    assert "required" in caught.value.server_message


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (42, 42),
        (0, 0),
        ("42", 42),
        (" 42 ", 42),
        (42.0, 42),
        ({"count": 42}, 42),
        ({"_count": "42", "object": "customer"}, 42),
    ],
)
def test_counts_in_every_form(response: Any, expected: int) -> None:
    assert count_of(answer(response)) == expected


@pytest.mark.parametrize(
    "response", [None, True, False, "", "many", -1, 1.5, [], [42], {}, {"a": 1, "b": 2}, {"a": True}, "٤٢"]
)
def test_what_is_no_count_has_the_wrong_shape(response: Any) -> None:
    with pytest.raises(WrongShape):
        count_of(answer(response))


@pytest.mark.parametrize(
    "response", [None, False, True, "", {}, {"customer_id": 1}, 0, [1], [None], [[]], [{}, 1]]
)
def test_an_error_never_looks_like_an_empty_list(response: Any) -> None:
    with pytest.raises(WrongShape):
        rows_of(answer(response))


def test_rows_and_records() -> None:
    assert rows_of(answer([])) == []
    assert rows_of(answer([{"a": 1}])) == [{"a": 1}]
    assert record_of(answer({"a": 1})) == {"a": 1}
    assert record_of(answer([{"a": 1}])) == {"a": 1}
    for wrong in ([], [{}, {}], None, True, "x"):
        with pytest.raises(WrongShape):
            record_of(answer(wrong))


def test_reports() -> None:
    rows = [{"a": "$ 50.00", "a_unformatted": 50}]
    assert report_of(answer({"_report": rows, "_count": 4})) == (rows, 4)
    assert report_of(answer({"_report": rows, "_count": "4"})) == (rows, 4)
    assert report_of(answer({"_report": rows})) == (rows, None)
    assert report_of(answer({"_report": [], "_count": None})) == ([], None)
    assert report_of(answer(rows)) == (rows, None)
    for wrong in ({"_report": None}, {"_report": {}}, {}, None, {"_report": [1]}):
        with pytest.raises(WrongShape):
            report_of(answer(wrong))


@pytest.mark.parametrize(
    ("response", "location", "expected"),
    [
        ({"id": 14}, "", 14),
        ({"id": "157"}, "", 157),
        (True, "https://acme.chargeover.com/api/v3/customer/3", 3),
        ({"id": None}, "https://acme.chargeover.com/api/v3/customer/3/", 3),
        ({"id": 14}, "https://acme.chargeover.com/api/v3/customer/3", 14),
        (True, "", None),
    ],
)
def test_the_id_of_what_was_made(response: Any, location: str, expected: int | None) -> None:
    document = {"code": 201, "status": "OK", "response": response}
    assert made_id(read_envelope(reply(201, document, location=location))) == expected


def test_bulk_answers_come_one_by_one() -> None:
    items = [
        {"code": 200, "status": "OK", "message": "", "response": {"customer_id": 2}},
        {"code": 201, "status": "OK", "message": None, "response": {"id": 14}},
        {"code": 400, "status": "Error", "message": "taken", "response": False},
        {"code": 404, "status": "Error"},
        "nonsense",
    ]
    first, second, third, fourth, fifth = bulk_of(answer({"_bulk": items}), 5)
    assert isinstance(first, Envelope)
    assert isinstance(second, Envelope)
    assert made_id(second) == 14
    assert isinstance(third, BadRequest)
    assert third.server_message == "taken"
    assert isinstance(fourth, NotFound)
    assert isinstance(fifth, WrongShape)
    for wrong, expected in (({"_bulk": items}, 4), (None, 0), ({"_bulk": None}, 0), ([], 0)):
        with pytest.raises(WrongShape):
            bulk_of(answer(wrong), expected)


def test_bodies_are_in_no_repr() -> None:
    link = "https://acme.chargeover.com/r/login/onetime"
    arrived = reply(200, {"code": 200, "status": "OK", "response": link})
    assert link not in repr(arrived)
    assert link not in repr(read_envelope(arrived))


@pytest.mark.parametrize("response", [1.5, -3, [], [1], {}, {"a": "b"}, "many", True, None])
def test_what_came_is_not_called_what_was_wanted(response: Any) -> None:
    with pytest.raises(WrongShape) as caught:
        count_of(answer(response))
    came, _, wanted = caught.value.what.removeprefix("The answer is ").partition(" instead of ")
    assert wanted == "a number"
    assert came != wanted
