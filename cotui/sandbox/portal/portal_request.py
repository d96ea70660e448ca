"""A browser's request for a page of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl

#: The cookie of the portal.
COOKIE = "portal_session"
_NUMBERS = ("number", "routing", "expdate_month", "expdate_year", "name")


@dataclass(frozen=True)
class PortalRequest:
    """A request of a browser.

    Attributes:
        method: HTTP method, upper case.
        path: the path, still percent-encoded.
        base_url: scheme and host that the browser used.
        session: the cookie's value; "" without one.
    """

    method: str
    path: str
    base_url: str
    session: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    ipaddr: str = ""

    @property
    def pay_method(self) -> dict[str, Any]:
        """The numbers of a card or bank account in its form, "" for those that are not there."""
        return {name: self.form.get(name, "") for name in _NUMBERS}

    @classmethod
    def read(
        cls, method: str, raw_path: bytes, base_url: str, cookie: str | None, body: bytes, ipaddr: str
    ) -> PortalRequest:
        """A request as it arrived."""
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(cookie or "")
        except CookieError:
            jar.clear()
        morsel = jar.get(COOKIE)
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace")
        return cls(
            method, raw_path.decode("latin-1"), base_url, morsel.value if morsel else "", dict(pairs), ipaddr
        )
