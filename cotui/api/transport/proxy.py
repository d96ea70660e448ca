"""Which proxy the environment wants requests to go through, found in one place and told by its variable.

httpx reads the environment as well, but raises on values that others forgive (`NO_PROXY=[::1]`, IPv6 networks,
names outside ASCII), reads networks as names, and does not say which variable it took a proxy from. So it is handed
the proxy, or none.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, unquote, urlsplit

from cotui.api.connection import ascii_host
from cotui.api.errors import ProxyFailure

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

#: schemes of proxies and the ports they are at when none is given
_PORTS: Final = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
#: what desktops write for a SOCKS proxy of any version
_SOCKS: Final = "socks"
#: where the systems without environment variables for it keep their proxies
_SYSTEM: Final = "this system's network settings"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that requests go through.

    Attributes:
        scheme: how it is spoken to: http, https, socks5 or socks5h.
        host: its name or address, without brackets.
        port: its port.
        variable: where it is set, for people: the name of an environment variable.
        auth: user name and password, None where it is given none. Not in the repr.
    """

    scheme: str
    host: str
    port: int
    variable: str
    auth: tuple[str, str] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Host and port, for people: never user name or password."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address for the HTTP library, without user name and password."""
        return f"{self.scheme}://{self.address}"


def find_proxy(url: str, env: Mapping[str, str] | None = None) -> Proxy | None:
    """The proxy that requests to an address go through; None when they go straight there.

    As everywhere, names in small letters come before those in capitals, and one that is set to nothing stands for
    "none". ChargeOver is asked by https only, so `HTTP_PROXY` never matters.

    Args:
        env: the environment; the process's own when None.

    Raises:
        ProxyFailure: what is set is no proxy's address. The words never repeat it: it may hold a password.
    """
    env = os.environ if env is None else env
    parts = urlsplit(url)
    for wanted in ("https_proxy", "all_proxy"):
        variable, value = _variable(env, wanted)
        if value:
            if _bypassed(parts, _variable(env, "no_proxy")[1]):
                return None
            return read_proxy(value, variable)
    return _system_proxy(parts, env)


def read_proxy(value: str, variable: str) -> Proxy:
    """A proxy from what is set for it; a scheme may be missing. Raises ProxyFailure where cotui cannot use it."""
    text = value if "://" in value else f"http://{value}"
    scheme = text.partition("://")[0].lower()
    scheme = "socks5" if scheme == _SOCKS else scheme
    if scheme not in _PORTS:
        raise _unusable(variable, "It begins with the name of a protocol that cotui can't use for a proxy.")
    # Python's words for it may hold a password, so ours are raised outside of the handler.
    parts, port = None, 0
    try:
        parts = urlsplit(text)
        port = _PORTS[scheme] if parts.port is None else parts.port
    except ValueError:
        pass
    if parts is None or not port:
        raise _unusable(variable, "Its host or port can't be read; a port is a number up to 65535.")
    host = _host(parts)
    if not host or ("@" in text and parts.username is None):
        raise _unusable(
            variable, "It holds no usable host and port. Special characters of a password are written as %XX."
        )
    auth = None
    if parts.username or parts.password:
        auth = (unquote(parts.username or ""), unquote(parts.password or ""))
    return Proxy(scheme, host, port, variable, auth)


def bypasses(entry: str, host: str, port: int) -> bool:
    """Whether an entry of NO_PROXY means this host: `*`, a name with all below it, an address or a network.

    A name may begin with a dot or `*.`, be written in any alphabet, and hold further `*`; each may have a scheme and
    a port. What can't be read means nobody.

    Args:
        entry: one entry, without spaces.
        host: in the form it travels in, without brackets.
        port: where it is asked.
    """
    scheme, has_scheme, rest = entry.rpartition("://")
    if has_scheme:
        if scheme.lower() not in ("https", "all"):
            return False
        rest = rest.partition("/")[0]
    pattern, wanted = _host_and_port(rest)
    if wanted not in ("", "*", str(port)):
        return False
    address = _address(host)
    if address is not None:
        return (
            pattern == "*" or _in_network(address, pattern) or ("*" in pattern and fnmatchcase(host, pattern))
        )
    return _same_or_below(host.rstrip("."), pattern)


def _variable(env: Mapping[str, str], wanted: str) -> tuple[str, str]:
    """The name of an environment variable and its value without the spaces around it; the value may be empty."""
    for name in (wanted, wanted.upper()):
        if name in env:
            return name, env[name].strip()
    return wanted.upper(), ""


def _bypassed(parts: SplitResult, no_proxy: str) -> bool:
    host, port = parts.hostname or "", parts.port or 443
    return any(bypasses(entry, host, port) for entry in no_proxy.replace(",", " ").split())


def _system_proxy(parts: SplitResult, env: Mapping[str, str]) -> Proxy | None:
    """The proxy set in the system, where systems keep one apart from the environment."""
    platform: str = sys.platform
    if platform not in ("darwin", "win32") or env is not os.environ:
        return None
    from urllib.request import getproxies, proxy_bypass

    value = getproxies().get("https", "").strip()
    if not value or proxy_bypass(parts.hostname or ""):
        return None
    return read_proxy(value, _SYSTEM)


def _host(parts: SplitResult) -> str:
    """The host of a proxy; empty where nothing could be looked up by it."""
    host = ascii_host((parts.hostname or "").lower())
    if ":" in host:
        return host if _address(host) is not None else ""
    labels = host.removesuffix(".").split(".")
    fits = len(host) <= 253 and all(0 < len(label) <= 63 for label in labels)
    # names in a network of one's own may hold underscores, which no host at ChargeOver does
    plain = all(sign.isalnum() or sign in "-_." for sign in host)
    return host if fits and plain and host.isascii() else ""


def _host_and_port(text: str) -> tuple[str, str]:
    """Host, without brackets, and port of an entry; the port is empty where there is none."""
    if text.startswith("["):
        inside, _, after = text[1:].partition("]")
        if after.startswith("/"):  # [fd00::]/8
            return inside + after, ""
        return inside, after.removeprefix(":")
    if text.count(":") == 1:
        host, _, port = text.partition(":")
        return host, port
    return text, ""


def _address(text: str) -> IPv4Address | IPv6Address | None:
    if ":" not in text and not text[-1:].isdigit():
        return None  # a name; only addresses need the module
    from ipaddress import IPv6Address, ip_address

    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _in_network(address: IPv4Address | IPv6Address, pattern: str) -> bool:
    from ipaddress import ip_network

    try:
        return address in ip_network(pattern, strict=False)
    except ValueError:
        return False


def _same_or_below(host: str, pattern: str) -> bool:
    if pattern == "*":
        return True
    name = pattern.lower().strip(".").removeprefix("*.")
    if "*" in name:
        return fnmatchcase(host, name)
    name = ascii_host(name)
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _unusable(variable: str, why: str) -> ProxyFailure:
    return ProxyFailure(
        f"The proxy in {variable} cannot be used",
        meaning=f"{why} Nothing was sent.",
        todo=f"Correct {variable} (http://proxy.example.com:3128 is one), or unset it.",
    )
