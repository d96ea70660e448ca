"""Requests as data: the exact addresses and bodies that go out."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import calls
from cotui.api.errors import NoReference

BASE = "https://acme.chargeover.com/api/v3"


def test_list() -> None:
    call = calls.list_rows(
        "customer", r"company:EQUALS:Acme\, Inc\: EU+1", "company:ASC", offset=0, limit=100
    )
    assert call.reads
    assert call.body is None
    assert call.target(BASE) == (
        f"{BASE}/customer?where=company%3AEQUALS%3AAcme%5C%2C%20Inc%5C%3A%20EU%2B1"
        "&order=company%3AASC&limit=100&offset=0"
    )


def test_what_is_not_given_is_not_sent() -> None:
    assert (
        calls.list_rows("invoice", offset=200, limit=10).target(BASE) == f"{BASE}/invoice?limit=10&offset=200"
    )
    assert calls.count_rows("invoice").target(BASE) == f"{BASE}/invoice/_count"


def test_count() -> None:
    call = calls.count_rows("user", "customers.customer_id:EQUALS:5")
    assert call.target(BASE) == f"{BASE}/user/_count?where=customers.customer_id%3AEQUALS%3A5"


@given(st.text(min_size=1).filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text)))
def test_a_condition_travels_unchanged_through_one_encoding(where: str) -> None:
    target = calls.list_rows("customer", where, offset=0, limit=1).target(BASE)
    on_the_wire = httpx.URL(target).raw_path.decode("ascii")
    assert dict(parse_qsl(urlsplit(on_the_wire).query, keep_blank_values=True))["where"] == where


@pytest.mark.parametrize(
    ("ref", "segment"),
    [
        (12, "12"),
        ("12", "12"),
        ("token:0q7fx5652k18", "token:0q7fx5652k18"),
        ("external_key:abc123", "external_key:abc123"),
        ("external_key:a/b?c#d e:f%é", "external_key:a%2Fb%3Fc%23d%20e%3Af%25%C3%A9"),
        ("external_key:..", "external_key:.."),
        ("../user/1", "..%2Fuser%2F1"),
        ("other:1", "other%3A1"),
    ],
)
def test_references(ref: int | str, segment: str) -> None:
    assert calls.get_one("customer", ref).target(BASE) == f"{BASE}/customer/{segment}"
    sent = httpx.URL(f"{BASE}/customer/{segment}").raw_path.decode()
    assert sent == f"/api/v3/customer/{segment}"


@pytest.mark.parametrize(
    "ref",
    [
        "",
        " ",
        "\n",
        ".",
        "..",
        "external_key:",
        "token:",
        "token: ",
        "a\ud800",
        "x" * 100_000,
        pytest.param(10**5000, id="huge"),
    ],
)
def test_references_that_name_nothing_are_refused(ref: int | str) -> None:
    """With an error for users: what the server sent for an id is no programming error."""
    for make in (
        lambda: calls.get_one("customer", ref),
        lambda: calls.update("customer", ref, {}),
        lambda: calls.delete("customer", ref),
        lambda: calls.act("customer", ref, "void", style="path"),
    ):
        with pytest.raises(NoReference, match="names no record") as refused:
            make()
        assert refused.value.never_sent
        assert len(str(refused.value)) < 200


def test_reports() -> None:
    assert calls.list_reports().target(BASE) == f"{BASE}/_report"
    call = calls.report_rows(58, ["a:GTE:2017-09-11", "b:EQUALS:é"], "a:ASC", offset=1000, limit=1000)
    assert (call.method, call.reads) == ("POST", True)
    assert call.target(BASE) == f"{BASE}/_report/58?action=reportData&order=a%3AASC&limit=1000&offset=1000"
    assert call.body == '["a:GTE:2017-09-11","b:EQUALS:é"]'.encode()


def test_an_unfiltered_report_posts_an_empty_list_and_no_offset_without_order() -> None:
    call = calls.report_rows(3, offset=0, limit=50)
    assert call.body == b"[]"
    assert call.target(BASE) == f"{BASE}/_report/3?action=reportData&limit=50"


@pytest.mark.parametrize(
    ("style", "with_ref", "without"),
    [
        ("path", "invoice/5/_action/void", "transaction/_action/pay"),
        ("query", "invoice/5?action=void", "transaction?action=pay"),
    ],
)
def test_both_styles_of_actions(style: calls.ActionStyle, with_ref: str, without: str) -> None:
    void = calls.act("invoice", 5, "void", style=style)
    assert void.target(BASE) == f"{BASE}/{with_ref}"
    assert (void.method, void.body, void.reads) == ("POST", None, False)
    pay = calls.act("transaction", None, "pay", {"amount": 42.5}, style=style)
    assert pay.target(BASE) == f"{BASE}/{without}"
    assert pay.body == b'{"amount":42.5}'


def test_flags_are_appended() -> None:
    call = calls.act("user", 5, "password", style="query").with_flags(_flag_emails="0")
    assert call.target(BASE) == f"{BASE}/user/5?action=password&_flag_emails=0"


def test_plain_verbs_write() -> None:
    made = [
        calls.create("customer", {"company": "X"}),
        calls.update("customer", 5, {"company": "Y"}),
        calls.delete("customer", "token:abc"),
        calls.bulk([{"request_method": "PUT", "uri": "/api/v3/customer/1", "payload": {"company": "Z"}}]),
    ]
    assert [(call.method, call.path) for call in made] == [
        ("POST", "customer"),
        ("PUT", "customer/5"),
        ("DELETE", "customer/token:abc"),
        ("POST", "_bulk"),
    ]
    assert not any(call.reads for call in made)


def test_a_bulk_call_of_gets_alone_reads() -> None:
    """So it may be sent again, and read-only keys may send it (bulk-batch-requests)."""
    get = {"request_method": "GET", "uri": "/api/v3/customer/1", "payload": None}
    query = {"request_method": "GET", "uri": "/api/v3/customer", "payload": None}
    post = {"request_method": "POST", "uri": "/api/v3/customer", "payload": {"company": "X"}}
    assert calls.bulk([get, query]).reads
    assert not calls.bulk([get, post]).reads
    assert not calls.bulk([{"uri": "/api/v3/customer/1"}]).reads


def test_limits_are_kept() -> None:
    with pytest.raises(ValueError, match="no rows"):
        calls.list_rows("customer", offset=-1, limit=10)
    with pytest.raises(ValueError, match="no rows"):
        calls.report_rows(3, offset=0, limit=0)
    with pytest.raises(ValueError, match="25"):
        calls.bulk([{}] * 26)


def test_bodies_are_in_no_repr_and_equal_reads_are_equal() -> None:
    call = calls.act("user", 5, "password", {"password": "hunter2"}, style="path")
    assert "hunter2" not in repr(call)
    assert calls.count_rows("user", "a:EQUALS:1") == calls.count_rows("user", "a:EQUALS:1")
    assert calls.report_rows(1, ["a"], offset=0, limit=5) != calls.report_rows(1, ["b"], offset=0, limit=5)
