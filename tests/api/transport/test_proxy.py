"""Which proxy the environment wants, and for which hosts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import ProxyFailure
from cotui.api.transport.proxy import bypasses, find_proxy, read_proxy

URL = "https://acme.chargeover.com/api/v3"


@pytest.mark.parametrize(
    ("entry", "host", "port", "means"),
    [
        ("*", "acme.chargeover.com", 443, True),
        ("acme.chargeover.com", "acme.chargeover.com", 443, True),
        ("ACME.ChargeOver.com.", "acme.chargeover.com", 443, True),
        ("chargeover.com", "acme.chargeover.com", 443, True),
        (".chargeover.com", "acme.chargeover.com", 443, True),
        (".chargeover.com", "chargeover.com", 443, True),
        ("*.chargeover.com", "acme.chargeover.com", 443, True),
        ("*geover.com", "acme.chargeover.com", 443, True),
        ("acme.*", "acme.chargeover.com", 443, True),
        ("over.com", "acme.chargeover.com", 443, False),
        ("other.com", "acme.chargeover.com", 443, False),
        ("chargeover.com:443", "acme.chargeover.com", 443, True),
        ("chargeover.com:8443", "acme.chargeover.com", 443, False),
        ("chargeover.com:*", "acme.chargeover.com", 443, True),
        ("https://chargeover.com", "acme.chargeover.com", 443, True),
        ("https://chargeover.com/", "acme.chargeover.com", 443, True),
        ("all://chargeover.com", "acme.chargeover.com", 443, True),
        ("http://chargeover.com", "acme.chargeover.com", 443, False),
        ("müller.example", "xn--mller-kva.example", 443, True),
        ("MÜLLER.example", "xn--mller-kva.example", 443, True),
        ("*.müller.example", "billing.xn--mller-kva.example", 443, True),
        ("xn--mller-kva.example", "xn--mller-kva.example", 443, True),
        ("muller.example", "xn--mller-kva.example", 443, False),
        ("10.1.2.3", "10.1.2.3", 443, True),
        ("10.1.2.3:443", "10.1.2.3", 443, True),
        ("10.1.2.3:80", "10.1.2.3", 443, False),
        ("10.0.0.0/8", "10.1.2.3", 443, True),
        ("10.9.9.9/8", "10.1.2.3", 443, True),
        ("10.0.0.0/255.0.0.0", "10.1.2.3", 443, True),
        ("10.0.0.0/8", "11.1.2.3", 443, False),
        ("10.0.0.0/8", "acme.chargeover.com", 443, False),
        ("10.*", "10.1.2.3", 443, True),
        ("::1", "::1", 443, True),
        ("[::1]", "::1", 443, True),
        ("[::1]:443", "::1", 443, True),
        ("[::1]:80", "::1", 443, False),
        ("0:0:0:0:0:0:0:1", "::1", 443, True),
        ("fd00::/8", "fd12::1", 443, True),
        ("[fd00::]/8", "fd12::1", 443, True),
        ("fd00::/8", "fe80::1", 443, False),
        ("fd00::/8", "10.1.2.3", 443, False),
        ("10.0.0.0/8", "::ffff:10.1.2.3", 443, True),
        ("[::1", "::1", 443, True),
        ("10.0.0.0/99", "10.1.2.3", 443, False),
        ("[]", "::1", 443, False),
        ("a..b", "acme.chargeover.com", 443, False),
        (".", "acme.chargeover.com", 443, False),
        (":", "acme.chargeover.com", 443, False),
    ],
)
def test_no_proxy(entry: str, host: str, port: int, means: bool) -> None:
    assert bypasses(entry, host, port) is means


@given(
    st.text(max_size=40), st.sampled_from(["acme.chargeover.com", "10.1.2.3", "::1", "xn--mller-kva.example"])
)
def test_no_entry_is_a_fault(entry: str, host: str) -> None:
    assert isinstance(bypasses(entry, host, 443), bool)


@pytest.mark.parametrize(
    ("env", "found"),
    [
        ({}, None),
        ({"HTTPS_PROXY": ""}, None),
        ({"HTTPS_PROXY": "  "}, None),
        ({"HTTP_PROXY": "http://p:1"}, None),
        ({"HTTP_PROXY": "not a proxy://"}, None),
        ({"HTTPS_PROXY": "http://p:1"}, ("HTTPS_PROXY", "http://p:1")),
        ({"HTTPS_PROXY": " http://p:1 "}, ("HTTPS_PROXY", "http://p:1")),
        ({"https_proxy": "http://q:2", "HTTPS_PROXY": "http://p:1"}, ("https_proxy", "http://q:2")),
        ({"https_proxy": "", "HTTPS_PROXY": "http://p:1"}, None),
        ({"https_proxy": "", "ALL_PROXY": "http://p:1"}, ("ALL_PROXY", "http://p:1")),
        ({"all_proxy": "socks://p", "HTTPS_PROXY": "http://q:2"}, ("HTTPS_PROXY", "http://q:2")),
        ({"all_proxy": "p:1"}, ("all_proxy", "http://p:1")),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "a.b, acme.chargeover.com"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "a.b chargeover.com"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": " , ,"}, ("HTTPS_PROXY", "http://p:1")),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "[::1],fd00::/8,müller"}, ("HTTPS_PROXY", "http://p:1")),
        ({"HTTPS_PROXY": "http://p:1", "no_proxy": "", "NO_PROXY": "*"}, ("HTTPS_PROXY", "http://p:1")),
        ({"HTTPS_PROXY": "http://p:99999", "NO_PROXY": "*"}, None),
    ],
)
def test_which_variable_is_taken(env: dict[str, str], found: tuple[str, str] | None) -> None:
    proxy = find_proxy(URL, env)
    assert (proxy and (proxy.variable, proxy.url)) == found


@pytest.mark.parametrize(
    ("value", "url", "auth"),
    [
        ("proxy", "http://proxy:80", None),
        ("proxy:3128", "http://proxy:3128", None),
        ("http://proxy:3128/", "http://proxy:3128", None),
        ("HTTPS://Proxy", "https://proxy:443", None),
        ("socks5://proxy", "socks5://proxy:1080", None),
        ("socks5h://proxy:9", "socks5h://proxy:9", None),
        ("socks://127.0.0.1:9/", "socks5://127.0.0.1:9", None),
        ("http://[::1]:3128", "http://[::1]:3128", None),
        ("my_proxy:1", "http://my_proxy:1", None),
        ("http://müller.example:1", "http://xn--mller-kva.example:1", None),
        ("http://u:p%40ss@proxy:1", "http://proxy:1", ("u", "p@ss")),
        ("u:p@proxy:1", "http://proxy:1", ("u", "p")),
        ("http://u:p@ss@proxy:1", "http://proxy:1", ("u", "p@ss")),
        ("http://u@proxy:1", "http://proxy:1", ("u", "")),
        ("http://:@proxy:1", "http://proxy:1", None),
    ],
)
def test_addresses_of_proxies(value: str, url: str, auth: tuple[str, str] | None) -> None:
    proxy = read_proxy(value, "HTTPS_PROXY")
    assert (proxy.url, proxy.auth) == (url, auth)
    assert "p@ss" not in f"{proxy} {proxy.address}"


@given(st.text(min_size=1, max_size=60))
def test_whatever_is_set_is_a_proxy_or_is_refused_in_words(value: str) -> None:
    proxy, refusal = None, ""
    try:
        proxy = find_proxy(URL, {"HTTPS_PROXY": value})
    except ProxyFailure as error:
        refusal = error.what
    assert not refusal or "HTTPS_PROXY" in refusal
    assert proxy is None or (proxy.url.isascii() and proxy.url.isprintable() and 0 < proxy.port < 65536)
