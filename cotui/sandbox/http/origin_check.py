"""Which requests are let in at all, before anything else is looked at: for this server, and not from other web pages.

Browsers send a request with the name that its page's address has, and with the keys or cookie that they remember, to
whatever machine that name leads to. So a page from elsewhere can reach a server on loopback: with its own name, which
it has lead there (DNS rebinding), or with a request across sites. Programs that are no browsers say neither where a
request comes from (`Origin`, `Sec-Fetch-Site`) nor anything else that is refused here.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from cotui.sandbox.errors import AnswerError

_HOST: Final = re.compile(
    r"(?P<name>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._~-]{1,253})(?::(?P<port>[0-9]{1,5})?)?", re.ASCII
)
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}
#: what a browser calls requests of the server's own pages, and of its user
_OWN: Final = frozenset({"same-origin", "none"})


class MisdirectedError(AnswerError):
    """421: the request is for another server."""

    status = 421


class CrossSiteError(AnswerError):
    """403: the request comes from a page that is not the sandbox's."""

    status = 403


@dataclass(frozen=True)
class OriginCheck:
    """What is let in.

    Attributes:
        names: hosts under which the server is known beside loopback ones; without ports.
        remote: whether other machines may reach it, which may call it by any address (but by no other name).
    """

    names: Collection[str] = field(default=frozenset())
    remote: bool = False

    def base_url(
        self,
        method: str,
        scheme: str,
        headers: Iterable[tuple[bytes, bytes]],
        server: tuple[str, int | None] | None,
    ) -> str:
        """Scheme and host that the client used, for links.

        Args:
            method: upper case.
            headers: of the request, names in lower case.
            server: where it arrived; counts where the client names no host, as in HTTP/1.0.

        Raises:
            MisdirectedError: it is for a host that this server is not.
            ForeignError: another web page makes it.
        """
        found: dict[str, list[str]] = {}
        for name, value in headers:
            found.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1").strip())
        hosts = found.get("host", [])
        if not hosts:
            here, port = server or ("localhost", None)
            here = f"[{here}]" if ":" in here else here
            hosts = [f"{here}:{port}" if port else here]
        elif len(hosts) > 1 or not self._known(hosts[0]):
            raise MisdirectedError(
                "This sandbox is not known by that host name. Use localhost or an address; "
                "--allow-host NAME makes it answer to another name."
            )
        base_url = f"{scheme}://{hosts[0]}"
        if not _own(method, base_url, found):
            raise CrossSiteError("Requests that other web pages make are refused.")
        return base_url

    def _known(self, host: str) -> bool:
        parts = _HOST.fullmatch(host)
        if parts is None or int(parts["port"] or 0) > 65_535:
            return False
        name = parts["name"].casefold()
        if name.removesuffix(".") in {item.casefold().removesuffix(".") for item in self.names}:
            return True
        try:
            address = ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            # names below localhost lead to loopback, whatever anybody's name server says (RFC 6761)
            labels = name.removesuffix(".").split(".")
            return labels[-1] == "localhost" and all(labels)
        if (address.version == 6) != name.startswith("["):
            return False
        mapped = getattr(address, "ipv4_mapped", None) or address
        return mapped.is_loopback or (self.remote and not address.is_unspecified)


def _own(method: str, base_url: str, headers: dict[str, list[str]]) -> bool:
    """Whether a request is a program's, a user's, or that of a page of the same server."""
    sites = [text.casefold() for text in headers.get("sec-fetch-site", [])]
    origins = headers.get("origin", [])
    if any(site not in _OWN for site in sites):
        # who follows a link from elsewhere opens a page in a window of its own; that changes nothing
        return method in ("GET", "HEAD") and _opens_page(headers) and not origins
    own = _origin(base_url)
    # an origin that is kept secret is no other's when the browser says so
    return all(_origin(text) == own or (text == "null" and bool(sites)) for text in origins)


def _opens_page(headers: dict[str, list[str]]) -> bool:
    modes, targets = headers.get("sec-fetch-mode", []), headers.get("sec-fetch-dest", [])
    return modes == ["navigate"] and targets in ([], ["document"])


def _origin(url: str) -> tuple[str, str, str]:
    """Scheme, host and port."""
    scheme, _, rest = url.casefold().partition("://")
    parts = _HOST.fullmatch(rest)
    if parts is None:
        return (scheme, "", "")
    return (scheme, parts["name"].removesuffix("."), parts["port"] or _DEFAULT_PORTS.get(scheme, ""))
