"""Addresses people write, and what is refused before anything is sent."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import ApiError, BadConnection, BadUrl, Connection, PlainHttpRefused
from cotui.api.connection import is_loopback
from tests.api.support import PASSWORD, connection


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("acme", "https://acme.chargeover.com/api/v3"),
        (" Acme ", "https://Acme.chargeover.com/api/v3".lower()),
        ("acme.chargeover.com", "https://acme.chargeover.com/api/v3"),
        ("acme/admin/", "https://acme.chargeover.com/api/v3"),
        ("https://acme.chargeover.com", "https://acme.chargeover.com/api/v3"),
        ("https://acme.chargeover.com/admin/r/customer/view/3?tab=1#x", "https://acme.chargeover.com/api/v3"),
        ("HTTPS://ACME.chargeover.com:443/api/v3/customer", "https://acme.chargeover.com/api/v3"),
        ("https://billing.example.org", "https://billing.example.org/api/v3"),
        ("https://billing.example.org:8443/x//y/api/v3/", "https://billing.example.org:8443/x/y/api/v3"),
        ("https://billing.example.org/api/v3/customer/5", "https://billing.example.org/api/v3"),
        ("bücher.example", "https://xn--bcher-kva.example/api/v3"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v3"),
        ("http://127.9.8.7/api/v3", "http://127.9.8.7/api/v3"),
        ("http://localhost:80/api/v3", "http://localhost/api/v3"),
        ("localhost:8080", "http://localhost:8080/api/v3"),
        ("localhost", "http://localhost/api/v3"),
        ("127.0.0.1:8080/api/v3", "http://127.0.0.1:8080/api/v3"),
        ("[::1]:8080", "http://[::1]:8080/api/v3"),
        ("http://[::1]:8080/api/v3", "http://[::1]:8080/api/v3"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/api/v3"),
        ("https://127.0.0.1:8443", "https://127.0.0.1:8443/api/v3"),
    ],
)
def test_addresses_are_normalised(written: str, expected: str) -> None:
    assert Connection.parse_url(written) == expected
    assert Connection.parse_url(expected) == expected


@pytest.mark.parametrize(
    "written",
    [
        "http://acme.chargeover.com",
        "http://192.168.1.5:8080",
        "http://localhost.example.org",
        "http://sub.localhost",
        "http://127.0.0.1.example.org",
        "http://0.0.0.0:8080",
        "http://[fe80::1]",
        "HTTP://acme.chargeover.com",
    ],
)
def test_plain_http_is_for_this_machine_only(written: str) -> None:
    with pytest.raises(PlainHttpRefused) as caught:
        Connection.parse_url(written)
    assert "https" in caught.value.todo


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "a b",
        "acme\nevil",
        "acme\x1b[2J",
        "acme\\evil",
        "ftp://acme.chargeover.com",
        "javascript://x",
        "https://",
        "https:///api/v3",
        "https://host:99999",
        "https://host:port",
        "https://[::1",
        "https://[fe80::1%25eth0]/",
        "https://-acme.example.org",
        "acme..chargeover.com",
        "a" * 64,
        "https://billing.example.org/api/v2",
        "https://bad_host^name/",
        "http://2130706433",
        "127.0.0.1111",
        "a.example.1",
        "xn--" + "ü" * 80,
    ],
)
def test_what_is_no_address_is_refused_with_advice(written: str) -> None:
    with pytest.raises(BadUrl) as caught:
        Connection.parse_url(written)
    assert caught.value.what
    assert caught.value.todo
    assert "\x1b" not in str(caught.value)


@given(st.sampled_from(["", "http://", "https://", "https://a.example/"]), st.text(max_size=40))
def test_any_text_is_an_https_or_loopback_address_or_refused(scheme: str, text: str) -> None:
    try:
        url = Connection.parse_url(scheme + text)
    except BadUrl:
        return
    made = httpx.URL(url)
    assert made.scheme == "https" or is_loopback(made.host)
    assert made.path.endswith("/api/v3")
    assert not made.userinfo
    assert Connection.parse_url(url) == url


def test_keys_inside_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(BadUrl) as caught:
        Connection.parse_url(f"https://pub:{PASSWORD}@acme.chargeover.com/")
    error = caught.value
    assert PASSWORD not in f"{error!r} {error} {error.what} {error.meaning} {error.todo}"


def test_connection_knows_its_names() -> None:
    acme = connection("acme")
    assert (acme.url, acme.host, acme.instance) == (
        "https://acme.chargeover.com/api/v3",
        "acme.chargeover.com",
        "acme",
    )
    assert not acme.loopback
    local = connection("http://127.0.0.1:8080")
    assert (local.host, local.instance, local.loopback) == ("127.0.0.1:8080", "127.0.0.1:8080", True)
    assert connection("[::1]:99").loopback


def test_the_password_is_in_no_repr() -> None:
    assert PASSWORD not in repr(connection())


@pytest.mark.parametrize(
    "settings",
    [
        {"page_size": 0},
        {"page_size": 501},
        {"rate_limit": 0},
        {"timeout": 0},
        {"timeout": float("nan")},
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, float]) -> None:
    with pytest.raises(BadConnection):
        connection(**settings)


@pytest.mark.parametrize("username", ["a:b", 'a"b', "a\nb", "a\x00b", "ä"])
def test_a_username_that_would_break_the_header_is_refused(username: str) -> None:
    with pytest.raises(ApiError):
        Connection("test", "acme", username, PASSWORD)
